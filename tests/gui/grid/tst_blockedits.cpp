// SPDX-License-Identifier: MIT
// Spreadsheet habits in the real window: what is done with selected cells, each one step of undo.

#include "gui/panes/panesplitter.h"
#include "gui/program.h"
#include "quiettest.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QListView>
#include <QMessageBox>
#include <QRandomGenerator>
#include <QSignalSpy>

#include <functional>

using namespace seedbed;

namespace {

const QString UsersPane = QStringLiteral("users");

/// The users of the program, and the keyboard on them.
struct UsersProgram final : Program {
    explicit UsersProgram(const Dataset &dataset, const QString &databases)
        : Program(dataset, databases)
    {
        view().setFocus();
        (void)QTest::qWaitForWindowActive(&window, 60000); // without it no key is a shortcut
    }

    GridView &view() { return *grid(UsersPane); }
    QString cell(int row, int column) { return view().model()->index(row, column).data(Qt::EditRole).toString(); }
    void select(int top, int left, int bottom, int right)
    {
        QAbstractItemModel &model = *view().model();
        view().setCurrentIndex(model.index(top, left));
        view().selectionModel()->select({ model.index(top, left), model.index(bottom, right) },
                                        QItemSelectionModel::ClearAndSelect);
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::ControlModifier)
    {
        QTest::keyClick(&view(), key, modifiers);
    }
    void paste(const QString &text)
    {
        QGuiApplication::clipboard()->setText(text);
        const int index = document.undoStack().index();
        press(Qt::Key_V);
        QTRY_VERIFY(document.undoStack().index() > index);
    }
    QString undoText() { return find<QAction>(QStringLiteral("undoAction"))->text(); }
    void undo() { press(Qt::Key_Z); }
};

using Cells = QList<QStringList>;

Cells cellsOf(const seedbed::Table &table)
{
    Cells cells;
    for (qsizetype row = 0; row < table.rowCount(); ++row) {
        QStringList texts;
        for (int column = 0; column < table.columnCount(); ++column)
            texts.append(QString::fromUtf8(table.cell(row, column)));
        cells.append(texts);
    }
    return cells;
}

/// The key of a new row.
QString nextKey(const Cells &cells)
{
    qlonglong largest = 0;
    for (const QStringList &row : cells)
        largest = std::max(largest, row.constFirst().toLongLong());
    return QString::number(largest + 1);
}

} // namespace

