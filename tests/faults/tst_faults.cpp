// SPDX-License-Identifier: MIT
// A disk that fails, a program that is killed, and a power cut, at every call that writes, syncs, truncates or removes
// a file of a small run: whatever the report says of a row is what the file shows, and one more run completes the work.

#include "cli/commandrunner.h"
#include "quiettest.h"
#include "runlog.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSet>
#include <QTemporaryDir>

using namespace seedbed;

namespace {

const QByteArray Package = R"({"name": "post", "resources": [
    {"name": "people", "path": "people.csv", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "name"}]}},
    {"name": "letters", "path": "letters.csv", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "to", "type": "integer"}],
        "foreignKeys": [{"fields": "to", "reference": {"resource": "people", "fields": "id"}}]}}]})";
constexpr int RowCount = 12; // of each table
constexpr int Delay = 15;    // milliseconds before each call, so that commits are logged before the end comes
const QStringList Tables { QStringLiteral("people"), QStringLiteral("letters") };

struct Fault {
    int at = 0;
    QString kind {};
    bool isForEver = false;
    bool isAfter = false;
    int delayMs = 0;

    [[nodiscard]] QString text() const
    {
        return QStringLiteral("%1 at call %2%3%4")
            .arg(kind)
            .arg(at)
            .arg(isForEver ? QStringLiteral(" and ever after") : QString(),
                 isAfter ? QStringLiteral(", which was made") : QString());
    }
};

/// A package, and a folder for its databases, which can be made anew.
class Post final
{
public:
    Post()
    {
        QByteArray people = "id,name\n";
        QByteArray letters = "id,to\n";
        for (int row = 1; row <= RowCount; ++row) {
            const QByteArray number = QByteArray::number(row);
            people += number + ",name " + number + '\n';
            letters += number + ',' + QByteArray::number(RowCount + 1 - row) + '\n';
        }
        m_isReady = writeFile(m_folder.filePath(QStringLiteral("datapackage.json")), Package)
            && writeFile(m_folder.filePath(QStringLiteral("people.csv")), people)
            && writeFile(m_folder.filePath(QStringLiteral("letters.csv")), letters);
        clear();
    }

    [[nodiscard]] bool isReady() const { return m_isReady && m_above && m_above->isValid(); }

    /// Begins without a folder for the databases.
    void clear()
    {
        m_above = std::make_unique<QTemporaryDir>(m_folder.filePath(QStringLiteral("above")));
        m_shadow = std::make_unique<QTemporaryDir>(m_folder.filePath(QStringLiteral("shadow")));
    }

    /// The databases become what a power cut at the end of the last run leaves of them. What went wrong, or nothing.
    [[nodiscard]] QString cutPower()
    {
        const QStringList foldersSynced =
            QString::fromUtf8(readFile(m_shadow->filePath(QStringLiteral("above")))).split(u'\n');
        const bool isFolderLeft =
            foldersSynced.contains(m_above->path()) && foldersSynced.contains(QFileInfo(into()).path());
        m_above = std::make_unique<QTemporaryDir>(m_folder.filePath(QStringLiteral("above")));
        if (!isFolderLeft)
            return {};
        if (!QDir().mkpath(into()))
            return into();
        for (const QByteArray &line : readFile(m_shadow->filePath(QStringLiteral("names"))).split('\n')) {
            const qsizetype space = line.indexOf(' ');
            if (space < 0)
                continue;
            QFile synced(m_shadow->filePath(QString::fromLatin1(line.first(space))));
            const QString name = QDir(into()).filePath(QString::fromUtf8(line.sliced(space + 1)));
            QFile::remove(name); // removed and made again while the folder was read
            // What was never synced has its name, and nothing in it.
            if (!(synced.exists() ? synced.copy(name) : writeFile(name, {})))
                return synced.fileName() + QStringLiteral(" to ") + name + QStringLiteral(": ") + synced.errorString();
        }
        return {};
    }

