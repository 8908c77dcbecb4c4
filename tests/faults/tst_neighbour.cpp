// SPDX-License-Identifier: MIT
// A run beside a program that inserts, deletes, updates, alters, vacuums, renames and switches journal modes at random:
// what the report says is what the files show, but for what that program says it did itself; none of its own writes is
// lost; and one more run, without it, brings every row in.

#include "cli/commandrunner.h"
#include "quiettest.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryDir>

#include <sqlite3.h>

#include <algorithm>

using namespace seedbed;

namespace {

const bool IsFull = qEnvironmentVariableIsSet("SEEDBED_ALL_FAULTS");
constexpr qint64 OwnKeys = 1'000'000; // of the other program's rows, from here on

using Rows = QHash<qint64, QByteArray>; // the value of each key

/// A table of the package: its rows by key, and what stands beside the key.
struct Seeded {
    QByteArray name;
    QByteArray column;
    Rows rows;
};

/// The other program, with the file of one table. Every statement is a transaction; what it says it did was committed.
class Neighbour final
{
public:
    Neighbour(const QString &path, const Seeded &table)
        : m_table(table)
        , m_path(QFile::encodeName(path))
    {
        open();
    }
    ~Neighbour() { sqlite3_close(m_database); }
    Q_DISABLE_COPY_MOVE(Neighbour)

    void act(QRandomGenerator &random)
    {
        const QByteArray key = QByteArray::number(random.bounded(1, static_cast<int>(m_table.rows.size()) + 1));
        const qint64 own = OwnKeys + random.bounded(50);
        const QByteArray ownKey = QByteArray::number(own);
        switch (random.bounded(13)) {
        case 0:
        case 1:
            if (execute("DELETE FROM " + m_table.name + " WHERE id = " + key))
                m_touched.insert(key.toLongLong());
            break;
        case 2:
        case 3:
            if (execute("UPDATE " + m_table.name + " SET " + m_table.column + " = -7 WHERE id = " + key))
                m_touched.insert(key.toLongLong());
            break;
        case 4:
            if (execute("INSERT INTO " + m_table.name + " (id, " + m_table.column + ") VALUES (" + key + ", -8)"))
                m_touched.insert(key.toLongLong());
            break;
        case 5:
        case 6:
        case 7:
            if (execute("REPLACE INTO " + m_table.name + " (id, " + m_table.column + ") VALUES (" + ownKey + ", "
                        + QByteArray::number(++m_count) + ')'))
                m_own.insert(own, QByteArray::number(m_count));
            break;
        case 8:
            if (execute("DELETE FROM " + m_table.name + " WHERE id = " + ownKey))
                m_own.remove(own);
            break;
        case 11:
            switchMode("PRAGMA journal_mode=WAL");
            break;
        case 12:
            switchMode("PRAGMA journal_mode=DELETE");
            break;
        case 9:
            (void)execute(random.bounded(2) == 0
                              ? QByteArrayLiteral("VACUUM")
                              : "ALTER TABLE " + m_table.name + " ADD COLUMN extra" + QByteArray::number(++m_count));
            break;
        default:
            if (execute("ALTER TABLE " + m_table.name + " RENAME TO elsewhere")) {
                while (!execute("ALTER TABLE elsewhere RENAME TO " + m_table.name)) { }
            }
            break;
        }
    }

    [[nodiscard]] bool hasTouched(qint64 key) const { return m_touched.contains(key); }
    /// Its own rows that are in the file.
    [[nodiscard]] const Rows &own() const { return m_own; }

private:
    void open()
    {
        sqlite3_open(m_path.constData(), &m_database);
        sqlite3_busy_timeout(m_database, 2000);
    }

    // Over a connection that is used for nothing else: SQLite 3.40 itself loses rows where one goes on with what it
    // knew before, also where two programs use nothing but SQLite.
    void switchMode(const QByteArray &sql)
    {
        sqlite3_close(m_database);
        open();
        (void)execute(sql);
        sqlite3_close(m_database);
        open();
    }

    [[nodiscard]] bool execute(const QByteArray &sql)
    {
        return sqlite3_exec(m_database, sql.constData(), nullptr, nullptr, nullptr) == SQLITE_OK;
    }

