// SPDX-License-Identifier: MIT
#include "gui/look/contraststyle.h"

#include "gui/look/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace seedbed {

namespace {

constexpr int FocusWidth = 2;

void drawFrame(const QStyleOption &option, QPainter &painter, const QColor &color, int width)
{
    const QRect &rect = option.rect;
    painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), width), color);
    painter.fillRect(QRect(rect.left(), rect.bottom() - width + 1, rect.width(), width), color);
    painter.fillRect(QRect(rect.left(), rect.top(), width, rect.height()), color);
    painter.fillRect(QRect(rect.right() - width + 1, rect.top(), width, rect.height()), color);
}

void drawFocus(const QStyleOption &option, QPainter &painter)
{
    drawFrame(option, painter, accentColor(option.palette), FocusWidth);
}

/// The base style's own outlines are shades of the window's colour: black on black.
void drawOutline(const QStyleOption &option, QPainter &painter)
{
    if (option.state & QStyle::State_HasFocus)
        return drawFocus(option, painter);
    const bool isEnabled = option.state & QStyle::State_Enabled;
    drawFrame(option, painter, option.palette.color(isEnabled ? QPalette::Text : QPalette::Midlight), 1);
}

} // namespace

void ContrastStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                                const QWidget *widget) const
{
    QuietStyle::drawControl(element, option, painter, widget);
    const bool isFocused = option->state & State_HasFocus;
    const bool isMenuItem = element == CE_MenuItem || element == CE_MenuBarItem;
    if ((element == CE_TabBarTabShape && isFocused) || (isMenuItem && option->state & State_Selected))
        drawFocus(*option, *painter);
}

void ContrastStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                  const QWidget *widget) const
{
    if (element == PE_FrameFocusRect)
        return drawFocus(*option, *painter);
    QuietStyle::drawPrimitive(element, option, painter, widget);
    switch (element) {
    case PE_Frame:
    case PE_FrameGroupBox:
    case PE_FrameLineEdit:
    case PE_FrameMenu:
    case PE_IndicatorCheckBox:
    case PE_PanelButtonCommand:
    case PE_PanelButtonTool:
    case PE_PanelTipLabel:
        return drawOutline(*option, *painter);
    default:
        return;
    }
}

void ContrastStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                       const QWidget *widget) const
{
    QuietStyle::drawComplexControl(control, option, painter, widget);
    if (control == CC_ComboBox || control == CC_SpinBox)
        drawOutline(*option, *painter);
    if (control == CC_ScrollBar)
        painter->fillRect(subControlRect(control, option, SC_ScrollBarSlider, widget).adjusted(3, 3, -3, -3),
                          option->palette.color(QPalette::Text));
}

int ContrastStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    return metric == PM_DefaultFrameWidth ? FocusWidth : QuietStyle::pixelMetric(metric, option, widget);
}

} // namespace seedbed
