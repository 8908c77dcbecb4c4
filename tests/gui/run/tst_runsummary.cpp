// SPDX-License-Identifier: MIT
#include "gui/look/applytheme.h"
#include "gui/look/englishplurals.h"
#include "gui/run/reportpanel.h"
#include "gui/run/runsummary.h"
#include "quiettest.h"
#include "rows/dataset.h"

#include <QApplication>
#include <QLayout>
#include <QTableView>

using namespace seedbed;

namespace {

RunReport reportOf(const OutcomeCounts &counts)
{
    RunReport report;
    report.seconds = std::chrono::duration<double>(0.04);
    TableReport users;
    users.read = counts.sum();
    users.counts = counts;
    report.tables = { users, {}, {} };
    return report;
}

RunUpdate updateOf(RunUpdate::Phase phase, qsizetype inserted)
{
    RunUpdate update;
    update.phase = phase;
    update.tables = QList<TableProgress>(3);
    update.rejected = QList<QList<RejectedRow>>(3);
    update.tables[0].read = 30;
    update.tables[0].counts.inserted = inserted;
    return update;
}

bool hasColor(const QImage &image, const QColor &color)
{
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y) == color)
                return true;
        }
    }
    return false;
}

} // namespace

class TestRunSummary : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        static EnglishPlurals plurals;
        QCoreApplication::installTranslator(&plurals);
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        applyTheme(ThemeChoice::Light);
    }

    void judgesARun_data()
    {
        QTest::addColumn<RunReport>("report");
        QTest::addColumn<State>("state");
        QTest::addColumn<QString>("word");
        QTest::addColumn<qsizetype>("in");
        QTest::addColumn<qsizetype>("notIn");
        const auto add = [](const char *name, const RunReport &report, State state, const char *word, qsizetype in,
                            qsizetype notIn) {
            QTest::newRow(name) << report << state << QString::fromLatin1(word) << in << notIn;
        };
        RunReport report = reportOf({ .inserted = 20, .unchanged = 3, .updated = 1 });
        add("all in", report, State::In, "All is well", 24, 0);
        report.auditFindings = QStringList { QStringLiteral("users.db: 1 row missing") };
        add("not what the files show", report, State::Failed, "The databases show otherwise", 24, 0);
        report = reportOf({ .inserted = 24, .skipped = 6 });
        add("skipped", report, State::Problem, "6 rows to fix", 24, 6);
        report.isDryRun = true;
        add("dry run", report, State::Problem, "Dry run, nothing written", 24, 6);
        add(
            "dry run without problems",
            [] {
                RunReport dry = reportOf({ .inserted = 24 });
                dry.isDryRun = true;
                return dry;
            }(),
            State::In, "Dry run, nothing written", 24, 0);
        add("one skipped", reportOf({ .inserted = 1, .skipped = 1 }), State::Problem, "1 row to fix", 1, 1);
        report = reportOf({ .inserted = 1, .skipped = 2, .failed = 3 });
        report.outcome = RunReport::Outcome::Failed;
        add("failed", report, State::Failed, "3 rows failed", 1, 5);
        report = reportOf({ .inserted = 1, .skipped = 2, .cancelled = 4 });
        report.outcome = RunReport::Outcome::Cancelled;
        add("stopped", report, State::Problem, "Stopped", 1, 6);
    }

    void judgesARun()
    {
        QFETCH(RunReport, report);
        const Summary summary = summaryOf(report);
        QVERIFY(summary.state && summary.figures);
        QTEST(*summary.state, "state");
        QTEST(summary.word, "word");
        QTEST(summary.figures->in, "in");
        QTEST(summary.figures->notIn, "notIn");
        QCOMPARE(summary.figures->isDryRun, report.isDryRun);
        QCOMPARE(summary.figures->in + summary.figures->notIn, report.totals().sum());
    }

    void saysItToThoseWhoDoNotSee()
    {
        RunSummary widget;
        widget.setSummary(summaryOf(reportOf({ .inserted = 24, .skipped = 6 })));
        QCOMPARE(widget.accessibleDescription(),
                 QStringLiteral("6 rows to fix: 24 inserted · 6 skipped · 0 failed in 0.04 s"));
    }

    void nothingJumps()
    {
        ReportPanel panel;
        panel.setPackage(*sampleDataset().package);
        panel.resize(700, 400);
        panel.show();
        auto *below = panel.findChild<QTableView *>(QStringLiteral("progressView"));
        const QRect place = below->geometry();
        const auto stays = [&] {
            panel.layout()->activate();
            return below->geometry() == place;
        };
        panel.begin(false);
        QVERIFY(stays());
        panel.follow(updateOf(RunUpdate::Phase::Validating, 0));
        QVERIFY(stays());
        panel.follow(updateOf(RunUpdate::Phase::Inserting, 12));
        QCOMPARE(panel.headline(), QStringLiteral("Inserting… 12 of 30 rows"));
        QVERIFY(stays());
        panel.showReport(reportOf({ .inserted = 24, .skipped = 6 }));
        QVERIFY(stays());
        panel.showError({ Error::Kind::Refused, QString(2000, u'x') });
        QVERIFY(stays());
    }

    void figuresGiveWayInSizeAlone()
    {
        RunSummary widget;
        widget.setSummary(summaryOf(reportOf({ .inserted = 24, .skipped = 6 })));
        widget.resize(1000, widget.sizeHint().height());
        QCOMPARE(widget.figureScale(), 2.0);
        widget.setSummary(summaryOf(reportOf({ .inserted = 2'850'000, .skipped = 150'000 })));
        QCOMPARE(widget.figureScale(), 2.0);
        widget.resize(480, widget.height());
        QVERIFY(widget.figureScale() < 2.0);
        widget.resize(10, widget.height());
        QCOMPARE(widget.figureScale(), 1.0);
        QVERIFY(!widget.grab().isNull());
    }

    void coloursSayTheSame_data()
    {
        QTest::addColumn<ThemeChoice>("theme");
        QTest::newRow("light") << ThemeChoice::Light;
        QTest::newRow("dark") << ThemeChoice::Dark;
    }

    void coloursSayTheSame()
    {
        QFETCH(ThemeChoice, theme);
        applyTheme(theme);
        RunSummary widget;
        widget.resize(700, widget.sizeHint().height());
        widget.setSummary(summaryOf(reportOf({ .inserted = 24, .skipped = 6 })));
        const QImage skipped = widget.grab().toImage();
        QVERIFY(hasColor(skipped, stateColor(State::In)));
        QVERIFY(hasColor(skipped, stateColor(State::Problem)));
        QVERIFY(!hasColor(skipped, stateColor(State::Failed)));
        widget.setSummary(summaryOf(reportOf({ .skipped = 6, .failed = 1 })));
        const QImage failed = widget.grab().toImage();
        QVERIFY(!hasColor(failed, stateColor(State::In)));
        QVERIFY(hasColor(failed, stateColor(State::Failed)));
    }
};

SEEDBED_TEST(TestRunSummary, QApplication)
#include "tst_runsummary.moc"
