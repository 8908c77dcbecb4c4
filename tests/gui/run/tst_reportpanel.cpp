// SPDX-License-Identifier: MIT
#include "gui/look/applytheme.h"
#include "gui/look/quiettable.h"
#include "gui/look/theme.h"
#include "gui/run/reportpanel.h"
#include "gui/run/sharebar.h"
#include "quiettest.h"
#include "rows/dataset.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QSignalSpy>
#include <QTableView>

using namespace seedbed;

namespace {

RejectedRow rejected(qsizetype row, RowOutcome outcome, const QString &field, const QString &message)
{
    return { RowId(static_cast<quint64>(row)),
             row,
             QString::number(row),
             outcome,
             { { field, {}, message, {}, 0, {} }, { {}, {}, QStringLiteral("and so on"), {}, 0, {} } } };
}

RunReport sampleReport()
{
    RunReport report;
    report.seconds = std::chrono::duration<double>(0.04);
    TableReport users;
    users.read = 10;
    users.counts = { .inserted = 7, .unchanged = 0, .updated = 0, .skipped = 2, .failed = 1, .cancelled = 0 };
    users.seconds = std::chrono::duration<double>(0.5);
    users.peakInFlight = 8;
    users.lockRetries = 3;
    users.lockWait = std::chrono::duration<double>(1.2);
    users.rejected = { rejected(8, RowOutcome::Skipped, QStringLiteral("email"), QStringLiteral("duplicate email")),
                       rejected(9, RowOutcome::Failed, {}, QStringLiteral("database is locked")) };
    report.tables = { users, {}, {} };
    return report;
}

} // namespace

class TestReportPanel : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(ThemeChoice::Light); }

    void headlineSaysItAll_data()
    {
        QTest::addColumn<RunReport>("report");
        QTest::addColumn<QString>("headline");
        RunReport report = sampleReport();
        QTest::newRow("done") << report << QStringLiteral("7 inserted · 2 skipped · 1 failed in 0.04 s");
        report.seconds = std::chrono::duration<double>(75.2);
        report.tables[1].counts.unchanged = 1234;
        QTest::newRow("unchanged") << report
                                   << QStringLiteral("7 inserted · 1,234 unchanged · 2 skipped · 1 failed in 75.2 s");
        report = sampleReport();
        report.outcome = RunReport::Outcome::Cancelled;
        report.tables[2].counts.cancelled = 5;
        QTest::newRow("stopped") << report
                                 << QStringLiteral(
                                        "Stopped: 7 inserted · 2 skipped · 1 failed · 5 not reached in 0.04 s");
        report = sampleReport();
        report.auditFindings = QStringList { QStringLiteral("users.db: 1 row missing") };
        QTest::newRow("audit") << report
                               << QStringLiteral(
                                      "7 inserted · 2 skipped · 1 failed in 0.04 s: users.db: 1 row missing");
    }

    void headlineSaysItAll()
    {
        QFETCH(RunReport, report);
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        ReportPanel panel;
        panel.setPackage(*sampleDataset().package);
        panel.showReport(report);
        QTEST(panel.headline(), "headline");
    }

    void numbersOfATable()
    {
        ProgressModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setPackage(*sampleDataset().package);
        QCOMPARE(model.index(0, ProgressModel::Inserted).data().toString(), QStringLiteral("–"));
        model.setReport(sampleReport());
        const QStringList expected { QStringLiteral("Users"), QStringLiteral("100 %"), QStringLiteral("7"),
                                     QStringLiteral("0"),     QStringLiteral("2"),     QStringLiteral("1"),
                                     QStringLiteral("14"),    QStringLiteral("8"),     QStringLiteral("3 (1.2 s)") };
        for (int column = 0; column < ProgressModel::ColumnCount; ++column)
            QCOMPARE(model.index(0, column).data().toString(), expected.at(column));
    }

    void rejectsCarryAllReasons()
    {
        RejectsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setPackage(*sampleDataset().package);
        model.append({ { rejected(3, RowOutcome::Skipped, {}, QStringLiteral("bad")) }, {}, {} });
        QCOMPARE(model.rowCount(), 1);
        model.setReport(sampleReport());
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, RejectsModel::Reasons).data().toString(),
                 QStringLiteral("duplicate email · and so on"));
        QCOMPARE(model.index(1, RejectsModel::Title).data().toString(), QStringLiteral("Users"));
    }

    void rejectsOfManyUpdatesKeepTheirOrder()
    {
        RejectsModel model;
        model.setPackage(*sampleDataset().package);
        for (int update = 0; update < 40; ++update) {
            QList<QList<RejectedRow>> rows(3);
            for (int row = 0; row < update % 3; ++row) // some bring none
                rows[update % 2].append(rejected(100 * update + row, RowOutcome::Skipped, {}, QStringLiteral("bad")));
            model.append(rows);
        }
        int at = 0;
        for (int update = 0; update < 40; ++update) {
            for (int row = 0; row < update % 3; ++row, ++at) {
                QCOMPARE(model.rejectedAt(at).row, 100 * update + row);
                QCOMPARE(model.tableAt(at), update % 2);
            }
        }
        QCOMPARE(model.rowCount(), at);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void enterAndDoubleClickJump()
    {
        ReportPanel panel;
        panel.setPackage(*sampleDataset().package);
        panel.resize(700, 400);
        panel.show();
        panel.showReport(sampleReport());
        auto *view = panel.findChild<QTableView *>(QStringLiteral("rejectsView"));
        QVERIFY(view);
        QSignalSpy wanted(&panel, &ReportPanel::cellWanted);
        view->setCurrentIndex(view->model()->index(0, 0));
        QTest::keyClick(view, Qt::Key_Return);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted.constFirst().at(0).toInt(), 0);
        QCOMPARE(wanted.constFirst().at(1).value<RowId>(), RowId(8));
        QCOMPARE(wanted.constFirst().at(2).toString(), QStringLiteral("email"));
        const QPoint place = view->visualRect(view->model()->index(1, RejectsModel::Reasons)).center();
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, place);
        QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(wanted.count(), 2);
        QCOMPARE(wanted.constLast().at(1).value<RowId>(), RowId(9));
        QCOMPARE(wanted.constLast().at(2).toString(), QString());
    }

    void whatTheAuditFoundStandsInPlaceOfRows()
    {
        ReportPanel panel;
        panel.setPackage(*sampleDataset().package);
        RunReport report = sampleReport();
        report.tables[0].rejected.clear();
        report.tables[0].counts.failed = 0;
        const auto *view = panel.findChild<QuietTable *>(QStringLiteral("rejectsView"));
        panel.showReport(report);
        QCOMPARE(view->placeholder(), QStringLiteral("Every row is in its database."));
        report.auditFindings =
            QStringList { QStringLiteral("users.db: 1 row missing"), QStringLiteral("orders.db: 2 rows missing") };
        panel.showReport(report);
        QCOMPARE(view->placeholder(), QStringLiteral("users.db: 1 row missing\norders.db: 2 rows missing"));
    }

    void errorIsTheHeadline()
    {
        ReportPanel panel;
        panel.setPackage(*sampleDataset().package);
        panel.showError({ Error::Kind::Refused, QStringLiteral("users.db is not a database") });
        QCOMPARE(panel.headline(), QStringLiteral("users.db is not a database"));
    }
};

SEEDBED_TEST(TestReportPanel, QApplication)
#include "tst_reportpanel.moc"
