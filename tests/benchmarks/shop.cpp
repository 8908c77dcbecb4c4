// SPDX-License-Identifier: MIT
#include "shop.h"

#include "process.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <memory>
#include <sqlite3.h>

namespace seedbed {

namespace {

using Database = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;

Database openDatabase(const QString &path, int mode)
{
    sqlite3 *database = nullptr;
    sqlite3_open_v2(QFile::encodeName(path).constData(), &database, mode, nullptr);
    return { database, &sqlite3_close };
}

QString databasePath(const QString &folder, const QString &table)
{
    return QDir(folder).filePath(table + QStringLiteral(".db"));
}

struct Held {
    qint64 rows = -1;
    qint64 keySum = -1;
};

Held held(const QString &folder, const QString &table)
{
    const Database database = openDatabase(databasePath(folder, table), SQLITE_OPEN_READONLY);
    const QByteArray sql = "SELECT count(*), sum(id) FROM " + table.toUtf8();
    sqlite3_stmt *statement = nullptr;
    sqlite3_prepare_v2(database.get(), sql.constData(), -1, &statement, nullptr);
    Held result;
    if (statement != nullptr && sqlite3_step(statement) == SQLITE_ROW)
        result = { sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1) };
    sqlite3_finalize(statement);
    return result;
}

Measured<void> runMakeshop(const Workplace &place, const Shop &shop)
{
    const QString part = shop.folder + QStringLiteral(".part");
    QDir(part).removeRecursively();
    const QStringList words { QDir(place.programs).filePath(QStringLiteral("makeshop")), QString::number(shop.rows),
                              part, QString::number(shop.brokenPercent) };
    const Measured<Usage> made = runTogether({ { words, part + QStringLiteral(".log") } });
    if (!made)
        return unmeasured(made.error());
    QDir(shop.folder).removeRecursively();
    if (!QDir().rename(part, shop.folder))
        return unmeasured(QStringLiteral("%1 cannot be written").arg(shop.folder));
    return {};
}

} // namespace

const QStringList &Shop::tables()
{
    static const QStringList names { QStringLiteral("users"), QStringLiteral("products"), QStringLiteral("orders") };
    return names;
}

QString Shop::csv(const QString &table) const
{
    return QDir(folder).filePath(table + QStringLiteral(".csv"));
}

double Shop::bytes() const
{
    qint64 sum = 0;
    for (const QString &table : tables())
        sum += QFileInfo(csv(table)).size();
    return static_cast<double>(sum);
}

Measured<QString> Shop::usersOnly() const
{
    const QDir dir(folder);
    const QByteArray descriptor = fileText(dir.filePath(QStringLiteral("datapackage.json")));
    QJsonObject package = QJsonDocument::fromJson(descriptor).object();
    const QString resources = QStringLiteral("resources");
    package.insert(resources, QJsonArray { package.value(resources).toArray().first() });
    QSaveFile file(dir.filePath(QStringLiteral("users-only.json")));
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(package).toJson()) < 0 || !file.commit())
        return unmeasured(QStringLiteral("%1 cannot be written").arg(file.fileName()));
    return file.fileName();
}

Measured<Shop> makeShop(const Workplace &place, int rows, int brokenPercent)
{
    const QString name = QStringLiteral("shop-%1-%2").arg(rows).arg(brokenPercent);
    const Shop shop { QDir(place.data).filePath(name), rows, brokenPercent };
    const QFileInfo package(shop.csv(Shop::tables().last()));
    const QFileInfo maker(QDir(place.programs).filePath(QStringLiteral("makeshop")));
    if (!package.exists() || package.lastModified() < maker.lastModified()) {
        QDir().mkpath(place.data);
        if (const Measured<void> made = runMakeshop(place, shop); !made)
            return unmeasured(made.error());
    }
    for (const QString &table : Shop::tables())
        (void)fileText(shop.csv(table)); // whoever reads it first would read it from the disk
    return shop;
}

Measured<QString> emptyFolder(const Workplace &place, const QString &name)
{
    const QString path = QDir(place.data).filePath(name);
    if (QDir(path).removeRecursively() && QDir().mkpath(path))
        return path;
    return unmeasured(QStringLiteral("%1 cannot be made").arg(path));
}

Measured<void> makeTables(const QString &folder)
{
    const QHash<QString, QByteArray> statements {
        { QStringLiteral("users"), "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT, email TEXT)" },
        { QStringLiteral("products"), "CREATE TABLE products(id INTEGER PRIMARY KEY, name TEXT, price NUMERIC)" },
        { QStringLiteral("orders"),
          "CREATE TABLE orders(id INTEGER PRIMARY KEY, user_id INTEGER, "
          "product_id INTEGER, quantity INTEGER)" },
    };
    for (const QString &table : Shop::tables()) {
        const Database database = openDatabase(databasePath(folder, table), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
        if (sqlite3_exec(database.get(), statements[table].constData(), nullptr, nullptr, nullptr) != SQLITE_OK)
            return unmeasured(QString::fromUtf8(sqlite3_errmsg(database.get())));
    }
    return {};
}

Measured<void> checkDatabases(const QString &folder, const Shop &shop, Filler filler)
{
    const qint64 rows = shop.rows;
    // An order goes missing by its own fault, its user's or its product's.
    const qint64 fewest = rows - rows * (3 * shop.brokenPercent + 1) / 100;
    for (const QString &table : Shop::tables()) {
        const Held there = held(folder, table);
        const bool isRight = shop.brokenPercent == 0
            ? there.rows == rows && there.keySum == rows * (rows + 1) / 2
            : there.rows >= fewest && there.rows <= (filler == Filler::Seedbed ? rows - 1 : rows);
        if (!isRight) {
            return unmeasured(QStringLiteral("%1/%2.db holds %3 rows, key sum %4, after a run over %5 rows")
                                  .arg(folder, table)
                                  .arg(there.rows)
                                  .arg(there.keySum)
                                  .arg(rows));
        }
    }
    return {};
}

} // namespace seedbed
