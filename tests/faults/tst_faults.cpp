// SPDX-License-Identifier: MIT
// A disk that fails, a program that is killed, and a power cut, at every call that writes, syncs, truncates or removes
// a file of a small run or locks its folder, and at some of one whose table is large enough to be written with the
// file's own journal:
// whatever the report says of a row is what the file shows, and one more run completes the work.

#include "cli/commandrunner.h"
#include "found.h"
#include "quiettest.h"
#include "runlog.h"
#include "testpaths.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <memory>

using namespace seedbed;

namespace {

const QByteArray Package = R"({"name": "post", "resources": [
    {"name": "people", "path": "people.csv", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "name"}]}},
    {"name": "letters", "path": "letters.csv", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "to", "type": "integer"}],
        "foreignKeys": [{"fields": "to", "reference": {"resource": "people", "fields": "id"}}]}}]})";

struct Size {
    int people = 0;
    int letters = 0;
    int batch = 0;
    std::chrono::milliseconds delay; ///< before each call, so that commits are logged before the end comes
};
const QString Kill = QStringLiteral("KILL");
constexpr Size Small { 12, 12, 1, std::chrono::milliseconds(15) };
constexpr Size Large { 25'000, 5'000, 2'500, std::chrono::milliseconds(1) };

struct Fault {
    int at = 0;
    QString kind {};
    bool isForEver = false;
    bool isAfter = false;
    bool isOfLock = false; ///< `at` counts the calls of the folder's lock alone

    [[nodiscard]] QString text() const
    {
        return QStringLiteral("%1 at call %2%3%4%5: ")
            .arg(kind)
            .arg(at)
            .arg(isOfLock ? QStringLiteral(" of the lock") : QString(),
                 isForEver ? QStringLiteral(" and ever after") : QString(),
                 isAfter ? QStringLiteral(", which was made") : QString());
    }
};

/// A package, and a folder for its databases, which can be made anew.
class Post final
{
public:
    explicit Post(const Size &size)
        : m_size(size)
    {
        GivenTable people { QStringLiteral("people") };
        for (int row = 1; row <= size.people; ++row)
            people.rows += QStringLiteral("%1|name %1").arg(row);
        GivenTable letters { QStringLiteral("letters"), {}, { { 1, people.name } } };
        for (int row = 1; row <= size.letters; ++row)
            letters.rows += QStringLiteral("%1|%2").arg(row).arg(row * 7 % size.people + 1);
        m_isReady = writeFile(m_folder.filePath(QStringLiteral("datapackage.json")), Package)
            && writeFile(m_folder.filePath(QStringLiteral("people.csv")), people.csv("id,name"))
            && writeFile(m_folder.filePath(QStringLiteral("letters.csv")), letters.csv("id,to"));
        m_tables = { people, letters };
        clear();
    }

    [[nodiscard]] bool isReady() const { return m_isReady && m_above && m_above->isValid(); }

    [[nodiscard]] const QList<GivenTable> &tables() const { return m_tables; }
    /// What the databases hold.
    [[nodiscard]] Found found() const { return Found(into(), m_tables); }

    /// Begins without a folder for the databases.
    void clear()
    {
        m_above = std::make_unique<QTemporaryDir>(m_folder.filePath(QStringLiteral("above")));
        m_shadow = std::make_unique<QTemporaryDir>(m_folder.filePath(QStringLiteral("shadow")));
    }

    /// The databases become what a power cut at the end of the last run leaves of them. What went wrong, or nothing.
    [[nodiscard]] QStringList cutPower()
    {
        const QStringList foldersSynced =
            QString::fromUtf8(readFile(m_shadow->filePath(QStringLiteral("above")))).split(u'\n');
        const bool isFolderLeft =
            foldersSynced.contains(m_above->path()) && foldersSynced.contains(QFileInfo(into()).path());
        m_above = std::make_unique<QTemporaryDir>(m_folder.filePath(QStringLiteral("above")));
        if (!isFolderLeft)
            return {};
        if (!QDir().mkpath(into()))
            return { into() };
        for (const QByteArray &line : readFile(m_shadow->filePath(QStringLiteral("names"))).split('\n')) {
            const qsizetype space = line.indexOf(' ');
            if (space < 0)
                continue;
            QFile synced(m_shadow->filePath(QString::fromLatin1(line.first(space))));
            const QString name = QDir(into()).filePath(QString::fromUtf8(line.sliced(space + 1)));
            QFile::remove(name); // removed and made again while the folder was read
            // What was never synced has its name, and nothing in it.
            if (!(synced.exists() ? synced.copy(name) : writeFile(name, {})))
                return { QStringLiteral("%1 to %2: %3").arg(synced.fileName(), name, synced.errorString()) };
        }
        return {};
    }

    /// A run that meets the fault.
    [[nodiscard]] CommandResult run(const Fault &fault) const
    {
        for (const QString &file : { markFile(), countFile() })
            QFile::remove(file);
        QProcess process;
        prepareCli(process, arguments(), m_folder.path());
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("LD_PRELOAD"), QStringLiteral(SEEDBED_PRELOADED));
        environment.insert(QStringLiteral("SEEDBED_FAULT_FOLDER"), into());
        environment.insert(QStringLiteral("SEEDBED_FAULT_SHADOW"), m_shadow->path());
        environment.insert(QStringLiteral("SEEDBED_FAULT_MARK"), markFile());
        environment.insert(QStringLiteral("SEEDBED_FAULT_COUNT"), countFile());
        environment.insert(QStringLiteral("SEEDBED_FAULT_AT"), QString::number(fault.at));
        environment.insert(QStringLiteral("SEEDBED_FAULT"), fault.kind);
        if (fault.kind == Kill)
            environment.insert(QStringLiteral("SEEDBED_FAULT_DELAY_MS"), QString::number(m_size.delay.count()));
        if (fault.isForEver)
            environment.insert(QStringLiteral("SEEDBED_FAULT_EVER"), QStringLiteral("1"));
        if (fault.isAfter)
            environment.insert(QStringLiteral("SEEDBED_FAULT_AFTER"), QStringLiteral("1"));
        if (fault.isOfLock)
            environment.insert(QStringLiteral("SEEDBED_FAULT_OF_LOCK"), QStringLiteral("1"));
        process.setProcessEnvironment(environment);
        process.start(QIODevice::ReadOnly);
        return waitFor(process);
    }

    /// A run that meets none.
    [[nodiscard]] CommandResult run() const { return runCli(arguments(), m_folder.path()); }

    /// Whether the last run met its fault.
    [[nodiscard]] bool isFaultMet() const { return QFile::exists(markFile()); }
    /// How many calls the last run made; 0 where it did not end by itself.
    [[nodiscard]] int calls() const { return readFile(countFile()).toInt(); }

    /// Whether a log or a journal is left with something in it.
    [[nodiscard]] bool hasLog() const
    {
        const QStringList names { QStringLiteral("*.db-wal"), QStringLiteral("*.db-journal") };
        const QFileInfoList files = QDir(into()).entryInfoList(names, QDir::Files);
        return std::any_of(files.cbegin(), files.cend(), [](const QFileInfo &file) { return file.size() > 0; });
    }

    /// Whether the file that the folder's lock is on is there.
    [[nodiscard]] bool hasLockFile() const { return QFile::exists(into() + QStringLiteral("/.seedbed.lock")); }

    /// The folder of the databases.
    [[nodiscard]] QString into() const { return m_above->filePath(QStringLiteral("new/into")); }

private:
    [[nodiscard]] QString markFile() const { return m_folder.filePath(QStringLiteral("mark")); }
    [[nodiscard]] QString countFile() const { return m_folder.filePath(QStringLiteral("calls")); }
    [[nodiscard]] QStringList arguments() const
    {
        return QStringList { QStringLiteral("run"),     m_folder.path(),
                             QStringLiteral("--into"),  into(),
                             QStringLiteral("--batch"), QString::number(m_size.batch) }
        + QStringLiteral("--workers 3 --lock-timeout 2 --format json --verbose").split(u' ');
    }

    Size m_size;
    QList<GivenTable> m_tables;
    QTemporaryDir m_folder;
    std::unique_ptr<QTemporaryDir> m_above;  // of the folder of the databases
    std::unique_ptr<QTemporaryDir> m_shadow; // what is synced of them
    bool m_isReady = false;
};

} // namespace

