// SPDX-License-Identifier: MIT
// Rows that are in the databases with other values, in the real window: their mark, what an update would change, and
// that it changes just that.

#include "gui/look/quiettable.h"
#include "gui/program.h"
#include "gui/run/changesmodel.h"
#include "quiettest.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTabWidget>

using namespace seedbed;

namespace {

void insertSample(const QString &into)
{
    RunProgress progress;
    const auto report = run(sampleDataset(), { .into = into }, progress, {});
    QVERIFY(report && report->totals().inserted == 24);
}

/// The stored text of a field in the row with this id; "nothing" for NULL.
QString stored(const QString &folder, const QString &table, const QString &id, const QString &field)
{
    QString text;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("look"));
        database.setDatabaseName(folder + u'/' + table + QStringLiteral(".db"));
        if (!database.open())
            return QStringLiteral("cannot be opened");
        QSqlQuery query(database);
        query.exec(QStringLiteral("SELECT \"%1\" FROM \"%2\" WHERE id = %3").arg(field, table, id));
        if (query.next())
            text = query.value(0).isNull() ? QStringLiteral("nothing") : query.value(0).toString();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("look"));
    return text;
}

} // namespace

class TestConflictsInWindow : public QuietTest
{
    Q_OBJECT

    static QAbstractItemModel *changes(Program &program)
    {
        return program.find<QTableView>(QStringLiteral("changesView"))->model();
    }

    static QString change(Program &program, int line, ChangesModel::Column column)
    {
        return changes(program)->index(line, column).data().toString();
    }

    /// Chooses as a person would, with the keyboard.
    static void choose(Program &program, Qt::Key key)
    {
        auto *box = program.find<QComboBox>(QStringLiteral("conflictBox"));
        box->setFocus();
        QTest::keyClick(box, key);
    }

    static void runToTheEnd(Program &program, const char *action = "runAction")
    {
        program.trigger(QLatin1String(action));
        QTRY_VERIFY(!program.isRunning());
        QTRY_VERIFY(!program.document.isValidating());
    }

private Q_SLOTS:
    void initTestCase() { prepareProgram(); }

    void anEditedRowIsChanged()
    {
        QTemporaryDir databases;
        insertSample(databases.path());
        Program program(sampleDataset(), databases.path());
        QTRY_COMPARE(program.document.mark(Users, 0), RowMark::In);
        program.document.setCell(Users, 0, 1, "Alicia", EditSession::None);
        QTRY_COMPARE(program.document.mark(Users, 0), RowMark::Changed);
        QTRY_COMPARE(changes(program)->rowCount(), 1);
        QCOMPARE(
            program.grid(QStringLiteral("users"))->model()->headerData(0, Qt::Vertical, Qt::ToolTipRole).toString(),
            plainToolTip(QStringLiteral("In users.db with other values: name was Alice")));
        program.grid(QStringLiteral("users"))
            ->setCurrentIndex(program.grid(QStringLiteral("users"))->model()->index(0, 1));
        QTRY_COMPARE(program.text(QStringLiteral("users"), QStringLiteral("reasonLabel")),
                     QStringLiteral("In users.db with other values: name was Alice"));
        // A row that is wrong besides is a problem.
        program.document.setCell(Users, 0, 2, "nowhere", EditSession::None);
        QTRY_COMPARE(program.document.mark(Users, 0), RowMark::Problem);
        program.document.undoStack().undo();
        program.document.undoStack().undo();
        QTRY_COMPARE(program.document.mark(Users, 0), RowMark::In);
        QTRY_COMPARE(changes(program)->rowCount(), 0);
    }

    void thePreviewIsWhatTheUpdateDoes()
    {
        QTemporaryDir databases;
        insertSample(databases.path());
        Program program(sampleDataset(), databases.path());
        QTRY_COMPARE(program.document.mark(Orders, 0), RowMark::In);
        program.document.setCell(Users, 0, 1, "Alicia", EditSession::None);
        program.document.setCell(Products, 1, 1, "A <b>mouse</b>", EditSession::None);
        program.document.setCell(Products, 1, 2, "19.90", EditSession::None);
        program.document.setCell(Orders, 2, 3, "50", EditSession::None);
        QTRY_COMPARE(changes(program)->rowCount(), 4);
        QTRY_COMPARE(program.document.readyRows(), 0); // they are skipped

        choose(program, Qt::Key_Down);
        QCOMPARE(program.document.onConflict(), ConflictPolicy::Update);
        QTRY_COMPARE(program.document.readyRows(), 3);
        QTRY_COMPARE(program.find<QPushButton>(QStringLiteral("runButton"))->text(),
                     QStringLiteral("Run Inserts (3 rows)"));
        QTRY_COMPARE(program.find<ElidedLabel>(QStringLiteral("changesLabel"))->text(),
                     QStringLiteral("3 rows in the databases with other values, to be updated"));
        auto *tabs = program.find<QTabWidget>(QStringLiteral("resultTabs"));
        QCOMPARE(tabs->tabText(tabs->currentIndex()), QStringLiteral("Changes (3)"));
        QTRY_COMPARE(changes(program)->rowCount(), 4);

        struct Line {
            QString table, key, field, before, after;
        };
        QList<Line> lines;
        for (int line = 0; line < changes(program)->rowCount(); ++line) {
            lines.append({ change(program, line, ChangesModel::Title).toLower(),
                           change(program, line, ChangesModel::Key), change(program, line, ChangesModel::Field),
                           change(program, line, ChangesModel::Before), change(program, line, ChangesModel::After) });
        }
        QCOMPARE(lines.at(1).after, QStringLiteral("A <b>mouse</b>"));
        const auto compare = [&](QString Line::*now) {
            for (const Line &line : lines)
                QCOMPARE(stored(databases.path(), line.table, line.key, line.field), line.*now);
        };
        compare(&Line::before);
        runToTheEnd(program, "dryRunAction");
        QVERIFY2(program.headline().contains(QStringLiteral(" 3 updated")), qPrintable(program.headline()));
        compare(&Line::before);
        runToTheEnd(program);
        QVERIFY2(program.headline().contains(QStringLiteral("0 inserted · 21 unchanged · 3 updated · 6 skipped")),
                 qPrintable(program.headline()));
        compare(&Line::after);
        QTRY_COMPARE(program.document.mark(Orders, 2), RowMark::In);
        QTRY_COMPARE(changes(program)->rowCount(), 0);
        QCOMPARE(program.document.readyRows(), 0);
    }

