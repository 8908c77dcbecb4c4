// SPDX-License-Identifier: MIT
#include "gui/look/applytheme.h"
#include "gui/look/theme.h"
#include "gui/model/tablemodel.h"
#include "quiettest.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QSignalSpy>

using namespace seedbed;

namespace {

constexpr int Users = 0;
constexpr int Email = 2;

} // namespace

class TestTableModel : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(ThemeChoice::Light); }

    void showsTheRows()
    {
        Document document(sampleDataset());
        const TableModel model(document, Users);
        QCOMPARE(model.shownRowCount(), 10);
        QCOMPARE(model.columnCount(), 3);
        QCOMPARE(model.index(2, Email).data().toString(), QStringLiteral("charlie@example.com"));
        QCOMPARE(model.headerData(Email, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("email"));
        QCOMPARE(model.headerData(9, Qt::Vertical, Qt::DisplayRole).toString(), QStringLiteral("10"));
        QVERIFY(model.isNumeric(0));
        QVERIFY(model.isKey(0));
        QVERIFY(!model.isNumeric(Email));
    }

    void tellsWhatIsWrong()
    {
        Document document(sampleDataset());
        const TableModel model(document, Users);
        QTRY_COMPARE(model.mark(7), RowMark::Problem);
        const QModelIndex cell = model.index(7, Email);
        QVERIFY(model.reasons(7, Email).startsWith(QLatin1String("duplicate email")));
        QVERIFY(cell.data(Qt::ToolTipRole).toString().contains(QLatin1String("duplicate email")));
        QCOMPARE(cell.data(Qt::BackgroundRole).value<QColor>(), stateTint(State::Problem));
        QVERIFY(cell.data(Qt::DecorationRole).isValid());
        QVERIFY(model.headerData(7, Qt::Vertical, Qt::DecorationRole).isValid());
        QVERIFY(!model.index(7, 1).data(Qt::BackgroundRole).isValid());
        QVERIFY(!model.index(0, Email).data(Qt::ToolTipRole).isValid());
        QCOMPARE(model.mark(0), RowMark::None);
    }

    void cellTextInTooltipsIsPlain()
    {
        Document document(sampleDataset());
        TableModel model(document, 2);
        QVERIFY(model.setData(model.index(0, 1), QStringLiteral("<b>1</b>"), Qt::EditRole));
        QTRY_COMPARE(model.mark(0), RowMark::Problem);
        QVERIFY(!model.index(0, 1).data(Qt::ToolTipRole).toString().contains(QLatin1String("<b>")));
    }

    void editsAreUndone()
    {
        Document document(sampleDataset());
        TableModel model(document, Users);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QModelIndex cell = model.index(0, Email);
        const QSignalSpy changed(&model, &TableModel::dataChanged);
        QVERIFY(model.setData(cell, QStringLiteral("new@example.com"), Qt::EditRole));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(document.undoStack().undoText(), QStringLiteral("Edit email of Users row 1"));
        document.undoStack().undo();
        QCOMPARE(cell.data().toString(), QStringLiteral("alice@example.com"));
        QVERIFY(document.undoStack().isClean());
        document.undoStack().redo();
        QCOMPARE(cell.data().toString(), QStringLiteral("new@example.com"));
    }

    void sameTextIsNoEdit()
    {
        Document document(sampleDataset());
        TableModel model(document, Users);
        QVERIFY(model.setData(model.index(0, 1), QStringLiteral("Alice"), Qt::EditRole));
        QCOMPARE(document.undoStack().count(), 0);
    }

    void rowsComeAndGo()
    {
        Document document(sampleDataset());
        TableModel model(document, Users);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        document.appendRow(Users);
        QCOMPARE(model.shownRowCount(), 11);
        QCOMPARE(model.index(10, 0).data().toString(), QStringLiteral("11"));
        document.removeRows(Users, { { 0, 2 }, { 5, 1 }, { 10, 1 } });
        QCOMPARE(model.shownRowCount(), 7);
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("3"));
        document.undoStack().undo();
        QCOMPARE(model.shownRowCount(), 11);
        for (int row = 0; row < 11; ++row)
            QCOMPARE(model.index(row, 0).data().toString(), QString::number(row + 1));
        document.undoStack().redo();
        QCOMPARE(model.shownRowCount(), 7);
        document.undoStack().undo();
        document.undoStack().undo();
        QCOMPARE(model.shownRowCount(), 10);
        QVERIFY(document.undoStack().isClean());
    }

    void editsHitTheRowThatIsShown()
    {
        Document document(sampleDataset());
        TableModel model(document, Users);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.sort(0, Qt::DescendingOrder);
        QTRY_COMPARE(model.index(0, 0).data().toString(), QStringLiteral("10"));
        QCOMPARE(model.headerData(0, Qt::Vertical, Qt::DisplayRole).toString(), QStringLiteral("10"));
        QVERIFY(model.setData(model.index(0, 0), QStringLiteral("-5"), Qt::EditRole));
        QCOMPARE(document.table(Users).cell(9, 0), QByteArrayView("-5"));
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("-5")); // it stays where it is
        document.undoStack().undo();
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("10"));
        model.sort(-1, Qt::AscendingOrder);
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("1"));
    }

    void problemsFollowTheOrder()
    {
        Document document(sampleDataset());
        TableModel model(document, Users);
        QTRY_COMPARE(model.mark(7), RowMark::Problem);
        model.ask({ .onlyProblems = true });
        QTRY_COMPARE(model.shownRowCount(), 2);
        for (int row = 0; row < 2; ++row) {
            QCOMPARE(model.mark(row), RowMark::Problem);
            QVERIFY(!model.reasons(row, -1).isEmpty());
        }
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("8"));
        QVERIFY(model.setData(model.index(0, Email), QStringLiteral("other@example.com"), Qt::EditRole));
        QTRY_COMPARE(model.mark(0), RowMark::None);
        QCOMPARE(model.shownRowCount(), 2); // it is not taken away under the cursor
    }

    void rowsComeAndGoWhileFiltered()
    {
        Document document(sampleDataset());
        TableModel model(document, Users);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.ask({ .text = QStringLiteral("alice"), .sortColumn = 0, .sortOrder = Qt::DescendingOrder });
        QTRY_COMPARE(model.shownRowCount(), 2);
        document.appendRow(Users);
        QCOMPARE(model.shownRowCount(), 3);
        QCOMPARE(model.index(2, 0).data().toString(), QStringLiteral("11"));
        document.removeRows(Users, { { 0, 2 }, { 7, 1 } }); // both Alices, and Bob, who is not shown
        QCOMPARE(model.shownRowCount(), 1);
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("11"));
        document.undoStack().undo();
        QCOMPARE(model.shownRowCount(), 4);
        model.ask({});
        QCOMPARE(model.shownRowCount(), 11);
    }

    void manyRowsGoWhileSorted()
    {
        Document document(sampleDataset());
        TableModel model(document, Users);
        for (int row = 0; row < 100; ++row)
            document.appendRow(Users);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.sort(1, Qt::DescendingOrder);
        QTRY_VERIFY(!model.isOrdering());
        for (int row = 0; row < model.shownRowCount(); row += 2) // scattered over the table
            QVERIFY(model.setData(model.index(row, 1), QStringLiteral("odd"), Qt::EditRole));
        model.sort(1, Qt::AscendingOrder);
        QTRY_COMPARE(model.index(109, 1).data().toString(), QStringLiteral("odd"));
        model.ask({ .text = QStringLiteral("1"), .sortColumn = 1, .sortOrder = Qt::DescendingOrder });
        QTRY_VERIFY(!model.isOrdering());
        const int shown = model.shownRowCount();
        document.removeRows(Users, { { 20, 80 } });
        QVERIFY(model.shownRowCount() < shown);
        for (int row = 0; row < model.shownRowCount(); ++row)
            QVERIFY(model.index(row, 0).data().toString().contains(QLatin1Char('1')));
        document.undoStack().undo();
        model.ask({});
        QCOMPARE(model.shownRowCount(), 110);
    }

    void anEarlierQuestionGetsNoAnswer()
    {
        Document document(sampleDataset());
        TableModel model(document, Users);
        const QSignalSpy reset(&model, &TableModel::modelReset);
        model.ask({ .text = QStringLiteral("alice") });
        model.ask({ .text = QStringLiteral("bob") });
        QVERIFY(model.isOrdering());
        document.removeRows(Users, { { 0, 1 } }); // while it is looked for
        QTRY_VERIFY(!model.isOrdering());
        QCOMPARE(reset.count(), 1);
        QCOMPARE(model.shownRowCount(), 1);
        QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("Bob"));
    }

    void theBlankLineBecomesARow()
    {
        Document document(sampleDataset());
        TableModel model(document, Users);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 11);
        QVERIFY(model.isBlankLine(10));
        QVERIFY(!model.index(10, 1).data().isValid());
        QCOMPARE(model.mark(10), RowMark::None);
        const QPersistentModelIndex typed = model.index(10, 1);
        QVERIFY(model.setData(typed, QString(), Qt::EditRole)); // nothing typed is no row
        QCOMPARE(model.rowCount(), 11);
        QVERIFY(model.setData(typed, QStringLiteral("Zoe"), Qt::EditRole));
        QCOMPARE(typed.row(), 10); // an editor in it stays with its row
        QCOMPARE(typed.data().toString(), QStringLiteral("Zoe"));
        QCOMPARE(model.index(10, 0).data().toString(), QStringLiteral("11"));
        QVERIFY(model.isBlankLine(11));
        document.undoStack().undo();
        QCOMPARE(model.rowCount(), 11);
        document.undoStack().redo();
        QCOMPARE(model.index(10, 1).data().toString(), QStringLiteral("Zoe"));
        model.ask({ .text = QStringLiteral("alice"), .sortColumn = 0, .sortOrder = Qt::DescendingOrder });
        QTRY_COMPARE(model.shownRowCount(), 2);
        QVERIFY(model.isBlankLine(2));
        QVERIFY(model.setData(model.index(2, 1), QStringLiteral("Yves"), Qt::EditRole));
        QCOMPARE(document.table(Users).cell(11, 1), QByteArrayView("Yves"));
        QCOMPARE(model.index(2, 0).data().toString(), QStringLiteral("12"));
    }

    void aVisitToTheBlankLineIsOneStep()
    {
        Document document(sampleDataset());
        TableModel model(document, Users);
        const EditSession visit = model.newSession();
        model.setText(model.index(10, 1), QStringLiteral("Z"), visit);
        model.setText(model.index(10, 1), QStringLiteral("Zo"), visit);
        QCOMPARE(document.undoStack().count(), 1);
        document.undoStack().undo();
        QCOMPARE(model.shownRowCount(), 10);
        document.undoStack().redo();
        QCOMPARE(model.index(10, 1).data().toString(), QStringLiteral("Zo"));
        const EditSession other = model.newSession();
        model.setText(model.index(11, 1), QStringLiteral("Y"), other);
        model.takeBackRow(11, other);
        QCOMPARE(document.undoStack().count(), 1);
        QCOMPARE(model.shownRowCount(), 11);
    }

    void otherTablesAreLeftAlone()
    {
        Document document(sampleDataset());
        const TableModel products(document, 1);
        const QSignalSpy inserted(&products, &TableModel::rowsInserted);
        const QSignalSpy changed(&products, &TableModel::dataChanged);
        document.appendRow(Users);
        document.setCell(Users, 0, 1, "Bob", EditSession::None);
        QCOMPARE(inserted.count(), 0);
        QCOMPARE(changed.count(), 0);
    }
};

SEEDBED_TEST(TestTableModel, QApplication)
#include "tst_tablemodel.moc"
