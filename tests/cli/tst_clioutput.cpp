// SPDX-License-Identifier: MIT
// Where reports and rejects are written: never over a file of the package or a database, and into pipes and devices
// as what they are.

#include "commandrunner.h"
#include "quiettest.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <memory>

using namespace seedbed;

namespace {

const QByteArray Package = R"({"name": "notes", "resources": [{"name": "notes", "path": "rows/notes.csv",
    "schema": "schema.json", "dialect": "dialect.json"}]})";

mode_t typeOf(const QString &path)
{
    struct stat facts {
    };
    return ::lstat(QFile::encodeName(path).constData(), &facts) == 0 ? facts.st_mode & S_IFMT : 0;
}

bool makePipe(const QString &path)
{
    return ::mkfifo(QFile::encodeName(path).constData(), 0600) == 0;
}

} // namespace

class TestCliOutput final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { renew(); }
    void cleanup() { renew(); }

    void nothingIsOverwritten_data()
    {
        QTest::addColumn<QString>("target");
        for (const char *file :
             { "p/datapackage.json", "p/rows/notes.csv", "p/schema.json", "p/dialect.json", "into/notes.db",
               "into/notes.db-wal", "into/notes.db-shm", "into/notes.db-journal", "into/.seedbed.lock", "theirs.db" })
            QTest::newRow(file) << QString::fromLatin1(file);
    }

    void nothingIsOverwritten()
    {
        QFETCH(QString, target);
        const QString file = m_folder->filePath(target);
        QCOMPARE(sqlite(path("theirs.db"), QStringLiteral("CREATE TABLE a(b)")), QString());
        QVERIFY(QFile::link(file, path("link")));
        QStringList names { target, QStringLiteral("link") };
        if (QFile::exists(file)) {
            QCOMPARE(::link(QFile::encodeName(file).constData(), QFile::encodeName(path("hardlink")).constData()), 0);
            names.append(QStringLiteral("hardlink"));
        }
        const QByteArray before = readFile(file);
        for (const QString &name : names) {
            const CommandResult result = run({ QStringLiteral("--output"), name });
            QCOMPARE(result.status, 3);
            QVERIFY2(result.err.contains(name.toUtf8() + ": the report would overwrite "), result.err);
            QCOMPARE(readFile(file), before);
            QVERIFY(!QFile::exists(path("into/notes.db"))); // nothing was inserted
        }
    }

    void reportsAndRejectsAreNotOne()
    {
        const CommandResult result = run({ QStringLiteral("--output"), QStringLiteral("rejects/notes.csv"),
                                           QStringLiteral("--rejects"), QStringLiteral("rejects") });
        QCOMPARE(result.status, 3);
        QVERIFY2(result.err.contains("cannot be written") || result.err.contains("the rejects of a table"), result.err);
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("rejects")));
        const CommandResult again = run({ QStringLiteral("--output"), QStringLiteral("rejects/notes.csv"),
                                          QStringLiteral("--rejects"), QStringLiteral("./rejects") });
        QCOMPARE(again.status, 3);
        QVERIFY2(again.err.contains("the report would overwrite the rejects of a table"), again.err);
    }

    void rejectsOverwriteNothing()
    {
        // A database may be called as a file of rejects.
        QByteArray package = Package;
        package.replace(R"("path")", R"("seedbed": {"database": "notes.csv"}, "path")");
        QVERIFY(writeFile(path("p/datapackage.json"), package));
        const CommandResult result = run({ QStringLiteral("--rejects"), QStringLiteral("into") });
        QCOMPARE(result.status, 3);
        QVERIFY2(result.err.contains("into/notes.csv: the rejects could overwrite it"), result.err);
        QVERIFY(!QFile::exists(path("into/notes.csv")));
    }

    void aPipeOfRejectsIsNotWaitedFor()
    {
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("rejects")) && makePipe(path("rejects/notes.csv")));
        const CommandResult result = run({ QStringLiteral("--rejects"), QStringLiteral("rejects") });
        QCOMPARE(result.status, 3);
        QVERIFY2(result.err.contains("rejects/notes.csv: is there already and holds no rejects"), result.err);
        QCOMPARE(typeOf(path("rejects/notes.csv")), mode_t(S_IFIFO));
    }

    void tablesHaveRejectsOfTheirOwn()
    {
        const QByteArray fields = R"("schema": {"fields": [{"name": "id", "type": "integer"}]})";
        QVERIFY(writeFile(path("p/datapackage.json"),
                          R"({"name": "notes", "resources": [)"
                          R"({"name": "a/b", "path": "1.csv", "seedbed": {"database": "x.db"}, )"
                              + fields + R"(}, {"name": "x.db", "path": "2.csv", )" + fields + "}]}"));
        QVERIFY(writeFile(path("p/1.csv"), "id\none\n") && writeFile(path("p/2.csv"), "id\ntwo\n"));
        const CommandResult result = run({ QStringLiteral("--rejects"), QStringLiteral("rejects") });
        QVERIFY2(result.status == 0, result.err);
        QVERIFY(readFile(path("rejects/x.db.csv")).contains("\ntwo,"));
        QVERIFY(readFile(path("rejects/x.db-2.csv")).contains("\none,"));
    }

    void devicesAreWrittenTo()
    {
        // Not /dev/null itself where it could be harmed.
        QString device = QStringLiteral("/dev/null");
        if (::geteuid() == 0) {
            device = path("null");
            const bool isMade = ::mknod(QFile::encodeName(device).constData(), S_IFCHR | 0600, makedev(1, 3)) == 0;
            QFile file(device);
            if (!isMade || !file.open(QIODevice::WriteOnly | QIODevice::ExistingOnly)) {
                std::puts("NOT tested: a report to a device, as none can be made here");
                return;
            }
        }
        QVERIFY(QFile::link(device, path("link")));
        for (const QString &output : { device, path("link") }) {
            const CommandResult result = run({ QStringLiteral("--output"), output });
            QVERIFY2(result.status == 0, result.err);
            QCOMPARE(result.out, QByteArray());
            QCOMPARE(typeOf(device), mode_t(S_IFCHR));
            QCOMPARE(typeOf(path("link")), mode_t(S_IFLNK));
        }
    }

    void aDeviceThatIsFullIsTold()
    {
        const CommandResult result = run({ QStringLiteral("--output"), QStringLiteral("/dev/full") });
        QCOMPARE(result.status, 3);
        QVERIFY2(result.err.contains("/dev/full: cannot be written (No space left on device); the report follows"),
                 result.err);
        QVERIFY(!result.out.isEmpty());
        QCOMPARE(typeOf(QStringLiteral("/dev/full")), mode_t(S_IFCHR));
    }

    void standardOutputIsItself_data()
    {
        QTest::addColumn<QString>("output");
        for (const char *output : { "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1" })
            QTest::newRow(output) << QString::fromLatin1(output);
    }

    void standardOutputIsItself()
    {
        QFETCH(QString, output);
        const CommandResult toPipe = run({ QStringLiteral("--output"), output });
        QVERIFY2(toPipe.status == 0, toPipe.err);
        QVERIFY(toPipe.out.contains("notes"));
        // A file is written on, not replaced by another one under its name.
        QProcess process;
        prepareCli(process, arguments({ QStringLiteral("--output"), output }), m_folder->path());
        QVERIFY(writeFile(path("log"), "before\n"));
        process.setStandardOutputFile(path("log"), QIODevice::Append);
        process.start(QIODevice::ReadOnly);
        QCOMPARE(waitFor(process).status, 0);
        QVERIFY(readFile(path("log")).startsWith("before\n"));
        QVERIFY(readFile(path("log")).contains("notes"));
    }

    void aNumberThatWasNotHandedOverIsRefused()
    {
        for (int number = 3; number < 20; ++number) {
            const QString output = QStringLiteral("/dev/fd/%1").arg(number);
            QProcess process;
            prepareCli(process, arguments({ QStringLiteral("--output"), output }), m_folder->path());
            process.setChildProcessModifier([number] { ::close(number); });
            process.start(QIODevice::ReadOnly);
            const CommandResult result = waitFor(process);
            QVERIFY2(result.status == 3, result.err);
            QVERIFY2(result.err.contains("name another file with --output"), result.err);
            QVERIFY(!QFile::exists(path("into/notes.db")));
        }
    }

    void aPipeIsWrittenTo()
    {
        QVERIFY(makePipe(path("pipe")));
        QProcess reader;
        reader.start(QStringLiteral("/bin/cat"), { path("pipe") }, QIODevice::ReadOnly);
        QVERIFY(reader.waitForStarted());
        const CommandResult result = run({ QStringLiteral("--output"), QStringLiteral("pipe") });
        QVERIFY2(result.status == 0, result.err);
        QVERIFY(reader.waitForFinished());
        QVERIFY(reader.readAllStandardOutput().contains("notes"));
        QCOMPARE(typeOf(path("pipe")), mode_t(S_IFIFO));
    }

    void aPipeWithoutAReaderIsLeftBySigint()
    {
        QVERIFY(makePipe(path("pipe")));
        QStringList options = arguments({ QStringLiteral("--output"), QStringLiteral("pipe") });
        options.removeAll(QStringLiteral("--quiet"));
        RunningCli cli(options, m_folder->path());
        QTRY_VERIFY(cli.err().contains("Waiting for a reader of pipe"));
        QCOMPARE(::kill(static_cast<pid_t>(cli.process().processId()), SIGINT), 0);
        const CommandResult result = cli.wait();
        QCOMPARE(result.status, 130);
        QVERIFY2(result.err.contains(
                     "pipe: cannot be written (interrupted while it had no reader); the report follows"),
                 result.err);
        QVERIFY2(result.out.contains("notes"), result.out);
        QCOMPARE(typeOf(path("pipe")), mode_t(S_IFIFO));
        QCOMPARE(sqlite(path("into/notes.db"), QStringLiteral("SELECT * FROM notes")), QStringLiteral("1"));
    }

    void aReaderThatGoesIsTold()
    {
        QVERIFY(makePipe(path("pipe")));
        QByteArray rows = "id\n";
        for (int row = 0; row < 20'000; ++row)
            rows += "x" + QByteArray::number(row) + '\n'; // more in the report than a pipe holds
        QVERIFY(writeFile(path("p/rows/notes.csv"), rows));
        QProcess reader;
        reader.setWorkingDirectory(m_folder->path());
        reader.start(QStringLiteral("/bin/sh"), { QStringLiteral("-c"), QStringLiteral("exec 3< pipe; exec 3<&-") },
                     QIODevice::ReadOnly);
        const CommandResult result = run(
            { QStringLiteral("--format"), QStringLiteral("json"), QStringLiteral("--output"), QStringLiteral("pipe") });
        QCOMPARE(result.status, 3);
        QVERIFY2(result.err.contains("pipe: cannot be written (Broken pipe); the report follows"), result.err);
        QVERIFY(!result.json().isEmpty());
        QVERIFY(reader.waitForFinished());
    }

    void aFolderIsRefusedBeforeTheRun()
    {
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("report")));
        const CommandResult result = run({ QStringLiteral("--output"), QStringLiteral("report") });
        QCOMPARE(result.status, 3);
        QVERIFY2(result.err.contains("report: cannot be written (it is a folder, not a file)"), result.err);
        QVERIFY(!QFile::exists(path("into/notes.db")));
    }

private:
    /// Has a new folder for the next test.
    void renew()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("p/rows"))
                && QDir(m_folder->path()).mkpath(QStringLiteral("into")));
        QVERIFY(writeFile(path("p/datapackage.json"), Package) && writeFile(path("p/rows/notes.csv"), "id\n1\nx\n")
                && writeFile(path("p/schema.json"), R"({"fields": [{"name": "id", "type": "integer"}]})")
                && writeFile(path("p/dialect.json"), "{}"));
    }

    [[nodiscard]] QString path(const char *name) const { return m_folder->filePath(QLatin1String(name)); }

    [[nodiscard]] static QStringList arguments(const QStringList &options)
    {
        return QStringList { QStringLiteral("run"),  QStringLiteral("p"),       QStringLiteral("--into"),
                             QStringLiteral("into"), QStringLiteral("--quiet"), QStringLiteral("--fail-on"),
                             QStringLiteral("none") }
        + options;
    }

    [[nodiscard]] CommandResult run(const QStringList &options) const
    {
        return runCli(arguments(options), m_folder->path());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

SEEDBED_TEST(TestCliOutput, QCoreApplication)
#include "tst_clioutput.moc"
