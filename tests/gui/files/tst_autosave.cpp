// SPDX-License-Identifier: MIT
#include "gui/program.h"
#include "openumask.h"
#include "package/descriptor.h"
#include "quiettest.h"
#include "rows/recovery.h"

#include <QClipboard>
#include <QLabel>
#include <QProcess>
#include <QToolButton>

#include <algorithm>
#include <optional>

using namespace seedbed;

// Programs that are killed are this very file, started with `--child DATA PACKAGE EDITS`.

namespace {

constexpr int ManyRows = 100'000;
const QString ChildOption = QStringLiteral("--child");

/// The program from its start on, with the data folder of others.
struct Session {
    Session(const QString &data, const QString &package)
        : settings(store, data)
        , document(Dataset { std::make_shared<const Package>(), {}, {} })
        , window(document, settings)
    {
        window.open(package);
        window.show();
        window.activateWindow();
    }

    bool isOpen() { return document.tableCount() > 0 && !document.isLoading(); }
    QWidget *message(const char *subject)
    {
        return window.findChild<QWidget *>(QLatin1String(subject) + QStringLiteral("Message"));
    }
    QString text(const char *subject)
    {
        return message(subject)->findChild<QLabel *>(QStringLiteral("messageLabel"))->text();
    }
    void press(const char *subject, const QString &button)
    {
        QTest::mouseClick(message(subject)->findChild<QToolButton *>(button), Qt::LeftButton);
    }
    QByteArray userName(qsizetype row) { return document.table(Users).cell(row, 1).toByteArray(); }
    void setUserName(qsizetype row, const QByteArray &name)
    {
        document.setCell(Users, row, 1, name, EditSession::None);
    }
    void trigger(const char *action) { window.findChild<QAction *>(QLatin1String(action))->trigger(); }

    QTemporaryDir folder;
    QSettings store { folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat };
    Settings settings;
    Document document;
    MainWindow window;
};

void editAllTables(Session &session)
{
    session.setUserName(0, "Alicia, \"Al\"");
    session.document.removeRows(Products, { { 1, 2 } });
    session.document.appendRow(Orders);
}

void pasteManyRows(Session &session)
{
    QByteArray text;
    for (int row = 0; row < ManyRows; ++row)
        text += QByteArray::number(1000 + row) + "\tSomebody\tsomebody" + QByteArray::number(row) + "@example.com\n";
    QGuiApplication::clipboard()->setText(QString::fromUtf8(text));
    session.trigger("pasteRowsAction"); // into the first pane
}

/// Does the edits, and nothing else until it is killed.
int runChild(const QStringList &arguments)
{
    prepareProgram();
    Session session(arguments.at(2), arguments.at(3));
    const bool pastes = arguments.at(4) == QLatin1String("paste");
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
        if (!session.isOpen())
            return;
        timer.stop();
        pastes ? pasteManyRows(session) : editAllTables(session);
    });
    timer.start(10);
    return QApplication::exec();
}

/// A program that is killed at its end at the latest.
struct Process {
    Process(const QString &data, const QString &package, const QString &edits)
    {
        process.setProcessChannelMode(QProcess::ForwardedChannels);
        process.start(QCoreApplication::applicationFilePath(),
                      { QStringLiteral("tst_autosave"), ChildOption, data, package, edits });
    }
    ~Process() { kill(); }

    void kill()
    {
        process.kill(); // SIGKILL
        process.waitForFinished();
    }

    QProcess process;
};

QStringList filesIn(const QString &data, const QString &pattern = QStringLiteral("*.recovery"))
{
    QStringList paths;
    const QDir folder(data + QStringLiteral("/recovery"));
    for (const QString &name : folder.entryList({ pattern }, QDir::Files))
        paths.append(folder.filePath(name));
    return paths;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Whether one of the recovery files has \a text.
bool isKept(const QString &data, const QByteArray &text)
{
    const QStringList files = filesIn(data);
    return std::ranges::any_of(files, [&text](const QString &file) { return contentOf(file).contains(text); });
}

bool writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly)
        && file.write(content) == content.size();
}

} // namespace

