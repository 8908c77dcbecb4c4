// SPDX-License-Identifier: MIT
// What leads to problems and away from them: F8, the problems panel, the causes.

#include "gui/finding/problemspanel.h"
#include "gui/program.h"
#include "quiettest.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeView>

using namespace seedbed;

namespace {

const QString UsersPane = QStringLiteral("users");
const QString ProductsPane = QStringLiteral("products");
const QString OrdersPane = QStringLiteral("orders");

/// The window with its problems.
struct Mending : Program {
    using Program::Program;

    QTreeView *view() { return find<QTreeView>(QStringLiteral("problemsView")); }
    QModelIndex group(int row) { return view()->model()->index(row, 0); }
    QString groups()
    {
        QStringList texts;
        for (int row = 0; row < view()->model()->rowCount(); ++row)
            texts.append(group(row).data().toString());
        return texts.join(u'\n');
    }
    QString headline() { return find<ElidedLabel>(QStringLiteral("problemsLabel"))->text(); }
    QString tab()
    {
        auto *tabs = find<QTabWidget>(QStringLiteral("resultTabs"));
        return tabs->tabText(tabs->indexOf(find<ProblemsPanel>(QStringLiteral("problemsPanel"))));
    }
    void openTab()
    {
        find<QTabWidget>(QStringLiteral("resultTabs"))
            ->setCurrentWidget(find<ProblemsPanel>(QStringLiteral("problemsPanel")));
    }
    void click(const QModelIndex &index)
    {
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, view()->visualRect(index).center());
    }
    QLineEdit *filter(const QString &resource)
    {
        return find<TablePane>(resource + QStringLiteral("Pane"))->findChild<QLineEdit *>(QStringLiteral("filterEdit"));
    }
    QToolButton *cause(const QString &resource)
    {
        return find<TablePane>(resource + QStringLiteral("Pane"))
            ->findChild<QToolButton *>(QStringLiteral("causeButton"));
    }
    QString reason(const QString &resource) { return text(resource, QStringLiteral("reasonLabel")); }
    /// "pane row column" of the grid with the focus.
    QString place()
    {
        for (const QString &resource : { UsersPane, ProductsPane, OrdersPane }) {
            const QModelIndex index = grid(resource)->currentIndex();
            if (window.focusWidget() == grid(resource))
                return QStringLiteral("%1 %2 %3").arg(resource).arg(index.row()).arg(index.column());
        }
        return {};
    }
    void select(const QString &resource, int row, int column)
    {
        grid(resource)->setFocus();
        grid(resource)->setCurrentIndex(grid(resource)->model()->index(row, column));
    }
    void mendAll()
    {
        document.setCell(Users, 7, 2, "alice8@example.com", EditSession::None);
        document.setCell(Users, 9, 1, "Jane", EditSession::None);
        document.setCell(Products, 9, 2, "50", EditSession::None);
        document.setCell(Orders, 7, 3, "1", EditSession::None);
        document.setCell(Orders, 8, 3, "1", EditSession::None);
        document.setCell(Orders, 9, 2, "10", EditSession::None);
    }
};

} // namespace

