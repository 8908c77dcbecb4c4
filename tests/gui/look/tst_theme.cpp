// SPDX-License-Identifier: MIT
#include "gui/look/applytheme.h"
#include "gui/look/contraststyle.h"
#include "gui/look/theme.h"
#include "quiettest.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
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
        QTest::addColumn<double>("least");
        QTest::newRow("light") << lightPalette() << 4.5;
        QTest::newRow("dark") << darkPalette() << 4.5;
        QTest::newRow("high contrast") << contrastPalette() << 7.0;
    }

    void textIsLegible()
    {
        QFETCH(QPalette, palette);
        QFETCH(double, least);
        const auto isLegible = [least](const QColor &text, const QColor &ground) {
            if (contrast(text, ground) >= least)
                return true;
            qInfo().noquote() << text.name() << "on" << ground.name() << contrast(text, ground);
            return false;
        };
        using Role = QPalette::ColorRole;
        const QList<std::pair<Role, Role>> pairs {
            { Role::WindowText, Role::Window },
            { Role::Text, Role::Base },
            { Role::Text, Role::AlternateBase },
            { Role::ButtonText, Role::Button },
            { Role::HighlightedText, Role::Highlight },
            { Role::ToolTipText, Role::ToolTipBase },
            { Role::PlaceholderText, Role::Base },
            { Role::PlaceholderText, Role::Window },
            { Role::PlaceholderText, Role::AlternateBase },
            { Role::Link, Role::Base },
        };
        for (const auto &[text, ground] : pairs)
            QVERIFY(isLegible(palette.color(text), palette.color(ground)));
        for (const State state : { State::In, State::Problem, State::Failed }) {
            const QColor color = stateColor(state, palette);
            QVERIFY(isLegible(color, stateTint(state, palette)));
            QVERIFY(isLegible(color, palette.color(QPalette::Base)));
            QVERIFY(isLegible(color, palette.color(QPalette::Window)));
            QVERIFY(isLegible(palette.color(QPalette::Text), stateTint(state, palette)));
        }
        QVERIFY(isLegible(accentTextColor(palette), accentColor(palette)));
    }

    void linesAndTintsOfHighContrastAreSeen()
    {
        const QPalette palette = contrastPalette();
        const QColor base = palette.color(QPalette::Base);
        QVERIFY(contrast(palette.color(QPalette::Midlight), base) >= 3);
        QVERIFY(contrast(accentColor(palette), base) >= 7);
        QVERIFY(contrast(palette.color(QPalette::Highlight), base) >= 2);
        for (const State state : { State::In, State::Problem, State::Failed })
            QVERIFY(contrast(stateTint(state, palette), base) >= 1.5);
    }

    void focusIsFramedInHighContrast_data()
    {
        QTest::addColumn<bool>("isFocused");
        QTest::newRow("focus") << true;
        QTest::newRow("no focus") << false;
    }

    void focusIsFramedInHighContrast()
    {
        QFETCH(bool, isFocused);
        const ContrastStyle style;
        QImage image(40, 20, QImage::Format_RGB32);
        image.fill(Qt::black);
        QStyleOptionFrame option;
        option.palette = contrastPalette();
        option.rect = image.rect();
        option.lineWidth = 1;
        option.state = QStyle::State_Enabled;
        option.state.setFlag(QStyle::State_HasFocus, isFocused);
        QPainter painter(&image);
        style.drawPrimitive(QStyle::PE_FrameLineEdit, &option, &painter, nullptr);
        painter.end();
        QCOMPARE(image.pixelColor(20, 0), isFocused ? accentColor(option.palette) : QColor(Qt::white));
        QCOMPARE(image.pixelColor(20, 1) == accentColor(option.palette), isFocused); // two pixels wide
        QVERIFY(image.pixelColor(20, 2) != accentColor(option.palette));
    }

    void themesTakeTurns()
    {
        for (const ThemeChoice choice :
             { ThemeChoice::HighContrast, ThemeChoice::Light, ThemeChoice::HighContrast, ThemeChoice::Dark }) {
            applyTheme(choice);
            const bool isContrast = choice == ThemeChoice::HighContrast;
            QCOMPARE(qobject_cast<ContrastStyle *>(QApplication::style()) != nullptr, isContrast);
            QCOMPARE(QGuiApplication::palette().color(QPalette::Base) == QColor(Qt::black), isContrast);
        }
    }

    void iconsAreThere()
    {
        for (const ThemeChoice choice : { ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast }) {
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

SEEDBED_TEST(TestTheme, QApplication)
#include "tst_theme.moc"
