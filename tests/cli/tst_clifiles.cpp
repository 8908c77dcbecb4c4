// SPDX-License-Identifier: MIT
// Files that are read: pipes, devices and folders in their place, links out of the package's folder, endless ones.

#include "commandrunner.h"
#include "quiettest.h"
#include "testpaths.h"

#include <QDir>
#include <QTemporaryDir>

#include <sys/resource.h>
#include <sys/stat.h>

#include <memory>

using namespace seedbed;

namespace {

const QByteArray Package = R"({"name": "notes", "resources": [{"name": "notes", "path": "notes.csv",
    "schema": "schema.json", "dialect": "dialect.json"}]})";

bool makePipe(const QString &path)
{
    return ::mkfifo(QFile::encodeName(path).constData(), 0600) == 0;
}

/// How much memory, in MiB, the largest of the processes had that were waited for so far.
int mostMemory()
{
    struct rusage usage {
    };
    (void)getrusage(RUSAGE_CHILDREN, &usage);
    return static_cast<int>(usage.ru_maxrss / 1024);
}

} // namespace

class TestCliFiles final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { renew(); }
    void cleanup() { renew(); }

    void onlyFilesAreRead_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file : { "datapackage.json", "notes.csv", "schema.json", "dialect.json" })
            QTest::newRow(file) << QString::fromLatin1(file);
    }

    void onlyFilesAreRead()
    {
        QFETCH(QString, file);
        const QString there = m_folder->filePath(file);
        QVERIFY(QFile::remove(there) && makePipe(there));
        compareRefusal(there, "it is a pipe, not a file; "); // and no hang
        QVERIFY(QFile::remove(there) && QFile::link(QStringLiteral("/dev/zero"), there));
        compareRefusal(there, "it is a device, not a file; ");
        if (file == u"datapackage.json")
            return; // in a folder of that name it would be looked for again
        QVERIFY(QFile::remove(there) && QDir().mkdir(there));
        compareRefusal(there, "it is a folder, not a file; ");
    }

    void onlyTheFolderIsRead_data() { onlyFilesAreRead_data(); }

    void onlyTheFolderIsRead()
    {
        QFETCH(QString, file);
        const QTemporaryDir elsewhere;
        const QString there = m_folder->filePath(file);
        QVERIFY(QFile::rename(there, elsewhere.filePath(file)) && QFile::link(elsewhere.filePath(file), there));
        if (file == u"datapackage.json") { // which a person may name by a link
            QCOMPARE(validate().status, 0);
            return;
        }
        compareRefusal(there, "a link leads out of the folder, to ");
        QVERIFY(QFile::remove(there) && QFile::copy(elsewhere.filePath(file), path("real"))
                && QFile::link(QStringLiteral("real"), there));
        QCOMPARE(validate().status, 0);
    }

    void filesOfJsonHaveALimit_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file : { "datapackage.json", "schema.json", "dialect.json" })
            QTest::newRow(file) << QString::fromLatin1(file);
    }

    void filesOfJsonHaveALimit()
    {
        QFETCH(QString, file);
        const QString there = m_folder->filePath(file);
        QVERIFY(QFile::resize(there, qint64(10) << 30)); // of which the disk holds nothing
        compareRefusal(there, "it is larger than 64 MiB; ");
        QVERIFY2(!SEEDBED_LIMITS_MEMORY || mostMemory() < 100, qPrintable(QString::number(mostMemory())));
    }

    void filesOfJsonAreStrict_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("message");
        for (const char *file : { "schema.json", "dialect.json" }) {
            QTest::addRow("%s: a key twice", file)
                << QString::fromLatin1(file) << QByteArray(R"({"a": 1, "a": 2})") << QByteArray("twice");
            QTest::addRow("%s: too deep", file)
                << QString::fromLatin1(file) << QByteArray(100'000, '[') << QByteArray("512");
        }
    }

    void filesOfJsonAreStrict()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, message);
        QVERIFY(writeFile(m_folder->filePath(file), json));
        compareRefusal(m_folder->filePath(file), message);
    }

    void aFileThatGrowsIsRefused()
    {
        // Another program writes on and on, while what is there takes a while to be read.
        QVERIFY(writeFile(path("notes.csv"), "id\n" + QByteArray("12345678\n").repeated(2'000'000)));
        QProcess writer;
        writer.setProgram(QStringLiteral("/bin/sh"));
        writer.setArguments({ QStringLiteral("-c"),
                              QStringLiteral("echo begun; while :; do echo 12345678; done >> \"$1\""),
                              QStringLiteral("sh"), path("notes.csv") });
        writer.start();
        QVERIFY(writer.waitForReadyRead(60'000));
        const CommandResult result = validate();
        writer.kill();
        QVERIFY(writer.waitForFinished());
        QVERIFY2(result.status == 3, result.err);
        QVERIFY2(result.err.contains("notes.csv was changed by another program while it was read; try again"),
                 result.err);
    }

    void aLockThatIsNoFileIsRefused() // as a run refuses it
    {
        QVERIFY(makePipe(path(".seedbed.lock")));
        compareRefusal(path(".seedbed.lock"), "is a pipe, socket or device where the lock of a run must be a file");
        QVERIFY(QFile::remove(path(".seedbed.lock")) && QFile::link(path("notes.csv"), path(".seedbed.lock")));
        compareRefusal(path(".seedbed.lock"), "is a link where the lock of a run must be a file of its own");
        QVERIFY(QFile::remove(path(".seedbed.lock")) && writeFile(path(".seedbed.lock"), "somebody's"));
        QCOMPARE(validate().status, 0);
        QCOMPARE(readFile(path(".seedbed.lock")), QByteArray("somebody's"));
    }

    void filesThatAreTwoThingsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("message");
        const auto add = [](const char *path, const char *message) {
            QTest::newRow(path) << QByteArray(path) << QByteArray(message);
        };
        add("notes.db", "\"notes.db\" belongs to a database");
        add("./Notes.DB-wal", "\"Notes.DB-wal\" belongs to a database");
        add(".seedbed.lock", "\".seedbed.lock\" belongs to a database");
        add("description", "\"description\" is a part of the package's description");
    }

    void filesThatAreTwoThingsAreRefused()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, message);
        QByteArray package = Package;
        package.replace("notes.csv", path).replace("schema.json", "description");
        QVERIFY(writeFile(this->path("datapackage.json"), package)
                && writeFile(this->path("description"), R"({"fields": [{"name": "id"}]})"));
        compareRefusal(this->path("datapackage.json"), message);
    }

private:
    /// Has a new folder for the next test.
    void renew()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(writeFile(path("datapackage.json"), Package) && writeFile(path("notes.csv"), "id\n1\n")
                && writeFile(path("schema.json"), R"({"fields": [{"name": "id"}]})")
                && writeFile(path("dialect.json"), "{}"));
    }

    [[nodiscard]] QString path(const char *name) const { return m_folder->filePath(QLatin1String(name)); }

    [[nodiscard]] CommandResult validate() const
    {
        return runCli({ QStringLiteral("validate"), m_folder->path(), QStringLiteral("--quiet") }, m_folder->path());
    }

    /// Fails unless the command refuses the package for \a file, with \a message.
    void compareRefusal(const QString &file, const QByteArray &message) const
    {
        const CommandResult result = validate();
        QVERIFY2(result.status == 3, result.err);
        QVERIFY2(result.err.contains(QFile::encodeName(file)), result.err);
        QVERIFY2(result.err.contains(message), result.err);
        QCOMPARE(result.out, QByteArray());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

SEEDBED_TEST(TestCliFiles, QCoreApplication)
#include "tst_clifiles.moc"