class TestProblemsPanel : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareProgram(); }

    void walksFromProblemToProblem()
    {
        QTemporaryDir databases;
        Mending program(sampleDataset(), databases.path());
        QTRY_VERIFY(program.document.validation());
        program.select(UsersPane, 0, 0);
        const QStringList places { QStringLiteral("users 7 2"),    QStringLiteral("users 9 1"),
                                   QStringLiteral("products 9 2"), QStringLiteral("orders 7 1"),
                                   QStringLiteral("orders 7 3"),   QStringLiteral("orders 8 3"),
                                   QStringLiteral("orders 9 1"),   QStringLiteral("orders 9 2") };
        for (const QString &place : places) {
            QTest::keyClick(program.window.focusWidget(), Qt::Key_F8);
            QCOMPARE(program.place(), place);
        }
        QCOMPARE(program.reason(OrdersPane), QStringLiteral("product_id 11 not found"));
        QTest::keyClick(program.window.focusWidget(), Qt::Key_F8);
        QCOMPARE(program.place(), places.constFirst());
        QCOMPARE(program.reason(UsersPane), QStringLiteral("From the first problem again · duplicate email ← row 1"));
        QTest::keyClick(program.window.focusWidget(), Qt::Key_F8, Qt::ShiftModifier);
        QCOMPARE(program.place(), places.constLast());
        QCOMPARE(program.reason(OrdersPane), QStringLiteral("From the last problem again · product_id 11 not found"));
        QTest::keyClick(program.window.focusWidget(), Qt::Key_F8, Qt::ShiftModifier);
        QCOMPARE(program.place(), QStringLiteral("orders 9 1"));
        QCOMPARE(program.grid(OrdersPane)->selectionModel()->selectedIndexes().size(), 1); // Shift extends no selection
    }

    void walksToWhatAFilterHides()
    {
        QTemporaryDir databases;
        Mending program(sampleDataset(), databases.path());
        QTRY_VERIFY(program.document.validation());
        program.filter(UsersPane)->setText(QStringLiteral("bob"));
        QTRY_COMPARE(program.rows(UsersPane), 1);
        program.select(UsersPane, 0, 0);
        program.trigger(QStringLiteral("nextProblemAction"));
        QTRY_COMPARE(program.place(), QStringLiteral("users 7 2"));
        QVERIFY(program.filter(UsersPane)->text().isEmpty());
    }

    void saysThatThereAreNone()
    {
        QTemporaryDir databases;
        Mending program(sampleDataset(), databases.path());
        QTRY_COMPARE(program.tab(), QStringLiteral("Problems (6)"));
        program.openTab();
        program.mendAll();
        QTRY_COMPARE(program.headline(), QStringLiteral("No problems: every row can go in."));
        QCOMPARE(program.tab(), QStringLiteral("Problems"));
        QVERIFY(!program.view()->isVisible());
        program.select(ProductsPane, 0, 0);
        program.trigger(QStringLiteral("nextProblemAction"));
        QCOMPARE(program.place(), QStringLiteral("products 0 0"));
        QCOMPARE(program.reason(ProductsPane), QStringLiteral("No problems: every row can go in"));
        program.select(ProductsPane, 1, 0);
        QCOMPARE(program.reason(ProductsPane), QString());
    }

    void saysWhatFailed()
    {
        QTemporaryDir databases;
        Mending program(sampleDataset(), databases.path());
        QTRY_COMPARE(program.headline(), QStringLiteral("6 rows cannot go in"));
        RunUpdate update;
        update.tables = QList<TableProgress>(3);
        update.rejected = QList<QList<RejectedRow>>(3);
        for (const qsizetype row : { 0, 1 }) {
            const RowId id = program.document.table(Users).rowId(row);
            update.rejected[Users].append({ id, row + 1, {}, RowOutcome::Failed, {} });
        }
        program.document.beginRun();
        program.document.followRun(update);
        program.document.endRun();
        QCOMPARE(program.headline(), QStringLiteral("6 rows cannot go in · 2 rows failed in the last run"));
        program.mendAll();
        QTRY_COMPARE(program.headline(), QStringLiteral("2 rows failed in the last run"));
        program.select(UsersPane, 2, 0);
        program.trigger(QStringLiteral("nextProblemAction"));
        QCOMPARE(program.reason(UsersPane), QStringLiteral("No problems, but 2 rows failed in the last run"));
        program.document.setCell(Users, 0, 1, "Alicia", EditSession::None); // not the row that failed any more
        QTRY_COMPARE(program.headline(), QStringLiteral("1 row failed in the last run"));
    }

    void groupsByKind()
    {
        QTemporaryDir databases;
        Mending program(sampleDataset(), databases.path());
        const QAbstractItemModelTester tester(program.view()->model());
        QTRY_COMPARE(program.groups(),
                     QStringLiteral("missing name · Users · 1\n"
                                    "duplicate email · Users · 1\n"
                                    "price must be > 0 · Products · 1\n"
                                    "user_id … not found · Orders · 2\n"
                                    "product_id … not found · Orders · 1\n"
                                    "quantity must be > 0 · Orders · 2"));
    }

    void aClickFilters()
    {
        QTemporaryDir databases;
        Mending program(sampleDataset(), databases.path());
        program.openTab();
        QTRY_COMPARE(program.view()->model()->rowCount(), 6);
        program.filter(OrdersPane)->setText(QStringLiteral("7"));
        program.click(program.group(3));
        QTRY_COMPARE(program.rows(OrdersPane), 2);
        QCOMPARE(program.filter(OrdersPane)->text(), QStringLiteral("problem=\"user_id … not found\""));
        QCOMPARE(program.text(OrdersPane, QStringLiteral("countsLabel")), QStringLiteral("2 of 10 rows · 3 problems"));
        QCOMPARE(program.rows(UsersPane), 10);
        program.grid(OrdersPane)->setFocus();
        QTest::keyClick(program.grid(OrdersPane), Qt::Key_Escape);
        QTRY_COMPARE(program.rows(OrdersPane), 10);
    }

    void aRowLeadsToItsCell()
    {
        QTemporaryDir databases;
        Mending program(sampleDataset(), databases.path());
        program.openTab();
        QTRY_COMPARE(program.view()->model()->rowCount(), 6);
        program.view()->expand(program.group(3));
        const QModelIndex row = program.view()->model()->index(1, 0, program.group(3));
        QCOMPARE(row.data().toString(), QStringLiteral("row 10: user_id 10 not found ← users row 10: missing name"));
        program.view()->setFocus();
        program.view()->setCurrentIndex(row);
        QTest::keyClick(program.view(), Qt::Key_Return);
        QCOMPARE(program.place(), QStringLiteral("orders 9 1"));
        // What is open stays open when rows are edited.
        program.document.setCell(Orders, 8, 3, "1", EditSession::None);
        QTRY_VERIFY(program.groups().endsWith(QStringLiteral("quantity must be > 0 · Orders · 1")));
        QVERIFY(program.view()->isExpanded(program.group(3)));
        QVERIFY(!program.view()->isExpanded(program.group(2)));
    }

    void listsTheFirstOfMany()
    {
        QTemporaryDir databases;
        Mending program(manyRows(5'000), databases.path());
        const QAbstractItemModelTester tester(program.view()->model());
        program.openTab();
        QTRY_COMPARE(program.tab(), QStringLiteral("Problems (1000)"));
        QTRY_COMPARE(program.groups(),
                     QStringLiteral("price must be > 0 · Products · 500\nproduct_id … not found · Orders · 500"));
        QCOMPARE(program.view()->model()->rowCount(program.group(0)), 101);
        const QModelIndex more = program.view()->model()->index(100, 0, program.group(0));
        QCOMPARE(more.data().toString(), QStringLiteral("400 more rows: press Enter for all of them"));
        program.view()->expand(program.group(0));
        program.view()->setFocus();
        program.view()->setCurrentIndex(more);
        QTest::keyClick(program.view(), Qt::Key_Return);
        QTRY_COMPARE(program.rows(ProductsPane), 500);
    }

    void goesToTheCause()
    {
        QTemporaryDir databases;
        Mending program(sampleDataset(), databases.path());
        QTRY_VERIFY(program.document.validation());
        program.select(OrdersPane, 7, 3); // its quantity has no cause elsewhere
        QTRY_COMPARE(program.reason(OrdersPane), QStringLiteral("quantity must be > 0"));
        QVERIFY(!program.cause(OrdersPane)->isVisible());
        program.select(OrdersPane, 7, 1);
        QCOMPARE(program.reason(OrdersPane),
                 QStringLiteral("user_id 8 not found ← users row 8: duplicate email ← row 1"));
        QVERIFY(program.cause(OrdersPane)->isVisible());
        program.filter(UsersPane)->setText(QStringLiteral("bob")); // hides it
        QTRY_COMPARE(program.rows(UsersPane), 1);
        program.cause(OrdersPane)->click();
        QTRY_COMPARE(program.place(), QStringLiteral("users 7 2"));
        QTest::keyClick(program.grid(UsersPane), Qt::Key_F8, Qt::ControlModifier);
        QCOMPARE(program.place(), QStringLiteral("users 0 2"));
        QCOMPARE(program.grid(UsersPane)->selectionModel()->selectedIndexes().size(), 1);
        QVERIFY(!program.cause(UsersPane)->isVisible());
        program.trigger(QStringLiteral("causeAction"));
        QCOMPARE(program.reason(UsersPane), QStringLiteral("Nothing here has its cause in another row"));
    }

    void mendingTheCauseMendsWhatComesOfIt()
    {
        Dataset dataset = sampleDataset();
        dataset.tables[Orders].setCell(7, 3, "1"); // nothing is wrong with it but its user
        QTemporaryDir databases;
        Mending program(dataset, databases.path());
        program.trigger(QStringLiteral("runAction"));
        QTRY_VERIFY(!program.isRunning());
        QCOMPARE(program.number(Orders, ProgressModel::Inserted), QStringLiteral("7"));
        QTRY_COMPARE(program.document.mark(Users, 0), RowMark::In);
        program.select(OrdersPane, 7, 1);
        QTRY_COMPARE(program.reason(OrdersPane),
                     QStringLiteral("user_id 8 not found ← users row 8: duplicate email ← row 1"));
        program.trigger(QStringLiteral("causeAction"));
        QTRY_COMPARE(program.place(), QStringLiteral("users 7 2"));
        program.type(UsersPane, 7, 2, QStringLiteral("alice8@example.com"));
        QTest::keyClick(program.editor(), Qt::Key_Return);
        QTRY_COMPARE(program.reason(OrdersPane), QString());
        QTRY_COMPARE(program.tab(), QStringLiteral("Problems (4)"));
        QTRY_COMPARE(program.document.readyRows(), 2);
        program.trigger(QStringLiteral("runAction"));
        QTRY_VERIFY(!program.isRunning());
        QCOMPARE(program.number(Users, ProgressModel::Inserted), QStringLiteral("1"));
        QCOMPARE(program.number(Products, ProgressModel::Inserted), QStringLiteral("0"));
        QCOMPARE(program.number(Orders, ProgressModel::Inserted), QStringLiteral("1"));
        QTRY_COMPARE(program.document.mark(Users, 7), RowMark::In);
        QCOMPARE(program.document.mark(Orders, 7), RowMark::In);
    }
};

SEEDBED_TEST(TestProblemsPanel, QApplication)
#include "tst_problemspanel.moc"