class TestBlockEdits final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareProgram(); }

    void theHistoryLeadsToAnyStep()
    {
        const QTemporaryDir databases;
        UsersProgram program(sampleDataset(), databases.path());
        auto &history = *program.find<QListView>(QStringLiteral("historyView"));
        program.paste(QStringLiteral("first"));
        program.select(1, 1, 2, 2);
        program.press(Qt::Key_Delete, Qt::NoModifier);
        QCOMPARE(history.model()->rowCount(), 3);
        QCOMPARE(history.model()->index(0, 0).data().toString(), QStringLiteral("As opened"));
        QCOMPARE(history.model()->index(1, 0).data().toString(), QStringLiteral("Paste 1 Row"));
        QCOMPARE(history.model()->index(2, 0).data().toString(), QStringLiteral("Clear 4 Cells"));
        history.setCurrentIndex(history.model()->index(1, 0));
        QCOMPARE(program.cell(1, 1), QStringLiteral("Bob"));
        QCOMPARE(program.cell(0, 0), QStringLiteral("first"));
        history.setCurrentIndex(history.model()->index(0, 0));
        QCOMPARE(program.cell(0, 0), QStringLiteral("1"));
        QVERIFY(!program.window.isWindowModified());
    }

    void pastesOverCells()
    {
        QTemporaryDir databases;
        UsersProgram program(sampleDataset(), databases.path());
        const Cells before = cellsOf(program.document.table(0));
        program.select(1, 1, 1, 1);
        program.paste(QStringLiteral("Ann, B.\tann@example.com\n\"Two\nlines\"\tb@example.com\n"));
        QCOMPARE(program.cell(1, 1), QStringLiteral("Ann, B."));
        QCOMPARE(program.cell(1, 2), QStringLiteral("ann@example.com"));
        QCOMPARE(program.cell(2, 1), QStringLiteral("Two\nlines"));
        QCOMPARE(program.cell(2, 0), before.at(2).at(0));
        QCOMPARE(program.cell(3, 1), before.at(3).at(1));
        QCOMPARE(program.view().selectionModel()->selectedIndexes().size(), 4);
        QCOMPARE(program.undoText(), QStringLiteral("&Undo Paste 2 Rows"));
        program.undo();
        QCOMPARE(cellsOf(program.document.table(0)), before);
        QVERIFY(program.document.undoStack().isClean());
    }

    void emptyCellsComeBack()
    {
        QTemporaryDir databases;
        UsersProgram program(sampleDataset(), databases.path());
        program.select(1, 1, 1, 1);
        program.press(Qt::Key_Delete, Qt::NoModifier);
        const QStringList names { program.cell(0, 1), QString(), program.cell(2, 1) };
        program.select(0, 1, 2, 1);
        QGuiApplication::clipboard()->clear();
        program.press(Qt::Key_C);
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), names.join(u'\n') + u'\n');
        program.select(4, 1, 4, 1);
        program.paste(QGuiApplication::clipboard()->text());
        for (int row = 0; row < 3; ++row)
            QCOMPARE(program.cell(4 + row, 1), names.at(row));
        program.select(8, 1, 8, 2);
        program.paste(QStringLiteral("\n")); // one empty cell
        QCOMPARE(program.cell(8, 1), QString());
        QCOMPARE(program.cell(8, 2), QString());
    }

    void whatIsPastedGoesOnIntoNewRows()
    {
        QTemporaryDir databases;
        UsersProgram program(sampleDataset(), databases.path());
        program.select(9, 0, 9, 0);
        program.paste(QStringLiteral("10\tTen\n11\tEleven\n12\n"));
        QCOMPARE(program.document.table(0).rowCount(), 12);
        QCOMPARE(program.cell(9, 1), QStringLiteral("Ten"));
        QCOMPARE(program.cell(10, 1), QStringLiteral("Eleven"));
        QCOMPARE(program.cell(11, 0), QStringLiteral("12"));
        QCOMPARE(program.cell(11, 1), QString());
        program.undo();
        QCOMPARE(program.document.table(0).rowCount(), 10);
        QVERIFY(program.document.undoStack().isClean());
    }

    void oneValueGoesIntoAllSelected()
    {
        QTemporaryDir databases;
        UsersProgram program(sampleDataset(), databases.path());
        program.select(2, 1, 6, 1);
        program.paste(QStringLiteral("Same"));
        for (int row = 2; row <= 6; ++row)
            QCOMPARE(program.cell(row, 1), QStringLiteral("Same"));
        QVERIFY(program.cell(7, 1) != QStringLiteral("Same"));
        QCOMPARE(program.undoText(), QStringLiteral("&Undo Paste into 5 Cells"));
    }

    void whatHasNoRoomIsRefused()
    {
        QTemporaryDir databases;
        UsersProgram program(sampleDataset(), databases.path());
        const Cells before = cellsOf(program.document.table(0));
        program.trigger(QStringLiteral("runAction"));
        QTRY_VERIFY(!program.isRunning());
        const QString headline = program.headline();
        program.view().setFocus();
        program.select(0, 1, 0, 1);
        QGuiApplication::clipboard()->setText(QStringLiteral("a\tb\tc"));
        program.press(Qt::Key_V);
        const auto said = [&program] { return program.text(UsersPane, QStringLiteral("reasonLabel")); };
        QTRY_VERIFY2(said().startsWith(QStringLiteral("The clipboard has 3 columns")), qPrintable(said()));
        QVERIFY2(said().endsWith(QStringLiteral("Row 1 is in users.db")), qPrintable(said()));
        const QAbstractItemModel &log = *program.find<QTableView>(QStringLiteral("logView"))->model();
        const QModelIndex last = log.index(log.rowCount() - 1, log.columnCount() - 1);
        QVERIFY2(last.data().toString().startsWith(QStringLiteral("The clipboard has 3 columns")),
                 qPrintable(last.data().toString()));
        QCOMPARE(program.headline(), headline); // what the run did stays
        QCOMPARE(cellsOf(program.document.table(0)), before);
        QVERIFY(program.document.undoStack().isClean());
        program.select(1, 1, 1, 1);
        QCOMPARE(said(), QStringLiteral("Row 2 is in users.db"));
    }

    void fillsDown()
    {
        QTemporaryDir databases;
        UsersProgram program(sampleDataset(), databases.path());
        const QString name = program.cell(1, 1);
        program.select(1, 1, 3, 2);
        program.press(Qt::Key_D);
        for (int row = 1; row <= 3; ++row)
            QCOMPARE(program.cell(row, 1), name);
        QCOMPARE(program.cell(3, 2), program.cell(1, 2));
        QCOMPARE(program.undoText(), QStringLiteral("&Undo Fill Down 4 Cells"));
        program.select(5, 1, 5, 1); // one row takes what is above it
        program.press(Qt::Key_D);
        QCOMPARE(program.cell(5, 1), program.cell(4, 1));
        program.undo();
        program.undo();
        QVERIFY(program.document.undoStack().isClean());
        program.select(0, 1, 0, 1);
        program.press(Qt::Key_D); // there is nothing above it
        QVERIFY(program.document.undoStack().isClean());
    }

    void cutsAndClears()
    {
        QTemporaryDir databases;
        UsersProgram program(sampleDataset(), databases.path());
        const Cells before = cellsOf(program.document.table(0));
        program.select(0, 1, 1, 2);
        program.press(Qt::Key_X);
        QTRY_COMPARE(QGuiApplication::clipboard()->text(),
                     before.at(0).sliced(1).join(u'\t') + u'\n' + before.at(1).sliced(1).join(u'\t') + u'\n');
        QCOMPARE(program.cell(0, 1), QString());
        QCOMPARE(program.cell(1, 2), QString());
        QCOMPARE(program.undoText(), QStringLiteral("&Undo Cut 4 Cells"));
        program.select(0, 0, 2, 1);
        program.press(Qt::Key_Delete, Qt::NoModifier);
        QCOMPARE(program.document.table(0).rowCount(), 10);                  // cells go, rows do not
        QCOMPARE(program.undoText(), QStringLiteral("&Undo Clear 4 Cells")); // two were empty
        program.undo();
        program.undo();
        QCOMPARE(cellsOf(program.document.table(0)), before);
        program.select(4, 1, 4, 1);
        program.press(Qt::Key_Delete, Qt::NoModifier);
        program.press(Qt::Key_Delete, Qt::NoModifier); // empty by now: no step
        QCOMPARE(program.document.undoStack().count(), 1);
    }

    void pastesWhatIsStillBeingCopied()
    {
        QTemporaryDir databases;
        UsersProgram program(sampleDataset(), databases.path());
        QGuiApplication::clipboard()->setText(QStringLiteral("old"));
        const QStringList names { program.cell(0, 1), program.cell(1, 1) };
        program.select(0, 1, 1, 1);
        program.press(Qt::Key_X);
        program.select(4, 1, 4, 1);
        program.press(Qt::Key_V); // no event came in between
        QTRY_COMPARE(program.cell(5, 1), names.at(1));
        QCOMPARE(program.cell(4, 1), names.at(0));
        QCOMPARE(program.cell(0, 1), QString());
        QCOMPARE(QGuiApplication::clipboard()->text(), names.join(u'\n') + u'\n');
    }

    void pastesWhatAnotherPaneCopies()
    {
        QTemporaryDir databases;
        UsersProgram program(sampleDataset(), databases.path());
        QGuiApplication::clipboard()->setText(QStringLiteral("old"));
        const QString name = program.cell(3, 1);
        program.select(3, 1, 3, 1);
        program.press(Qt::Key_C);
        GridView &products = *program.grid(QStringLiteral("products"));
        products.setFocus();
        products.setCurrentIndex(products.model()->index(0, 1));
        QTest::keyClick(&products, Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(products.model()->index(0, 1).data().toString(), name);
    }

    void aPasteKeepsTheCopyThatItWaitsFor()
    {
        QTemporaryDir databases;
        UsersProgram program(manyRows(20'000), databases.path()); // more than are copied between looks for a stop
        program.select(0, 0, 19'999, 2);
        program.press(Qt::Key_C);
        program.press(Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
        program.select(2, 0, 2, 0);
        program.press(Qt::Key_C);
        QTRY_COMPARE(program.document.table(0).rowCount(), 40'000);
        QCOMPARE(program.cell(39'999, 0), QStringLiteral("20000"));
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("3\n"));
    }

    void copiesWithHeaders()
    {
        QTemporaryDir databases;
        UsersProgram program(sampleDataset(), databases.path());
        program.select(0, 0, 0, 1);
        program.press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("id\tname\n1\t%1\n").arg(program.cell(0, 1)));
    }

    void insertsAndRemovesRowsByKey()
    {
        QTemporaryDir databases;
        UsersProgram program(sampleDataset(), databases.path());
        const QString third = program.cell(2, 1);
        program.select(2, 1, 2, 1);
        program.press(Qt::Key_Plus);
        QCOMPARE(program.document.table(0).rowCount(), 11);
        QCOMPARE(program.cell(2, 0), QStringLiteral("11")); // the next free key
        QCOMPARE(program.cell(3, 1), third);
        QTest::keyClick(program.editor(), Qt::Key_Escape);
        program.select(2, 0, 2, 2);
        program.press(Qt::Key_Minus);
        QCOMPARE(program.cell(2, 1), third);
        QCOMPARE(program.document.table(0).rowCount(), 10);
    }

    void aNewRowAloneIsSelected_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::addColumn<int>("row");
        QTest::newRow("inserted") << Qt::Key_Plus << 2;
        QTest::newRow("added") << Qt::Key_Return << 10;
    }

    void aNewRowAloneIsSelected()
    {
        QFETCH(Qt::Key, key);
        QFETCH(int, row);
        QTemporaryDir databases;
        UsersProgram program(sampleDataset(), databases.path());
        const Cells before = cellsOf(program.document.table(0));
        program.select(2, 1, 2, 1);
        QTest::keyPress(&program.view(), Qt::Key_Control, Qt::ControlModifier); // and held
        program.press(key);
        QCOMPARE(program.document.table(0).rowCount(), 11);
        const QModelIndex cell = program.view().model()->index(row, 1);
        QCOMPARE(program.view().currentIndex(), cell);
        QCOMPARE(program.view().selectionModel()->selectedIndexes(), QModelIndexList { cell });
        QTest::keyClick(program.editor(), Qt::Key_Escape);
        program.press(Qt::Key_Minus);
        QCOMPARE(cellsOf(program.document.table(0)), before);
    }

    void pastedRowsLeaveTheOldCell()
    {
        QTemporaryDir databases;
        UsersProgram program(sampleDataset(), databases.path());
        program.select(2, 1, 2, 1);
        QGuiApplication::clipboard()->setText(QStringLiteral("11\tAnn\ta@x.org\n"));
        QTest::keyPress(&program.view(), Qt::Key_Control, Qt::ControlModifier);
        program.press(Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(program.document.table(0).rowCount(), 11);
        QCOMPARE(program.view().selectionModel()->selectedIndexes(),
                 QModelIndexList { program.view().model()->index(10, 0) });
    }

    // What could not be opened again is not saved either.
    void pastedCellsHaveALimit()
    {
        QTemporaryDir databases;
        UsersProgram program(sampleDataset(), databases.path());
        auto *panes = program.find<PaneSplitter>(QStringLiteral("paneSplitter"));
        panes->setLimits({ .cellBytes = 8 });
        const QSignalSpy refused(panes, &PaneSplitter::refused);
        const Cells before = cellsOf(program.document.table(0));
        program.select(2, 1, 2, 1);
        for (const bool asNewRows : { false, true }) {
            QGuiApplication::clipboard()->setText(QStringLiteral("ok\t12345678\na\tüüüü-\n"));
            program.press(Qt::Key_V, asNewRows ? Qt::ControlModifier | Qt::ShiftModifier : Qt::ControlModifier);
            QTRY_COMPARE(refused.size(), asNewRows ? 2 : 1);
            const auto message = refused.last().constFirst().value<seedbed::Error>().message;
            QCOMPARE(message,
                     QStringLiteral("The clipboard's row 2, column 2: the cell is longer than 8 bytes, and a file with "
                                    "it could not be opened again; shorten it, or allow more (--max-cell)"));
            QCOMPARE(cellsOf(program.document.table(0)), before);
        }
        program.paste(QStringLiteral("12345678\tüüüü\n"));
        QCOMPARE(program.cell(2, 1), QStringLiteral("12345678"));
        QCOMPARE(program.cell(2, 2), QStringLiteral("üüüü"));
    }

    void tablesHaveALimit()
    {
        QTemporaryDir databases;
        UsersProgram program(sampleDataset(), databases.path());
        auto *panes = program.find<PaneSplitter>(QStringLiteral("paneSplitter"));
        ReadLimits limits;
        limits.rows = 11;
        panes->setLimits(limits);
        const QSignalSpy refused(panes, &PaneSplitter::refused);
        QGuiApplication::clipboard()->setText(QStringLiteral("11\tAnn\ta@x.org\n12\tBob\tb@x.org\n"));
        program.select(9, 0, 9, 0);
        program.press(Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier); // as new rows
        QTRY_COMPARE(refused.size(), 1);
        QCOMPARE(refused.last().constFirst().value<seedbed::Error>().message,
                 QStringLiteral("Users would have more than 11 rows; split it into several tables"));
        QCOMPARE(program.document.table(0).rowCount(), 10);
        program.press(Qt::Key_V); // over the last one, and one more
        QTRY_COMPARE(program.document.table(0).rowCount(), 11);
        QCOMPARE(refused.size(), 1);
    }

    void pastedRowsGetKeys_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("keys");
        const QStringList next { QStringLiteral("11"), QStringLiteral("12") };
        QTest::newRow("left out") << QStringLiteral("name\temail\nAnn\ta@x.org\nBob\tb@x.org") << next;
        QTest::newRow("all empty") << QStringLiteral("\tAnn\ta@x.org\n\tBob\tb@x.org") << next;
        QTest::newRow("one is there") << QStringLiteral("id\tname\n\tAnn\n77\tBob")
                                      << QStringList { QString(), QStringLiteral("77") };
    }

    void pastedRowsGetKeys()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, keys);
        QTemporaryDir databases;
        UsersProgram program(sampleDataset(), databases.path());
        QGuiApplication::clipboard()->setText(text);
        program.press(Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(program.document.table(0).rowCount(), 12);
        QCOMPARE((QStringList { program.cell(10, 0), program.cell(11, 0) }), keys);
        QCOMPARE((QStringList { program.cell(10, 1), program.cell(11, 1) }),
                 (QStringList { QStringLiteral("Ann"), QStringLiteral("Bob") }));
        QCOMPARE(program.undoText(), QStringLiteral("&Undo Paste 2 Rows"));
    }

    void removesRowsAtManyPlaces()
    {
        QTemporaryDir databases;
        UsersProgram program(manyRows(3000), databases.path());
        program.trigger(QStringLiteral("runAction"));
        QTRY_VERIFY(!program.isRunning());
        const Cells before = cellsOf(program.document.table(0));
        Cells after = before;
        after.removeIf([](const QStringList &row) { return row.constFirst().contains(u'7'); });
        const int removed = static_cast<int>(before.size() - after.size());
        auto *filter = program.find<TablePane>(UsersPane + QStringLiteral("Pane"))
                           ->findChild<QLineEdit *>(QStringLiteral("filterEdit"));
        filter->setText(QStringLiteral("id:7"));
        QTRY_COMPARE(program.rows(UsersPane), removed);
        program.view().selectAll();
        program.press(Qt::Key_Minus);
        QTRY_COMPARE(program.document.table(0).rowCount(), after.size());
        QCOMPARE(cellsOf(program.document.table(0)), after);
        QTRY_COMPARE(program.rows(UsersPane), 0);
        QCOMPARE(program.undoText(), QStringLiteral("&Undo Remove %L1 Rows from Users").arg(removed));
        program.undo();
        QCOMPARE(cellsOf(program.document.table(0)), before);
        QTRY_COMPARE(program.rows(UsersPane), removed); // the filter is still there
        QVERIFY(program.document.undoStack().isClean());
        filter->clear();
        QTRY_COMPARE(program.rows(UsersPane), 3000);
        QTRY_VERIFY(
            program.text(UsersPane, QStringLiteral("countsLabel")).startsWith(QStringLiteral("3000 rows · 3000 in")));
        program.trigger(QStringLiteral("redoAction"));
        QCOMPARE(cellsOf(program.document.table(0)), after);
        QTRY_COMPARE(program.rows(UsersPane), after.size());
    }

    void onlyShownRowsArePastedOver()
    {
        QTemporaryDir databases;
        UsersProgram program(manyRows(40), databases.path());
        auto *filter = program.find<TablePane>(UsersPane + QStringLiteral("Pane"))
                           ->findChild<QLineEdit *>(QStringLiteral("filterEdit"));
        filter->setText(QStringLiteral("id:3"));
        QTRY_COMPARE(program.rows(UsersPane), 13); // 3, 13, 23, 30 to 39
        program.select(1, 1, 1, 1);
        program.paste(QStringLiteral("A\nB\n"));
        QCOMPARE(program.document.table(0).cell(12, 1), QByteArrayView("A"));
        QCOMPARE(program.document.table(0).cell(22, 1), QByteArrayView("B"));
        QCOMPARE(program.document.table(0).cell(13, 1), QByteArrayView("Somebody"));
    }

    void aLargePasteIsOneQuickStep()
    {
        constexpr int Rows = 20'000;
        QTemporaryDir databases;
        UsersProgram program(manyRows(Rows), databases.path());
        QString text;
        for (int row = 0; row < Rows; ++row)
            text += QStringLiteral("Name %1\tname%1@example.com\n").arg(row);
        program.select(0, 1, 0, 1);
        program.paste(text);
        QCOMPARE(program.document.table(0).rowCount(), Rows);
        QCOMPARE(program.document.table(0).cell(Rows - 1, 1), QByteArrayView("Name 19999"));
        QCOMPARE(program.document.undoStack().count(), 1);
        program.undo();
        QCOMPARE(program.document.table(0).cell(Rows - 1, 1), QByteArrayView("Somebody"));
    }

    void manyCellsAreEditedInTheBackground()
    {
        constexpr int Rows = 20'000;
        QTemporaryDir databases;
        UsersProgram program(manyRows(Rows), databases.path());
        QUndoStack &history = program.document.undoStack();
        const Cells before = cellsOf(program.document.table(0));
        const auto lastIs = [&program](int column, const QString &text) {
            return program.cell(0, column) == text && program.cell(Rows - 1, column) == text;
        };
        program.select(0, 1, Rows - 1, 2);
        program.press(Qt::Key_Delete, Qt::NoModifier);
        QCOMPARE(history.index(), 0); // not done yet
        QTRY_COMPARE(history.index(), 1);
        QCOMPARE(program.undoText(), QStringLiteral("&Undo Clear 40000 Cells"));
        QVERIFY(lastIs(1, {}) && lastIs(2, {}));
        program.undo();
        QCOMPARE(cellsOf(program.document.table(0)), before);
        program.paste(QStringLiteral("Same"));
        QCOMPARE(program.undoText(), QStringLiteral("&Undo Paste into 40000 Cells"));
        QVERIFY(lastIs(1, QStringLiteral("Same")) && lastIs(2, QStringLiteral("Same")));
        program.select(0, 0, Rows - 1, 1);
        program.press(Qt::Key_D);
        QTRY_COMPARE(history.index(), 2);
        QCOMPARE(program.undoText(), QStringLiteral("&Undo Fill Down 19999 Cells"));
        QVERIFY(lastIs(0, QStringLiteral("1")));
        program.press(Qt::Key_X);
        program.select(0, 1, 0, 1);
        program.press(Qt::Key_V); // what is pasted comes when all is cut
        QTRY_COMPARE(history.index(), 4);
        QVERIFY(lastIs(0, {}) && lastIs(1, QStringLiteral("1")) && lastIs(2, QStringLiteral("Same")));
    }

    void cellsThatWereChangedMeanwhileStay()
    {
        constexpr int Rows = 20'000;
        QTemporaryDir databases;
        UsersProgram program(manyRows(Rows), databases.path());
        program.select(0, 1, Rows - 1, 2);
        program.press(Qt::Key_Delete, Qt::NoModifier);
        program.press(Qt::Key_D); // one after the other
        QVERIFY(program.text(UsersPane, QStringLiteral("reasonLabel"))
                    .startsWith(QStringLiteral("Many rows are being changed already")));
        program.document.setCell(0, 7, 1, "Typed", EditSession::None);
        QTRY_VERIFY(program.text(UsersPane, QStringLiteral("reasonLabel"))
                        .startsWith(QStringLiteral("The rows changed while the edit was being prepared")));
        QCOMPARE(program.document.undoStack().count(), 1);
        QCOMPARE(program.cell(7, 1), QStringLiteral("Typed"));
        QCOMPARE(program.cell(8, 1), QStringLiteral("Somebody"));
        program.press(Qt::Key_Delete, Qt::NoModifier);
        QTRY_COMPARE(program.cell(8, 1), QString());
        QCOMPARE(program.cell(7, 1), QString());
    }

    void randomEditsAsInAPlainTable();
};

// 300 edits, sorts, filters, undos and redos against lists of texts. The line after the last row is edited, pasted into
// and selected as any other.
void TestBlockEdits::randomEditsAsInAPlainTable()
{
    QTemporaryDir databases;
    UsersProgram program(manyRows(30), databases.path());
    Document &document = program.document;
    auto *model = qobject_cast<TableModel *>(program.view().model());
    BlockEdits &edits = program.find<TablePane>(UsersPane + QStringLiteral("Pane"))->edits();
    QRandomGenerator random(41);
    QList<Cells> history { cellsOf(document.table(0)) };
    int at = 0;
    const auto change = [&](const Cells &now) { // what the person expects to see after a step
        if (now == history.at(at))
            return;
        history = history.first(at + 1);
        history.append(now);
        ++at;
    };
    for (int step = 0; step < 300; ++step) {
        const int rows = model->shownRowCount();
        const int top = random.bounded(rows + 1);
        const int lowest = std::min(rows, top + static_cast<int>(random.bounded(4u)));
        const int bottom = std::min(lowest, rows - 1); // above top: there is only the blank line
        const int left = random.bounded(3);
        const int right = left + random.bounded(3 - left);
        Cells now = history.at(at);
        const auto forSelected = [&](const std::function<void(int row, int column)> &set) {
            for (int row = top; row <= bottom; ++row) {
                for (int column = left; column <= right; ++column)
                    set(row, column);
            }
        };
        const auto place = [&](int row, int column) -> QString & { return now[model->positionOf(row)][column]; };
        const auto addRow = [&](const QString &text) {
            QStringList cells { nextKey(now), QString(), QString() };
            cells[left] = text;
            now.append(cells);
        };
        program.select(top, left, lowest, right);
        switch (rows == 0 ? 6 : random.bounded(11)) {
        case 0: {
            const QString text = QStringLiteral("t%1").arg(random.bounded(50));
            model->setData(model->index(top, left), text, Qt::EditRole);
            if (top == rows)
                addRow(text);
            else
                place(top, left) = text;
            break;
        }
        case 1:
            edits.clear();
            forSelected([&](int row, int column) { place(row, column).clear(); });
            break;
        case 2: {
            if (bottom <= 0 || (top == bottom && top == 0))
                break;
            const int source = top == bottom ? top - 1 : top;
            edits.fillDown();
            forSelected([&](int row, int column) { place(row, column) = place(source, column); });
            break;
        }
        case 3: {
            const QString text = QStringLiteral("p%1").arg(step); // new each time: it is a step
            program.paste(text);
            if (top == rows)
                addRow(text);
            else if (top == bottom && left == right)
                place(top, left) = text;
            else
                forSelected([&](int row, int column) { place(row, column) = text; });
            break;
        }
        case 9: { // two rows of two cells, beyond the last row into new ones
            const int from = std::min(left, 1);
            program.select(top, from, top, from);
            const auto text = [step](int row, int column) {
                return QStringLiteral("b%1%2%3").arg(step).arg(row).arg(column);
            };
            program.paste(QStringLiteral("%1\t%2\n%3\t%4\n").arg(text(0, 0), text(0, 1), text(1, 0), text(1, 1)));
            const qlonglong free = nextKey(now).toLongLong();
            for (int row = 0, added = 0; row < 2; ++row) {
                if (top + row >= rows)
                    now.append({ QString::number(free + added++), QString(), QString() });
                for (int column = 0; column < 2; ++column)
                    (top + row < rows ? place(top + row, from + column) : now.last()[from + column]) =
                        text(row, column);
            }
            break;
        }
        case 4:
            if (now.size() > 10) {
                QList<qsizetype> positions;
                for (int row = top; row <= bottom; ++row)
                    positions.append(model->positionOf(row));
                std::ranges::sort(positions, std::greater());
                for (const qsizetype position : std::as_const(positions))
                    now.remove(position);
                program.trigger(QStringLiteral("removeRowsAction"));
            }
            break;
        case 5:
            document.appendRow(0);
            now = cellsOf(document.table(0));
            QCOMPARE(now.size(), history.at(at).size() + 1);
            QCOMPARE(now.first(now.size() - 1), history.at(at));
            break;
        case 6: {
            RowQuestion question = model->question();
            question.sortColumn = random.bounded(4) - 1;
            question.text = random.bounded(2) == 0 ? QString() : QStringLiteral("1");
            model->ask(question);
            QTRY_VERIFY(!model->isOrdering());
            break;
        }
        case 7:
        case 8:
            if (at > 0) {
                document.undoStack().undo();
                now = history.at(--at);
            }
            break;
        default:
            if (at + 1 < history.size()) {
                document.undoStack().redo();
                now = history.at(++at);
            }
            break;
        }
        QCOMPARE(cellsOf(document.table(0)), now);
        change(now);
        QCOMPARE(document.undoStack().index(), at);
        for (int row = 0; row < model->shownRowCount(); ++row)
            QCOMPARE(program.cell(row, 1), now.at(model->positionOf(row)).at(1));
    }
    QVERIFY(history.size() > 20);
}

SEEDBED_TEST(TestBlockEdits, QApplication)
#include "tst_blockedits.moc"
