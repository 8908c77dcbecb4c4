// SPDX-License-Identifier: MIT
#include "gui/finding/findbar.h"
#include "gui/program.h"
#include "quiettest.h"

#include <QApplication>
#include <QToolButton>

using namespace seedbed;

namespace {

const QString UsersPane = QStringLiteral("users");
const QString ProductsPane = QStringLiteral("products");
const QString OrdersPane = QStringLiteral("orders");

/// The window with its find bar.
struct Finding : Program {
    using Program::Program;

    FindBar *bar() { return find<FindBar>(QStringLiteral("findBar")); }
    QLineEdit *findEdit() { return find<QLineEdit>(QStringLiteral("findEdit")); }
    QLineEdit *replaceEdit() { return find<QLineEdit>(QStringLiteral("replaceEdit")); }
    QString found() { return find<ElidedLabel>(QStringLiteral("foundLabel"))->text(); }
    void check(const QString &button) { find<QToolButton>(button)->click(); }
    void click(const QString &button) { find<QPushButton>(button)->click(); }

    void look(const QString &text)
    {
        trigger(QStringLiteral("findAction"));
        findEdit()->setText(text);
    }
    /// "pane row column" of the current cell of the pane; rows are those that are shown.
    QString current(const QString &resource)
    {
        const QModelIndex index = grid(resource)->currentIndex();
        return QStringLiteral("%1 %2").arg(index.row()).arg(index.column());
    }
};

} // namespace

