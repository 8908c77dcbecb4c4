// SPDX-License-Identifier: MIT
#include "gui/look/theme.h"

#include "gui/look/longtext.h"

#include <QGuiApplication>
#include <QTextDocument>

#include <array>

namespace seedbed {

namespace {

struct StateLook {
    QRgb color;
    QRgb tint;
    QRgb fill;
};

// In the order of State.
constexpr std::array<StateLook, 4> LightStates { { { 0xff187533, 0xffe3f4e7, 0xff2f9e4f },
                                                   { 0xff8a4b00, 0xfffff1d6, 0xffe3a233 },
                                                   { 0xffb3261e, 0xfffde7e5, 0xffd64538 },
                                                   { 0xff1a57b8, 0xffe6effc, 0xff3d7fe0 } } };
constexpr std::array<StateLook, 4> DarkStates { { { 0xff5bd38a, 0xff17301f, 0xff3fae68 },
                                                  { 0xfff2b84b, 0xff3a2d12, 0xffd39a3c },
                                                  { 0xffff8f86, 0xff3f1d1a, 0xffe06a60 },
                                                  { 0xff7ab0ff, 0xff182a44, 0xff5590e6 } } };

constexpr std::array<StateLook, 4> ContrastStates { { { 0xff5cff9d, 0xff00401c, 0xff00d060 },
                                                      { 0xffffe600, 0xff4a3a00, 0xffffc800 },
                                                      { 0xffffb0a8, 0xff5a0f0a, 0xffff5a4d },
                                                      { 0xffa8d0ff, 0xff00264d, 0xff5aa0ff } } };

bool isHighContrast(const QPalette &palette)
{
    return palette.color(QPalette::Base) == QColor(Qt::black);
}

const StateLook &look(State state, const QPalette &palette)
{
    const auto &looks = isHighContrast(palette) ? ContrastStates : isDark(palette) ? DarkStates : LightStates;
    return looks[static_cast<size_t>(state)];
}

struct Shades {
    QRgb window, base, alternate, button, text, muted, line, selection, link;
};

QPalette paletteOf(const Shades &shades)
{
    QPalette palette(QColor(shades.button), QColor(shades.window));
    for (const auto role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText,
                             QPalette::ToolTipText })
        palette.setColor(role, QColor(shades.text));
    palette.setColor(QPalette::Base, QColor(shades.base));
    palette.setColor(QPalette::ToolTipBase, QColor(shades.base));
    palette.setColor(QPalette::AlternateBase, QColor(shades.alternate));
    palette.setColor(QPalette::PlaceholderText, QColor(shades.muted));
    palette.setColor(QPalette::Midlight, QColor(shades.line));
    palette.setColor(QPalette::Highlight, QColor(shades.selection));
    palette.setColor(QPalette::Link, QColor(shades.link));
    for (const auto role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText })
        palette.setColor(QPalette::Disabled, role, QColor(shades.muted));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(shades.line));
    return palette;
}

QIcon signIcon(const QString &name)
{
    const QString folder = isDark(QGuiApplication::palette()) ? QStringLiteral("dark") : QStringLiteral("light");
    return QIcon(QStringLiteral(":/icons/%1/%2.svg").arg(folder, name));
}

} // namespace

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Base).lightness() < 128;
}

QPalette lightPalette()
{
    return paletteOf({ .window = 0xfff3f4f6,
                       .base = 0xffffffff,
                       .alternate = 0xfff8f9fa,
                       .button = 0xfffafbfc,
                       .text = 0xff1f2328,
                       .muted = 0xff656d76,
                       .line = 0xffe4e7ea,
                       .selection = 0xffd3e2f4,
                       .link = 0xff1f66d6 });
}

QPalette darkPalette()
{
    return paletteOf({ .window = 0xff22262a,
                       .base = 0xff181b1e,
                       .alternate = 0xff1d2023,
                       .button = 0xff2e3338,
                       .text = 0xffe6e8ea,
                       .muted = 0xff98a1aa,
                       .line = 0xff2f3439,
                       .selection = 0xff30455c,
                       .link = 0xff6aa5f8 });
}

QPalette contrastPalette()
{
    QPalette palette = paletteOf({ .window = 0xff000000,
                                   .base = 0xff000000,
                                   .alternate = 0xff1c1c1c,
                                   .button = 0xff000000,
                                   .text = 0xffffffff,
                                   .muted = 0xffd6d6d6,
                                   .line = 0xff8c8c8c,
                                   .selection = 0xff0a4dbd,
                                   .link = 0xffffe600 });
    palette.setColor(QPalette::Mid, palette.color(QPalette::Midlight)); // no shade of black
    return palette;
}

QColor stateColor(State state, const QPalette &palette)
{
    return QColor(look(state, palette).color);
}

QColor stateColor(State state)
{
    return stateColor(state, QGuiApplication::palette());
}

QColor stateTint(State state, const QPalette &palette)
{
    return QColor(look(state, palette).tint);
}

QColor stateTint(State state)
{
    return stateTint(state, QGuiApplication::palette());
}

QColor stateFill(State state)
{
    return QColor(look(state, QGuiApplication::palette()).fill);
}

QIcon stateIcon(State state)
{
    switch (state) {
    case State::In:
        return signIcon(QStringLiteral("in"));
    case State::Problem:
        return signIcon(QStringLiteral("problem"));
    case State::Failed:
        return signIcon(QStringLiteral("failed"));
    case State::Changed:
        return signIcon(QStringLiteral("changed"));
    }
    Q_UNREACHABLE();
}

QIcon notInIcon()
{
    return signIcon(QStringLiteral("notin"));
}

QColor accentColor(const QPalette &palette)
{
    return isHighContrast(palette) ? QColor(0xff, 0xe6, 0x00) : QColor(0x1f, 0x66, 0xd6);
}

QColor accentColor()
{
    return accentColor(QGuiApplication::palette());
}

QColor accentTextColor(const QPalette &palette)
{
    return isHighContrast(palette) ? Qt::black : Qt::white;
}

QString plainToolTip(const QString &text)
{
    return text.isEmpty() ? QString() : Qt::convertFromPlainText(beginningOf(text), Qt::WhiteSpaceNormal);
}

} // namespace seedbed
