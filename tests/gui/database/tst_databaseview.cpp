// SPDX-License-Identifier: MIT
#include "gui/database/databaseview.h"
#include "gui/program.h"
#include "insertion/databases.h"
#include "quiettest.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QScrollBar>
#include <QStackedWidget>
#include <QToolButton>

using namespace seedbed;

namespace {

const QString UsersTable = QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT, age)");

// Users whose database has rows already.
class UsersDatabase
{
public:
    explicit UsersDatabase(int rows = -1)
    {
        if (rows >= 0 && !fill(rows))
            qFatal("users.db cannot be made");
    }

    [[nodiscard]] bool fill(int rows) const
    {
        return execute(path(),
                       { UsersTable,
                         QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                                        "WHERE i < %1) INSERT INTO users SELECT i, 'row ' || i, NULL, 7 FROM n "
                                        "WHERE %1 > 0")
                             .arg(rows) });
    }
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("users.db")); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
};

TablePane *pane(Program &program, const QString &resource)
{
    return program.find<TablePane>(resource + QStringLiteral("Pane"));
}

template <typename T>
T *part(Program &program, const QString &name)
{
    return pane(program, QStringLiteral("users"))->findChild<T *>(name);
}

DatabaseView *showDatabase(Program &program)
{
    QTest::mouseClick(part<QToolButton>(program, QStringLiteral("inDatabaseButton")), Qt::LeftButton);
    return part<DatabaseView>(program, QStringLiteral("databaseView"));
}

QString cell(const DatabaseView *view, int row, int column)
{
    return view->model()->index(row, column).data().toString();
}

QString counts(Program &program)
{
    return program.text(QStringLiteral("users"), QStringLiteral("countsLabel"));
}

DatabaseModel *modelOf(const DatabaseView *view)
{
    return qobject_cast<DatabaseModel *>(view->model());
}

} // namespace