class TestFindBar : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareProgram(); }

    void opensAndCloses()
    {
        QTemporaryDir databases;
        Finding program(sampleDataset(), databases.path());
        QVERIFY(QTest::qWaitForWindowActive(&program.window, 60000));
        QVERIFY(!program.bar()->isVisible());
        program.grid(ProductsPane)->setFocus();
        QTest::keyClick(program.grid(ProductsPane), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(program.bar()->isVisible());
        QCOMPARE(program.window.focusWidget(), program.findEdit());
        QVERIFY(!program.replaceEdit()->isVisible());
        QTest::keyClick(program.findEdit(), Qt::Key_H, Qt::ControlModifier);
        QVERIFY(program.replaceEdit()->isVisible());
        QTest::keyClick(program.findEdit(), Qt::Key_Escape);
        QVERIFY(!program.bar()->isVisible());
        QCOMPARE(program.window.focusWidget(), program.grid(ProductsPane));
    }

    void goesThroughAllTables()
    {
        QTemporaryDir databases;
        Finding program(sampleDataset(), databases.path());
        program.grid(UsersPane)->setFocus();
        program.look(QStringLiteral("lap"));
        QTRY_COMPARE(program.found(), QStringLiteral("2 cells · Products 2"));
        program.findEdit()->clear();
        QCOMPARE(program.found(), QString());
        QTest::keyClicks(program.findEdit(), QStringLiteral("ar"));
        QTRY_COMPARE(program.found(), QStringLiteral("6 cells · Users 2, Products 4"));
        QTest::keyClick(program.findEdit(), Qt::Key_Return);
        QCOMPARE(program.current(UsersPane), QStringLiteral("2 1")); // Charlie
        QCOMPARE(program.found(), QStringLiteral("1 of 6 · Users 1 of 2, Products 4"));
        QCOMPARE(program.window.focusWidget(), program.findEdit());
        QTest::keyClick(program.findEdit(), Qt::Key_Return);
        QCOMPARE(program.current(UsersPane), QStringLiteral("2 2")); // charlie@example.com
        QTest::keyClick(program.findEdit(), Qt::Key_F3);
        QCOMPARE(program.current(ProductsPane), QStringLiteral("1 1")); // Smartphone
        QTest::keyClick(program.findEdit(), Qt::Key_Return);
        QTest::keyClick(program.findEdit(), Qt::Key_Return);
        QTest::keyClick(program.findEdit(), Qt::Key_Return);
        QCOMPARE(program.current(ProductsPane), QStringLiteral("9 1")); // Earbuds
        QTest::keyClick(program.findEdit(), Qt::Key_Return);
        QCOMPARE(program.current(UsersPane), QStringLiteral("2 1"));
        QCOMPARE(program.found(), QStringLiteral("1 of 6 · Users 1 of 2, Products 4 · from the start again"));
        QTest::keyClick(program.findEdit(), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(program.current(ProductsPane), QStringLiteral("9 1"));
        QCOMPARE(program.found(), QStringLiteral("6 of 6 · Users 2, Products 4 of 4 · from the end again"));
        QTest::keyClick(program.findEdit(), Qt::Key_Escape);
        QCOMPARE(program.window.focusWidget(), program.grid(ProductsPane)); // where it was found
        QTest::keyClick(program.grid(ProductsPane), Qt::Key_F3, Qt::ShiftModifier);
        QTRY_COMPARE(program.current(ProductsPane), QStringLiteral("7 1")); // Smartwatch
        QCOMPARE(program.window.focusWidget(), program.grid(ProductsPane));
    }

    void aStepIsTakenWhenTheAnswerIsThere()
    {
        QTemporaryDir databases;
        Finding program(manyRows(5'000), databases.path());
        program.look(QStringLiteral("user4999@"));
        QTest::keyClick(program.findEdit(), Qt::Key_Return);
        QTRY_COMPARE(program.current(UsersPane), QStringLiteral("4998 2"));
        QCOMPARE(program.found(), QStringLiteral("1 of 1 · Users 1 of 1"));
    }

    void knowsCasesWholeCellsAndExpressions()
    {
        QTemporaryDir databases;
        Finding program(sampleDataset(), databases.path());
        program.look(QStringLiteral("alice"));
        QTRY_COMPARE(program.found(), QStringLiteral("4 cells · Users 4"));
        program.check(QStringLiteral("caseButton"));
        QTRY_COMPARE(program.found(), QStringLiteral("2 cells · Users 2"));
        program.check(QStringLiteral("wholeButton"));
        QTRY_COMPARE(program.found(), QStringLiteral("Nothing found"));
        program.check(QStringLiteral("caseButton"));
        QTRY_COMPARE(program.found(), QStringLiteral("2 cells · Users 2"));
        program.check(QStringLiteral("expressionButton"));
        program.findEdit()->setText(QStringLiteral("al(ice|"));
        QVERIFY2(program.found().startsWith(QStringLiteral("No regular expression: missing closing parenthesis")),
                 qPrintable(program.found()));
        QVERIFY(!program.find<QPushButton>(QStringLiteral("replaceAllButton"))->isEnabled());
        program.findEdit()->setText(QStringLiteral("al(ice|)|b.b"));
        QTRY_COMPARE(program.found(), QStringLiteral("3 cells · Users 3"));
        program.findEdit()->setText(QStringLiteral("no such text"));
        QTRY_COMPARE(program.found(), QStringLiteral("Nothing found"));
    }

    void liftsTheFilterThatHidesIt()
    {
        QTemporaryDir databases;
        Finding program(sampleDataset(), databases.path());
        auto *filter =
            program.find<TablePane>(QStringLiteral("usersPane"))->findChild<QLineEdit *>(QStringLiteral("filterEdit"));
        filter->setText(QStringLiteral("bob"));
        QTRY_COMPARE(program.rows(UsersPane), 1);
        program.look(QStringLiteral("grace@"));
        QTRY_COMPARE(program.found(), QStringLiteral("1 cell · Users 1"));
        QTest::keyClick(program.findEdit(), Qt::Key_Return);
        QTRY_COMPARE(program.current(UsersPane), QStringLiteral("6 2"));
        QVERIFY(filter->text().isEmpty());
        QCOMPARE(program.window.focusWidget(), program.findEdit());
    }

    void followsEdits()
    {
        QTemporaryDir databases;
        Finding program(sampleDataset(), databases.path());
        program.look(QStringLiteral("bob"));
        QTRY_COMPARE(program.found(), QStringLiteral("2 cells · Users 2"));
        program.type(ProductsPane, 0, 1, QStringLiteral("Bobble hat"));
        QTest::keyClick(program.editor(), Qt::Key_Return);
        QTRY_COMPARE(program.found(), QStringLiteral("3 cells · Users 2, Products 1"));
        program.grid(UsersPane)->setFocus();
        program.grid(UsersPane)->selectRow(1);
        program.trigger(QStringLiteral("removeRowsAction"));
        QTRY_COMPARE(program.found(), QStringLiteral("1 cell · Products 1"));
        program.document.setDataset(manyRows(3));
        QTRY_COMPARE(program.found(), QStringLiteral("Nothing found"));
    }

    void replacesOneByOne()
    {
        QTemporaryDir databases;
        Finding program(sampleDataset(), databases.path());
        program.grid(UsersPane)->setFocus();
        program.trigger(QStringLiteral("replaceAction"));
        program.findEdit()->setText(QStringLiteral("alice"));
        program.replaceEdit()->setText(QStringLiteral("alice alice"));
        program.replaceEdit()->setFocus();
        QTRY_COMPARE(program.found(), QStringLiteral("4 cells · Users 4"));
        QTest::keyClick(program.replaceEdit(), Qt::Key_Return); // to the first
        QCOMPARE(program.current(UsersPane), QStringLiteral("0 1"));
        QCOMPARE(program.document.undoStack().count(), 0);
        QTest::keyClick(program.replaceEdit(), Qt::Key_Return);
        QCOMPARE(program.document.table(Users).cell(0, 1), QByteArrayView("alice alice"));
        QTRY_COMPARE(program.found(), QStringLiteral("2 of 4 · Users 2 of 4"));
        QCOMPARE(program.current(UsersPane), QStringLiteral("0 2"));
        QCOMPARE(program.document.undoStack().undoText(), QStringLiteral("Replace 1 Cell"));
    }

    void replacesAllAsOneStep()
    {
        QTemporaryDir databases;
        Finding program(sampleDataset(), databases.path());
        const Dataset before = program.document.dataset();
        program.trigger(QStringLiteral("replaceAction"));
        program.findEdit()->setText(QStringLiteral("ar"));
        program.replaceEdit()->setText(QStringLiteral("ÄR"));
        program.click(QStringLiteral("replaceAllButton"));
        QTRY_COMPARE(program.document.table(Users).cell(2, 1), QByteArrayView("Ch\xc3\x84Rlie"));
        QCOMPARE(program.document.table(Products).cell(9, 1), QByteArrayView("E\xc3\x84Rbuds"));
        QTRY_COMPARE(program.found(), QStringLiteral("Nothing found · 6 cells replaced"));
        QAction *undo = program.find<QAction>(QStringLiteral("undoAction"));
        QCOMPARE(undo->text(), QStringLiteral("&Undo Replace 6 Cells"));
        QCOMPARE(program.document.undoStack().count(), 1);
        undo->trigger();
        for (int table = 0; table < before.tables.size(); ++table) {
            for (qsizetype row = 0; row < before.tables.at(table).rowCount(); ++row)
                QCOMPARE(program.document.table(table).row(row), before.tables.at(table).row(row));
        }
        QVERIFY(!program.window.isWindowModified());
        program.trigger(QStringLiteral("redoAction"));
        QCOMPARE(program.document.table(Users).cell(2, 1), QByteArrayView("Ch\xc3\x84Rlie"));
    }

    void replacesAllInRowsThatAreEditedMeanwhile()
    {
        constexpr int Rows = 5'000;
        QTemporaryDir databases;
        Finding program(manyRows(Rows), databases.path());
        program.trigger(QStringLiteral("replaceAction"));
        program.findEdit()->setText(QStringLiteral("Some"));
        program.replaceEdit()->setText(QStringLiteral("Any"));
        program.click(QStringLiteral("replaceAllButton"));
        program.document.setCell(Users, 7, 1, "Some one else", EditSession::None);
        QTRY_COMPARE(program.document.table(Users).cell(7, 1), QByteArrayView("Any one else"));
        QCOMPARE(program.document.undoStack().count(), 2);
        QCOMPARE(program.document.undoStack().undoText(), QStringLiteral("Replace %1 Cells").arg(2 * Rows));
        QCOMPARE(program.document.table(Products).cell(Rows - 1, 1), QByteArrayView("Anything"));
        program.trigger(QStringLiteral("undoAction"));
        QCOMPARE(program.document.table(Users).cell(7, 1), QByteArrayView("Some one else"));
        QCOMPARE(program.document.table(Users).cell(8, 1), QByteArrayView("Somebody"));
    }

    void replacesNothingInAnotherPackage_data()
    {
        QTest::addColumn<bool>("isLoading");
        QTest::newRow("read") << false;
        QTest::newRow("being read") << true;
    }

    void replacesNothingInAnotherPackage()
    {
        QFETCH(bool, isLoading);
        QTemporaryDir databases;
        Finding program(manyRows(5'000), databases.path());
        program.trigger(QStringLiteral("replaceAction"));
        program.findEdit()->setText(QStringLiteral("Some"));
        program.replaceEdit()->setText(QStringLiteral("Any"));
        program.click(QStringLiteral("replaceAllButton"));
        if (isLoading)
            program.document.beginLoading(manyRows(3));
        else
            program.document.setDataset(manyRows(3));
        // The replacing would have come before the answer.
        QTRY_COMPARE(program.found(), QStringLiteral("6 cells · Users 3, Products 3"));
        QCOMPARE(program.document.undoStack().count(), 0);
        QCOMPARE(program.document.table(Users).cell(0, 1), QByteArrayView("Somebody"));
    }
};

SEEDBED_TEST(TestFindBar, QApplication)
#include "tst_findbar.moc"
