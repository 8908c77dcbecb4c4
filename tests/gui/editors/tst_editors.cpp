// SPDX-License-Identifier: MIT
// The editors of cells in the real window, and the keys and clicks that lead through a grid.

#include "gui/editors/choicelist.h"
#include "gui/editors/datechooser.h"
#include "gui/editors/referencesearch.h"
#include "gui/look/longtext.h"
#include "gui/program.h"
#include "quiettest.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFile>
#include <QMenu>

using namespace seedbed;

namespace {

const QString UsersName = QStringLiteral("users");
const QString OrdersName = QStringLiteral("orders");
const QString StaffName = QStringLiteral("staff");

enum StaffColumn { Id, Name, Boss, Active, Level, Born, Hired };

void write(const QTemporaryDir &folder, const QString &name, const QByteArray &text)
{
    QFile file(folder.filePath(name));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(text);
}

/// A table with a field of every kind that has an editor of its own.
Dataset staff(const QTemporaryDir &folder)
{
    write(folder, QStringLiteral("datapackage.json"), R"({"name": "staff", "resources": [
        {"name": "staff", "path": "staff.csv", "schema": {
            "fields": [
                {"name": "id", "type": "integer"},
                {"name": "name", "type": "string"},
                {"name": "boss", "type": "integer"},
                {"name": "active", "type": "boolean", "trueValues": ["yes", "y"], "falseValues": ["no", "n"]},
                {"name": "level", "type": "string", "constraints": {"enum": ["junior", "senior", "principal"]}},
                {"name": "born", "type": "date"},
                {"name": "hired", "type": "date", "format": "%d.%m.%Y"}],
            "primaryKey": ["id"],
            "foreignKeys": [{"fields": ["boss"], "reference": {"resource": "", "fields": ["id"]}}]}}]})");
    write(folder, QStringLiteral("staff.csv"),
          "id,name,boss,active,level,born,hired\n"
          "1,Ada,,yes,principal,1815-12-10,01.02.2020\n"
          "2,Grace,1,n,senior,1906-12-09,15.03.2021\n"
          "3,Linus,2,maybe,junior,1969-12-28,30.11.2022\n"
          "4,Barbara,7,,,,\n");
    const Result<Dataset> dataset = readDataset(folder.path());
    return dataset ? *dataset : Dataset();
}

/// The program with the keyboard on one of its grids.
struct GridProgram final : Program {
    GridProgram(const Dataset &dataset, const QString &databases, const QString &resource)
        : Program(dataset, databases)
        , view(*grid(resource))
    {
        view.setFocus();
        (void)QTest::qWaitForWindowActive(&window, 60000); // without it no key is a shortcut
    }

    QModelIndex at(int row, int column) { return view.model()->index(row, column); }
    QString cell(int row, int column) { return at(row, column).data(Qt::EditRole).toString(); }
    void goTo(int row, int column) { view.setCurrentIndex(at(row, column)); }
    void press(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&view, static_cast<Qt::Key>(key), modifiers);
    }
    void edit(int row, int column)
    {
        goTo(row, column);
        press(Qt::Key_F2);
    }
    void click(int row, int column, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(view.viewport(), Qt::LeftButton, modifiers, view.visualRect(at(row, column)).center());
    }
    /// On the check box of a cell.
    void clickBox(int row, int column)
    {
        const QRect cell = view.visualRect(at(row, column));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(cell.left() + 12, cell.center().y()));
    }
    ChoiceList *list() { return editor()->findChild<ChoiceList *>(QStringLiteral("choiceList")); }
    QStringList choices()
    {
        QStringList texts;
        for (int row = 0; list()->isVisible() && row < list()->count(); ++row)
            texts.append(list()->item(row)->text());
        return texts;
    }
    std::pair<int, int> current() { return { view.currentIndex().row(), view.currentIndex().column() }; }
    int steps() { return document.undoStack().count(); }

    GridView &view;
};

using Cell = std::pair<int, int>;

} // namespace