class TestDatabaseView : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareProgram(); }

    void showsWhatARunPutIn()
    {
        const UsersDatabase users;
        Program program(sampleDataset(), users.folder());
        QTRY_COMPARE(program.document.readyRows(), 24);
        const QString seedCounts = counts(program);
        const QRect place = part<QStackedWidget>(program, QStringLiteral("rowsStack"))->geometry();
        DatabaseView *view = showDatabase(program);
        QVERIFY(view->isVisible());
        const QAbstractItemModelTester tester(view->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_COMPARE(modelOf(view)->message(), QStringLiteral("users.db is not there yet; the first run makes it"));
        QCOMPARE(counts(program), QStringLiteral("Read-only view of users.db"));
        QVERIFY(QDir(users.folder()).isEmpty());

        program.trigger(QStringLiteral("runAction"));
        QTRY_VERIFY(!program.isRunning());
        QTRY_COMPARE(counts(program), QStringLiteral("8 rows in users.db"));
        QTRY_COMPARE(cell(view, 0, 1), QStringLiteral("Alice"));
        QCOMPARE(view->model()->headerData(2, Qt::Horizontal).toString(), QStringLiteral("email"));
        QCOMPARE(part<QStackedWidget>(program, QStringLiteral("rowsStack"))->geometry(), place);

        QTest::mouseClick(part<QToolButton>(program, QStringLiteral("seedRowsButton")), Qt::LeftButton);
        QVERIFY(program.grid(QStringLiteral("users"))->isVisible());
        QVERIFY(!view->isVisible());
        QTRY_COMPARE(counts(program), QStringLiteral("10 rows · 8 in · 2 problems"));
        QVERIFY(seedCounts.startsWith(QStringLiteral("10 rows")));
    }

    void isNotInTheWayOfARun()
    {
        const UsersDatabase users;
        Program program(sampleDataset(), users.folder());
        for (const char *name : { "users", "products", "orders" }) {
            auto *of = pane(program, QString::fromLatin1(name));
            of->switchRows();
        }
        for (int run = 0; run < 3; ++run) {
            program.trigger(QStringLiteral("runAction"));
            QTRY_VERIFY(!program.isRunning());
            QTRY_COMPARE(counts(program), QStringLiteral("8 rows in users.db"));
        }
        const QAbstractItemModel *log = program.find<QTableView>(QStringLiteral("logView"))->model();
        for (int row = 0; row < log->rowCount(); ++row) {
            for (int column = 0; column < log->columnCount(); ++column)
                QVERIFY(!log->index(row, column).data().toString().contains(QLatin1String("write-ahead")));
        }
        QTRY_COMPARE(QDir(users.folder()).entryList(QDir::Files).filter(QStringLiteral("-wal")), QStringList());
    }

    void switchesByKeyboard()
    {
        const UsersDatabase users(3);
        Program program(sampleDataset(), users.folder());
        GridView *grid = program.grid(QStringLiteral("users"));
        QVERIFY(QTest::qWaitForWindowActive(&program.window, 60000));
        grid->setFocus();
        QTest::keyClick(grid, Qt::Key_T, Qt::ControlModifier);
        auto *view = part<DatabaseView>(program, QStringLiteral("databaseView"));
        QVERIFY(view);
        QCOMPARE(program.window.focusWidget(), view);
        QTRY_COMPARE(counts(program), QStringLiteral("3 rows in users.db"));
        QVERIFY(!pane(program, QStringLiteral("orders"))->findChild<DatabaseView *>());
        QTest::keyClick(view, Qt::Key_T, Qt::ControlModifier);
        QCOMPARE(program.window.focusWidget(), grid);
    }

    void readsAPageFromTheMiddle()
    {
        constexpr int Rows = 100'000;
        const UsersDatabase users(Rows);
        Program program(sampleDataset(), users.folder());
        DatabaseView *view = showDatabase(program);
        QTRY_COMPARE(counts(program), QStringLiteral("100000 rows in users.db"));
        QTRY_COMPARE(cell(view, 0, 1), QStringLiteral("row 1"));
        QCOMPARE(cell(view, Rows / 2, 1), QStringLiteral("…"));
        view->scrollTo(view->model()->index(Rows / 2, 0));
        QTRY_COMPARE(cell(view, Rows / 2, 1), QStringLiteral("row 50001"));
        QCOMPARE(cell(view, Rows / 2, 2), QStringLiteral("NULL"));
        QCOMPARE(cell(view, Rows / 2, 3), QStringLiteral("7"));
        QVERIFY(modelOf(view)->pageCount() <= 4);

        for (int row = 0; row < Rows; row += 2500) {
            view->scrollTo(view->model()->index(row, 0), QAbstractItemView::PositionAtTop);
            QTRY_VERIFY(modelOf(view)->isHeld(row));
            QVERIFY(modelOf(view)->pageCount() <= DatabaseModel::MostPages);
        }
        QCOMPARE(modelOf(view)->pageCount(), DatabaseModel::MostPages);
        QVERIFY(!modelOf(view)->isHeld(0));
        view->scrollToBottom();
        QTRY_COMPARE(cell(view, Rows - 1, 1), QStringLiteral("row 100000"));
    }

    void readsOnlyWhereScrollingEnds()
    {
        const UsersDatabase users(100'000);
        Program program(sampleDataset(), users.folder());
        DatabaseView *view = showDatabase(program);
        QTRY_VERIFY(modelOf(view)->isHeld(0));
        for (int row = 0; row < 100'000; row += 1000)
            view->verticalScrollBar()->setValue(row);
        view->scrollToBottom();
        QTRY_VERIFY(modelOf(view)->isHeld(99'999));
        QVERIFY(modelOf(view)->pageCount() <= 4);
    }

    void followsAnotherProgram_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::newRow("journal") << QStringLiteral("DELETE");
        QTest::newRow("write-ahead log") << QStringLiteral("WAL");
    }

    void followsAnotherProgram()
    {
        QFETCH(QString, mode);
        const UsersDatabase users(1000);
        Program program(sampleDataset(), users.folder());
        DatabaseView *view = showDatabase(program);
        QTRY_VERIFY(modelOf(view)->isHeld(0));
        view->scrollTo(view->model()->index(500, 0), QAbstractItemView::PositionAtTop);
        view->setCurrentIndex(view->model()->index(501, 1));
        QTRY_VERIFY(modelOf(view)->isHeld(500));
        const int place = view->verticalScrollBar()->value();

        SqliteConnection other(users.path(), SqliteConnection::Mode::ReadWrite);
        QVERIFY(other.execute(QStringLiteral("PRAGMA busy_timeout=60000")).isOk()); // until it has been looked at
        QVERIFY(other.execute(QStringLiteral("PRAGMA journal_mode=%1").arg(mode)).isOk());
        QVERIFY(other.execute(QStringLiteral("INSERT INTO users (name) VALUES ('a'), ('b')")).isOk());
        QVERIFY(other.execute(QStringLiteral("UPDATE users SET name = 'Changed' WHERE id = 503")).isOk());
        QTRY_COMPARE(counts(program), QStringLiteral("1002 rows in users.db"));
        QTRY_COMPARE(cell(view, 502, 1), QStringLiteral("Changed"));
        QCOMPARE(view->verticalScrollBar()->value(), place);
        QCOMPARE(view->currentIndex(), view->model()->index(501, 1));

        QVERIFY(other.execute(QStringLiteral("DELETE FROM users WHERE id > 900")).isOk());
        QTRY_COMPARE(counts(program), QStringLiteral("900 rows in users.db"));
        QCOMPARE(view->verticalScrollBar()->value(), place);
        QVERIFY(other.execute(QStringLiteral("ALTER TABLE users ADD COLUMN more")).isOk());
        QTRY_COMPARE(view->model()->columnCount(), 5);
    }

    void waitsForALock()
    {
        const UsersDatabase users(10);
        Program program(sampleDataset(), users.folder());
        QTRY_VERIFY(!program.document.isValidating());
        ForeignProcess other(users.path(), QStringLiteral("BEGIN EXCLUSIVE"));
        QVERIFY(other.holds());
        DatabaseView *view = showDatabase(program);
        QTRY_VERIFY2(modelOf(view)->message().contains(QLatin1String("locked")), qPrintable(modelOf(view)->message()));
        other.release();
        QTRY_COMPARE(counts(program), QStringLiteral("10 rows in users.db"));
    }

    void saysWhatIsTheMatter()
    {
        const UsersDatabase users(10);
        Program program(sampleDataset(), users.folder());
        DatabaseView *view = showDatabase(program);
        QTRY_COMPARE(view->model()->rowCount(), 10);
        QVERIFY(QFile::remove(users.path()));
        QTRY_COMPARE(modelOf(view)->message(), QStringLiteral("users.db is not there yet; the first run makes it"));
        QCOMPARE(view->model()->rowCount(), 0);
        QVERIFY(execute(users.path(), { QStringLiteral("CREATE TABLE users AS SELECT 'A' AS other") }));
        QTRY_COMPARE(view->model()->rowCount(), 1);
        const QString reason = program.text(QStringLiteral("users"), QStringLiteral("reasonLabel"));
        QVERIFY2(reason.contains(QLatin1String("lacks the columns: id, name, email")), qPrintable(reason));
    }

    void isReadOnly()
    {
        const UsersDatabase users(10);
        Program program(sampleDataset(), users.folder());
        DatabaseView *view = showDatabase(program);
        QTRY_VERIFY(modelOf(view)->isHeld(0));
        const QModelIndex index = view->model()->index(0, 1);
        QVERIFY(!(index.flags() & Qt::ItemIsEditable));
        view->setFocus();
        view->setCurrentIndex(index);
        QTest::keyClick(view, Qt::Key_F2);
        QTest::keyClick(view, Qt::Key_Delete);
        QVERIFY(!program.window.findChild<QLineEdit *>(QStringLiteral("cellEditor")));
        // Nor may what is meant for these rows reach those behind them.
        program.grid(QStringLiteral("users"))->selectAll();
        QGuiApplication::clipboard()->setText(QStringLiteral("77\tPasted\tp@example.com"));
        for (const char *action :
             { "cutAction", "pasteAction", "pasteRowsAction", "fillDownAction", "removeRowsAction" })
            program.trigger(QString::fromLatin1(action));
        QCOMPARE(program.document.undoStack().count(), 0);
        QCOMPARE(program.document.table(0).rowCount(), 10);
        const auto *filter = part<QLineEdit>(program, QStringLiteral("filterEdit"));
        QVERIFY(!filter->isEnabled());
        QCOMPARE(filter->placeholderText(), QStringLiteral("Only seed rows can be filtered"));
        QVERIFY(!part<QToolButton>(program, QStringLiteral("addButton"))->isEnabled());
    }

    void copies()
    {
        const UsersDatabase users(10'000);
        Program program(sampleDataset(), users.folder());
        DatabaseView *view = showDatabase(program);
        QTRY_VERIFY(modelOf(view)->isHeld(0));
        view->setFocus();
        view->selectionModel()->select({ view->model()->index(1, 0), view->model()->index(2, 3) },
                                       QItemSelectionModel::ClearAndSelect);
        QGuiApplication::clipboard()->clear();
        QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("2\trow 2\t\t7\n3\trow 3\t\t7\n"));
        program.trigger(QStringLiteral("copyWithHeadersAction"));
        QTRY_COMPARE(QGuiApplication::clipboard()->text(),
                     QStringLiteral("id\tname\temail\tage\n2\trow 2\t\t7\n3\trow 3\t\t7\n"));
        view->selectAll(); // most of which are not held
        program.trigger(QStringLiteral("copyAction"));
        QTRY_COMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 10'000);
        QVERIFY(QGuiApplication::clipboard()->text().endsWith(QStringLiteral("10000\trow 10000\t\t7\n")));
    }

    void copiesWholeTextsAndSaysWhatIsNone()
    {
        const UsersDatabase users(2);
        const QString longText(StoredTable::LongestText + 500, u'x');
        QVERIFY(
            execute(users.path(),
                    { QStringLiteral("UPDATE users SET name = '%1', email = x'0102' WHERE id = 1").arg(longText) }));
        Program program(sampleDataset(), users.folder());
        DatabaseView *view = showDatabase(program);
        QTRY_VERIFY(modelOf(view)->isHeld(0));
        QVERIFY(cell(view, 0, 1).endsWith(u'…'));
        const auto reason = [&program] { return program.text(QStringLiteral("users"), QStringLiteral("reasonLabel")); };
        const QString before = reason();
        view->setFocus();
        view->setCurrentIndex(view->model()->index(0, 1));
        view->selectionModel()->select({ view->model()->index(0, 1), view->model()->index(0, 3) },
                                       QItemSelectionModel::ClearAndSelect);
        QGuiApplication::clipboard()->clear();
        QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), longText + QStringLiteral("\t\t7\n"));
        QTRY_VERIFY2(reason().startsWith(QStringLiteral("Copied as empty: 1 cell of binary data")),
                     qPrintable(reason()));
        view->setCurrentIndex(view->model()->index(1, 1));
        QCOMPARE(reason(), before);
    }

    void givesWayToTheSeedRows()
    {
        const UsersDatabase users(10);
        Program program(sampleDataset(), users.folder());
        const DatabaseView *view = showDatabase(program);
        QVERIFY(view->isVisible());
        pane(program, QStringLiteral("users"))->showCell(program.document.table(0).rowId(3), QStringLiteral("name"));
        QVERIFY(!view->isVisible());
        QCOMPARE(program.window.focusWidget(), program.grid(QStringLiteral("users")));
        showDatabase(program);
        program.trigger(QStringLiteral("addRowAction"));
        QVERIFY(!view->isVisible());
        QCOMPARE(program.document.table(0).rowCount(), 11);
    }

    void goesToAnotherFolder()
    {
        const UsersDatabase users(10);
        const UsersDatabase others(4);
        Program program(sampleDataset(), users.folder());
        showDatabase(program);
        QTRY_COMPARE(counts(program), QStringLiteral("10 rows in users.db"));
        program.document.setTarget(others.folder());
        QTRY_COMPARE(counts(program), QStringLiteral("4 rows in users.db"));
    }
};

SEEDBED_TEST(TestDatabaseView, QApplication)
#include "tst_databaseview.moc"
