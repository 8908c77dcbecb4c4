// SPDX-License-Identifier: MIT
// How a SqliteTarget reads rows: those with some keys, or all, while it is looked at and after a run.

#include "base/threadcrew.h"
#include "insertion/sqlite/sqlitetarget.h"
#include "insertion/sqlite/sqlitetexts.h"
#include "insertion/storedtable.h"
#include "validation/cellrules.h"

#include <QCoreApplication>

#include <sqlite3.h>

#include <algorithm>
#include <vector>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::SqliteTarget)
};

} // namespace

SqliteStatus SqliteTarget::look(const std::function<SqliteStatus(SqliteConnection &)> &read)
{
    const auto readWith = [&](SqliteConnection::Mode mode) {
        return m_patience.retry([&] {
            SqliteConnection connection(m_file.path(), mode);
            const SqliteStatus status = connection.openStatus().isOk() ? read(connection) : connection.openStatus();
            return connection.mayHaveChanged() ? SqliteStatus { SQLITE_BUSY, {} } : status;
        });
    };
    // What a crash left is recovered by a run: by a connection that may write.
    const FileState state = m_file.state();
    if (!m_options.isLook && (state.hasLog || state.hasLeftOvers))
        return readWith(SqliteConnection::Mode::ReadWrite);
    const SqliteStatus status = readWith(SqliteConnection::Mode::Look);
    const bool isUnfinished = status.isReadOnly() || status.primaryCode() == SQLITE_CANTOPEN;
    return isUnfinished && !m_options.isLook ? readWith(SqliteConnection::Mode::ReadWrite) : status;
}

SqliteStatus SqliteTarget::readRows(SqliteConnection &connection, const RowVisitor &row, const QString &where) const
{
    QStringList names;
    for (const Field &field : resource().schema.fields)
        names += quoted(field.name);
    SqliteStatement statement(connection,
                              QStringLiteral("SELECT %1 FROM main.%2 %3")
                                  .arg(names.join(QStringLiteral(", ")), quoted(resource().table), where));
    const SqliteRow stored(statement, resource().schema, m_table.affinities);
    while (!m_options.stop.stop_requested() && statement.status().isOk() && statement.step())
        row(stored);
    return statement.status();
}

// With a lock held the rows can be read to the end.
SqliteStatus SqliteTarget::beginReading(SqliteConnection &connection)
{
    if (!connection.openStatus().isOk())
        return connection.openStatus();
    const SqliteStatus begun = m_patience.retry([&] { return connection.execute(QStringLiteral("BEGIN")); });
    if (!begun.isOk())
        return begun;
    QString count;
    return m_patience.retry(
        [&] { return connection.ask(QStringLiteral("SELECT count(*) FROM sqlite_master"), count); });
}

// WHERE clauses that split the rows into disjoint parts. Only a table that this run made surely has row ids.
QStringList SqliteTarget::partsOfRows(SqliteConnection &connection, qsizetype parts) const
{
    const QString rowId = QStringLiteral("_rowid_");
    const auto isRowId = [&rowId](const Field &field) { return field.name.compare(rowId, Qt::CaseInsensitive) == 0; };
    const QList<Field> &fields = resource().schema.fields;
    if (parts < 2 || m_table.exists || m_rowCount < ManyRows || std::any_of(fields.cbegin(), fields.cend(), isRowId))
        return { QString() };
    const auto ask = [&](const char *function) {
        QString number;
        const SqliteStatus status = connection.ask(
            QStringLiteral("SELECT %1(%2) FROM %3").arg(QLatin1String(function), rowId, quoted(resource().table)),
            number);
        return status.isOk() ? number.toDouble() : 0.0;
    };
    const double first = ask("min");
    const double last = ask("max");
    QStringList conditions;
    QString after;
    for (qsizetype part = 1; part < parts; ++part) {
        const double share = static_cast<double>(part) / static_cast<double>(parts);
        const QString bound = QString::number(static_cast<qint64>(first + (last - first) * share));
        conditions += QStringLiteral("WHERE %1 <= %2%3").arg(rowId, bound, after);
        after = QStringLiteral(" AND %1 > %2").arg(rowId, bound);
    }
    conditions += QStringLiteral("WHERE ") + after.sliced(QLatin1String(" AND ").size());
    return conditions;
}