    const Seeded &m_table;
    const QByteArray m_path;
    sqlite3 *m_database = nullptr;
    QSet<qint64> m_touched; // keys of the package
    Rows m_own;
    int m_count = 0;
};

Rows rowsIn(const QString &path, const Seeded &table, QStringList &wrong)
{
    Rows rows;
    sqlite3 *database = nullptr;
    sqlite3_stmt *statement = nullptr;
    sqlite3_open(QFile::encodeName(path).constData(), &database);
    const QByteArray sql = "SELECT id, " + table.column + " FROM " + table.name;
    if (sqlite3_prepare_v2(database, sql.constData(), -1, &statement, nullptr) != SQLITE_OK)
        wrong += QStringLiteral("%1: %2").arg(path, QString::fromUtf8(sqlite3_errmsg(database)));
    while (sqlite3_step(statement) == SQLITE_ROW) {
        const qint64 key = sqlite3_column_int64(statement, 0);
        if (rows.contains(key))
            wrong += QStringLiteral("%1: key %2 is there twice").arg(path).arg(key);
        rows.insert(key, reinterpret_cast<const char *>(sqlite3_column_text(statement, 1)));
    }
    sqlite3_finalize(statement);
    QByteArray check;
    const auto keep = [](void *to, int, char **values, char **) {
        *static_cast<QByteArray *>(to) += values[0];
        return 0;
    };
    sqlite3_exec(database, "PRAGMA integrity_check", keep, &check, nullptr);
    if (check != "ok")
        wrong += path + QStringLiteral(": ") + QString::fromUtf8(check);
    sqlite3_close(database);
    return rows;
}

/// Users, and orders that refer to them, each in a file of its own.
class Town final
{
public:
    explicit Town(QRandomGenerator &random)
    {
        const int users = random.bounded(20, 400);
        const int orders = random.bounded(20, 400);
        for (int id = 1; id <= users; ++id)
            m_tables[0].rows.insert(id, QByteArray::number(id * 10));
        for (int id = 1; id <= orders; ++id)
            m_tables[1].rows.insert(id, QByteArray::number(random.bounded(1, users + 1)));
        const QByteArray descriptor = R"({"name": "town", "resources": [
            {"name": "users", "path": "users.csv", "schema": {"primaryKey": "id", "fields": [
                {"name": "id", "type": "integer"}, {"name": "number", "type": "integer"}]}},
            {"name": "orders", "path": "orders.csv", "schema": {"primaryKey": "id", "fields": [
                {"name": "id", "type": "integer"}, {"name": "user_id", "type": "integer"}],
                "foreignKeys": [{"fields": "user_id", "reference": {"resource": "users", "fields": "id"}}]}}]})";
        m_isReady = write("datapackage.json", descriptor);
        for (const Seeded &table : m_tables) {
            QByteArray csv = "id," + table.column + '\n';
            for (int id = 1; id <= table.rows.size(); ++id)
                csv += QByteArray::number(id) + ',' + table.rows.value(id) + '\n';
            m_isReady = m_isReady && write(table.name + ".csv", csv);
            sqlite3 *database = nullptr;
            sqlite3_open(QFile::encodeName(path(table)).constData(), &database);
            const QByteArray sql =
                "CREATE TABLE " + table.name + " (id INTEGER PRIMARY KEY, " + table.column + " INTEGER)";
            m_isReady = m_isReady && sqlite3_exec(database, sql.constData(), nullptr, nullptr, nullptr) == SQLITE_OK;
            sqlite3_close(database);
        }
    }

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] const Seeded &table(int i) const { return m_tables[i]; }
    [[nodiscard]] QString path(const Seeded &table) const
    {
        return m_folder.filePath(QString::fromLatin1(table.name) + QStringLiteral(".db"));
    }

private:
    [[nodiscard]] bool write(const QByteArray &name, const QByteArray &bytes) const
    {
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    }

    QTemporaryDir m_folder;
    Seeded m_tables[2] { { "users", "number", {} }, { "orders", "user_id", {} } };
    bool m_isReady = false;
};

/// The keys, which are the numbers of the rows too, that the report says are not in the database.
QSet<qint64> notIn(const QJsonObject &table)
{
    QSet<qint64> keys;
    for (const QJsonValue &row : table[QStringLiteral("rejected")].toArray())
        keys.insert(row[QStringLiteral("row")].toInteger());
    return keys;
}

/// The rows that the report's audit names: "users row 7 ".
QStringList named(const QJsonObject &report)
{
    QStringList findings;
    for (const QJsonValue &finding : report[QStringLiteral("auditFindings")].toArray())
        findings += finding.toString();
    return findings;
}

