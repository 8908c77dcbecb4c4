// SPDX-License-Identifier: MIT
// A run of 3 x 5,000 rows that is killed at any moment, whose disk is full, or whose files may not be written any more:
// every file is whole, no row that was said to be committed is lost, none refers to nothing, and one more run brings
// the files to exactly what they are to hold.

#include "cli/commandrunner.h"
#include "quiettest.h"
#include "runlog.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <unistd.h>

#include <algorithm>

using namespace seedbed;

namespace {

const QByteArray Package = R"({"name": "shop", "resources": [
    {"name": "users", "path": "users.csv", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "email", "constraints": {"unique": true}}]}},
    {"name": "products", "path": "products.csv", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "price", "type": "number"}]}},
    {"name": "orders", "path": "orders.csv", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "user", "type": "integer"}, {"name": "product", "type": "integer"}],
        "foreignKeys": [{"fields": "user", "reference": {"resource": "users", "fields": "id"}},
                        {"fields": "product", "reference": {"resource": "products", "fields": "id"}}]}}]})";
constexpr int RowCount = 5000; // of each table
const QStringList Tables { QStringLiteral("users"), QStringLiteral("products"), QStringLiteral("orders") };

constexpr QFile::Permissions Readable = QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther;
constexpr QFile::Permissions Anybodys = Readable | QFile::WriteOwner | QFile::WriteOther;

/// The rows of a table as lines, the cells parted by \a separator.
QByteArray linesOf(const QString &table, char separator)
{
    QByteArray lines;
    for (int row = 1; row <= RowCount; ++row) {
        const QByteArray number = QByteArray::number(row);
        lines += number + separator;
        if (table == Tables.at(0))
            lines += "user" + number + "@example.com\n";
        else if (table == Tables.at(1))
            lines += number + ".25\n";
        else
            lines +=
                QByteArray::number(RowCount + 1 - row) + separator + QByteArray::number(row * 7 % RowCount + 1) + '\n';
    }
    return lines;
}

/// A package, and a folder for its databases, which can be made anew.
class Shop final
{
public:
    Shop()
    {
        const QByteArrayList headers { "id,email\n", "id,price\n", "id,user,product\n" };
        m_isReady = writeFile(m_folder.filePath(QStringLiteral("datapackage.json")), Package);
        for (int table = 0; table < Tables.size(); ++table) {
            m_isReady = m_isReady
                && writeFile(m_folder.filePath(Tables.at(table) + QStringLiteral(".csv")),
                             headers.at(table) + linesOf(Tables.at(table), ','));
        }
        clear();
    }

    [[nodiscard]] bool isReady() const { return m_isReady && m_into->isValid(); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString into() const { return m_into->path(); }
    void clear() { m_into = std::make_unique<QTemporaryDir>(m_folder.filePath(QStringLiteral("into"))); }
    [[nodiscard]] QString path(const QString &table) const { return m_into->filePath(table + QStringLiteral(".db")); }

    void start(QProcess &process, const QStringList &options = {}) const
    {
        prepareCli(process,
                   QStringList { QStringLiteral("run"), m_folder.path(), QStringLiteral("--into"), m_into->path(),
                                 QStringLiteral("--verbose") }
                       + options,
                   m_folder.path());
        process.start(QIODevice::ReadOnly);
    }
    /// As a user whom permissions keep from something, which they do not do to root.
    void startAsAnybody(QProcess &process, const QStringList &options) const
    {
        for (const QString &folder : { m_folder.path(), m_into->path() })
            QFile::setPermissions(folder, Anybodys);
        if (::geteuid() != 0)
            return start(process, options);
        const QString nobody = QStringLiteral("65534");
        process.setProcessEnvironment(QProcessEnvironment::systemEnvironment());
        process.start(QStringLiteral("setpriv"),
                      QStringList { QStringLiteral("--reuid"), nobody, QStringLiteral("--regid"), nobody,
                                    QStringLiteral("--clear-groups"), QStringLiteral(SEEDBED_CLI),
                                    QStringLiteral("run"), m_folder.path(), QStringLiteral("--into"), m_into->path(),
                                    QStringLiteral("--verbose") }
                          + options,
                      QIODevice::ReadOnly);
    }

    [[nodiscard]] bool hasTable(const QString &table) const
    {
        return QFile::exists(path(table))
            && sqlite(path(table), QStringLiteral("SELECT count(*) FROM sqlite_master")) == QLatin1String("1");
    }
    [[nodiscard]] qsizetype countIn(const QString &table) const
    {
        return hasTable(table) ? sqlite(path(table), QStringLiteral("SELECT count(*) FROM ") + table).toLongLong() : 0;
    }
    /// Orders that refer to nothing.
    [[nodiscard]] qsizetype orphans() const
    {
        if (countIn(Tables.at(2)) == 0)
            return 0;
        return sqlite(path(Tables.at(2)),
                      QStringLiteral(
                          "ATTACH '%1' AS u; ATTACH '%2' AS p; SELECT count(*) FROM orders WHERE user NOT IN "
                          "(SELECT id FROM u.users) OR product NOT IN (SELECT id FROM p.products)")
                          .arg(path(Tables.at(0)), path(Tables.at(1))))
            .toLongLong();
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<QTemporaryDir> m_into;
    bool m_isReady = false;
};

} // namespace

class TestLargeRuns final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    // Thirty connections are made for the first time, and the program ends.
    void startsAndEnds()
    {
        const int starts = qEnvironmentVariableIsSet("SEEDBED_ALL_FAULTS") ? 500 : 10;
        for (int start = 0; start < starts; ++start) {
            const QTemporaryDir folder;
            const CommandResult result = runCli({ QStringLiteral("run"), QStringLiteral("--quiet"),
                                                  QStringLiteral("--fail-on"), QStringLiteral("none") },
                                                folder.path());
            QCOMPARE(result.err, QByteArray());
            QCOMPARE(result.status, 0);
            QVERIFY2(result.out.contains("24 inserted, 6 skipped"), result.out);
        }
    }

