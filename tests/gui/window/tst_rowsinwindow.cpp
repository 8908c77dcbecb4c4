// SPDX-License-Identifier: MIT
#include "gui/program.h"
#include "quiettest.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QSignalSpy>
#include <QToolButton>

using namespace seedbed;

namespace {

const QString UsersPane = QStringLiteral("users");

/// The window with a filter box and a header to click on.
struct Panes : Program {
    using Program::Program;

    template <typename T>
    T *inUsers(const QString &name)
    {
        return find<TablePane>(QStringLiteral("usersPane"))->findChild<T *>(name);
    }
    QLineEdit *filter() { return inUsers<QLineEdit>(QStringLiteral("filterEdit")); }
    int rows() { return Program::rows(UsersPane); }
    QString cell(int row, int column) { return grid(UsersPane)->model()->index(row, column).data().toString(); }
    QString counts() { return text(UsersPane, QStringLiteral("countsLabel")); }

    void clickHeader(int column)
    {
        QHeaderView *header = grid(UsersPane)->horizontalHeader();
        const QPoint place(header->sectionViewportPosition(column) + header->sectionSize(column) / 2,
                           header->height() / 2);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, place);
    }
};

} // namespace

class TestRowsInWindow : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareProgram(); }

    void filtersWhileTyping()
    {
        QTemporaryDir databases;
        Panes program(sampleDataset(), databases.path());
        QTRY_COMPARE(program.counts(), QStringLiteral("10 rows · 2 problems"));
        program.grid(UsersPane)->setFocus();
        program.trigger(QStringLiteral("filterAction"));
        QVERIFY(program.filter()->hasFocus());
        QTest::keyClicks(program.filter(), QStringLiteral("name:ALICE"));
        QTRY_COMPARE(program.rows(), 2);
        QCOMPARE(program.counts(), QStringLiteral("2 of 10 rows · 2 problems"));
        QCOMPARE(program.cell(1, 0), QStringLiteral("8"));
        QTest::keyClick(program.filter(), Qt::Key_Escape);
        QTRY_COMPARE(program.rows(), 10);
        QVERIFY(program.filter()->text().isEmpty());
        QVERIFY(program.grid(UsersPane)->hasFocus());
    }

    void picksRowsWithProblems()
    {
        QTemporaryDir databases;
        Panes program(sampleDataset(), databases.path());
        QTRY_COMPARE(program.counts(), QStringLiteral("10 rows · 2 problems"));
        program.inUsers<QToolButton>(QStringLiteral("problemsButton"))->click();
        QTRY_COMPARE(program.rows(), 2);
        program.type(UsersPane, 0, 2, QStringLiteral("alice8@example.com"));
        QTest::keyClick(program.editor(), Qt::Key_Return);
        QTRY_COMPARE(program.counts(), QStringLiteral("2 of 10 rows · 1 problem"));
        QCOMPARE(program.document.table(Users).cell(7, 2), QByteArrayView("alice8@example.com"));
        QTest::keyClick(program.grid(UsersPane), Qt::Key_Escape);
        QTRY_COMPARE(program.rows(), 10);
        QVERIFY(!program.inUsers<QToolButton>(QStringLiteral("problemsButton"))->isChecked());
    }

    void escapeShowsAllRowsBeforeItStopsARun()
    {
        QTemporaryDir databases;
        Panes program(sampleDataset(), databases.path());
        (void)QTest::qWaitForWindowActive(&program.window, 60000); // without it no key is a shortcut
        QTRY_VERIFY(!program.document.isValidating());             // or it disables what follows
        auto *stop = program.find<QAction>(QStringLiteral("stopAction"));
        stop->setEnabled(true);
        QSignalSpy stopped(stop, &QAction::triggered);
        program.filter()->setText(QStringLiteral("nobody"));
        QTRY_COMPARE(program.rows(), 0);
        program.grid(UsersPane)->setFocus();
        QTest::keyClick(program.grid(UsersPane), Qt::Key_Escape);
        QTRY_COMPARE(program.rows(), 10);
        QCOMPARE(stopped.count(), 0);
        QTest::keyClick(program.grid(UsersPane), Qt::Key_Escape);
        QCOMPARE(stopped.count(), 1);
    }

    void sortsByKey()
    {
        QTemporaryDir databases;
        Panes program(sampleDataset(), databases.path());
        QTableView &grid = *program.grid(UsersPane);
        grid.setFocus();
        grid.setCurrentIndex(grid.model()->index(0, 0));
        program.trigger(QStringLiteral("sortAction"));
        QCOMPARE(grid.horizontalHeader()->sortIndicatorOrder(), Qt::AscendingOrder);
        program.trigger(QStringLiteral("sortAction"));
        QTRY_COMPARE(program.cell(0, 0), QStringLiteral("10"));
        program.trigger(QStringLiteral("sortAction"));
        QTRY_COMPARE(program.cell(0, 0), QStringLiteral("1"));
        QCOMPARE(grid.horizontalHeader()->sortIndicatorSection(), -1);
    }

    void theFocusStaysWhenRowsAreOrderedUnderAnEditor()
    {
        QTemporaryDir databases;
        Panes program(sampleDataset(), databases.path());
        QVERIFY(QTest::qWaitForWindowActive(&program.window, 60000));
        program.grid(UsersPane)->setFocus();
        program.type(UsersPane, 0, 1, QStringLiteral("Zoe"));
        program.grid(UsersPane)->sortByColumn(0, Qt::DescendingOrder);
        QTRY_COMPARE(program.cell(0, 0), QStringLiteral("10"));
        QTRY_VERIFY(program.grid(UsersPane)->hasFocus());
        QCOMPARE(program.document.table(Users).cell(0, 1), QByteArrayView("Zoe"));
    }

    void picksRowsThatAreNotIn()
    {
        QTemporaryDir databases;
        Panes program(sampleDataset(), databases.path());
        program.trigger(QStringLiteral("runAction"));
        QTRY_VERIFY(!program.isRunning());
        program.inUsers<QToolButton>(QStringLiteral("notInButton"))->click();
        QTRY_COMPARE(program.rows(), 2);
    }

    void sortsByTheHeader()
    {
        QTemporaryDir databases;
        Panes program(sampleDataset(), databases.path());
        const QHeaderView *header = program.grid(UsersPane)->horizontalHeader();
        program.clickHeader(1);
        QTRY_COMPARE(program.cell(2, 0), QStringLiteral("8")); // after the row without a name and the first Alice
        QCOMPARE(header->sortIndicatorSection(), 1);
        program.clickHeader(1);
        QTRY_COMPARE(program.cell(8, 0), QStringLiteral("8")); // still behind the first Alice
        program.clickHeader(1);
        QTRY_COMPARE(program.cell(9, 0), QStringLiteral("10"));
        QCOMPARE(header->sortIndicatorSection(), -1);
    }

    void theCurrentCellIsKept()
    {
        QTemporaryDir databases;
        Panes program(sampleDataset(), databases.path());
        GridView *grid = program.grid(UsersPane);
        grid->setCurrentIndex(grid->model()->index(7, 2));
        program.clickHeader(1);
        QTRY_COMPARE(grid->currentIndex(), grid->model()->index(2, 2));
        program.filter()->setText(QStringLiteral("bob"));
        QTRY_COMPARE(program.rows(), 1);
        program.filter()->clear();
        QTRY_COMPARE(grid->currentIndex(), grid->model()->index(2, 2));
    }

    void removesTheRowsThatAreShown()
    {
        QTemporaryDir databases;
        Panes program(sampleDataset(), databases.path());
        program.filter()->setText(QStringLiteral("alice"));
        QTRY_COMPARE(program.rows(), 2);
        program.grid(UsersPane)->setFocus();
        program.grid(UsersPane)->selectAll();
        program.trigger(QStringLiteral("removeRowsAction"));
        QCOMPARE(program.document.table(Users).rowCount(), 8);
        QCOMPARE(program.document.table(Users).cell(0, 0), QByteArrayView("2"));
        QCOMPARE(program.rows(), 0);
        program.trigger(QStringLiteral("undoAction"));
        QCOMPARE(program.rows(), 2);
        QCOMPARE(program.document.table(Users).cell(7, 0), QByteArrayView("8"));
    }

    void pastesNewRowsAsOneStep()
    {
        QTemporaryDir databases;
        Panes program(sampleDataset(), databases.path());
        QByteArray text = "email\tname\tid\n";
        for (int row = 11; row <= 5010; ++row)
            text += "user" + QByteArray::number(row) + "@example.com\tSomebody\t" + QByteArray::number(row) + '\n';
        QGuiApplication::clipboard()->setText(QString::fromUtf8(text));
        program.grid(UsersPane)->setFocus();
        program.trigger(QStringLiteral("pasteRowsAction"));
        QTRY_COMPARE(program.rows(), 5010);
        QCOMPARE(program.cell(5009, 2), QStringLiteral("user5010@example.com"));
        QCOMPARE(program.grid(UsersPane)->currentIndex().row(), 10);
        QAction *undo = program.find<QAction>(QStringLiteral("undoAction"));
        QCOMPARE(undo->text(), QStringLiteral("&Undo Paste 5000 Rows"));
        QTRY_COMPARE(program.counts(), QStringLiteral("5010 rows · 2 problems"));
        undo->trigger();
        QCOMPARE(program.rows(), 10);
        program.trigger(QStringLiteral("redoAction"));
        QCOMPARE(program.rows(), 5010);
        QCOMPARE(program.cell(10, 0), QStringLiteral("11"));
        undo->trigger();
        program.trigger(QStringLiteral("addRowAction")); // the pasted rows can never come back
        QCOMPARE(program.rows(), 11);
        QVERIFY(program.document.table(Users).rowId(10) > program.document.table(Users).rowId(9));
    }

    void theFocusStaysWhenAnEditorGoesWithItsRow()
    {
        QTemporaryDir databases;
        Panes program(sampleDataset(), databases.path());
        program.grid(UsersPane)->setFocus();
        program.trigger(QStringLiteral("addRowAction"));
        QCOMPARE(program.window.focusWidget(), program.editor());
        program.trigger(QStringLiteral("undoAction"));
        QCOMPARE(program.rows(), 10);
        QCOMPARE(program.window.focusWidget(), program.grid(UsersPane));
    }

    void copiesWhatIsShown()
    {
        QTemporaryDir databases;
        Panes program(sampleDataset(), databases.path());
        QGuiApplication::clipboard()->setText(QStringLiteral("before"));
        GridView *grid = program.grid(UsersPane);
        program.clickHeader(0);
        program.clickHeader(0);
        QTRY_COMPARE(program.cell(0, 0), QStringLiteral("10"));
        grid->setFocus();
        grid->selectionModel()->select({ grid->model()->index(1, 0), grid->model()->index(2, 1) },
                                       QItemSelectionModel::ClearAndSelect);
        QTest::keyClick(grid, Qt::Key_C, Qt::ControlModifier);
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("9\tHenry\n8\tAlice\n"));
    }

    void aRejectedRowComesOutOfHiding()
    {
        QTemporaryDir databases;
        Panes program(sampleDataset(), databases.path());
        program.filter()->setText(QStringLiteral("bob"));
        QTRY_COMPARE(program.rows(), 1);
        auto *pane = program.find<TablePane>(QStringLiteral("usersPane"));
        pane->showCell(program.document.table(Users).rowId(7), QStringLiteral("email"));
        GridView *grid = program.grid(UsersPane);
        QTRY_COMPARE(grid->currentIndex(), grid->model()->index(7, 2));
        QVERIFY(program.filter()->text().isEmpty());
    }
};

SEEDBED_TEST(TestRowsInWindow, QApplication)
#include "tst_rowsinwindow.moc"