    [[nodiscard]] CommandResult run(const Fault &fault, const QString &countFile = {}) const
    {
        QProcess process;
        prepareCli(process,
                   { QStringLiteral("run"), m_folder.path(), QStringLiteral("--into"), into(),
                     QStringLiteral("--workers"), QStringLiteral("3"), QStringLiteral("--batch"), QStringLiteral("1"),
                     QStringLiteral("--lock-timeout"), QStringLiteral("2"), QStringLiteral("--format"),
                     QStringLiteral("json"), QStringLiteral("--verbose") },
                   m_folder.path());
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("LD_PRELOAD"), QStringLiteral(SEEDBED_FAULTSHIM));
        environment.insert(QStringLiteral("SEEDBED_FAULT_FOLDER"), into());
        environment.insert(QStringLiteral("SEEDBED_FAULT_SHADOW"), m_shadow->path());
        environment.insert(QStringLiteral("SEEDBED_FAULT_AT"), QString::number(fault.at));
        environment.insert(QStringLiteral("SEEDBED_FAULT_DELAY_MS"), QString::number(fault.delayMs));
        environment.insert(QStringLiteral("SEEDBED_FAULT"), fault.kind);
        if (fault.isForEver)
            environment.insert(QStringLiteral("SEEDBED_FAULT_EVER"), QStringLiteral("1"));
        if (fault.isAfter)
            environment.insert(QStringLiteral("SEEDBED_FAULT_AFTER"), QStringLiteral("1"));
        if (!countFile.isEmpty())
            environment.insert(QStringLiteral("SEEDBED_FAULT_COUNT"), countFile);
        process.setProcessEnvironment(environment);
        process.start(QIODevice::ReadOnly);
        return waitFor(process);
    }

    /// How many calls a run without a fault makes.
    [[nodiscard]] int countCalls() const
    {
        const QString file = m_folder.filePath(QStringLiteral("calls"));
        const CommandResult result = run({}, file);
        if (result.status != 0)
            qInfo("%s", result.err.constData());
        return readFile(file).toInt();
    }

    /// The folder of the databases.
    [[nodiscard]] QString into() const { return m_above->filePath(QStringLiteral("new/into")); }

    [[nodiscard]] QString path(const QString &table) const
    {
        return QDir(into()).filePath(table + QStringLiteral(".db"));
    }

    /// The keys in a database; none where it has not come to be.
    [[nodiscard]] QSet<int> keysIn(const QString &table) const
    {
        if (!QFile::exists(path(table))
            || sqlite(path(table), QStringLiteral("SELECT count(*) FROM sqlite_master")) == QLatin1String("0"))
            return {};
        QSet<int> keys;
        const QString answer = sqlite(path(table), QStringLiteral("SELECT id FROM ") + table);
        for (const QString &line : answer.split(u'\n', Qt::SkipEmptyParts)) {
            bool isNumber = false;
            keys.insert(line.toInt(&isNumber));
            if (!isNumber)
                qWarning("%s", qPrintable(line)); // the shell's words
        }
        return keys;
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<QTemporaryDir> m_above;  // of the folder of the databases
    std::unique_ptr<QTemporaryDir> m_shadow; // what is synced of them
    bool m_isReady = false;
};

QString listText(const QSet<int> &keys)
{
    QStringList texts;
    for (const int key : keys)
        texts.append(QString::number(key));
    texts.sort();
    return texts.join(u' ');
}

} // namespace

