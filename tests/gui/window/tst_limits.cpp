// SPDX-License-Identifier: MIT
// The limits of what is read, in the window and on the command line that starts it: beyond them is a clear message, and
// nothing of what was there is lost.

#include "gui/exchange/importdialog.h"
#include "gui/program.h"
#include "quiettest.h"
#include "testpaths.h"

#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QProcess>

#include <sys/stat.h>

using namespace seedbed;

namespace {

constexpr int PatienceMs = 120'000; // sanitizers on a busy machine are slow

bool writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A package of one table with the fields id and name.
class UsersPackage final
{
public:
    explicit UsersPackage(const QByteArray &csv)
    {
        const QByteArray descriptor = R"({"name": "p", "resources": [{"name": "users", "path": "users.csv", "schema":
            {"primaryKey": "id", "fields": [{"name": "id", "type": "integer"}, {"name": "name"}]}}]})";
        if (!writeFile(folder() + QStringLiteral("/datapackage.json"), descriptor) || !writeFile(csvPath(), csv))
            qFatal("the package cannot be written");
    }

    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString csvPath() const { return m_folder.filePath(QStringLiteral("users.csv")); }

private:
    QTemporaryDir m_folder;
};

/// The program as somebody starts it who has no settings yet.
class SeedbedProcess final
{
public:
    explicit SeedbedProcess(const QStringList &arguments, const QString &platform = QStringLiteral("offscreen"))
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("HOME"), m_home.path());
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_home.path());
        environment.insert(QStringLiteral("XDG_DATA_HOME"), m_home.path());
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), platform);
        m_process.setProcessEnvironment(environment);
        m_process.start(QStringLiteral(SEEDBED_PROGRAM), arguments, QIODevice::ReadOnly);
    }
    ~SeedbedProcess()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(SeedbedProcess)

    [[nodiscard]] QProcess &process() { return m_process; }
    [[nodiscard]] QByteArray settings() const
    {
        return contentOf(m_home.filePath(QStringLiteral("Seedbed/seedbed.conf")));
    }

private:
    QTemporaryDir m_home;
    QProcess m_process;
};

} // namespace