/// What is in the files of \a town and is not as \a report and both neighbours say.
QStringList wrongIn(const Town &town, const QJsonObject &report, const Neighbour (&neighbours)[2])
{
    QStringList wrong;
    const QStringList findings = named(report);
    const auto isNamed = [&findings](const Seeded &table, qint64 key) {
        const QString row = QStringLiteral("%1 row %2 ").arg(QString::fromLatin1(table.name)).arg(key);
        return std::any_of(findings.cbegin(), findings.cend(), [&row](const QString &finding) {
            return finding.startsWith(row) || finding.endsWith(QLatin1String(": and more"));
        });
    };
    for (int i = 0; i < 2; ++i) {
        const Seeded &table = town.table(i);
        const Neighbour &neighbour = neighbours[i];
        const Rows there = rowsIn(town.path(table), table, wrong);
        const QSet<qint64> out = notIn(tableOf(report, QString::fromLatin1(table.name)));
        for (auto row = table.rows.cbegin(); row != table.rows.cend(); ++row) {
            if (neighbour.hasTouched(row.key()))
                continue;
            const bool isThere = there.value(row.key()) == row.value();
            if (isThere == out.contains(row.key()) && !isNamed(table, row.key())) {
                wrong += QStringLiteral("%1 row %2 is %3, and is reported otherwise")
                             .arg(QString::fromLatin1(table.name))
                             .arg(row.key())
                             .arg(isThere ? QStringLiteral("there") : QStringLiteral("not there"));
            }
        }
        Rows own;
        for (auto row = there.cbegin(); row != there.cend(); ++row) {
            if (row.key() >= OwnKeys)
                own.insert(row.key(), row.value());
        }
        if (own != neighbour.own())
            wrong += QStringLiteral("%1: a write of the other program was lost").arg(QString::fromLatin1(table.name));
    }
    QStringList ignored;
    const Rows users = rowsIn(town.path(town.table(0)), town.table(0), ignored);
    const Rows orders = rowsIn(town.path(town.table(1)), town.table(1), ignored);
    for (auto order = orders.cbegin(); order != orders.cend(); ++order) {
        const qint64 user = order.value().toLongLong();
        const bool isOurs = order.key() < OwnKeys && !neighbours[1].hasTouched(order.key());
        if (isOurs && !users.contains(user) && !neighbours[0].hasTouched(user))
            wrong += QStringLiteral("order %1 refers to nothing").arg(order.key());
    }
    return wrong;
}

} // namespace

class tst_Neighbour final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void anythingMayHappen();

private:
    static QStringList runBeside(quint32 seed, int &acts, int &findings);
};

QStringList tst_Neighbour::runBeside(quint32 seed, int &acts, int &findings)
{
    QRandomGenerator random(seed);
    const Town town(random);
    if (!town.isReady())
        return { QStringLiteral("the package cannot be made") };
    Neighbour neighbours[2] { { town.path(town.table(0)), town.table(0) },
                              { town.path(town.table(1)), town.table(1) } };
    const QStringList arguments { QStringLiteral("run"),       QStringLiteral("."),
                                  QStringLiteral("--format"),  QStringLiteral("json"),
                                  QStringLiteral("--batch"),   QString::number(random.bounded(1, 20)),
                                  QStringLiteral("--workers"), QString::number(random.bounded(1, 11)) };
    QProcess process;
    prepareCli(process, arguments, town.folder());
    process.start();
    while (process.state() != QProcess::NotRunning) {
        neighbours[random.bounded(2)].act(random);
        ++acts;
        (void)process.waitForFinished(random.bounded(4));
    }
    const CommandResult result = waitFor(process);
    const QJsonObject report = result.json();
    // Where a table was renamed or gone at the first look the run is refused, or makes a table of its own; both are
    // told.
    if (result.status == 3 && report.isEmpty())
        return {};
    if (result.status != 0 && result.status != 1 && result.status != 4)
        return { QStringLiteral("status %1: %2").arg(result.status).arg(QString::fromUtf8(result.err)) };
    QStringList wrong = wrongIn(town, report, neighbours);
    if (const QStringList audit = named(report); !audit.isEmpty()) {
        ++findings;
        if (result.status != 1 && result.status != 4)
            wrong += QStringLiteral("status %1 with findings").arg(result.status);
        if (!wrong.isEmpty())
            wrong.prepend(audit.constFirst() + u'\n' + audit.constLast());
    }
    const CommandResult again = runCli({ QStringLiteral("run"), QStringLiteral("."), QStringLiteral("--on-conflict"),
                                         QStringLiteral("update"), QStringLiteral("--format"), QStringLiteral("json") },
                                       town.folder());
    if (again.status != 0)
        wrong += QStringLiteral("one more run: status %1: %2").arg(again.status).arg(QString::fromUtf8(again.err));
    for (int i = 0; i < 2; ++i) {
        const Rows there = rowsIn(town.path(town.table(i)), town.table(i), wrong);
        for (auto row = town.table(i).rows.cbegin(); row != town.table(i).rows.cend(); ++row) {
            if (there.value(row.key()) != row.value())
                wrong += QStringLiteral("after one more run: key %1 has another value").arg(row.key());
        }
    }
    return wrong;
}

void tst_Neighbour::anythingMayHappen()
{
    const int runs = IsFull ? 500 : 12;
    const quint32 first = QRandomGenerator::system()->generate();
    int acts = 0;
    int findings = 0;
    for (int i = 0; i < runs; ++i) {
        const quint32 seed = first + static_cast<quint32>(i);
        const QStringList wrong = runBeside(seed, acts, findings);
        QVERIFY2(wrong.isEmpty(),
                 qPrintable(QStringLiteral("seed %1: %2")
                                .arg(seed)
                                .arg(wrong.first(std::min<qsizetype>(wrong.size(), 5)).join(u'\n'))));
    }
    QVERIFY(acts > runs); // it did something beside every run
    qInfo("%d runs beside %d acts of another program, %d with findings of the audit", runs, acts, findings);
}

SEEDBED_TEST(tst_Neighbour, QCoreApplication)
#include "tst_neighbour.moc"
