// SPDX-License-Identifier: MIT
#include "gui/editors/celldelegate.h"
#include "gui/look/applytheme.h"
#include "gui/look/theme.h"
#include "gui/panes/panesplitter.h"
#include "gui/program.h"
#include "gui/run/logpane.h"
#include "quiettest.h"

#include <QApplication>
#include <QHeaderView>
#include <QMessageBox>
#include <QScrollBar>
#include <QTabWidget>
#include <QToolButton>

using namespace seedbed;

class TestMainWindow : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareProgram(); }

    void theReportHasRoomInEveryTheme()
    {
        QTemporaryDir databases;
        applyTheme(ThemeChoice::Light);
        Program program(sampleDataset(), databases.path());
        const QScrollBar *bar = program.find<QTableView>(QStringLiteral("progressView"))->verticalScrollBar();
        QTRY_COMPARE(bar->maximum(), 0);
        for (const ThemeChoice choice : { ThemeChoice::HighContrast, ThemeChoice::Dark }) {
            applyTheme(choice);
            QTest::qWait(0); // what comes with a theme comes by events
            QTRY_COMPARE(bar->maximum(), 0);
        }
        applyTheme(ThemeChoice::Light);
    }

    void theSignOfANarrowCellGivesWayToItsText()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        QTRY_COMPARE(program.document.readyRows(), 24);
        const GridView *grid = program.grid(QStringLiteral("users"));
        const auto *delegate = qobject_cast<const CellDelegate *>(grid->itemDelegate());
        QVERIFY(delegate);
        const QModelIndex wrong = grid->model()->index(7, 2);
        const auto optionFor = [&](int width) {
            QStyleOptionViewItem option;
            option.fontMetrics = grid->fontMetrics();
            option.rect = QRect(0, 0, width, 24);
            delegate->initStyleOption(&option, wrong);
            return option;
        };
        const int text = grid->fontMetrics().horizontalAdvance(wrong.data().toString());
        QVERIFY(optionFor(text + 60).features & QStyleOptionViewItem::HasDecoration);
        const QStyleOptionViewItem narrow = optionFor(text + 12);
        QVERIFY(!(narrow.features & QStyleOptionViewItem::HasDecoration));
        QCOMPARE(narrow.text, wrong.data().toString());
    }

    void startsWithTheSample()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        QCOMPARE(program.window.windowTitle(), QStringLiteral("Shop[*] — Seedbed"));
        QCOMPARE(program.text(QStringLiteral("users"), QStringLiteral("titleLabel")),
                 QStringLiteral("Users → users.db"));
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
        QTRY_COMPARE(orders.reasons(7, 1),
                     QStringLiteral("user_id 8 not found ← users row 8: duplicate email ← row 1"));
        program.type(QStringLiteral("users"), 7, 2, QStringLiteral("alice8@example.com"));
        QTRY_COMPARE(orders.reasons(7, 1), QString());
        QCOMPARE(orders.mark(7), RowMark::Problem); // its quantity is still 0
        program.type(QStringLiteral("orders"), 7, 3, QStringLiteral("2"));
        QTRY_COMPARE(orders.mark(7), RowMark::None);
        QTRY_COMPARE(program.find<QPushButton>(QStringLiteral("runButton"))->text(),
                     QStringLiteral("Run Inserts (26 rows)"));
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

    void deleteClearsTheSelectedCells()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        GridView *grid = program.grid(QStringLiteral("users"));
        grid->setFocus();
        grid->selectRow(1);
        QTest::keyClick(grid, Qt::Key_Delete);
        QCOMPARE(program.document.table(Users).cell(1, 1), QByteArrayView(""));
        QCOMPARE(program.document.undoStack().count(), 1);
        program.trigger(QStringLiteral("undoAction"));
        QCOMPARE(program.document.table(Users).cell(1, 2), QByteArrayView("bob@example.com"));
        grid->setCurrentIndex(grid->model()->index(9, 1)); // empty already
        QTest::keyClick(grid, Qt::Key_Delete);
        QVERIFY(!program.window.isWindowModified());
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

    void savesAPackage()
    {
        QTemporaryDir folder;
        const Result<Dataset> saved = saveDatasetAs(sampleDataset(), folder.path());
        QVERIFY(saved);
        Program program(*saved, folder.path());
        program.type(QStringLiteral("users"), 0, 1, QStringLiteral("Alicia"));
        QVERIFY(program.window.isWindowModified());
        program.trigger(QStringLiteral("saveAction"));
        QTRY_VERIFY(!program.window.isWindowModified());
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
        QCOMPARE(program.rows(QStringLiteral("users")), 3);
        QTRY_COMPARE(QDir(program.document.target()), QDir(folder.path())); // its own folder, when all is read
        program.trigger(QStringLiteral("revertAction"));
        QCOMPARE(program.document.table(Users).rowCount(), 10);
    }

    void aPackageThatCannotBeReadIsNamed()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        program.window.open(databases.filePath(QStringLiteral("absent.json")));
        QTRY_VERIFY(program.window.findChild<QWidget *>(QStringLiteral("fileMessage")));
        auto *text =
            program.find<QWidget>(QStringLiteral("fileMessage"))->findChild<QLabel *>(QStringLiteral("messageLabel"));
        QVERIFY(text->text().contains(QLatin1String("absent.json")));
        QCOMPARE(text->textFormat(), Qt::PlainText);
        QCOMPARE(program.document.table(Users).rowCount(), 10);
    }

    void targetIsRemembered()
    {
        QTemporaryDir databases;
        QTemporaryDir other;
        Program program(sampleDataset(), databases.path());
        QCOMPARE(program.settings.target(program.document.package()),
                 program.folder.filePath(QStringLiteral("data/shop")));
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

    void panelsHaveKeys()
    {
        const QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        QVERIFY(QTest::qWaitForWindowActive(&program.window, 60000));
        const QAction *action = program.find<QAction>(QStringLiteral("historyViewAction"));
        QTest::keySequence(&program.window, action->shortcut());
        QWidget *history = program.find<QWidget>(QStringLiteral("historyView"));
        QVERIFY(history->isVisible());
        QVERIFY(history->hasFocus());
        QTest::keySequence(&program.window, program.find<QAction>(QStringLiteral("logPaneAction"))->shortcut());
        QVERIFY(!history->isVisible());
        QVERIFY(program.find<QWidget>(QStringLiteral("logView"))->hasFocus());
        QTest::keySequence(&program.window, program.find<QAction>(QStringLiteral("reportPanelAction"))->shortcut());
        QVERIFY(program.find<QWidget>(QStringLiteral("rejectsView"))->hasFocus());
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

    void columnsAreRemembered()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        const QString users = QStringLiteral("users");
        const int emailWidth = program.grid(users)->columnWidth(2);
        program.grid(users)->horizontalHeader()->resizeSection(1, 133);
        QVERIFY(program.grid(users)->columnWidth(2) != emailWidth); // it gives way
        program.grid(QStringLiteral("orders"))->sortByColumn(3, Qt::DescendingOrder);
        QVERIFY(program.settings.columns(program.document.package(), program.document.resource(Users)).isEmpty());
        program.window.resize(1100, 760);
        program.document.setDataset(manyRows(3)); // of the same package
        QCOMPARE(program.grid(users)->columnWidth(1), 133);
        QVERIFY(program.grid(users)->columnWidth(0) != 133);
        const auto *orders = qobject_cast<TableModel *>(program.grid(QStringLiteral("orders"))->model());
        QCOMPARE(orders->question().sortColumn, 3);
        QCOMPARE(orders->question().sortOrder, Qt::DescendingOrder);
        program.grid(QStringLiteral("orders"))->sortByColumn(-1, Qt::AscendingOrder);
        QVERIFY(program.window.close());

        Settings again(program.store);
        Document document(sampleDataset());
        MainWindow window(document, again);
        auto *pane = window.findChild<TablePane *>(QStringLiteral("usersPane"));
        QCOMPARE(pane->grid().columnWidth(1), 133);
        QVERIFY(again.columns(document.package(), document.resource(Orders)).isEmpty());
    }

    void widthsOfPanesAreRemembered()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        auto *panes = program.find<PaneSplitter>(QStringLiteral("paneSplitter"));
        QVERIFY(panes->chosenWidths().isEmpty());
        QTest::mousePress(panes->handle(1), Qt::LeftButton);
        QTest::mouseMove(panes->handle(1), panes->handle(1)->rect().center() + QPoint(60, 0));
        QTest::mouseRelease(panes->handle(1), Qt::LeftButton, {}, panes->handle(1)->rect().center() + QPoint(60, 0));
        const QList<int> widths = panes->sizes();
        QVERIFY(widths.at(0) > widths.at(1) + 60);
        program.find<QToolButton>(QStringLiteral("caseButton"))->setChecked(true);
        QVERIFY(program.window.close());

        Settings again(program.store);
        Document document(sampleDataset());
        MainWindow window(document, again);
        window.show();
        QCOMPARE(window.findChild<PaneSplitter *>(QStringLiteral("paneSplitter"))->sizes(), widths);
        QVERIFY(window.findChild<QToolButton *>(QStringLiteral("caseButton"))->isChecked());
        QVERIFY(!window.findChild<QToolButton *>(QStringLiteral("wholeButton"))->isChecked());
    }

    void tabsAndLogLevelAreRemembered()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        auto *tabs = program.find<QTabWidget>(QStringLiteral("logTabs"));
        tabs->setCurrentWidget(program.find<QWidget>(QStringLiteral("historyView")));
        program.find<LogPane>(QStringLiteral("logPane"))->setLowestLevel(LogEntry::Level::Warning);
        QVERIFY(program.window.close());
        MainWindow window(program.document, program.settings);
        QCOMPARE(window.findChild<QTabWidget *>(QStringLiteral("logTabs"))->currentWidget()->objectName(),
                 QStringLiteral("historyView"));
        QCOMPARE(window.findChild<LogPane *>(QStringLiteral("logPane"))->lowestLevel(), LogEntry::Level::Warning);
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
};

SEEDBED_TEST(TestMainWindow, QApplication)
#include "tst_mainwindow.moc"
