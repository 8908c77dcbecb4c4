// SPDX-License-Identifier: MIT
#include "gui/elidedlabel.h"
#include "gui/englishplurals.h"
#include "gui/gridview.h"
#include "gui/mainwindow.h"
#include "gui/reportpanel.h"
#include "gui/tablepane.h"
#include "insertion/inserter.h"
#include "quiettest.h"

#include <QAction>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>

#include <numeric>

using namespace seedbed;

namespace {

enum Table { Users, Products, Orders };

/// The program as main() builds it, with settings and databases of its own.
struct Program {
    explicit Program(const Dataset &dataset, const QString &databases)
        : document(Dataset { std::make_shared<const Package>(), {}, {} })
        , window(document, settings)
    {
        document.setDataset(dataset);
        document.setTarget(databases);
        window.resize(1280, 760);
        window.show();
        window.activateWindow();
    }

    template <typename T>
    T *find(const QString &name)
    {
        T *widget = window.findChild<T *>(name);
        Q_ASSERT_X(widget, "Program::find", qPrintable(name));
        return widget;
    }

    GridView *grid(const QString &resource)
    {
        return find<TablePane>(resource + QStringLiteral("Pane"))->findChild<GridView *>(QStringLiteral("gridView"));
    }
    QString text(const QString &resource, const QString &label)
    {
        return find<TablePane>(resource + QStringLiteral("Pane"))->findChild<ElidedLabel *>(label)->text();
    }
    QString number(int table, ProgressModel::Column column)
    {
        return find<QTableView>(QStringLiteral("progressView"))->model()->index(table, column).data().toString();
    }
    QString headline() { return find<ReportPanel>(QStringLiteral("reportPanel"))->headline(); }
    QAbstractItemModel *rejects() { return find<QTableView>(QStringLiteral("rejectsView"))->model(); }

    /// Opens the editor of a cell and types \a keys over what is in it.
    void type(const QString &resource, int row, int column, const QString &keys)
    {
        GridView *view = grid(resource);
        view->setFocus();
        view->setCurrentIndex(view->model()->index(row, column));
        QTest::keyClick(view, Qt::Key_F2);
        QTest::keyClicks(editor(), keys);
    }
    QLineEdit *editor() { return find<QLineEdit>(QStringLiteral("cellEditor")); }

    void trigger(const QString &action) { find<QAction>(action)->trigger(); }
    bool isRunning() { return find<QAction>(QStringLiteral("stopAction"))->isEnabled(); }

    QTemporaryDir folder;
    QSettings store { folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat };
    Settings settings { store };
    Document document;
    MainWindow window;
};

Dataset manyRows(int count)
{
    Dataset dataset = sampleDataset();
    dataset.tables = { seedbed::Table(3), seedbed::Table(3), seedbed::Table(4) };
    for (int row = 1; row <= count; ++row) {
        const QByteArray id = QByteArray::number(row);
        dataset.tables[Users].append(QList<QByteArray> { id, "Somebody", "user" + id + "@example.com" });
        dataset.tables[Products].append(QList<QByteArray> { id, "Something", row % 10 == 0 ? "-1" : "9.50" });
        dataset.tables[Orders].append(QList<QByteArray> { id, id, id, "1" });
    }
    return dataset;
}

} // namespace