class TestFaults final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_post.isReady());
        m_calls = m_post.countCalls();
        QVERIFY2(m_calls >= 140, qPrintable(QString::number(m_calls)));
        // All of them take many minutes.
        m_step = qEnvironmentVariableIsSet("SEEDBED_ALL_FAULTS") ? 1 : 17;
        qInfo("%d calls, each %dth is met", m_calls, m_step);
    }

    void theDiskFails_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("isForEver");
        QTest::addColumn<bool>("isAfter");
        for (const char *kind : { "EIO", "ENOSPC" }) {
            for (const bool isForEver : { false, true }) {
                for (const bool isAfter : { false, true }) {
                    QTest::addRow("%s%s%s", kind, isForEver ? " for ever" : " once",
                                  isAfter ? ", the answer is lost" : "")
                        << QString::fromLatin1(kind) << isForEver << isAfter;
                }
            }
        }
    }

    void theDiskFails()
    {
        QFETCH(QString, kind);
        QFETCH(bool, isForEver);
        QFETCH(bool, isAfter);
        QStringList wrong;
        for (int at = 1 + m_offset++ % m_step; at <= m_calls; at += m_step) {
            const Fault fault { at, kind, isForEver, isAfter };
            m_post.clear();
            QElapsedTimer timer;
            timer.start();
            const CommandResult result = m_post.run(fault);
            if (timer.elapsed() > 10'000)
                wrong += fault.text() + QStringLiteral(": took %1 ms").arg(timer.elapsed());
            if (result.status < 0)
                wrong += fault.text() + QStringLiteral(": crashed");
            wrong += untrueIn(fault, result);
            wrong += wrongAfterOneMoreRun(fault);
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    void theProgramIsKilled_data()
    {
        QTest::addColumn<bool>("isAfter");
        QTest::newRow("before the call") << false;
        QTest::newRow("after the call") << true;
    }

    void theProgramIsKilled() { endAtCalls(false); }

    void thePowerIsCut_data() { theProgramIsKilled_data(); }

    void thePowerIsCut() { endAtCalls(true); }

private:
    void endAtCalls(bool isPowerCut)
    {
        QFETCH(bool, isAfter);
        QStringList wrong;
        qsizetype committed = 0;
        for (int at = 1 + m_offset++ % m_step; at <= m_calls; at += m_step) {
            const Fault fault { at, QStringLiteral("KILL"), false, isAfter, Delay };
            m_post.clear();
            const CommandResult result = m_post.run(fault);
            if (isPowerCut)
                QCOMPARE(m_post.cutPower(), QString());
            wrong += lostOf(fault, result);
            wrong += orphansAfter(fault);
            wrong += wrongAfterOneMoreRun(fault);
            for (const QString &table : Tables)
                committed += committedIn(result.err, table);
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        QVERIFY(committed > 0); // or nothing could have been lost
    }

    /// Rows that were said to be committed and are not there.
    [[nodiscard]] QStringList lostOf(const Fault &fault, const CommandResult &result) const
    {
        QStringList lost;
        for (const QString &table : Tables) {
            const qsizetype there = m_post.keysIn(table).size();
            const qsizetype committed = committedIn(result.err, table);
            if (committed > there)
                lost += fault.text() + QStringLiteral(": %1 of %2 lost").arg(committed - there).arg(table);
        }
        return lost;
    }

    /// What a report, or its absence, says that the files do not show.
    [[nodiscard]] QStringList untrueIn(const Fault &fault, const CommandResult &result) const
    {
        QStringList untrue;
        const QJsonObject report = result.json();
        for (const QString &table : Tables) {
            const QSet<int> there = m_post.keysIn(table);
            const QSet<int> reported = report.isEmpty() ? QSet<int>() : keysReported(tableOf(report, table), RowCount);
            if (there != reported) {
                untrue += fault.text()
                    + QStringLiteral(": of %1 the report has %2, the file %3; status %4; %5")
                          .arg(table, listText(reported), listText(there))
                          .arg(result.status)
                          .arg(QString::fromUtf8(result.err));
            }
        }
        return untrue + orphansAfter(fault);
    }

    [[nodiscard]] QStringList orphansAfter(const Fault &fault) const
    {
        const QSet<int> people = m_post.keysIn(Tables.at(0));
        for (const int letter : m_post.keysIn(Tables.at(1))) {
            if (!people.contains(RowCount + 1 - letter))
                return { fault.text() + QStringLiteral(": letter %1 is to nobody").arg(letter) };
        }
        return {};
    }

    [[nodiscard]] QStringList wrongAfterOneMoreRun(const Fault &fault) const
    {
        const CommandResult result = m_post.run({});
        QStringList wrong;
        if (result.status != 0)
            wrong += fault.text() + QStringLiteral(": one more run: %1").arg(QString::fromUtf8(result.err));
        for (const QString &table : Tables) {
            const QString check = sqlite(m_post.path(table),
                                         QStringLiteral("PRAGMA integrity_check; SELECT count(*), count(DISTINCT id) "
                                                        "FROM ")
                                             + table);
            if (check != QStringLiteral("ok\n%1|%1").arg(RowCount))
                wrong += fault.text() + QStringLiteral(": after one more run %1: %2").arg(table, check);
        }
        return wrong;
    }

    Post m_post;
    int m_calls = 0;
    int m_step = 1;
    int m_offset = 0; // so that each row of the data meets other calls
};

QTEST_APPLESS_MAIN(TestFaults)
#include "tst_faults.moc"
