// SPDX-License-Identifier: MIT
// The report's sums, and its two forms.

#include "quiettest.h"
#include "report/reportjson.h"
#include "report/reporttext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace seedbed;

namespace {

RunReport exampleReport()
{
    Reason duplicate;
    duplicate.field = QStringLiteral("email");
    duplicate.rule = QStringLiteral("unique");
    duplicate.message = QStringLiteral("duplicate email");
    duplicate.causeResource = QStringLiteral("users");
    duplicate.causeRow = 1;

    TableReport users;
    users.resource = QStringLiteral("users");
    users.database = QStringLiteral("users.db");
    users.table = QStringLiteral("users");
    users.read = 10;
    users.workers = 10;
    users.peakInFlight = 8;
    users.seconds = std::chrono::milliseconds(30);
    BatchOutcome outcome;
    outcome.counts.inserted = 7;
    outcome.counts.unchanged = 1;
    outcome.counts.skipped = 1;
    outcome.counts.failed = 1;
    outcome.rejected.append({ RowId(8), 8, QStringLiteral("8"), RowOutcome::Skipped, { duplicate } });
    outcome.rejected.append({ RowId(9),
                              9,
                              QStringLiteral("9"),
                              RowOutcome::Failed,
                              { Reason::saying(QStringLiteral("bad\x1b[31m\u202etext")) } });
    users.add(outcome);

    RunReport report;
    report.package = QStringLiteral("shop");
    report.into = QStringLiteral("/somewhere");
    report.started = QDateTime(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
    report.seconds = std::chrono::milliseconds(40);
    report.tables.append(users);
    return report;
}

} // namespace

class tst_RunReport final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void balances();
    void text();
    void json();
    void reasonTexts();
    void wordsOfOutcomes();
    void headlines_data();
    void headlines();
    void findingsOfTheAudit();
    void changesOfADryRun();
};

void tst_RunReport::balances()
{
    RunReport report = exampleReport();
    QVERIFY(report.isBalanced());
    QCOMPARE(report.totals().sum(), 10);
    for (const RowOutcome outcome : { RowOutcome::Inserted, RowOutcome::Unchanged, RowOutcome::Updated,
                                      RowOutcome::Skipped, RowOutcome::Failed, RowOutcome::Cancelled }) {
        report.tables.first().counts.add(outcome);
        QVERIFY(!report.isBalanced());
        ++report.tables.first().read;
        QVERIFY(report.isBalanced());
    }
    QCOMPARE(report.totals().sum(), 16);
}

void tst_RunReport::text()
{
    QCOMPARE(reportToText(exampleReport()),
             QStringLiteral("Completed: shop into /somewhere, 0.04 s\n"
                            "7 inserted, 1 unchanged, 1 skipped, 1 failed\n"
                            "\n"
                            "users -> users.db: 10 read, 7 inserted, 1 unchanged, 1 skipped, 1 failed; 0.03 s, 8 in "
                            "flight at most\n"
                            "  row 8 skipped: duplicate email (users row 1)\n"
                            "  row 9 failed: bad\\u001b[31m\\u202etext\n"));
}

void tst_RunReport::json()
{
    const QByteArray text = reportToJson(exampleReport());
    QVERIFY(text.endsWith("}\n"));
    const QJsonObject report = QJsonDocument::fromJson(text).object();
    QCOMPARE(report[QStringLiteral("package")].toString(), QStringLiteral("shop"));
    QCOMPARE(report[QStringLiteral("outcome")].toString(), QStringLiteral("completed"));
    QCOMPARE(report[QStringLiteral("started")].toString(), QStringLiteral("2026-01-01T00:00:00Z"));
    QCOMPARE(report[QStringLiteral("dryRun")].toBool(true), false);
    const QJsonObject users = report[QStringLiteral("tables")][0].toObject();
    QCOMPARE(users.keys().size(), 16);
    QCOMPARE(users[QStringLiteral("read")].toInt(), 10);
    QCOMPARE(users[QStringLiteral("inserted")].toInt(), 7);
    QCOMPARE(users[QStringLiteral("peakInFlight")].toInt(), 8);
    const QJsonObject row = users[QStringLiteral("rejected")][0].toObject();
    QCOMPARE(row[QStringLiteral("row")].toInt(), 8);
    QCOMPARE(row[QStringLiteral("key")].toString(), QStringLiteral("8"));
    QCOMPARE(row[QStringLiteral("outcome")].toString(), QStringLiteral("skipped"));
    const QJsonObject problem = row[QStringLiteral("problems")][0].toObject();
    QCOMPARE(problem[QStringLiteral("field")].toString(), QStringLiteral("email"));
    QCOMPARE(problem[QStringLiteral("rule")].toString(), QStringLiteral("unique"));
    QCOMPARE(problem[QStringLiteral("message")].toString(), QStringLiteral("duplicate email"));
    QCOMPARE(problem[QStringLiteral("cause")][QStringLiteral("resource")].toString(), QStringLiteral("users"));
    QCOMPARE(problem[QStringLiteral("cause")][QStringLiteral("row")].toInt(), 1);
    const QJsonObject other = users[QStringLiteral("rejected")][1][QStringLiteral("problems")][0].toObject();
    QVERIFY(!other.contains(QStringLiteral("cause")));
}