class TestLimits final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareProgram(); }

    void aPackageBeyondThem_data() { addLimits(); }
    void aPackageBeyondThem()
    {
        QFETCH(ReadLimits, limits);
        QFETCH(ReadLimits, enough);
        QFETCH(QString, message);
        QFETCH(QString, option);
        const QTemporaryDir databases;
        const UsersPackage package(Csv);
        Program program(sampleDataset(), databases.path());
        program.document.setCell(Users, 0, 1, "Al", EditSession::None);

        program.settings.setReadLimits(limits);
        program.window.findChild<FileActions *>()->openPackage(package.folder());
        QTRY_VERIFY(program.window.findChild<QWidget *>(QStringLiteral("fileMessage")));
        const QString told = program.window.findChild<QWidget *>(QStringLiteral("fileMessage"))
                                 ->findChild<QLabel *>(QStringLiteral("messageLabel"))
                                 ->text();
        QVERIFY2(told.contains(QStringLiteral("users.csv ") + message), qPrintable(told));
        QVERIFY2(told.contains(option), qPrintable(told));
        QCOMPARE(program.document.package().title, QStringLiteral("Shop"));
        QCOMPARE(program.rows(QStringLiteral("users")), 10);
        QCOMPARE(program.document.table(Users).cell(0, 1), QByteArrayView("Al"));
        program.trigger(QStringLiteral("undoAction"));
        QCOMPARE(program.document.table(Users).cell(0, 1), QByteArrayView("Alice"));

        program.settings.setReadLimits(enough);
        program.window.open(package.folder());
        QTRY_COMPARE(program.document.tableCount(), 1);
        QTRY_COMPARE(program.rows(QStringLiteral("users")), 2);
        QTRY_VERIFY(!program.window.findChild<QWidget *>(QStringLiteral("fileMessage")));
    }

    void aFileToImportBeyondThem_data() { addLimits(); }
    void aFileToImportBeyondThem()
    {
        QFETCH(ReadLimits, limits);
        QFETCH(ReadLimits, enough);
        QFETCH(QString, message);
        QFETCH(QString, option);
        const QTemporaryDir databases;
        const UsersPackage package(Csv);
        Program program(sampleDataset(), databases.path());
        const auto beginImport = [&program, &package] {
            program.trigger(QStringLiteral("importAction"));
            auto *files = program.window.findChild<QFileDialog *>();
            Q_EMIT files->filesSelected({ package.csvPath() });
            delete files;
            return program.window.findChild<ImportDialog *>();
        };

        program.settings.setReadLimits(limits);
        ImportDialog *dialog = beginImport();
        QVERIFY(dialog);
        const auto *summary = dialog->findChild<QLabel *>(QStringLiteral("summaryLabel"));
        QTRY_VERIFY2(summary->text().contains(QStringLiteral("users.csv ") + message), qPrintable(summary->text()));
        QVERIFY2(summary->text().contains(option), qPrintable(summary->text()));
        QVERIFY(!dialog->findChild<QPushButton *>(QStringLiteral("importButton"))->isEnabled());
        dialog->reject();
        QTRY_VERIFY(!program.window.findChild<ImportDialog *>());
        QCOMPARE(program.rows(QStringLiteral("users")), 10);
        QCOMPARE(program.document.undoStack().count(), 0);

        program.settings.setReadLimits(enough);
        dialog = beginImport();
        QVERIFY(dialog);
        auto *import = dialog->findChild<QPushButton *>(QStringLiteral("importButton"));
        QTRY_VERIFY(import->isEnabled());
        import->click();
        QTRY_COMPARE(program.rows(QStringLiteral("users")), 12);
    }

    void mistakesAreTold_data()
    {
        QTest::addColumn<QStringList>("arguments");
        for (const char *arguments : { "--max-cell x", "--max-cell 0", "--max-cell 2G", "--max-line -1",
                                       "--max-line 1T", "--max-columns many", "--max-columns 1000001" })
            QTest::newRow(arguments) << QString::fromLatin1(arguments).split(u' ');
    }

    // Before there is a window, and where none can be.
    void mistakesAreTold()
    {
        QFETCH(QStringList, arguments);
        SeedbedProcess seedbed(arguments, QStringLiteral("none-there"));
        QVERIFY(seedbed.process().waitForFinished(PatienceMs));
        QCOMPARE(seedbed.process().exitStatus(), QProcess::NormalExit);
        QCOMPARE(seedbed.process().exitCode(), 1);
        QCOMPARE(seedbed.process().readAllStandardError(),
                 QByteArray("seedbed: --max-cell and --max-line take a size such as 4M, --max-columns a number\n"));
        QCOMPARE(seedbed.settings(), QByteArray());
    }

    // Qt would take other bytes for another folder.
    void argumentsAreUtf8_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("folder") << QStringLiteral("exec \"$1\" --into \"$(printf 'a\\377')\"")
                                << QByteArray("seedbed: the argument \"a\\xFF\" is not valid UTF-8; ");
        QTest::newRow("package") << QStringLiteral("exec \"$1\" \"$(printf 'a\\377')\"")
                                 << QByteArray("seedbed: the argument \"a\\xFF\" is not valid UTF-8; ");
        QTest::newRow("current folder") << QStringLiteral("mkdir x && cd x && rmdir ../x && exec \"$1\" p")
                                        << QByteArray("seedbed: the current folder is gone, ");
    }

    void argumentsAreUtf8()
    {
        QFETCH(QString, script);
        QFETCH(QByteArray, message);
        const QTemporaryDir folder;
        QProcess shell;
        shell.setWorkingDirectory(folder.path());
        shell.start(QStringLiteral("/bin/sh"),
                    { QStringLiteral("-c"), script, QStringLiteral("sh"), QStringLiteral(SEEDBED_PROGRAM) });
        QVERIFY(shell.waitForFinished(PatienceMs));
        const QByteArray told = shell.readAllStandardError();
        QVERIFY2(told.contains(message), told);
        QCOMPARE(shell.exitCode(), 2);
    }

    // Nor the settings of the whole organisation, which the program has none of.
    void aPipeForSettingsIsNotWaitedFor()
    {
        const QTemporaryDir home;
        QVERIFY(QDir(home.path()).mkdir(QStringLiteral("Seedbed")));
        for (const char *name : { "Seedbed/seedbed.conf", "Seedbed.conf" })
            QCOMPARE(::mkfifo(QFile::encodeName(home.filePath(QLatin1String(name))).constData(), 0600), 0);
        QProcess seedbed;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home.path());
        environment.insert(QStringLiteral("XDG_DATA_HOME"), home.path());
        seedbed.setProcessEnvironment(environment);
        seedbed.start(QStringLiteral(SEEDBED_PROGRAM), QStringList());
        QByteArray told;
        const QByteArray wanted = "seedbed.conf is a pipe, not a file. Move it away.";
        QTRY_VERIFY2((told += seedbed.readAllStandardError()).contains(wanted), told);
        seedbed.kill();
        QVERIFY(seedbed.waitForFinished(PatienceMs));
    }

    void moreIsAllowed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("csv");
        const QByteArray large(1'000'000, 'x'); // 17 of them are more than 16 MiB
        QTest::newRow("cell") << QStringList { QStringLiteral("--max-cell"), QStringLiteral("2M") }
                              << "id,name\n1," + large + large + '\n';
        QTest::newRow("line") << QStringList { QStringLiteral("--max-line"), QStringLiteral("20M") }
                              << "id,name\n1,x" + (',' + large).repeated(17) + '\n';
        QTest::newRow("columns") << QStringList { QStringLiteral("--max-columns"), QStringLiteral("3000") }
                                 << "id,name\n1,x" + QByteArray(",x").repeated(2000) + '\n';
    }

    // The packages that were opened are remembered, each when all of it is read.
    void moreIsAllowed()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, csv);
        const UsersPackage package(csv);
        SeedbedProcess seedbed(arguments << package.folder());
        QTRY_VERIFY2(seedbed.settings().contains(package.folder().toUtf8()), seedbed.settings());
        QCOMPARE(seedbed.process().state(), QProcess::Running);
    }

private:
    // The longest cell has 9 bytes, and it is in the longest line, of 12 with its end; no line has more than 3 cells.
    static constexpr char Csv[] = "id,name\n1,a,b\n2,123456789\n";

    static void addLimits()
    {
        QTest::addColumn<ReadLimits>("limits");
        QTest::addColumn<ReadLimits>("enough");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("option");
        const auto add = [](const char *name, const ReadLimits &limits, const ReadLimits &enough, const char *message) {
            QTest::newRow(name) << limits << enough << QString::fromLatin1(message)
                                << QStringLiteral("(--max-%1)").arg(QLatin1String(name));
        };
        add("cell", { .cellBytes = 8 }, { .cellBytes = 9 }, "line 3: the cell in column 2 is longer than 8 bytes; ");
        add("line", { .lineBytes = 11 }, { .lineBytes = 12 }, "line 3: the line is longer than 11 bytes; ");
        add("columns", { .columns = 2 }, { .columns = 3 }, "line 2: there are more than 2 cells; ");
    }
};

SEEDBED_TEST(TestLimits, QApplication)
#include "tst_limits.moc"