class TestEditors final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareProgram(); }
    void init()
    {
        // The offscreen platform says so of every window that pops up; it is not about the program.
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support )")));
    }

    // --- references

    void findsChoices_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("label");
        QTest::addColumn<QStringList>("labels");
        const QStringList all { QStringLiteral("1   Ada"), QStringLiteral("12   Grace"),
                                QStringLiteral("2   Ada Two") };
        QTest::newRow("nothing typed") << QString() << 1 << all;
        QTest::newRow("key begins with it") << QStringLiteral("1") << 1 << all.first(2);
        QTest::newRow("key has it inside") << QStringLiteral("2") << 1 << QStringList { all.at(2) };
        QTest::newRow("label has it") << QStringLiteral("AD") << 1 << QStringList { all.at(0), all.at(2) };
        QTest::newRow("none") << QStringLiteral("x") << 1 << QStringList();
        QTest::newRow("no label") << QStringLiteral("2") << -1 << QStringList { QStringLiteral("2") };
    }
    void findsChoices()
    {
        QFETCH(const QString, typed);
        QFETCH(const int, label);
        seedbed::Table rows(2);
        const QList<QList<QByteArray>> texts {
            { "1", "Ada" }, { "12", "Grace" }, { "", "Ada None" }, { "2", "Ada Two" }
        };
        for (const QList<QByteArray> &cells : texts)
            rows.append(cells);
        QStringList labels;
        for (const Choice &choice : findChoices(rows, 0, label, typed, 50))
            labels.append(choice.label);
        QTEST(labels, "labels");
        QCOMPARE(findChoices(rows, 0, label, typed, 1).size(), std::min<qsizetype>(1, labels.size()));
    }

    void keysComeBeforeLabels()
    {
        seedbed::Table rows(2);
        rows.append(QList<QByteArray> { "5", "Route 66" });
        rows.append(QList<QByteArray> { "66", "Other" });
        const QList<Choice> choices = findChoices(rows, 0, 1, QStringLiteral("6"), 50);
        QCOMPARE(choices.size(), 2);
        QCOMPARE(choices.constFirst().text, QStringLiteral("66"));
    }

    void aReferenceOffersTheParentsRows()
    {
        const QTemporaryDir databases;
        GridProgram program(sampleDataset(), databases.path(), OrdersName);
        program.type(OrdersName, 0, 1, QStringLiteral("gra"));
        QTRY_COMPARE(program.choices(), QStringList { QStringLiteral("7   Grace") });
        QTRY_VERIFY(program.text(OrdersName, QStringLiteral("reasonLabel")).contains(QLatin1String("gra"))); // judged
        QTest::keyClick(program.editor(), Qt::Key_Down);
        QCOMPARE(program.editor()->text(), QStringLiteral("7"));
        QTest::keyClick(program.editor(), Qt::Key_Return);
        QCOMPARE(program.cell(0, 1), QStringLiteral("7"));
        QCOMPARE(program.current(), Cell(1, 1));
        QCOMPARE(program.steps(), 1);
        program.trigger(QStringLiteral("undoAction"));
        QCOMPARE(program.cell(0, 1), QStringLiteral("1"));
    }

    void aChoiceIsClicked()
    {
        const QTemporaryDir databases;
        GridProgram program(sampleDataset(), databases.path(), OrdersName);
        program.type(OrdersName, 0, 1, QStringLiteral("bo"));
        QTRY_COMPARE(program.choices(), QStringList { QStringLiteral("2   Bob") });
        QTest::mouseClick(program.list()->viewport(), Qt::LeftButton, {},
                          program.list()->visualItemRect(program.list()->item(0)).center());
        QTRY_VERIFY(!program.isEditing());
        QCOMPARE(program.cell(0, 1), QStringLiteral("2"));
        QCOMPARE(program.current(), Cell(0, 1));
        QCOMPARE(program.steps(), 1);
    }

    void ofManyRowsSomeAreOffered()
    {
        const QTemporaryDir databases;
        GridProgram program(manyRows(20'000), databases.path(), OrdersName);
        program.edit(0, 1);
        QTest::keyClicks(program.editor(), QStringLiteral("some"));
        QTRY_COMPARE(program.choices().size(), 50);
        QTest::keyClick(program.editor(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(program.editor(), QStringLiteral("19999"));
        QTRY_COMPARE(program.choices(), QStringList { QStringLiteral("19999   Somebody") });
        QTest::keyClick(program.editor(), Qt::Key_Escape);
        QCOMPARE(program.cell(0, 1), QStringLiteral("1"));
        QCOMPARE(program.steps(), 0);
    }

    void aTableMayReferToItself()
    {
        const QTemporaryDir folder;
        GridProgram program(staff(folder), folder.path(), StaffName);
        program.type(StaffName, 3, Boss, QStringLiteral("lin"));
        QTRY_COMPARE(program.choices(), QStringList { QStringLiteral("3   Linus") });
        QTest::keyClick(program.editor(), Qt::Key_Down);
        QTest::keyClick(program.editor(), Qt::Key_Tab);
        QCOMPARE(program.cell(3, Boss), QStringLiteral("3"));
        program.click(3, Boss, Qt::ControlModifier);
        QTRY_COMPARE(program.current(), Cell(2, Id));
    }

    void ctrlClickGoesToTheRow()
    {
        const QTemporaryDir databases;
        GridProgram program(sampleDataset(), databases.path(), OrdersName);
        GridView &users = *program.grid(UsersName);
        auto *filter = program.find<TablePane>(UsersName + QStringLiteral("Pane"))
                           ->findChild<QLineEdit *>(QStringLiteral("filterEdit"));
        filter->setText(QStringLiteral("alice"));
        QTRY_COMPARE(program.rows(UsersName), 2);
        QCOMPARE(program.cell(2, 1), QStringLiteral("3"));
        program.click(2, 1, Qt::ControlModifier);
        QTRY_COMPARE(users.currentIndex().data().toString(), QStringLiteral("3"));
        QVERIFY(users.hasFocus());
        QCOMPARE(users.selectionModel()->selectedIndexes(), QModelIndexList { users.currentIndex() });
        QVERIFY(filter->text().isEmpty()); // it hid the row
    }

    void theActionSaysWhatIsNotThere()
    {
        const QTemporaryDir folder;
        GridProgram program(staff(folder), folder.path(), StaffName);
        const auto reason = [&program] { return program.text(StaffName, QStringLiteral("reasonLabel")); };
        program.goTo(1, Boss);
        program.press(Qt::Key_G, Qt::ControlModifier);
        QTRY_COMPARE(program.current(), Cell(0, Id));
        program.goTo(3, Boss);
        program.press(Qt::Key_G, Qt::ControlModifier);
        QTRY_COMPARE(reason(), QStringLiteral("No row of Staff has id 7 · boss 7 not found"));
        QCOMPARE(program.current(), Cell(3, Boss));
        program.goTo(3, Name);
        program.press(Qt::Key_G, Qt::ControlModifier);
        QCOMPARE(reason(), QStringLiteral("name refers to no other row · boss 7 not found"));
        program.goTo(0, Boss);
        program.press(Qt::Key_G, Qt::ControlModifier);
        QCOMPARE(reason(), QStringLiteral("boss is empty"));
    }

    // --- values, check boxes, dates

    void anEnumIsAList()
    {
        const QTemporaryDir folder;
        GridProgram program(staff(folder), folder.path(), StaffName);
        program.edit(0, Level);
        QCOMPARE(program.choices().size(), 3);
        QCOMPARE(program.list()->currentItem()->text(), QStringLiteral("principal"));
        QTest::keyClicks(program.editor(), QStringLiteral("N")); // over what is there
        QCOMPARE(program.choices().size(), 3);
        QTest::keyClicks(program.editor(), QStringLiteral("I"));
        QCOMPARE(program.choices().size(), 2);
        QTest::keyClick(program.editor(), Qt::Key_Down);
        QTest::keyClick(program.editor(), Qt::Key_Down);
        QTest::keyClick(program.editor(), Qt::Key_Return);
        QCOMPARE(program.cell(0, Level), QStringLiteral("senior"));
        QCOMPARE(program.steps(), 1);
        program.type(StaffName, 1, Level, QStringLiteral("chief")); // anything can be typed, and is judged
        QVERIFY(program.choices().isEmpty());
        QTRY_COMPARE(program.model(StaffName)->mark(1), RowMark::Problem);
    }

    void aBooleanIsACheckBox()
    {
        const QTemporaryDir folder;
        GridProgram program(staff(folder), folder.path(), StaffName);
        const auto state = [&program](int row) { return program.at(row, Active).data(Qt::CheckStateRole); };
        QCOMPARE(state(0), QVariant(Qt::Checked));
        QCOMPARE(state(1), QVariant(Qt::Unchecked));
        QVERIFY(!state(2).isValid()); // "maybe"
        QCOMPARE(state(3), QVariant(Qt::PartiallyChecked));
        QVERIFY(!state(4).isValid()); // the blank line
        program.clickBox(0, Active);
        QCOMPARE(program.cell(0, Active), QStringLiteral("no"));
        QVERIFY(!program.isEditing());
        program.goTo(1, Active);
        program.press(Qt::Key_Space);
        QCOMPARE(program.cell(1, Active), QStringLiteral("y")); // as it was written
        program.goTo(3, Active);
        program.press(Qt::Key_Space);
        QCOMPARE(program.cell(3, Active), QStringLiteral("yes"));
        QCOMPARE(program.steps(), 3);
        program.edit(2, Active);
        QCOMPARE(program.editor()->text(), QStringLiteral("maybe"));
        QTest::keyClicks(program.editor(), QStringLiteral("n"));
        QTest::keyClick(program.editor(), Qt::Key_Return);
        QCOMPARE(state(2), QVariant(Qt::Unchecked));
        program.trigger(QStringLiteral("undoAction"));
        QCOMPARE(program.cell(2, Active), QStringLiteral("maybe"));
    }

    void aDateHasACalendar_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("text");
        QTest::newRow("ISO") << int(Born) << QStringLiteral("1815-12-11");
        QTest::newRow("pattern") << int(Hired) << QStringLiteral("02.02.2020");
    }
    void aDateHasACalendar()
    {
        QFETCH(const int, column);
        QFETCH(const QString, text);
        const QTemporaryDir folder;
        GridProgram program(staff(folder), folder.path(), StaffName);
        program.edit(0, column);
        QTest::keyClick(program.editor(), Qt::Key_Down, Qt::AltModifier);
        auto *calendar = program.find<DateChooser>(QStringLiteral("dateChooser"));
        QTRY_VERIFY(calendar->isVisible());
        QVERIFY(program.isEditing());
        QWidget *days = calendar->findChild<QWidget *>(QStringLiteral("qt_calendar_calendarview"));
        QTest::keyClick(days, Qt::Key_Right); // the day after the one in the cell
        QTest::keyClick(days, Qt::Key_Return);
        QTRY_VERIFY(!program.isEditing());
        QCOMPARE(program.cell(0, column), text);
        QCOMPARE(program.steps(), 1);
        program.type(StaffName, 1, column, QStringLiteral("tomorrow"));
        QTRY_COMPARE(program.model(StaffName)->mark(1), RowMark::Problem);
    }

    // --- the blank line

    void typingInTheBlankLineAddsARow()
    {
        const QTemporaryDir databases;
        GridProgram program(sampleDataset(), databases.path(), UsersName);
        QCOMPARE(program.view.model()->rowCount(), 11);
        QCOMPARE(program.rows(UsersName), 10);
        QCOMPARE(program.view.model()->headerData(10, Qt::Vertical).toString(), QStringLiteral("*"));
        program.goTo(10, 1);
        QTest::keyClicks(&program.view, QStringLiteral("Z")); // opens the editor
        QTest::keyClicks(program.editor(), QStringLiteral("oe"));
        QCOMPARE(program.rows(UsersName), 11);
        QCOMPARE(program.cell(10, 0), QStringLiteral("11")); // the next free key
        QTest::keyClick(program.editor(), Qt::Key_Tab);
        QCOMPARE(program.current(), Cell(10, 2));
        QCOMPARE(program.cell(10, 1), QStringLiteral("Zoe"));
        QCOMPARE(program.steps(), 1);
        QTRY_COMPARE(program.model(UsersName)->mark(10), RowMark::None);
        program.trigger(QStringLiteral("undoAction"));
        QCOMPARE(program.rows(UsersName), 10);
        program.trigger(QStringLiteral("redoAction"));
        QCOMPARE(program.cell(10, 1), QStringLiteral("Zoe"));
        QCOMPARE(program.view.model()->headerData(11, Qt::Vertical).toString(), QStringLiteral("*"));
    }

    void escapeTakesTheNewRowBack()
    {
        const QTemporaryDir databases;
        GridProgram program(sampleDataset(), databases.path(), UsersName);
        program.goTo(10, 1);
        QTest::keyClicks(&program.view, QStringLiteral("Z"));
        QTest::keyClicks(program.editor(), QStringLiteral("oe"));
        QTest::keyClick(program.editor(), Qt::Key_Escape);
        QTRY_VERIFY(!program.isEditing());
        QCOMPARE(program.rows(UsersName), 10);
        QCOMPARE(program.steps(), 0);
        QVERIFY(!program.window.isWindowModified());
        QVERIFY(program.view.hasFocus());
        QTest::keyClicks(&program.view, QStringLiteral("x")); // and the grid goes on
        QVERIFY(program.isEditing());
    }

    void theBlankLineIsNoRow()
    {
        const QTemporaryDir databases;
        GridProgram program(sampleDataset(), databases.path(), UsersName);
        program.goTo(10, 1);
        for (const int key : { Qt::Key_Delete, Qt::Key_F2 })
            program.press(key);
        QTest::keyClick(program.editor(), Qt::Key_Return); // nothing was typed
        program.goTo(10, 1);
        program.trigger(QStringLiteral("removeRowsAction"));
        program.press(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(program.steps(), 0);
        QTRY_COMPARE(program.text(UsersName, QStringLiteral("countsLabel")), QStringLiteral("10 rows · 2 problems"));
        QCOMPARE(program.text(UsersName, QStringLiteral("reasonLabel")), QString());
        QGuiApplication::clipboard()->setText(QStringLiteral("before"));
        program.view.selectAll();
        program.press(Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(QGuiApplication::clipboard()->text() != QStringLiteral("before"));
        QCOMPARE(QGuiApplication::clipboard()->text().count(QLatin1Char('\n')), 10);
        program.view.selectAll();
        program.trigger(QStringLiteral("removeRowsAction"));
        QCOMPARE(program.rows(UsersName), 0);
        QCOMPARE(program.view.model()->rowCount(), 1);
        QTest::keyClicks(&program.view, QStringLiteral("5")); // of the empty table
        QCOMPARE(program.rows(UsersName), 1);
    }

    void whatIsPastedIntoTheBlankLineIsNewRows()
    {
        const QTemporaryDir databases;
        GridProgram program(sampleDataset(), databases.path(), UsersName);
        QGuiApplication::clipboard()->setText(QStringLiteral("Ann\tann@example.com\nBen\tben@example.com\n"));
        program.goTo(10, 1);
        program.press(Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(program.rows(UsersName), 12);
        QCOMPARE(program.cell(10, 0), QStringLiteral("11"));
        QCOMPARE(program.cell(11, 0), QStringLiteral("12"));
        QCOMPARE(program.cell(11, 2), QStringLiteral("ben@example.com"));
        QCOMPARE(program.steps(), 1);
    }

    void aFilterLeavesTheBlankLine()
    {
        const QTemporaryDir databases;
        GridProgram program(sampleDataset(), databases.path(), UsersName);
        program.find<TablePane>(UsersName + QStringLiteral("Pane"))
            ->findChild<QLineEdit *>(QStringLiteral("filterEdit"))
            ->setText(QStringLiteral("alice"));
        QTRY_COMPARE(program.rows(UsersName), 2);
        QCOMPARE(program.view.model()->rowCount(), 3);
        program.type(UsersName, 2, 1, QStringLiteral("Zoe"));
        QTest::keyClick(program.editor(), Qt::Key_Return);
        QCOMPARE(program.rows(UsersName), 3);
        QCOMPARE(program.cell(2, 1), QStringLiteral("Zoe")); // it stays in sight
        QCOMPARE(program.current(), Cell(3, 1));
        QCOMPARE(program.document.table(Users).cell(10, 1), QByteArrayView("Zoe"));
    }

    void whileRowsAreReadThereIsNone()
    {
        const QTemporaryDir databases;
        GridProgram program(sampleDataset(), databases.path(), UsersName);
        const Dataset whole = manyRows(30);
        program.document.beginLoading(whole);
        QCOMPARE(program.grid(UsersName)->model()->rowCount(), 30);
        program.document.endLoading(whole);
        QCOMPARE(program.grid(UsersName)->model()->rowCount(), 31);
        QCOMPARE(program.rows(UsersName), 30);
    }

    // --- keys

    void keysMove_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        QTest::addColumn<Cell>("from");
        QTest::addColumn<Cell>("to");
        const Qt::KeyboardModifiers none;
        const Qt::KeyboardModifiers ctrl = Qt::ControlModifier;
        const Qt::KeyboardModifiers shift = Qt::ShiftModifier;
        QTest::newRow("Enter") << int(Qt::Key_Return) << none << Cell(3, 1) << Cell(4, 1);
        QTest::newRow("Enter on the keypad") << int(Qt::Key_Enter) << none << Cell(3, 1) << Cell(4, 1);
        QTest::newRow("Shift+Enter") << int(Qt::Key_Return) << shift << Cell(3, 1) << Cell(2, 1);
        QTest::newRow("Tab") << int(Qt::Key_Tab) << none << Cell(3, 1) << Cell(3, 2);
        QTest::newRow("Tab to the next row") << int(Qt::Key_Tab) << none << Cell(3, 2) << Cell(4, 0);
        QTest::newRow("Shift+Tab") << int(Qt::Key_Backtab) << shift << Cell(3, 1) << Cell(3, 0);
        QTest::newRow("Shift+Tab to the row before") << int(Qt::Key_Backtab) << shift << Cell(3, 0) << Cell(2, 2);
        QTest::newRow("Home") << int(Qt::Key_Home) << none << Cell(3, 1) << Cell(3, 0);
        QTest::newRow("End") << int(Qt::Key_End) << none << Cell(3, 1) << Cell(3, 2);
        QTest::newRow("Ctrl+Home") << int(Qt::Key_Home) << ctrl << Cell(3, 1) << Cell(0, 0);
        QTest::newRow("Ctrl+End") << int(Qt::Key_End) << ctrl << Cell(3, 1) << Cell(9, 2);
        QTest::newRow("Ctrl+Up") << int(Qt::Key_Up) << ctrl << Cell(3, 1) << Cell(0, 1);
        QTest::newRow("Ctrl+Down") << int(Qt::Key_Down) << ctrl << Cell(3, 1) << Cell(9, 1);
        QTest::newRow("Ctrl+Down again") << int(Qt::Key_Down) << ctrl << Cell(9, 1) << Cell(10, 1);
        QTest::newRow("Ctrl+Left") << int(Qt::Key_Left) << ctrl << Cell(3, 1) << Cell(3, 0);
        QTest::newRow("Ctrl+Right") << int(Qt::Key_Right) << ctrl << Cell(3, 1) << Cell(3, 2);
    }
    void keysMove()
    {
        QFETCH(const int, key);
        QFETCH(const Qt::KeyboardModifiers, modifiers);
        QFETCH(const Cell, from);
        QFETCH(const Cell, to);
        const QTemporaryDir databases;
        GridProgram program(sampleDataset(), databases.path(), UsersName);
        program.goTo(from.first, from.second);
        program.press(key, modifiers);
        QCOMPARE(program.current(), to);
        QCOMPARE(program.view.selectionModel()->selectedIndexes(), QModelIndexList { program.view.currentIndex() });
        QVERIFY(!program.isEditing());
        QVERIFY(program.view.hasFocus());
    }

    void keysLeaveTheEditor_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        QTest::addColumn<Cell>("to");
        const Qt::KeyboardModifiers none;
        const Qt::KeyboardModifiers shift = Qt::ShiftModifier;
        QTest::newRow("Enter") << int(Qt::Key_Return) << none << Cell(4, 1);
        QTest::newRow("Shift+Enter") << int(Qt::Key_Return) << shift << Cell(2, 1);
        QTest::newRow("Tab") << int(Qt::Key_Tab) << none << Cell(3, 2);
        QTest::newRow("Shift+Tab") << int(Qt::Key_Backtab) << shift << Cell(3, 0);
        QTest::newRow("Up") << int(Qt::Key_Up) << none << Cell(2, 1);
        QTest::newRow("Down") << int(Qt::Key_Down) << none << Cell(4, 1);
    }
    void keysLeaveTheEditor()
    {
        QFETCH(const int, key);
        QFETCH(const Qt::KeyboardModifiers, modifiers);
        QFETCH(const Cell, to);
        const QTemporaryDir databases;
        GridProgram program(sampleDataset(), databases.path(), UsersName);
        program.type(UsersName, 3, 1, QStringLiteral("Typed"));
        QTest::keyClick(program.editor(), static_cast<Qt::Key>(key), modifiers);
        QCOMPARE(program.current(), to);
        QTRY_VERIFY(!program.isEditing());
        QVERIFY(program.view.hasFocus());
        QCOMPARE(program.cell(3, 1), QStringLiteral("Typed"));
        QCOMPARE(program.steps(), 1);
    }

    void shiftSelects()
    {
        const QTemporaryDir databases;
        GridProgram program(sampleDataset(), databases.path(), UsersName);
        const auto selected = [&program] { return program.view.selectionModel()->selectedIndexes().size(); };
        program.goTo(3, 0);
        program.press(Qt::Key_Down, Qt::ShiftModifier);
        program.press(Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(selected(), 4);
        program.press(Qt::Key_End, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(selected(), 7 * 3); // from the fourth row to the last, which is not the blank line
        program.press(Qt::Key_Down);
        QCOMPARE(selected(), 1);
    }

    void tabLeavesTheGridAtItsEnds()
    {
        const QTemporaryDir databases;
        GridProgram program(sampleDataset(), databases.path(), UsersName);
        program.goTo(10, 2);
        program.press(Qt::Key_Tab);
        QVERIFY(!program.view.hasFocus());
        program.view.setFocus();
        program.goTo(0, 0);
        program.press(Qt::Key_Backtab, Qt::ShiftModifier);
        QVERIFY(!program.view.hasFocus());
    }

    void typingReplacesAndEscapeReverts()
    {
        const QTemporaryDir databases;
        GridProgram program(sampleDataset(), databases.path(), UsersName);
        program.goTo(0, 1);
        QTest::keyClicks(&program.view, QStringLiteral("X"));
        QCOMPARE(program.cell(0, 1), QStringLiteral("X"));
        QTest::keyClick(program.editor(), Qt::Key_Escape);
        QTRY_VERIFY(!program.isEditing());
        QCOMPARE(program.cell(0, 1), QStringLiteral("Alice"));
        QCOMPARE(program.current(), Cell(0, 1));
        QCOMPARE(program.steps(), 0);
    }

    void longTextsStayWhole()
    {
        const QTemporaryDir databases;
        Dataset dataset = sampleDataset();
        const QByteArray text(70'000, 'x');
        dataset.tables[Users].setCell(0, 1, text);
        GridProgram program(dataset, databases.path(), UsersName);
        QCOMPARE(program.at(0, 1).data().toString(), QString(MostShownCharacters, u'x') + u'…');
        program.edit(0, 1);
        QTest::keyClick(program.editor(), Qt::Key_End);
        QTest::keyClicks(program.editor(), QStringLiteral("!"));
        QTest::keyClick(program.editor(), Qt::Key_Return);
        QTRY_VERIFY(!program.isEditing());
        QCOMPARE(program.document.table(Users).cell(0, 1).toByteArray(), text + '!');
    }

    void beginningsOfTexts()
    {
        const QString most(MostShownCharacters, u'ä');
        QCOMPARE(beginningOf(most), most);
        QCOMPARE(beginningOf(most + u'b'), most + u'…');
        QCOMPARE(beginningOf(QByteArrayView(most.toUtf8())), most);
        QCOMPARE(beginningOf(QByteArrayView((most + u'b').toUtf8())), most + u'…');
        const QString odd = most.chopped(1) + QString::fromUcs4(U"\U0001F600");
        QCOMPARE(beginningOf(odd), most.chopped(1) + u'…');
        const QString wide = QString::fromUcs4(U"\U0001F600").repeated(MostShownCharacters);
        QCOMPARE(beginningOf(QByteArrayView(wide.toUtf8())), wide.first(MostShownCharacters) + u'…');
    }

    // --- the context menu

    void theMenuHasTheActionsThatApply()
    {
        const QTemporaryDir databases;
        GridProgram program(sampleDataset(), databases.path(), OrdersName);
        const auto actions = [&program] {
            QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(4, 4), program.view.mapToGlobal(QPoint(4, 4)));
            QApplication::sendEvent(program.view.viewport(), &event);
            auto *menu = program.find<QMenu>(QStringLiteral("gridMenu"));
            QStringList names;
            for (const QAction *action : menu->actions()) {
                if (!action->isSeparator())
                    names.append(action->objectName());
            }
            delete menu;
            return names;
        };
        QStringList names { QStringLiteral("cutAction"),
                            QStringLiteral("copyAction"),
                            QStringLiteral("copyWithHeadersAction"),
                            QStringLiteral("pasteAction"),
                            QStringLiteral("pasteRowsAction"),
                            QStringLiteral("fillDownAction"),
                            QStringLiteral("insertRowAction"),
                            QStringLiteral("removeRowsAction") };
        program.goTo(0, 0);
        QCOMPARE(actions(), names);
        program.goTo(0, 1);
        names.append(QStringLiteral("followAction"));
        QCOMPARE(actions(), names);
    }
};

SEEDBED_TEST(TestEditors, QApplication)
#include "tst_editors.moc"
