// SPDX-License-Identifier: MIT
// Pipes in the place of files, and files that must not be overwritten, as the window meets them.

#include "gui/exchange/exports.h"
#include "gui/exchange/importdialog.h"
#include "gui/files/fileactions.h"
#include "gui/files/ownfolder.h"
#include "gui/files/recoveryfile.h"
#include "gui/files/settingsfile.h"
#include "gui/look/applytheme.h"
#include "gui/program.h"
#include "gui/run/logmodel.h"
#include "gui/run/logpane.h"
#include "openumask.h"
#include "quiettest.h"

#include <QApplication>
#include <QFileDialog>
#include <QSignalSpy>
#include <QToolButton>

#include <sys/stat.h>

using namespace seedbed;

namespace {

const QByteArray Notes = R"({"name": "notes", "resources": [{"name": "notes", "path": "notes.csv",
    "schema": {"fields": [{"name": "id"}]}}]})";

bool write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("absent");
}

bool makePipe(const QString &path)
{
    return ::mkfifo(QFile::encodeName(path).constData(), 0600) == 0;
}

bool isPipe(const QString &path)
{
    struct stat facts {
    };
    return ::lstat(QFile::encodeName(path).constData(), &facts) == 0 && S_ISFIFO(facts.st_mode);
}

QString logOf(Program &program)
{
    const QAbstractItemModel &model = *program.find<QTableView>(QStringLiteral("logView"))->model();
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row)
        lines.append(model.index(row, LogModel::Text).data().toString());
    return lines.join(u'\n');
}

void saveLog(Program &program, const QString &path)
{
    program.find<QToolButton>(QStringLiteral("saveButton"))->click();
    auto *dialog = program.window.findChild<QFileDialog *>();
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(path);
    delete dialog;
}

/// While it lives, a new file of this process may be used by nobody, unless who makes it says otherwise.
class ClosedUmask final
{
public:
    ClosedUmask()
        : m_before(::umask(0777))
    {
    }
    ~ClosedUmask() { ::umask(m_before); }
    Q_DISABLE_COPY_MOVE(ClosedUmask)

private:
    const mode_t m_before;
};

} // namespace