void tst_RunReport::reasonTexts()
{
    Reason reason = Reason::saying(QStringLiteral("user_id 8 not found"));
    QCOMPARE(reason.text(), QStringLiteral("user_id 8 not found"));
    reason.causeResource = QStringLiteral("users");
    reason.causeRow = 8;
    QCOMPARE(reason.text(), QStringLiteral("user_id 8 not found (users row 8)"));
    reason.causeMessage = QStringLiteral("duplicate email");
    QCOMPARE(reason.text(), QStringLiteral("user_id 8 not found (users row 8: duplicate email)"));
}

// They are a promise to scripts.
void tst_RunReport::wordsOfOutcomes()
{
    QStringList rows;
    for (const RowOutcome outcome : { RowOutcome::Inserted, RowOutcome::Unchanged, RowOutcome::Updated,
                                      RowOutcome::Skipped, RowOutcome::Failed, RowOutcome::Cancelled })
        rows += outcomeName(outcome);
    QCOMPARE(rows.join(u' '), QStringLiteral("inserted unchanged updated skipped failed cancelled"));
    QStringList runs;
    for (const RunReport::Outcome outcome :
         { RunReport::Outcome::Completed, RunReport::Outcome::Cancelled, RunReport::Outcome::Failed })
        runs += outcomeName(outcome);
    QCOMPARE(runs.join(u' '), QStringLiteral("completed cancelled failed"));
}

void tst_RunReport::headlines_data()
{
    QTest::addColumn<RunReport::Outcome>("outcome");
    QTest::addColumn<bool>("isDryRun");
    QTest::addColumn<bool>("isRefused");
    QTest::addColumn<QStringList>("lines");
    using Outcome = RunReport::Outcome;
    QTest::newRow("a run") << Outcome::Completed << false << false
                           << QStringList { QStringLiteral("Completed: shop into /somewhere, 0.04 s"),
                                            QStringLiteral("2 inserted, 3 updated, 0 skipped, 1 cancelled"),
                                            QString() };
    QTest::newRow("a dry run") << Outcome::Completed << true << false
                               << QStringList { QStringLiteral("Dry run completed: shop into /somewhere, 0.04 s"),
                                                QStringLiteral(
                                                    "2 would be inserted, 3 would be updated, 0 skipped, 1 cancelled"),
                                                QString() };
    QTest::newRow("cancelled") << Outcome::Cancelled << true << false
                               << QStringList { QStringLiteral("Cancelled: shop into /somewhere, 0.04 s") };
    QTest::newRow("refused") << Outcome::Failed << false << true
                             << QStringList { QStringLiteral("Failed: shop into /somewhere, 0.04 s"),
                                              QStringLiteral("2 inserted, 3 updated, 0 skipped, 1 cancelled"),
                                              refusedReason(), QString() };
}

void tst_RunReport::headlines()
{
    QFETCH(RunReport::Outcome, outcome);
    QFETCH(bool, isDryRun);
    QFETCH(bool, isRefused);
    QFETCH(QStringList, lines);
    RunReport report = exampleReport();
    report.outcome = outcome;
    report.isDryRun = isDryRun;
    report.isRefused = isRefused;
    report.tables[0].counts = { .inserted = 2, .updated = 3, .cancelled = 1 };
    QCOMPARE(reportToText(report).split(u'\n').first(lines.size()), lines);
}

void tst_RunReport::findingsOfTheAudit()
{
    RunReport report = exampleReport();
    QVERIFY(!reportToText(report).contains(QStringLiteral("do not show")));
    report.auditFindings = { QStringLiteral("users row 1 is not in users.db"), QStringLiteral("a\nb") };
    QVERIFY(reportToText(report).endsWith(QStringLiteral("\n\nThe files do not show what is reported above:\n"
                                                         "  users row 1 is not in users.db\n  a\\nb\n")));
    const QJsonObject json = QJsonDocument::fromJson(reportToJson(report)).object();
    QCOMPARE(json[QStringLiteral("auditFindings")].toArray().size(), 2);
}

// Of many changes the first are told, and how many more there are.
void tst_RunReport::changesOfADryRun()
{
    RunReport report = exampleReport();
    report.isDryRun = true;
    TableReport &users = report.tables.first();
    const CellChange from { QStringLiteral("email"), QString(), QStringLiteral("a\tb") };
    const CellChange to { QStringLiteral("name"), QStringLiteral(""), QString() };
    users.changes = { { .row = 3, .key = QStringLiteral("3"), .cells = { from, to } } };
    users.counts.updated = 1;
    const QString line = QStringLiteral("  row 3 would be updated: email nothing -> \"a\\tb\", name \"\" -> nothing\n");
    QVERIFY2(reportToText(report).endsWith(line), qPrintable(reportToText(report)));
    users.counts.updated = 3;
    QVERIFY(reportToText(report).endsWith(line + QStringLiteral("  and 2 more would be updated\n")));
    const QJsonObject json = QJsonDocument::fromJson(reportToJson(report)).object();
    const QJsonObject change = json[QStringLiteral("tables")][0][QStringLiteral("changes")][0].toObject();
    QCOMPARE(change[QStringLiteral("row")].toInt(), 3);
    const QJsonArray cells = change[QStringLiteral("cells")].toArray();
    QVERIFY(cells.at(0)[QStringLiteral("before")].isNull());
    QCOMPARE(cells.at(0)[QStringLiteral("after")].toString(), QStringLiteral("a\tb"));
    QCOMPARE(cells.at(1)[QStringLiteral("before")].toString(QStringLiteral("?")), QString());
    QVERIFY(cells.at(1)[QStringLiteral("after")].isNull());
}

SEEDBED_TEST(tst_RunReport, NoApplication)
#include "tst_runreport.moc"