class TestAutosave : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        prepareProgram();
        cleanup();
    }
    /// Each begins with a package and no edits.
    void cleanup()
    {
        m_folder.emplace();
        QVERIFY(saveDatasetAs(sampleDataset(), package()));
    }

    void editsSurviveAKill_data()
    {
        QTest::addColumn<bool>("isSample");
        QTest::newRow("sample") << true;
        QTest::newRow("package") << false;
    }

    void editsSurviveAKill()
    {
        QFETCH(bool, isSample);
        {
            Process process(data(), isSample ? QString() : package(), QStringLiteral("edit"));
            QTRY_VERIFY(isKept(data(), "Alicia"));
        }
        Session session(data(), {}); // nothing is asked for: it knows which package it was
        QTRY_VERIFY(session.message("recovery"));
        QCOMPARE(session.document.package().isBuiltIn(), isSample);
        QCOMPARE(session.userName(0), "Alicia, \"Al\"");
        QCOMPARE(session.document.table(Products).rowCount(), 8);
        QCOMPARE(session.document.table(Orders).rowCount(), 11);
        QCOMPARE(session.document.table(Orders).cell(10, 0), QByteArrayView("11"));
        QVERIFY(session.window.isWindowModified());
        QCOMPARE(session.document.undoStack().undoText(), QStringLiteral("Recover Unsaved Edits"));
        QVERIFY(session.text("recovery").contains(QLatin1String("recovered")));
        session.press("recovery", QStringLiteral("choice1Button")); // Keep
        QTRY_VERIFY(!session.message("recovery"));
        QCOMPARE(session.userName(0), "Alicia, \"Al\"");
        QCOMPARE(filesIn(data()).size(), 1);
    }

    void aPasteOfManyRowsSurvivesAKill()
    {
        {
            Process process(data(), package(), QStringLiteral("paste"));
            QTRY_VERIFY(isKept(data(), "somebody99999@example.com"));
        }
        Session session(data(), package());
        QTRY_VERIFY(session.message("recovery"));
        QCOMPARE(session.document.table(Users).rowCount(), 10 + ManyRows);
        QCOMPARE(session.document.table(Users).cell(9 + ManyRows, 0), QByteArrayView("100999"));
    }

    void rowsOfATableThatWasEmptyAreRecovered()
    {
        Dataset dataset = sampleDataset();
        const seedbed::Table users = dataset.tables.at(Users);
        dataset.tables[Users] = seedbed::Table(3);
        m_folder.emplace();
        QVERIFY(saveDatasetAs(dataset, package()));
        leaveBehind(users);
        Session session(data(), package());
        QTRY_VERIFY(session.message("recovery"));
        QCOMPARE(session.document.table(Users).rowCount(), 10);
        QCOMPARE(session.userName(9), users.cell(9, 1).toByteArray());
        QCOMPARE(session.document.undoStack().command(0)->childCount(), 1); // no rows were removed
        session.trigger("undoAction");
        QCOMPARE(session.document.table(Users).rowCount(), 0);
    }

    void recoveredEditsCanBeDiscarded()
    {
        leaveBehind("Alicia");
        Session session(data(), package());
        QTRY_VERIFY(session.message("recovery"));
        QCOMPARE(session.userName(0), "Alicia");
        session.press("recovery", QStringLiteral("choice2Button"));
        QCOMPARE(session.userName(0), "Alice");
        QVERIFY(!session.window.isWindowModified());
        QTRY_VERIFY(filesIn(data()).isEmpty());
        session.trigger("redoAction"); // it was no accident, but if it was
        QCOMPARE(session.userName(0), "Alicia");
        QTRY_VERIFY(isKept(data(), "Alicia"));
    }

    void anEditKeepsWhatWasRecovered()
    {
        leaveBehind("Alicia");
        Session session(data(), package());
        QTRY_VERIFY(session.message("recovery"));
        session.setUserName(1, "Bobby"); // which would be taken back as well
        QTRY_VERIFY(!session.message("recovery"));
        QCOMPARE(session.userName(0), "Alicia");
        QCOMPARE(session.userName(1), "Bobby");
        QVERIFY(session.window.isWindowModified());
    }

    void recoveredEditsCanBeSaved()
    {
        leaveBehind("Alicia");
        Session session(data(), package());
        QTRY_VERIFY(session.message("recovery"));
        session.trigger("saveAction");
        QTRY_VERIFY(!session.message("recovery"));
        QTRY_VERIFY(filesIn(data()).isEmpty());
        const Result<Dataset> saved = readDataset(package());
        QVERIFY(saved);
        QCOMPARE(saved->tables.at(Users).cell(0, 1), QByteArrayView("Alicia"));
    }

    void nothingIsLeftWhereNothingIsUnsaved()
    {
        const OpenUmask umask;
        Session session(data(), package());
        QTRY_VERIFY(session.isOpen());
        session.setUserName(0, "Alicia");
        QTRY_COMPARE(filesIn(data()).size(), 1);
        QCOMPARE(QFile::permissions(filesIn(data()).constFirst()) & ForOthers, QFile::Permissions());
        QCOMPARE(QFile::permissions(data() + QStringLiteral("/recovery")) & ForOthers, QFile::Permissions());
        session.trigger("undoAction");
        QTRY_VERIFY(filesIn(data(), QStringLiteral("*")).isEmpty());
        session.trigger("redoAction");
        QTRY_COMPARE(filesIn(data()).size(), 1);
        session.trigger("saveAction");
        QTRY_VERIFY(filesIn(data(), QStringLiteral("*")).isEmpty());
    }

    void onlyWhatIsUnsavedIsKept()
    {
        Session session(data(), package());
        QTRY_VERIFY(session.isOpen());
        session.setUserName(0, "Alicia");
        session.trigger("saveAction");
        QTRY_VERIFY(!session.window.isWindowModified());
        session.document.setCell(Orders, 0, 3, "7", EditSession::None);
        QTRY_COMPARE(filesIn(data()).size(), 1);
        QVERIFY(!isKept(data(), "Alicia")); // the users are in their file
        QVERIFY(isKept(data(), "\"orders\""));
    }

    void anOrderlyEndLeavesNothing()
    {
        {
            Session session(data(), package());
            QTRY_VERIFY(session.isOpen());
            session.setUserName(0, "Alicia");
            QTRY_COMPARE(filesIn(data()).size(), 1);
        }
        QVERIFY(filesIn(data(), QStringLiteral("*")).isEmpty());
    }

    void programsLeaveEachOthersFilesAlone()
    {
        Process process(data(), package(), QStringLiteral("edit"));
        QTRY_VERIFY(isKept(data(), "Alicia"));
        {
            Session session(data(), package());
            QTRY_VERIFY(session.isOpen());
            session.setUserName(0, "Alexandra");
            QTRY_COMPARE(filesIn(data()).size(), 2);
            QVERIFY(!session.message("recovery"));
        }
        QCOMPARE(filesIn(data()).size(), 1);
        QVERIFY(isKept(data(), "Alicia"));
        process.kill();
        Session session(data(), package());
        QTRY_VERIFY(session.message("recovery"));
        QCOMPARE(session.userName(0), "Alicia, \"Al\"");
    }

    void editsOfAnotherPackageWait()
    {
        leaveBehind("Alicia");
        Session session(data(), samplePackagePath());
        QTRY_VERIFY(session.isOpen());
        QVERIFY(!session.message("recovery"));
        session.window.open(package());
        QTRY_VERIFY(session.message("recovery"));
        QCOMPARE(session.userName(0), "Alicia");
    }

    void aDamagedFileIsKeptAside_data()
    {
        QTest::addColumn<bool>("isHeadWhole");
        QTest::newRow("rows") << true;
        QTest::newRow("head") << false;
    }

    void aDamagedFileIsKeptAside()
    {
        QFETCH(bool, isHeadWhole);
        leaveBehind("Alicia");
        const QString path = filesIn(data()).constFirst();
        QByteArray content = contentOf(path);
        content = isHeadWhole ? content.chopped(1) : "nonsense\n" + content;
        QVERIFY(writeFile(path, content));
        Session session(data(), package());
        QTRY_VERIFY(session.message("keeping"));
        QVERIFY(session.text("keeping").contains(path));
        QVERIFY(!session.message("recovery"));
        QCOMPARE(session.userName(0), "Alice");
        QVERIFY(!session.window.isWindowModified());
        const QStringList aside = filesIn(data(), QStringLiteral("*.unread"));
        QCOMPARE(aside.size(), 1);
        QVERIFY(session.text("keeping").contains(aside.constFirst()));
        QCOMPARE(contentOf(aside.constFirst()), content);
        QVERIFY(filesIn(data()).isEmpty());
    }

    void whereNothingCanBeKeptItIsToldOnce()
    {
        QVERIFY(writeFile(data() + QStringLiteral("/recovery"), "a file where the folder should be"));
        Session session(data(), package());
        QTRY_VERIFY(session.isOpen());
        session.setUserName(0, "Alicia");
        QTRY_VERIFY(session.message("keeping"));
        QVERIFY(session.text("keeping").contains(data()));
    }