class TestWindowFiles final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareProgram(); }

    void aPipeIsNoPackage_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("descriptor") << QStringLiteral("datapackage.json");
        QTest::newRow("rows") << QStringLiteral("notes.csv");
    }

    void aPipeIsNoPackage()
    {
        QFETCH(QString, file);
        const QTemporaryDir folder;
        const QTemporaryDir databases;
        QVERIFY(write(folder.filePath(QStringLiteral("datapackage.json")), Notes)
                && write(folder.filePath(QStringLiteral("notes.csv")), "id\n1\n"));
        QVERIFY(QFile::remove(folder.filePath(file)) && makePipe(folder.filePath(file)));
        Program program(sampleDataset(), databases.path());
        auto *files = program.window.findChild<FileActions *>();
        const QSignalSpy failed(files, &FileActions::failed);
        files->openPackage(folder.filePath(QStringLiteral("datapackage.json")));
        QTRY_COMPARE(failed.size(), 1);
        const QString message = failed.constFirst().constFirst().value<seedbed::Error>().message;
        QVERIFY2(message.startsWith(folder.filePath(file)
                                    + QStringLiteral(" cannot be read: it is a pipe, not a file")),
                 qPrintable(message));
        QCOMPARE(program.document.package().title, QStringLiteral("Shop"));
    }

    void aPipeIsNotImported()
    {
        const QTemporaryDir folder;
        const QTemporaryDir databases;
        const QString pipe = folder.filePath(QStringLiteral("users.csv"));
        QVERIFY(makePipe(pipe));
        Program program(sampleDataset(), databases.path());
        program.trigger(QStringLiteral("importAction"));
        auto *files = program.window.findChild<QFileDialog *>();
        Q_EMIT files->filesSelected({ pipe });
        delete files;
        auto *dialog = program.window.findChild<ImportDialog *>();
        QVERIFY(dialog);
        const auto *summary = dialog->findChild<QLabel *>(QStringLiteral("summaryLabel"));
        QTRY_VERIFY2(summary->text().contains(QStringLiteral("it is a pipe, not a file")), qPrintable(summary->text()));
        dialog->reject();
    }

    void nothingIsOverwritten_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file :
             { "p/datapackage.json", "p/notes.csv", "into/notes.db", "into/notes.db-wal", "pipe", "link" })
            QTest::newRow(file) << QString::fromLatin1(file);
    }

    void nothingIsOverwritten()
    {
        QFETCH(QString, file);
        const QTemporaryDir folder;
        const QString path = folder.filePath(file);
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("p")) && QDir(folder.path()).mkpath(QStringLiteral("into")));
        QVERIFY(write(folder.filePath(QStringLiteral("p/datapackage.json")), Notes)
                && write(folder.filePath(QStringLiteral("p/notes.csv")), "id\n1\n")
                && makePipe(folder.filePath(QStringLiteral("pipe")))
                && QFile::link(QStringLiteral("p/notes.csv"), folder.filePath(QStringLiteral("link"))));
        const auto contentOf = [&path] { return isPipe(path) ? QByteArray("a pipe") : read(path); };
        const QByteArray before = contentOf();
        Program program(readDataset(folder.filePath(QStringLiteral("p"))).value(),
                        folder.filePath(QStringLiteral("into")));
        program.window.findChild<Exports *>()->exportTable(0, path, ExportFormat::Csv);
        QTRY_VERIFY(logOf(program).contains(path + QStringLiteral(" cannot be written: it ")));
        QCOMPARE(contentOf(), before);
        saveLog(program, path);
        QCOMPARE(logOf(program).count(path + QStringLiteral(" cannot be written: it ")), 2);
        QCOMPARE(contentOf(), before);
        const QString other = folder.filePath(QStringLiteral("other.log"));
        saveLog(program, other);
        QVERIFY(read(other).contains(" cannot be written: it "));
    }

    void tablesAreExportedToFilesOfTheirOwn()
    {
        const QTemporaryDir folder;
        const QTemporaryDir databases;
        Dataset dataset = sampleDataset();
        auto package = *dataset.package;
        package.resources[Users].name = QStringLiteral("a/b");
        package.resources[Users].database = QStringLiteral("orders");
        dataset.package = std::make_shared<const Package>(package);
        Program program(dataset, databases.path());
        auto *exports = program.window.findChild<Exports *>();
        exports->exportTables(folder.path(), ExportFormat::Csv);
        QTRY_VERIFY(!exports->isWorking());
        QVERIFY(read(folder.filePath(QStringLiteral("orders.csv"))).startsWith("id,user_id"));
        QVERIFY(read(folder.filePath(QStringLiteral("orders-2.csv"))).startsWith("id,name,email"));
    }

    void oddSettingsAreLeftAlone_data()
    {
        QTest::addColumn<QString>("odd");
        QTest::newRow("a pipe") << QStringLiteral("a.conf");
        QTest::newRow("a pipe as its lock") << QStringLiteral("a.conf.lock");
    }

    void oddSettingsAreLeftAlone()
    {
        QFETCH(QString, odd);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.conf"));
        QVERIFY(makePipe(folder.filePath(odd)));
        SettingsFile file(path);
        QVERIFY(file.refusal());
        QVERIFY2(file.refusal()->contains(folder.filePath(odd) + QStringLiteral(" is a pipe, not a file")),
                 qPrintable(*file.refusal()));
        Settings settings(file.store(), folder.filePath(QStringLiteral("data")));
        settings.setTheme(ThemeChoice::Dark);
        file.store().sync();
        QCOMPARE(settings.theme(), ThemeChoice::Dark); // as long as the program runs
        QVERIFY(isPipe(folder.filePath(odd)));
    }

    void hugeSettingsAreLeftAlone()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.conf"));
        QVERIFY(write(path, "theme=dark\n"));
        QVERIFY(!SettingsFile(path).refusal());
        QVERIFY(QFile::resize(path, qint64(10) << 30));
        SettingsFile file(path);
        QVERIFY(file.refusal() && file.refusal()->contains(path + QStringLiteral(" is larger than 4 MiB")));
        QCOMPARE(QFileInfo(path).size(), qint64(10) << 30);
    }

    void deepSettingsAreLeftAlone()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.conf"));
        const QByteArray level = "\\0\\0\\0\\t\\0\\0\\0\\0\\x1"; // a list with one list
        QVERIFY(write(path, "columns=@Variant(" + level.repeated(10'000) + ")\n"));
        QVERIFY(!SettingsFile(path).refusal());
        QByteArray deep = "columns=@Variant(" + level.repeated(100'000) + ")\n";
        QVERIFY(write(path, deep));
        QVERIFY(
            SettingsFile(path).refusal()->contains(path + QStringLiteral(" has a line that is longer than 256 KiB")));
        for (qsizetype at = deep.size() - 2; at > 20; at -= 1700 * 20) { // a line that goes on in the next
            const qsizetype end = deep.lastIndexOf('\\', at);
            deep.insert(end, "\\\n");
        }
        QVERIFY(write(path, deep));
        QVERIFY(SettingsFile(path).refusal());
    }

    void wrongSettingsAreTheUsual()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.conf"));
        QVERIFY(
            write(path,
                  "theme=7\nonConflict=@ByteArray(\\x0)\nrecentPackages=@Variant(\\0\\0\\0\\b)\n"
                  "columns=@Rect(1 2 3 4)\ntargets=nonsense\nimports=@Variant(\\x7f\\x7f)\n[layout]\nmainWindow=5\n"));
        SettingsFile file(path);
        QVERIFY(!file.refusal());
        const Settings settings(file.store(), folder.filePath(QStringLiteral("data")));
        QCOMPARE(settings.theme(), ThemeChoice::System);
        QCOMPARE(settings.onConflict(), ConflictPolicy::Skip);
        const Dataset sample = sampleDataset();
        QVERIFY(settings.columns(*sample.package, sample.package->resources.constFirst()).isEmpty());
        QVERIFY(settings.importChoices(*sample.package, QStringLiteral("users")).isEmpty());
        QVERIFY(!settings.target(*sample.package).isEmpty());
    }

    void whatIsKeptIsItsOwnersWhateverTheMask()
    {
        const QTemporaryDir folder;
        const ClosedUmask umask;
        const QString path = folder.filePath(QStringLiteral("config/Seedbed/a.conf"));
        const QString data = folder.filePath(QStringLiteral("data/seedbed"));
        QSettings store(path, QSettings::IniFormat);
        const Settings settings(store, data);
        QVERIFY(RecoveryFile::make(settings.recoveryFolder()));
        constexpr auto File = QFile::ReadOwner | QFile::WriteOwner;
        constexpr QFile::Permissions Owner = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
        QCOMPARE(QFile::permissions(path) & (Owner | ForOthers), QFile::Permissions(File));
        for (const QString &made : { QFileInfo(path).path(), settings.recoveryFolder(), data })
            QCOMPARE(QFile::permissions(made) & (Owner | ForOthers), Owner);
    }

    void aLinkToSettingsKeepsItsTarget()
    {
        const QTemporaryDir folder;
        const QString target = folder.filePath(QStringLiteral("target"));
        const QString link = folder.filePath(QStringLiteral("a.conf"));
        constexpr QFile::Permissions Before = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup;
        QVERIFY(write(target, "theme=dark\n") && QFile::setPermissions(target, Before) && QFile::link(target, link));
        QSettings store(link, QSettings::IniFormat);
        const Settings settings(store, folder.filePath(QStringLiteral("data")));
        QCOMPARE(QFile::permissions(target) & (Before | ForOthers), Before);
        QCOMPARE(settings.theme(), ThemeChoice::Dark);
    }
};

SEEDBED_TEST(TestWindowFiles, QApplication)
#include "tst_windowfiles.moc"
