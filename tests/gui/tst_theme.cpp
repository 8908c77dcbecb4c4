// SPDX-License-Identifier: MIT
#include "gui/quietstyle.h"
#include "gui/theme.h"
#include "quiettest.h"

#include <QStyleOption>

#include <algorithm>
#include <cmath>

using namespace seedbed;

namespace {

// WCAG 2.1, relative luminance and contrast ratio.
double luminance(const QColor &color)
{
    const auto linear = [](float part) {
        return part <= 0.04045F ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &one, const QColor &other)
{
    const double low = std::min(luminance(one), luminance(other));
    const double high = std::max(luminance(one), luminance(other));
    return (high + 0.05) / (low + 0.05);
}

} // namespace

class TestTheme : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void contrastIsMeasured()
    {
        QVERIFY(std::abs(contrast(Qt::black, Qt::white) - 21) < 0.01);
        QVERIFY(contrast(QColor(0x77, 0x77, 0x77), Qt::white) < 4.5);
    }

    void textIsLegible_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << lightPalette();
        QTest::newRow("dark") << darkPalette();
    }

    void textIsLegible()
    {
        QFETCH(QPalette, palette);
        for (const State state : { State::In, State::Problem, State::Failed }) {
            const QColor color = stateColor(state, palette);
            QVERIFY(contrast(color, stateTint(state, palette)) >= 4.5);
            QVERIFY(contrast(color, palette.color(QPalette::Base)) >= 4.5);
            QVERIFY(contrast(palette.color(QPalette::Text), stateTint(state, palette)) >= 4.5);
        }
        QVERIFY(contrast(palette.color(QPalette::Text), palette.color(QPalette::Highlight)) >= 4.5);
        QVERIFY(contrast(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Base)) >= 4.5);
        QVERIFY(contrast(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Window)) >= 4.5);
        QVERIFY(contrast(Qt::white, accentColor()) >= 4.5);
    }

    void iconsAreThere()
    {
        for (const ThemeChoice choice : { ThemeChoice::Light, ThemeChoice::Dark }) {
            applyTheme(choice);
            for (const State state : { State::In, State::Problem, State::Failed })
                QVERIFY(!stateIcon(state).pixmap(16).isNull());
        }
    }

    void aHeaderHasRoomForItsArrow()
    {
        QuietStyle style;
        QStyleOptionHeader option;
        option.text = QStringLiteral("product_id");
        option.orientation = Qt::Horizontal;
        const int unsorted = style.sizeFromContents(QStyle::CT_HeaderSection, &option, {}, nullptr).width();
        option.sortIndicator = QStyleOptionHeader::SortDown;
        option.rect = QRect({}, style.sizeFromContents(QStyle::CT_HeaderSection, &option, {}, nullptr));
        const QRect label = style.subElementRect(QStyle::SE_HeaderLabel, &option, nullptr);
        const QRect arrow = style.subElementRect(QStyle::SE_HeaderArrow, &option, nullptr);
        QVERIFY(option.rect.width() < unsorted + 16);
        QVERIFY(label.width() >= option.fontMetrics.horizontalAdvance(option.text));
        QVERIFY(option.rect.contains(arrow));
        QVERIFY(!label.intersects(arrow));
    }

    void tooltipIsPlain()
    {
        const QString tip = plainToolTip(QStringLiteral("<img src=file:///etc/passwd>"));
        QVERIFY(!tip.contains(QLatin1String("<img")));
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