private:
    QString package() const { return m_folder->filePath(QStringLiteral("shop")); }
    QString data() const { return m_folder->filePath(QStringLiteral("data")); }

    /// As a crash leaves an edit of the first user's name.
    void leaveBehind(const QByteArray &name)
    {
        Result<Dataset> dataset = readDataset(package());
        QVERIFY(dataset);
        dataset->tables[Users].setCell(0, 1, name);
        leaveBehind(dataset->tables.at(Users));
    }

    void leaveBehind(const seedbed::Table &users)
    {
        const Result<Dataset> dataset = readDataset(package());
        QVERIFY(dataset);
        QVERIFY(QDir().mkpath(data() + QStringLiteral("/recovery")));
        QVERIFY(writeRecovery(data() + QStringLiteral("/recovery/a.recovery"), *dataset->package,
                              QDateTime::currentDateTime(), { users, std::nullopt, std::nullopt }));
    }

    std::optional<QTemporaryDir> m_folder;
};

namespace {

int childOrTest(int argc, char *argv[])
{
    if (argc > 1 && QLatin1String(argv[1]) == ChildOption) {
        const QApplication application(argc, argv);
        return runChild(QCoreApplication::arguments());
    }
    return runTest<TestAutosave, QApplication>(argc, argv);
}

} // namespace

SEEDBED_TEST_MAIN(&childOrTest)

#include "tst_autosave.moc"
