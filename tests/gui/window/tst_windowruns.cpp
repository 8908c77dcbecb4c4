// SPDX-License-Identifier: MIT
#include "gui/program.h"
#include "insertion/databases.h"
#include "quiettest.h"

#include <QApplication>
#include <QDir>
#include <QMessageBox>

using namespace seedbed;

class TestWindowRuns : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareProgram(); }

    void runsAndRunsAgain()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        QTRY_COMPARE(program.document.readyRows(), 24);
        QTest::mouseClick(program.find<QPushButton>(QStringLiteral("runButton")), Qt::LeftButton);
        QVERIFY(program.isRunning());
        QVERIFY(!program.find<QPushButton>(QStringLiteral("runButton"))->isEnabled());
        QTRY_VERIFY(!program.isRunning());
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
        QTRY_VERIFY(!program.isRunning());
        for (const int table : { Users, Products, Orders }) {
            QCOMPARE(program.number(table, ProgressModel::Inserted), QStringLiteral("0"));
            QCOMPARE(program.number(table, ProgressModel::Unchanged), inserted.at(table));
            QCOMPARE(program.number(table, ProgressModel::Skipped), skipped.at(table));
        }
    }

    void triggersAreAllowedByChoice()
    {
        QTemporaryDir databases;
        QVERIFY(execute(databases.filePath(QStringLiteral("users.db")),
                        { QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name, email)"),
                          QStringLiteral("CREATE TRIGGER t AFTER INSERT ON users BEGIN SELECT 1; END") }));
        Program program(sampleDataset(), databases.path());
        QTRY_COMPARE(program.document.readyRows(), 24);
        program.trigger(QStringLiteral("runAction"));
        QTRY_VERIFY(!program.isRunning());
        QVERIFY2(program.headline().contains(QStringLiteral("table users has code of its own (trigger t)")),
                 qPrintable(program.headline()));
        QCOMPARE(program.document.readyRows(), 24);
        program.trigger(QStringLiteral("allowTriggersAction"));
        program.trigger(QStringLiteral("runAction"));
        QTRY_VERIFY(!program.isRunning());
        QVERIFY2(program.headline().startsWith(QStringLiteral("24 inserted · 6 skipped · 0 failed in ")),
                 qPrintable(program.headline()));
    }

    void aLinkToADatabaseElsewhereIsRefused()
    {
        QTemporaryDir elsewhere;
        const QString target = elsewhere.filePath(QStringLiteral("theirs.db"));
        QVERIFY(
            execute(target, { QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT)") }));
        QTemporaryDir databases;
        QVERIFY(QFile::link(target, databases.filePath(QStringLiteral("users.db"))));
        Program program(sampleDataset(), databases.path());
        QTRY_COMPARE(program.document.readyRows(), 24);
        program.trigger(QStringLiteral("runAction"));
        QTRY_VERIFY(!program.isRunning());
        QVERIFY2(program.headline().contains(QStringLiteral("users.db: is a link to ") + target),
                 qPrintable(program.headline()));
        QCOMPARE(program.document.readyRows(), 24);
        QCOMPARE(ask(target, QStringLiteral("SELECT count(*) FROM users")), QStringList { QStringLiteral("0") });
        QCOMPARE(QDir(elsewhere.path()).entryList(QDir::Files), QStringList { QStringLiteral("theirs.db") });
        QCOMPARE(QDir(databases.path()).entryList({ QStringLiteral("*.db") }, QDir::Files),
                 QStringList { QStringLiteral("users.db") });
    }

    void dryRunWritesNothing()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        program.trigger(QStringLiteral("dryRunAction"));
        QTRY_VERIFY(!program.isRunning());
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
        QTRY_VERIFY(program.document.counts(Users).in > 0 || !program.isRunning());
        program.type(QStringLiteral("users"), 0, 1, QStringLiteral("Edited meanwhile"));
        program.trigger(QStringLiteral("stopAction"));
        QTRY_VERIFY(!program.isRunning());
        QVERIFY2(program.headline().contains(QStringLiteral(" inserted · ")), qPrintable(program.headline()));
        qsizetype in = 0;
        for (const int table : { Users, Products, Orders }) {
            const QModelIndex bar =
                program.find<QTableView>(QStringLiteral("progressView"))->model()->index(table, ProgressModel::Bar);
            const auto share = bar.data(ProgressModel::ShareRole).value<ProgressShare>();
            QCOMPARE(share.read, Rows);
            QCOMPARE(share.counts.sum(), share.read);
            in += share.counts.inserted;
        }
        QTRY_VERIFY(!program.document.isValidating());
        qsizetype found = program.document.counts(Users).in + program.document.counts(Products).in
            + program.document.counts(Orders).in;
        if (program.document.mark(Users, 0) != RowMark::In && program.document.mark(Users, 0) != RowMark::None)
            ++found;         // in with its former name
        QCOMPARE(found, in); // what is in the files is what was reported
    }

    void aFailedRunIsTheHeadline()
    {
        QTemporaryDir databases;
        QVERIFY(QDir(databases.path()).mkdir(QStringLiteral("users.db")));
        Program program(sampleDataset(), databases.path());
        program.trigger(QStringLiteral("runAction"));
        QTRY_VERIFY(!program.isRunning());
        QVERIFY2(program.headline().contains(QLatin1String("users.db")), qPrintable(program.headline()));
        QVERIFY(program.find<QTableView>(QStringLiteral("logView"))->model()->rowCount() > 0);
    }

    void closingStopsARun()
    {
        QTemporaryDir databases;
        Program program(manyRows(5'000), databases.path());
        program.trigger(QStringLiteral("runAction"));
        QVERIFY(!program.window.close());
        QTRY_VERIFY(!program.window.isVisible());
    }

    void closingAsksForWhatWasEditedMeanwhile_data()
    {
        QTest::addColumn<bool>("wasAsked");
        QTest::newRow("not asked before") << false;
        QTest::newRow("asked before") << true;
    }

    void closingAsksForWhatWasEditedMeanwhile()
    {
        QFETCH(bool, wasAsked);
        QTemporaryDir databases;
        Program program(manyRows(5'000), databases.path());
        const auto discard = [&program] {
            auto *box = program.window.findChild<QMessageBox *>(QStringLiteral("unsavedBox"));
            QTest::mouseClick(box->button(QMessageBox::Discard), Qt::LeftButton);
            delete box;
        };
        if (wasAsked)
            program.document.setCell(Users, 0, 1, "Before", EditSession::None);
        program.trigger(QStringLiteral("runAction"));
        QVERIFY(!program.window.close());
        if (wasAsked)
            discard();
        program.document.setCell(Users, 0, 1, "Meanwhile", EditSession::None);
        QTRY_VERIFY(program.window.findChild<QMessageBox *>(QStringLiteral("unsavedBox")));
        QVERIFY(program.window.isVisible());
        QVERIFY(!program.isRunning());
        discard();
        QTRY_VERIFY(!program.window.isVisible());
    }

    void discardedEditsAreAskedForOnce()
    {
        QTemporaryDir databases;
        Program program(manyRows(5'000), databases.path());
        program.document.setCell(Users, 0, 1, "Before", EditSession::None);
        program.trigger(QStringLiteral("runAction"));
        QVERIFY(!program.window.close());
        auto *box = program.window.findChild<QMessageBox *>(QStringLiteral("unsavedBox"));
        QVERIFY(box);
        QTest::mouseClick(box->button(QMessageBox::Discard), Qt::LeftButton);
        QTRY_VERIFY(!program.window.isVisible());
    }

    void rejectedRowLeadsToItsCell()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        program.trigger(QStringLiteral("dryRunAction"));
        QTRY_VERIFY(!program.isRunning());
        auto *view = program.find<QTableView>(QStringLiteral("rejectsView"));
        const QPoint place = view->visualRect(view->model()->index(2, RejectsModel::Reasons)).center();
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, place);
        QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, place);
        const GridView *grid = program.grid(QStringLiteral("products"));
        QCOMPARE(grid->currentIndex(), grid->model()->index(9, 2)); // the price of row 10
        QCOMPARE(program.window.focusWidget(), grid);
        QTRY_COMPARE(program.text(QStringLiteral("products"), QStringLiteral("reasonLabel")),
                     QStringLiteral("price must be > 0"));
    }
};

SEEDBED_TEST(TestWindowRuns, QApplication)
#include "tst_windowruns.moc"