// A commit may leave a file with the time and the size that it had, as times are those of the system's last tick.
bool SqliteTarget::mayHaveChanged() const
{
    const FileState now = m_file.state();
    if (!m_scannedCounter || now != m_scanned || now.hasLog)
        return true;
    const SqliteConnection connection(m_file.path(), SqliteConnection::Mode::Look);
    return !connection.openStatus().isOk() || connection.changeCounter() != m_scannedCounter;
}

Result<void> SqliteTarget::scan(const QList<RowVisitor> &visitors)
{
    const bool exists = m_file.exists();
    if (!exists && !m_fileExisted && !m_isPrepared)
        return {};
    if (!exists || isReplaced())
        return failure(Error::Kind::Unwritable, replacedText(resource()));
    m_scanned = m_file.state();
    SqliteConnection connection(m_file.path(), SqliteConnection::Mode::ReadWrite);
    if (const SqliteStatus status = beginReading(connection); !status.isOk())
        return tl::unexpected(errorOf(status));
    m_scannedCounter = connection.changeCounter();
    if (!m_isPrepared) { // it was not written to, and has been there since the run began
        SqliteStatus status;
        if (kindOf(connection, resource(), status).isTable())
            status = readRows(connection, visitors.constFirst());
        return status.isOk() ? Result<void>() : tl::unexpected(errorOf(status));
    }
    struct Part {
        QString condition;
        const RowVisitor &visitor;
        SqliteStatus status {};
    };
    std::vector<Part> parts;
    const QStringList conditions = partsOfRows(connection, visitors.size());
    for (qsizetype i = 0; i < conditions.size(); ++i)
        parts.push_back({ conditions.at(i), visitors.at(i) });
    if (parts.size() == 1) {
        parts.front().status = readRows(connection, visitors.constFirst());
    } else {
        ThreadCrew crew(static_cast<int>(parts.size()) - 1);
        crew.forEach(parts, [this](Part &part) {
            SqliteConnection own(m_file.path(), SqliteConnection::Mode::ReadWrite);
            part.status = beginReading(own);
            if (part.status.isOk())
                part.status = readRows(own, part.visitor, part.condition);
        });
    }
    for (const Part &part : parts) {
        if (!part.status.isOk())
            return tl::unexpected(errorOf(part.status));
    }
    if (m_options.stop.stop_requested())
        return failure(Error::Kind::Stopped, Text::tr("%1: stopped while it was read").arg(m_file.path()));
    return {};
}

Result<void> SqliteTarget::find(const Table &rows, RowPositions positions, const FoundVisitor &visitor,
                                const std::stop_token &stop)
{
    if (positions.empty() || !m_file.exists() || (m_options.isLook && m_file.isEmpty()))
        return {};
    if (const auto usable = checkFiles(m_file.path()); !usable)
        return usable;
    Result<SqliteTable> table;
    const SqliteStatus status = look([&](SqliteConnection &connection) {
        SqliteStatus read;
        table = readTable(connection, resource(), m_file.path(), read);
        if (!table || !read.isOk() || !table->exists)
            return read;
        SqliteStatement statement(connection, lookUpText(resource()));
        const SqliteRow stored(statement, resource().schema, table->affinities);
        for (const qint32 position : positions) {
            if (stop.stop_requested() || !statement.status().isOk())
                break;
            const QList<Value> values = valuesOf(resource().schema, rows, position);
            for (const int field : resource().schema.identity())
                bindValue(statement, field + 1, values.at(field), table->affinities.at(field));
            if (statement.step())
                visitor(position, stored);
            read = statement.status();
            statement.reset();
        }
        return read.isOk() ? statement.status() : read;
    });
    if (!table)
        return tl::unexpected(table.error());
    if (!status.isOk())
        return tl::unexpected(errorOf(status));
    return {};
}

} // namespace seedbed