    void killedAtAnyMoment()
    {
        // All of them take many minutes.
        const int kills = qEnvironmentVariableIsSet("SEEDBED_ALL_FAULTS") ? 300 : 6;
        Shop shop;
        QVERIFY(shop.isReady());
        QElapsedTimer timer;
        timer.start();
        {
            QProcess process;
            shop.start(process);
            QCOMPARE(waitFor(process).status, 0);
        }
        const auto whole = static_cast<double>(timer.elapsed());
        const quint32 seed = QRandomGenerator::system()->generate();
        QRandomGenerator random(seed);
        QStringList wrong;
        int midway = 0;
        // A few may all come too soon or too late.
        for (int kill = 0; kill < kills || (midway == 0 && kill < 20 * kills); ++kill) {
            shop.clear();
            QProcess process;
            shop.start(process);
            // Anywhere in an equal share of the run.
            const auto after = static_cast<int>(whole * (kill % kills + random.generateDouble()) / kills);
            (void)process.waitForFinished(after);
            process.kill();
            const CommandResult result = waitFor(process);
            const QString what = QStringLiteral("seed %1, killed after %2 of %3 ms: ").arg(seed).arg(after).arg(whole);
            qsizetype there = 0;
            for (const QString &table : Tables) {
                const qsizetype count = shop.countIn(table);
                const qsizetype committed = committedIn(result.err, table);
                there += count;
                if (committed > count)
                    wrong += what + QStringLiteral("%1 of %2 lost").arg(committed - count).arg(table);
            }
            midway += there > 0 && there < Tables.size() * RowCount ? 1 : 0;
            if (const qsizetype orphans = shop.orphans(); orphans > 0)
                wrong += what + QStringLiteral("%1 orders refer to nothing").arg(orphans);
            wrong += wrongAfterOneMoreRun(shop, what);
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        qInfo("%d kills at least, %d of them with a part of the rows in", kills, midway);
        QVERIFY(midway > 0);
    }

    void madeReadOnlyMidway_data()
    {
        QTest::addColumn<bool>("isFolder");
        QTest::newRow("a file") << false;
        QTest::newRow("the folder") << true;
    }

    void madeReadOnlyMidway()
    {
        QFETCH(bool, isFolder);
        Shop shop;
        QVERIFY(shop.isReady());
        const QStringList options { QStringLiteral("--batch"), QStringLiteral("20"), QStringLiteral("--format"),
                                    QStringLiteral("json") };
        QProcess process;
        process.setReadChannel(QProcess::StandardError);
        shop.startAsAnybody(process, options);
        QByteArray said;
        while (committedIn(said, Tables.at(0)) < 100 && process.waitForReadyRead(30'000))
            said += process.readAllStandardError();
        if (process.state() == QProcess::NotRunning && !said.contains("users.db"))
            QSKIP("NOT tested: files that are made read-only, as the program cannot be started by another user here");
        const QString closed = isFolder ? shop.into() : shop.path(Tables.at(0));
        QVERIFY(QFile::setPermissions(closed, isFolder ? Readable : QFile::ReadOwner | QFile::ReadOther));
        CommandResult result = waitFor(process);
        result.err = said + result.err;
        QVERIFY(QFile::setPermissions(closed, Anybodys));

        QVERIFY2(result.status == 0 || result.status == 1, result.err);
        for (const QString &table : Tables) {
            QSet<int> there;
            const QString keys = sqlite(shop.path(table), QStringLiteral("SELECT id FROM ") + table);
            for (const QString &key : keys.split(u'\n', Qt::SkipEmptyParts))
                there.insert(key.toInt());
            QCOMPARE(there, keysReported(tableOf(result.json(), table), RowCount));
        }
        QVERIFY2(result.status == 0 || result.out.contains("users.db"), result.err);
        QCOMPARE(wrongAfterOneMoreRun(shop, {}), QStringList());
    }

    // A small disk, which only a process of its own can see: what it shows is copied from there.
    void theDiskIsFull()
    {
        Shop shop;
        QVERIFY(shop.isReady());
        const QTemporaryDir shown;
        QVERIFY(writeFile(shown.filePath(QStringLiteral("script")), R"(
            set -u
            mount -t tmpfs -o size=400k none "$INTO" || exit 77
            for turn in full roomy; do
                "$CLI" run "$PACKAGE" --into "$INTO" --format json >"$SHOWN/$turn.json" 2>"$SHOWN/$turn.err"
                echo $? >"$SHOWN/$turn.status"
                for table in users products orders; do
                    sqlite3 "$INTO/$table.db" "PRAGMA integrity_check; SELECT id FROM $table" >"$SHOWN/$turn.$table"
                done
                mount -o remount,size=64m "$INTO"
            done
        )"));
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("CLI"), QStringLiteral(SEEDBED_CLI));
        environment.insert(QStringLiteral("PACKAGE"), shop.folder());
        environment.insert(QStringLiteral("INTO"), shop.into());
        environment.insert(QStringLiteral("SHOWN"), shown.path());
        CommandResult result;
        for (const QString &rights : { QStringLiteral("-m"), QStringLiteral("-Urm") }) {
            QProcess process;
            process.setProcessEnvironment(environment);
            process.start(QStringLiteral("unshare"),
                          { rights, QStringLiteral("bash"), shown.filePath(QStringLiteral("script")) });
            result = waitFor(process);
            if (result.status == 0)
                break;
        }
        if (result.status != 0)
            QSKIP("NOT tested: a disk that is full, as none can be mounted here");

        const auto file = [&shown](const QString &name) { return readFile(shown.filePath(name)); };
        const auto keysIn = [&file](const QString &name) {
            QSet<int> keys;
            QByteArrayList lines = file(name).trimmed().split('\n');
            if (lines.takeFirst() != "ok")
                qWarning("%s is damaged", qPrintable(name));
            for (const QByteArray &line : std::as_const(lines))
                keys.insert(line.toInt());
            return keys;
        };
        const QJsonObject full = QJsonDocument::fromJson(file(QStringLiteral("full.json"))).object();
        qsizetype there = 0;
        for (const QString &table : Tables) {
            const QSet<int> keys = keysIn(QStringLiteral("full.") + table);
            QCOMPARE(keys, keysReported(tableOf(full, table), RowCount));
            there += keys.size();
        }
        QVERIFY2(there > 0 && there < Tables.size() * RowCount, qPrintable(QString::number(there)));
        QCOMPARE(file(QStringLiteral("full.status")), QByteArray("1\n"));
        QVERIFY(file(QStringLiteral("full.json")).contains("database or disk is full"));

        QCOMPARE(file(QStringLiteral("roomy.status")), QByteArray("0\n"));
        for (const QString &table : Tables)
            QCOMPARE(keysIn(QStringLiteral("roomy.") + table).size(), RowCount);
    }

private:
    [[nodiscard]] static QStringList wrongAfterOneMoreRun(const Shop &shop, const QString &what)
    {
        QStringList wrong;
        for (const QString &table : Tables) {
            if (shop.hasTable(table)
                && sqlite(shop.path(table), QStringLiteral("PRAGMA integrity_check")) != QLatin1String("ok"))
                wrong += what + QStringLiteral("%1 is damaged").arg(table);
        }
        QProcess process;
        shop.start(process);
        const CommandResult result = waitFor(process);
        if (result.status != 0)
            wrong += what + QStringLiteral("one more run: %1").arg(QString::fromUtf8(result.err));
        for (const QString &table : Tables) {
            const QString rows = sqlite(shop.path(table), QStringLiteral("SELECT * FROM %1 ORDER BY id").arg(table));
            if (rows != QString::fromLatin1(linesOf(table, '|').trimmed()))
                wrong += what + QStringLiteral("%1 has not the rows it is to have after one more run").arg(table);
        }
        return wrong;
    }
};

QTEST_APPLESS_MAIN(TestLargeRuns)
#include "tst_largeruns.moc"