class TestFaults final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (Scene *scene : { &m_small, &m_large }) {
            QVERIFY(scene->post.isReady());
            const CommandResult result = scene->post.run(Fault {});
            QVERIFY2(result.status == 0, result.err);
            scene->calls = scene->post.calls();
            scene->certain = scene->calls * 9 / 10;
        }
        m_small.certain = 150;
        QVERIFY2(m_small.calls >= m_small.certain, qPrintable(QString::number(m_small.calls)));
        // All of them take many minutes.
        m_small.step = IsFull ? 1 : 17;
        m_large.step = m_large.calls / (IsFull ? 30 : 2);
        qInfo("%d calls, each %dth is met; %d of large tables, each %dth is met", m_small.calls, m_small.step,
              m_large.calls, m_large.step);
    }

    void theDiskFails_data()
    {
        QTest::addColumn<bool>("isLarge");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("isForEver");
        QTest::addColumn<bool>("isAfter");
        for (const char *kind : { "EIO", "ENOSPC" }) {
            for (const bool isForEver : { false, true }) {
                for (const bool isAfter : { false, true }) {
                    QTest::addRow("%s%s%s", kind, isForEver ? " for ever" : " once",
                                  isAfter ? ", the answer is lost" : "")
                        << false << QString::fromLatin1(kind) << isForEver << isAfter;
                }
            }
        }
        QTest::newRow("large tables, EIO once") << true << QStringLiteral("EIO") << false << false;
        QTest::newRow("large tables, EIO once, the answer is lost") << true << QStringLiteral("EIO") << false << true;
    }

    void theDiskFails()
    {
        QFETCH(bool, isLarge);
        QFETCH(QString, kind);
        QFETCH(bool, isForEver);
        QFETCH(bool, isAfter);
        meetCalls(isLarge, { 0, kind, isForEver, isAfter }, [](Post &post, const Fault &fault) {
            QStringList wrong;
            QElapsedTimer timer;
            timer.start();
            const CommandResult result = post.run(fault);
            if (timer.elapsed() > 10'000)
                wrong += QStringLiteral("took %1 ms").arg(timer.elapsed());
            if (result.status < 0)
                wrong += QStringLiteral("crashed");
            const Found found = post.found();
            return wrong + found.wrong() + found.untrue(result);
        });
    }

    void theProgramIsKilled_data()
    {
        QTest::addColumn<bool>("isLarge");
        QTest::addColumn<bool>("isAfter");
        QTest::newRow("before the call") << false << false;
        QTest::newRow("after the call") << false << true;
        QTest::newRow("large tables, before the call") << true << false;
        QTest::newRow("large tables, after the call") << true << true;
    }

    void theProgramIsKilled() { endAtCalls(false); }

    void thePowerIsCut_data() { theProgramIsKilled_data(); }

    void thePowerIsCut() { endAtCalls(true); }

    void theLockFails_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("isForEver");
        QTest::addColumn<bool>("isAfter");
        for (const char *kind : { "EIO", "ENOSPC", "KILL" }) {
            for (const bool isAfter : { false, true }) {
                const QString name = QString::fromLatin1(kind);
                const char *answer = isAfter ? ", the answer is lost" : "";
                QTest::addRow("%s once%s", kind, answer) << name << false << isAfter;
                if (name != Kill)
                    QTest::addRow("%s for ever%s", kind, answer) << name << true << isAfter;
            }
        }
    }

    // Each call of the lock, in the short form too: opened, made, locked, emptied, written; removed at the end.
    void theLockFails()
    {
        QFETCH(QString, kind);
        QFETCH(bool, isForEver);
        QFETCH(bool, isAfter);
        constexpr int Calls = 6;
        Post &post = m_small.post;
        Fault fault { 0, kind, isForEver, isAfter, true };
        post.clear();
        QCOMPARE(post.run(fault).status, 0);
        QCOMPARE(post.calls(), Calls);
        QVERIFY(!post.hasLockFile());
        QStringList wrong;
        for (fault.at = 1; fault.at <= Calls; ++fault.at) {
            post.clear();
            const CommandResult result = post.run(fault);
            QStringList found = post.isFaultMet() ? QStringList() : QStringList { QStringLiteral("was not met") };
            if ((kind == Kill) != (result.status == -1))
                found += QStringLiteral("ended with %1").arg(result.status);
            const Found left = post.found();
            found += left.wrong() + (kind == Kill ? left.lost(result.err) : left.untrue(result));
            for (const QString &text : found + afterwards(post))
                wrong += fault.text() + text;
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

private:
    struct Scene {
        Post post;
        int calls = 0;   // of a run without a fault
        int certain = 0; // of them, those that every run makes; how many follow depends on who comes first
        int step = 1;
        int offset = 0; // so that each row of the data meets other calls
    };
    const bool IsFull = qEnvironmentVariableIsSet("SEEDBED_ALL_FAULTS");

    void endAtCalls(bool isPowerCut)
    {
        QFETCH(bool, isLarge);
        QFETCH(bool, isAfter);
        qsizetype committed = 0;
        int recoverable = 0;
        meetCalls(isLarge, { 0, Kill, false, isAfter }, [&](Post &post, const Fault &fault) {
            const CommandResult result = post.run(fault);
            QStringList wrong;
            if (post.isFaultMet() != (result.status == -1))
                wrong += QStringLiteral("ended with %1: %2").arg(result.status).arg(QString::fromUtf8(result.err));
            if (isLarge && QFile::exists(QDir(post.into()).filePath(QStringLiteral("people.db-wal"))))
                wrong += QStringLiteral("people has not its own journal");
            if (isPowerCut)
                wrong += post.cutPower();
            recoverable += post.hasLog() ? 1 : 0;
            for (const GivenTable &table : post.tables())
                committed += keysCommitted(result.err, table.name).size();
            const Found found = post.found();
            return wrong + found.wrong() + found.lost(result.err);
        });
        qInfo("%lld rows were committed, a log or a journal was left %d times", static_cast<long long>(committed),
              recoverable);
        QVERIFY(committed > 0);                           // or nothing could have been lost
        QVERIFY(recoverable > 0 || (isLarge && !IsFull)); // two runs may both have ended with nothing left
    }

    /// What is wrong after one more run, which waits two seconds for a lock.
    [[nodiscard]] static QStringList afterwards(const Post &post)
    {
        QStringList wrong;
        const CommandResult result = post.run();
        if (result.status != 0)
            wrong += QStringLiteral("one more run: ") + QString::fromUtf8(result.err);
        if (result.err.contains("waiting for"))
            wrong += QStringLiteral("one more run waits for a program that is gone");
        if (post.hasLockFile())
            wrong += QStringLiteral("one more run leaves a lock file");
        const Found found = post.found();
        return wrong + found.wrong() + found.missing();
    }

    /// Has \a fault at many calls, one run for each, and one more run after it.
    template <typename Meet>
    void meetCalls(bool isLarge, Fault fault, Meet meet)
    {
        Scene &scene = isLarge ? m_large : m_small;
        QStringList wrong;
        int points = 0;
        int met = 0;
        scene.offset += 1 + scene.step / 7;
        for (fault.at = 1 + scene.offset % scene.step; fault.at <= scene.calls; fault.at += scene.step) {
            ++points;
            scene.post.clear();
            QStringList found = meet(scene.post, fault);
            if (scene.post.isFaultMet())
                ++met;
            else if (fault.at <= scene.certain || fault.at <= scene.post.calls())
                found += QStringLiteral("was not met");
            for (const QString &text : found + afterwards(scene.post))
                wrong += fault.text() + text;
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        qInfo("%d of %d were met", met, points);
    }

    Scene m_small { Post(Small) };
    Scene m_large { Post(Large) };
};

SEEDBED_TEST(TestFaults, NoApplication)
#include "tst_faults.moc"
