// SPDX-License-Identifier: MIT
#include "cli/runjob.h"
#include "quiettest.h"

using namespace seedbed;

class TestRunJob final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void statusOfReport_data();
    void statusOfReport();
    void statusOfError_data();
    void statusOfError();
};

namespace {

RunReport reportWith(qsizetype inserted, qsizetype skipped, qsizetype failed)
{
    TableReport table;
    table.read = inserted + skipped + failed;
    table.counts.inserted = inserted;
    table.counts.skipped = skipped;
    table.counts.failed = failed;
    RunReport report;
    report.tables = { table };
    return report;
}

} // namespace

Q_DECLARE_METATYPE(seedbed::RunReport)

void TestRunJob::statusOfReport_data()
{
    QTest::addColumn<RunReport>("report");
    QTest::addColumn<int>("failOn");
    QTest::addColumn<int>("expected");

    const auto row = [](const char *name, const RunReport &report, FailOn failOn, ExitStatus expected) {
        QTest::newRow(name) << report << static_cast<int>(failOn) << static_cast<int>(expected);
    };
    row("all in", reportWith(3, 0, 0), FailOn::Skipped, Done);
    row("skipped, not asked", reportWith(3, 1, 0), FailOn::Failed, Done);
    row("skipped, asked", reportWith(3, 1, 0), FailOn::Skipped, RowsNotIn);
    row("failed", reportWith(3, 0, 1), FailOn::Failed, RowsNotIn);
    row("skipped includes failed", reportWith(3, 0, 1), FailOn::Skipped, RowsNotIn);
    row("failed, none asked", reportWith(3, 1, 1), FailOn::None, Done);

    RunReport failed = reportWith(3, 0, 1);
    failed.outcome = RunReport::Outcome::Failed;
    row("a failed run, none asked", failed, FailOn::None, Done);

    RunReport doubtful = reportWith(3, 0, 0);
    doubtful.auditFindings = { QStringLiteral("users.db: 2 of 3 rows are there") };
    row("the audit found something", doubtful, FailOn::None, RowsNotIn);

    RunReport locked = reportWith(0, 1, 2);
    locked.stayedLocked = true;
    row("locked before failed", locked, FailOn::Failed, StayedLocked);

    locked.outcome = RunReport::Outcome::Cancelled;
    row("interrupted before locked", locked, FailOn::Failed, Interrupted);
}

void TestRunJob::statusOfReport()
{
    QFETCH(RunReport, report);
    QFETCH(int, failOn);
    QTEST(static_cast<int>(exitStatus(report, static_cast<FailOn>(failOn))), "expected");
}

void TestRunJob::statusOfError_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("expected");

    QTest::newRow("unreadable") << static_cast<int>(Error::Kind::Unreadable) << static_cast<int>(FileTrouble);
    QTest::newRow("unwritable") << static_cast<int>(Error::Kind::Unwritable) << static_cast<int>(FileTrouble);
    QTest::newRow("refused") << static_cast<int>(Error::Kind::Refused) << static_cast<int>(FileTrouble);
    QTest::newRow("locked") << static_cast<int>(Error::Kind::Locked) << static_cast<int>(StayedLocked);
}

void TestRunJob::statusOfError()
{
    QFETCH(int, kind);
    QTEST(static_cast<int>(exitStatus(Error { static_cast<Error::Kind>(kind), {} })), "expected");
}

SEEDBED_TEST(TestRunJob, QCoreApplication)
#include "tst_runjob.moc"