    void failSendsNothing()
    {
        QTemporaryDir databases;
        insertSample(databases.path());
        Program program(sampleDataset(), databases.path());
        QTRY_COMPARE(program.document.mark(Users, 0), RowMark::In);
        program.document.setCell(Users, 0, 1, "Alicia", EditSession::None);
        program.document.setCell(Users, 9, 1, "Jane", EditSession::None); // which mends it
        QTRY_COMPARE(program.document.readyRows(), 1);
        choose(program, Qt::Key_End);
        QCOMPARE(program.document.onConflict(), ConflictPolicy::Fail);
        QTRY_COMPARE(program.document.readyRows(), 0);
        runToTheEnd(program);
        QVERIFY2(program.headline().contains(QStringLiteral("Nothing written: 1 conflict")),
                 qPrintable(program.headline()));
        QCOMPARE(stored(databases.path(), QStringLiteral("users"), QStringLiteral("1"), QStringLiteral("name")),
                 QStringLiteral("Alice"));
        QCOMPARE(stored(databases.path(), QStringLiteral("users"), QStringLiteral("10"), QStringLiteral("name")),
                 QString());
    }

    void aDatabaseThatCannotBeReadIsTold()
    {
        QTemporaryDir databases;
        insertSample(databases.path());
        Program program(sampleDataset(), databases.path());
        QTRY_COMPARE(program.document.mark(Users, 0), RowMark::In);
        auto *view = program.find<QuietTable>(QStringLiteral("changesView"));
        const auto *label = program.find<ElidedLabel>(QStringLiteral("changesLabel"));
        QTRY_COMPARE(label->text(), QStringLiteral("Nothing to update"));
        const QString path = databases.filePath(QStringLiteral("users.db"));
        QVERIFY(QFile::rename(path, path + QStringLiteral(".kept")));
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(QByteArray(4096, 'x'));
        file.close();
        program.document.setCell(Users, 0, 1, "Alicia", EditSession::None);
        QTRY_COMPARE(label->text(), QStringLiteral("What an update changes is not known"));
        QVERIFY2(view->placeholder().contains(QStringLiteral("users.db")), qPrintable(view->placeholder()));
        QCOMPARE(program.document.mark(Users, 0), RowMark::Changed);

        QVERIFY(file.remove());
        QVERIFY(QFile::rename(path + QStringLiteral(".kept"), path));
        program.document.setCell(Users, 0, 1, "Ally", EditSession::None);
        QTRY_COMPARE(changes(program)->rowCount(), 1);
        QCOMPARE(label->text(), QStringLiteral("1 row in the databases with other values, to be skipped"));
        QVERIFY(view->placeholder().startsWith(QStringLiteral("No row is in a database")));
    }

    void aLineLeadsToItsCell()
    {
        QTemporaryDir databases;
        insertSample(databases.path());
        Program program(sampleDataset(), databases.path());
        QTRY_COMPARE(program.document.mark(Products, 4), RowMark::In);
        program.document.setCell(Products, 4, 2, "1.25", EditSession::None);
        QTRY_COMPARE(changes(program)->rowCount(), 1);
        program.find<QTabWidget>(QStringLiteral("resultTabs"))
            ->setCurrentWidget(program.find<QWidget>(QStringLiteral("changesPanel")));
        auto *view = program.find<QTableView>(QStringLiteral("changesView"));
        const QPoint place = view->visualRect(view->model()->index(0, ChangesModel::Field)).center();
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, place);
        QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, place);
        const GridView *grid = program.grid(QStringLiteral("products"));
        QCOMPARE(grid->currentIndex(), grid->model()->index(4, 2));
        QCOMPARE(program.window.focusWidget(), grid);
    }

    void theChoiceIsRemembered()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        QCOMPARE(program.settings.onConflict(), ConflictPolicy::Skip);
        choose(program, Qt::Key_Down);
        QCOMPARE(program.settings.onConflict(), ConflictPolicy::Update);
        MainWindow another(program.document, program.settings);
        QCOMPARE(another.findChild<QComboBox *>(QStringLiteral("conflictBox"))->currentText(),
                 QStringLiteral("Update"));
    }

    void nothingInTheBarIsCut()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        QTRY_COMPARE(program.document.readyRows(), 24);
        for (const char *name :
             { "conflictBox", "conflictLabel", "chooseButton", "openTargetButton", "dryRunButton" }) {
            const auto *widget = program.find<QWidget>(QLatin1String(name));
            QVERIFY2(widget->width() >= widget->sizeHint().width(), name);
        }
    }
};

SEEDBED_TEST(TestConflictsInWindow, QApplication)
#include "tst_conflictsinwindow.moc"
