// SPDX-License-Identifier: MIT
#include "minimalloop.h"

#include <QDir>
#include <QFile>
#include <QStringList>

#include <charconv>
#include <sqlite3.h>
#include <thread>
#include <vector>

namespace seedbed {

namespace {

QString columnType(FieldType type)
{
    switch (type) {
    case FieldType::Integer:
        return QStringLiteral("INTEGER");
    case FieldType::Number:
        return QStringLiteral("NUMERIC");
    default:
        return QStringLiteral("TEXT");
    }
}

QString createSql(const Resource &resource)
{
    QStringList columns;
    for (int i = 0; i < resource.schema.fields.size(); ++i) {
        const Field &field = resource.schema.fields.at(i);
        const bool isKey = resource.schema.primaryKey == QList<int> { i };
        columns += field.name + u' ' + columnType(field.type) + (isKey ? QStringLiteral(" PRIMARY KEY") : QString());
    }
    return QStringLiteral("CREATE TABLE %1(%2)").arg(resource.table, columns.join(u','));
}

QString insertSql(const Resource &resource)
{
    const QStringList marks(resource.schema.fields.size(), QStringLiteral("?"));
    return QStringLiteral("INSERT INTO %1 VALUES(%2)").arg(resource.table, marks.join(u','));
}

bool bindCell(sqlite3_stmt *statement, int index, QByteArrayView cell, FieldType type)
{
    if (type == FieldType::Integer) {
        qint64 number = 0;
        return std::from_chars(cell.begin(), cell.end(), number).ec == std::errc()
            && sqlite3_bind_int64(statement, index, number) == SQLITE_OK;
    }
    if (type == FieldType::Number) {
        double number = 0;
        return std::from_chars(cell.begin(), cell.end(), number).ec == std::errc()
            && sqlite3_bind_double(statement, index, number) == SQLITE_OK;
    }
    return sqlite3_bind_text(statement, index, cell.data(), static_cast<int>(cell.size()), SQLITE_STATIC) == SQLITE_OK;
}

bool insertRows(sqlite3_stmt *statement, const Table &table, const TableSchema &schema)
{
    const auto width = static_cast<int>(schema.fields.size());
    for (qsizetype row = 0; row < table.rowCount(); ++row) {
        for (int column = 0; column < width; ++column) {
            if (!bindCell(statement, column + 1, table.cell(row, column), schema.fields.at(column).type))
                return false;
        }
        if (sqlite3_step(statement) != SQLITE_DONE || sqlite3_reset(statement) != SQLITE_OK)
            return false;
    }
    return true;
}

QString insertTable(const Resource &resource, const Table &table, const QString &path)
{
    sqlite3 *database = nullptr;
    sqlite3_stmt *statement = nullptr;
    const auto execute = [&database](const QString &sql) {
        return sqlite3_exec(database, sql.toUtf8().constData(), nullptr, nullptr, nullptr) == SQLITE_OK;
    };
    const bool isIn = sqlite3_open(QFile::encodeName(path).constData(), &database) == SQLITE_OK
        && execute(QStringLiteral("PRAGMA synchronous=FULL")) && execute(createSql(resource))
        && execute(QStringLiteral("BEGIN IMMEDIATE"))
        && sqlite3_prepare_v2(database, insertSql(resource).toUtf8().constData(), -1, &statement, nullptr) == SQLITE_OK
        && insertRows(statement, table, resource.schema) && execute(QStringLiteral("COMMIT"));
    const QString trouble =
        isIn ? QString() : path + QStringLiteral(": ") + QString::fromUtf8(sqlite3_errmsg(database));
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return trouble;
}

} // namespace

QString insertMinimally(const Dataset &dataset, const QString &folder)
{
    std::vector<QString> troubles(static_cast<std::size_t>(dataset.tables.size()));
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < dataset.tables.size(); ++i) {
            threads.emplace_back([&dataset, &folder, &troubles, i] {
                const Resource &resource = dataset.package->resources.at(i);
                troubles[static_cast<std::size_t>(i)] =
                    insertTable(resource, dataset.tables.at(i), QDir(folder).filePath(resource.database));
            });
        }
    }
    for (const QString &trouble : troubles) {
        if (!trouble.isEmpty())
            return trouble;
    }
    return {};
}

} // namespace seedbed