class TestMainWindow : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("Seedbed"));
        QCoreApplication::setApplicationName(QStringLiteral("seedbed"));
        QCoreApplication::installTranslator(&m_plurals);
        QLocale::setDefault(QLocale::c());
        prepareDatabaseDrivers();
        applyTheme(ThemeChoice::Light);
    }

    void startsWithTheSample()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        QCOMPARE(program.window.windowTitle(), QStringLiteral("Shop[*] — Seedbed"));
        QCOMPARE(program.text(QStringLiteral("users"), QStringLiteral("titleLabel")), QStringLiteral("Users → users.db"));
        QTRY_COMPARE(program.text(QStringLiteral("users"), QStringLiteral("countsLabel")),
                     QStringLiteral("10 rows · 2 problems"));
        QCOMPARE(program.text(QStringLiteral("products"), QStringLiteral("countsLabel")),
                 QStringLiteral("10 rows · 1 problem"));
        QTRY_COMPARE(program.find<QPushButton>(QStringLiteral("runButton"))->text(),
                     QStringLiteral("Run Inserts (24 rows)"));
        QVERIFY(!program.isRunning());
    }

    void problemsShowWhileTyping()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        const QString users = QStringLiteral("users");
        const QString reason = QStringLiteral("reasonLabel");
        program.type(users, 0, 2, QStringLiteral("nobody"));
        QTRY_COMPARE(program.text(users, reason), QStringLiteral("invalid email")); // the editor is still open
        QTest::keyClicks(program.editor(), QStringLiteral("@example.com"));
        QTRY_COMPARE(program.text(users, reason), QString());
        QTest::keyClick(program.editor(), Qt::Key_Return);
        QTRY_COMPARE(program.grid(users)->currentIndex().row(), 1);
        QCOMPARE(program.document.undoStack().count(), 1);
        QCOMPARE(program.document.table(Users).cell(0, 2), QByteArrayView("nobody@example.com"));
    }

    void escapeBringsTheTextBack()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        program.type(QStringLiteral("users"), 0, 2, QStringLiteral("nobody"));
        QVERIFY(program.window.isWindowModified());
        QTest::keyClick(program.editor(), Qt::Key_Escape);
        QCOMPARE(program.document.table(Users).cell(0, 2), QByteArrayView("alice@example.com"));
        QTRY_VERIFY(!program.window.isWindowModified());
        QCOMPARE(program.document.undoStack().count(), 0);
    }

    void aParentMendsItsChild()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        const TableModel &orders = *qobject_cast<TableModel *>(program.grid(QStringLiteral("orders"))->model());
        QTRY_COMPARE(orders.reasons(7, 1), QStringLiteral("user_id 8 not found (users row 8: duplicate email)"));
        program.type(QStringLiteral("users"), 7, 2, QStringLiteral("alice8@example.com"));
        QTRY_COMPARE(orders.reasons(7, 1), QString());
        QCOMPARE(orders.mark(7), RowMark::Problem); // its quantity is still 0
        program.type(QStringLiteral("orders"), 7, 3, QStringLiteral("2"));
        QTRY_COMPARE(orders.mark(7), RowMark::None);
        QTRY_COMPARE(program.find<QPushButton>(QStringLiteral("runButton"))->text(),
                     QStringLiteral("Run Inserts (26 rows)"));
    }

    void runsAndRunsAgain()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        QTRY_COMPARE(program.document.readyRows(), 24);
        QTest::mouseClick(program.find<QPushButton>(QStringLiteral("runButton")), Qt::LeftButton);
        QVERIFY(program.isRunning());
        QVERIFY(!program.find<QPushButton>(QStringLiteral("runButton"))->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(!program.isRunning(), 30000);
        QVERIFY2(program.headline().startsWith(QStringLiteral("24 inserted · 6 skipped · 0 failed in ")),
                 qPrintable(program.headline()));
        const QStringList inserted { QStringLiteral("8"), QStringLiteral("9"), QStringLiteral("7") };
        const QStringList skipped { QStringLiteral("2"), QStringLiteral("1"), QStringLiteral("3") };
        for (const int table : { Users, Products, Orders }) {
            QCOMPARE(program.number(table, ProgressModel::Inserted), inserted.at(table));
            QCOMPARE(program.number(table, ProgressModel::Unchanged), QStringLiteral("0"));
            QCOMPARE(program.number(table, ProgressModel::Skipped), skipped.at(table));
            QCOMPARE(program.number(table, ProgressModel::Bar), QStringLiteral("100 %"));
        }
        QCOMPARE(program.rejects()->rowCount(), 6);
        QTRY_COMPARE(program.text(QStringLiteral("users"), QStringLiteral("countsLabel")),
                     QStringLiteral("10 rows · 8 in · 2 problems"));
        QCOMPARE(program.document.mark(Users, 0), RowMark::In);

        program.trigger(QStringLiteral("runAction"));
        QTRY_VERIFY_WITH_TIMEOUT(!program.isRunning(), 30000);
        for (const int table : { Users, Products, Orders }) {
            QCOMPARE(program.number(table, ProgressModel::Inserted), QStringLiteral("0"));
            QCOMPARE(program.number(table, ProgressModel::Unchanged), inserted.at(table));
            QCOMPARE(program.number(table, ProgressModel::Skipped), skipped.at(table));
        }
    }

    void dryRunWritesNothing()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        program.trigger(QStringLiteral("dryRunAction"));
        QTRY_VERIFY_WITH_TIMEOUT(!program.isRunning(), 30000);
        QVERIFY(program.headline().startsWith(QLatin1String("Dry run")));
        QCOMPARE(program.rejects()->rowCount(), 6);
        QVERIFY(QDir(databases.path()).isEmpty());
        QTRY_VERIFY(!program.document.isValidating());
        QCOMPARE(program.document.counts(Users).in, 0);
    }

    void aStoppedRunAddsUp()
    {
        constexpr int Rows = 20'000;
        QTemporaryDir databases;
        Program program(manyRows(Rows), databases.path());
        program.trigger(QStringLiteral("runAction"));
        QTRY_VERIFY_WITH_TIMEOUT(program.document.counts(Users).in > 0 || !program.isRunning(), 60000);
        program.type(QStringLiteral("users"), 0, 1, QStringLiteral("Edited meanwhile"));
        program.trigger(QStringLiteral("stopAction"));
        QTRY_VERIFY_WITH_TIMEOUT(!program.isRunning(), 60000);
        QVERIFY2(program.headline().contains(QStringLiteral(" inserted · ")), qPrintable(program.headline()));
        qsizetype in = 0;
        for (const int table : { Users, Products, Orders }) {
            const QModelIndex bar = program.find<QTableView>(QStringLiteral("progressView"))
                                        ->model()->index(table, ProgressModel::Bar);
            const auto share = bar.data(ProgressModel::ShareRole).value<ProgressShare>();
            QCOMPARE(share.read, Rows);
            QCOMPARE(share.counts.sum(), share.read);
            in += share.counts.inserted;
        }
        QTRY_VERIFY_WITH_TIMEOUT(!program.document.isValidating(), 60000);
        qsizetype found = program.document.counts(Users).in + program.document.counts(Products).in
            + program.document.counts(Orders).in;
        if (program.document.mark(Users, 0) != RowMark::In && program.document.mark(Users, 0) != RowMark::None)
            ++found; // in with its former name
        QCOMPARE(found, in); // what is in the files is what was reported
    }

    void aFailedRunIsTheHeadline()
    {
        QTemporaryDir databases;
        QVERIFY(QDir(databases.path()).mkdir(QStringLiteral("users.db")));
        Program program(sampleDataset(), databases.path());
        program.trigger(QStringLiteral("runAction"));
        QTRY_VERIFY_WITH_TIMEOUT(!program.isRunning(), 30000);
        QVERIFY2(program.headline().contains(QLatin1String("users.db")), qPrintable(program.headline()));
        QVERIFY(program.find<QTableView>(QStringLiteral("logView"))->model()->rowCount() > 0);
    }

    void undoLeadsBackToTheStart()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        const Dataset before = program.document.dataset();
        program.type(QStringLiteral("users"), 7, 2, QStringLiteral("alice8@example.com"));
        QTest::keyClick(program.editor(), Qt::Key_Return);
        program.grid(QStringLiteral("orders"))->setFocus();
        program.grid(QStringLiteral("orders"))->selectRow(2);
        program.trigger(QStringLiteral("removeRowsAction"));
        program.trigger(QStringLiteral("addRowAction"));
        QTest::keyClicks(program.editor(), QStringLiteral("5"));
        QTest::keyClick(program.editor(), Qt::Key_Return);
        QVERIFY(program.window.isWindowModified());
        QCOMPARE(program.document.table(Orders).rowCount(), 10);
        QCOMPARE(program.document.table(Orders).cell(9, 1), QByteArrayView("5"));
        QAction *undo = program.find<QAction>(QStringLiteral("undoAction"));
        for (int step = 0; step < 4; ++step) {
            QVERIFY(undo->isEnabled());
            undo->trigger();
        }
        QVERIFY(!undo->isEnabled());
        QVERIFY(!program.window.isWindowModified());
        for (const int table : { Users, Products, Orders }) {
            const seedbed::Table &now = program.document.table(table);
            QCOMPARE(now.rowCount(), before.tables.at(table).rowCount());
            for (qsizetype row = 0; row < now.rowCount(); ++row)
                QVERIFY(now.row(row) == before.tables.at(table).row(row));
        }
    }

    void closingAsksForUnsavedEdits()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        program.type(QStringLiteral("users"), 0, 1, QStringLiteral("Alicia"));
        QVERIFY(!program.window.close());
        auto *box = program.find<QMessageBox>(QStringLiteral("unsavedBox"));
        QTest::mouseClick(box->button(QMessageBox::Cancel), Qt::LeftButton);
        QVERIFY(program.window.isVisible());
        QTRY_VERIFY(!program.window.findChild<QMessageBox *>(QStringLiteral("unsavedBox")));
        QVERIFY(!program.window.close());
        box = program.find<QMessageBox>(QStringLiteral("unsavedBox"));
        QTest::mouseClick(box->button(QMessageBox::Discard), Qt::LeftButton);
        QTRY_VERIFY(!program.window.isVisible());
    }

    void closingStopsARun()
    {
        QTemporaryDir databases;
        Program program(manyRows(5'000), databases.path());
        program.trigger(QStringLiteral("runAction"));
        QVERIFY(!program.window.close());
        QTRY_VERIFY_WITH_TIMEOUT(!program.window.isVisible(), 60000);
    }

    void savesAPackage()
    {
        QTemporaryDir folder;
        const Result<Dataset> saved = saveDatasetAs(sampleDataset(), folder.path());
        QVERIFY(saved);
        Program program(*saved, folder.path());
        program.type(QStringLiteral("users"), 0, 1, QStringLiteral("Alicia"));
        QVERIFY(program.window.isWindowModified());
        program.trigger(QStringLiteral("saveAction"));
        QVERIFY(!program.window.isWindowModified());
        const Result<Dataset> again = readDataset(folder.path());
        QVERIFY(again);
        QCOMPARE(again->tables.at(Users).cell(0, 1), QByteArrayView("Alicia"));
        QVERIFY(program.window.close());
    }

    void opensAPackage()
    {
        QTemporaryDir folder;
        QVERIFY(saveDatasetAs(manyRows(3), folder.path()));
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        program.window.open(folder.path());
        QTRY_COMPARE(program.document.table(Users).rowCount(), 3);
        QCOMPARE(program.grid(QStringLiteral("users"))->model()->rowCount(), 3);
        QCOMPARE(QDir(program.document.target()), QDir(folder.path())); // its own folder
        program.trigger(QStringLiteral("revertAction"));
        QCOMPARE(program.document.table(Users).rowCount(), 10);
    }

    void aPackageThatCannotBeReadIsNamed()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        program.window.open(databases.filePath(QStringLiteral("absent.json")));
        QTRY_VERIFY(program.window.findChild<QMessageBox *>(QStringLiteral("errorBox")));
        auto *box = program.find<QMessageBox>(QStringLiteral("errorBox"));
        QVERIFY(box->text().contains(QLatin1String("absent.json")));
        QCOMPARE(box->textFormat(), Qt::PlainText);
        QCOMPARE(program.document.table(Users).rowCount(), 10);
    }

    void rejectedRowLeadsToItsCell()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        program.trigger(QStringLiteral("dryRunAction"));
        QTRY_VERIFY_WITH_TIMEOUT(!program.isRunning(), 30000);
        auto *view = program.find<QTableView>(QStringLiteral("rejectsView"));
        const QPoint place = view->visualRect(view->model()->index(2, RejectsModel::Reasons)).center();
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, place);
        QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, place);
        const GridView *grid = program.grid(QStringLiteral("products"));
        QCOMPARE(grid->currentIndex(), grid->model()->index(9, 2)); // the price of row 10
        QCOMPARE(program.window.focusWidget(), grid);
        QCOMPARE(program.text(QStringLiteral("products"), QStringLiteral("reasonLabel")),
                 QStringLiteral("price must be > 0"));
    }

    void targetIsRemembered()
    {
        QTemporaryDir databases;
        QTemporaryDir other;
        Program program(sampleDataset(), databases.path());
        QCOMPARE(program.settings.target(program.document.package()),
                 QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/shop"));
        FileActions files(program.document, program.settings, program.window);
        files.setTarget(other.path());
        QCOMPARE(program.find<ElidedLabel>(QStringLiteral("targetLabel"))->text(), other.path());
        QSettings store(program.store.fileName(), QSettings::IniFormat);
        program.store.sync();
        QCOMPARE(Settings(store).target(*sampleDataset().package), other.path());
        files.openSample();
        QCOMPARE(program.document.target(), other.path());
        files.openSample(databases.path()); // --into is for once
        QCOMPARE(program.document.target(), databases.path());
        QCOMPARE(program.settings.target(program.document.package()), other.path());
    }

    void layoutIsRemembered()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        QVERIFY(program.settings.layout(QStringLiteral("MainWindow")).isEmpty());
        QVERIFY(program.window.close());
        QVERIFY(!program.settings.layout(QStringLiteral("MainWindow")).isEmpty());
        QVERIFY(!program.settings.layout(QStringLiteral("mainSplitter")).isEmpty());
    }

    void themeIsRemembered()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        program.trigger(QStringLiteral("darkThemeAction"));
        QCOMPARE(program.settings.theme(), ThemeChoice::Dark);
        QCOMPARE(QGuiApplication::palette().color(QPalette::Base), darkPalette().color(QPalette::Base));
        program.trigger(QStringLiteral("lightThemeAction"));
        QCOMPARE(program.settings.theme(), ThemeChoice::Light);
    }

private:
    EnglishPlurals m_plurals;
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
