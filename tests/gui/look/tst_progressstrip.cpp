// SPDX-License-Identifier: MIT
#include "gui/look/applytheme.h"
#include "gui/look/progressstrip.h"
#include "quiettest.h"

#include <QApplication>
#include <QElapsedTimer>

using namespace seedbed;

class TestProgressStrip : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        applyTheme(ThemeChoice::Light);
    }

    void saysHowFarItIs_data()
    {
        QTest::addColumn<Work>("work");
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("text");
        const QString inserting = QStringLiteral("Inserting");
        QTest::newRow("bytes") << Work { QStringLiteral("Reading users.csv"), Work::Unit::Bytes, 206e6, 1030e6 } << 0.5
                               << QStringLiteral("Reading users.csv · 412 MB/s · 2 s left");
        QTest::newRow("slow bytes") << Work { QStringLiteral("Reading a.csv"), Work::Unit::Bytes, 2e6, 4e6 } << 1.0
                                    << QStringLiteral("Reading a.csv · 2.0 MB/s · 1 s left");
        QTest::newRow("rows") << Work { inserting, Work::Unit::Rows, 1'240'000, 3'000'000 } << 1.59
                              << QStringLiteral("Inserting 1,240,000 of 3,000,000 · 780,000 rows/s · 3 s left");
        QTest::newRow("share") << Work { QStringLiteral("Validating"), Work::Unit::Share, 61, 100 } << 1.5
                               << QStringLiteral("Validating · 61 % · 1 s left");
        QTest::newRow("too early for a rate")
            << Work { inserting, Work::Unit::Rows, 1, 10 } << 0.1 << QStringLiteral("Inserting 1 of 10");
        QTest::newRow("nothing done") << Work { inserting, Work::Unit::Rows, 0, 10 } << 5.0
                                      << QStringLiteral("Inserting 0 of 10");
        QTest::newRow("minutes") << Work { QStringLiteral("Validating"), Work::Unit::Share, 1, 100 } << 10.0
                                 << QStringLiteral("Validating · 1 % · 17 min left");
        QTest::newRow("no end in sight") << Work { QStringLiteral("Checking the databases") } << 1.0
                                         << QStringLiteral("Checking the databases…");
        QTest::newRow("done") << Work { QStringLiteral("Validating"), Work::Unit::Share, 100, 100 } << 1.0
                              << QStringLiteral("Validating · 100 %");
    }

    void saysHowFarItIs()
    {
        QFETCH(Work, work);
        QFETCH(double, seconds);
        QTEST(textOf(work, seconds), "text");
    }

    void showsWhatLastsAndStopsIt()
    {
        ProgressStrip strip;
        std::optional<Work> work = Work { QStringLiteral("Validating"), Work::Unit::Share, 25, 100 };
        int cancelled = 0;
        strip.add({ [&] { return work; },
                    [&] {
                        ++cancelled;
                        work.reset();
                    } });
        strip.resize(strip.sizeHint());
        strip.show();
        auto *bar = strip.findChild<QProgressBar *>(QStringLiteral("workBar"));
        auto *button = strip.findChild<QToolButton *>(QStringLiteral("cancelButton"));
        const QSize size = strip.sizeHint();
        QElapsedTimer clock;
        clock.start();
        strip.wake();
        QVERIFY(!bar->isVisible());
        QTRY_VERIFY(bar->isVisible());
        QVERIFY(clock.elapsed() >= 290);
        QCOMPARE(bar->value() * 4, bar->maximum());
        QCOMPARE(strip.sizeHint(), size); // nothing moves
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(cancelled, 1);
        QVERIFY(!bar->isVisible());
    }

    void theFirstSourceWins()
    {
        ProgressStrip strip;
        std::optional<Work> first;
        strip.add({ [&] { return first; }, [] {} });
        strip.add({ [] { return Work { QStringLiteral("Second") }; }, [] {} });
        strip.show();
        auto *label = strip.findChild<ElidedLabel *>(QStringLiteral("workLabel"));
        strip.wake();
        QTRY_COMPARE(label->text(), QStringLiteral("Second…"));
        first = Work { QStringLiteral("First") };
        QTRY_COMPARE(label->text(), QStringLiteral("First…"));
    }
};

SEEDBED_TEST(TestProgressStrip, QApplication)
#include "tst_progressstrip.moc"
