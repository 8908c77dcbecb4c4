// SPDX-License-Identifier: MIT
#include "gui/look/quietstyle.h"

#include "gui/look/theme.h"

#include <QFrame>
#include <QIcon>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>
#include <QWidget>

namespace seedbed {

namespace {

constexpr int LineInset = 4;
constexpr double DisabledOpacity = 0.35;
constexpr int SortArrow = 9; // the base style makes it as wide as half of the header is high
constexpr int SortArrowGap = 4;

void drawHeaderSection(const QStyleOption &option, QPainter &painter)
{
    painter.fillRect(option.rect, option.palette.color(QPalette::AlternateBase));
    painter.setPen(option.palette.color(QPalette::Midlight));
    if (option.state & QStyle::State_Horizontal)
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    else
        painter.drawLine(option.rect.topRight(), option.rect.bottomRight());
}

void drawAccentButton(const QStyleOption &option, QPainter &painter)
{
    QColor ground = accentColor(option.palette);
    if (option.state & QStyle::State_Sunken)
        ground = ground.darker(115);
    else if (option.state & QStyle::State_MouseOver)
        ground = ground.lighter(110);
    if (!(option.state & QStyle::State_Enabled))
        ground = option.palette.color(QPalette::Midlight);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(option.rect, 4, 4);
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange) {
        painter.setPen(accentTextColor(option.palette));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(option.rect).adjusted(2.5, 2.5, -2.5, -2.5), 2, 2);
    }
    painter.restore();
}

void drawLine(const QStyleOption &option, QPainter &painter)
{
    const int x = option.rect.center().x();
    painter.setPen(option.palette.color(QPalette::Mid));
    painter.drawLine(x, option.rect.top() + LineInset, x, option.rect.bottom() - LineInset);
}

// The shape of an icon in another colour.
QIcon iconIn(const QColor &color, const QIcon &icon, const QSize &size, const QPainter &target)
{
    QPixmap shape = icon.pixmap(size, target.device()->devicePixelRatioF());
    if (shape.isNull())
        return icon;
    QPainter painter(&shape);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(shape.rect(), color);
    return QIcon(shape);
}

// Flat and round, as the bars of the report.
void drawBar(const QRect &bar, const QColor &color, QPainter &painter)
{
    const double radius = 0.5 * bar.height();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(bar, radius, radius);
    painter.restore();
}

// False: it is not known how much there is to do, and the base style shows that something moves.
bool drawProgress(const QStyleOption &option, QPainter &painter)
{
    const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(&option);
    if (!bar || bar->maximum <= bar->minimum)
        return false;
    QRect done = bar->rect;
    const double share = static_cast<double>(bar->progress - bar->minimum) / (bar->maximum - bar->minimum);
    done.setWidth(static_cast<int>(done.width() * share));
    if (done.width() >= done.height())
        drawBar(QStyle::visualRect(bar->direction, bar->rect, done), accentColor(), painter);
    return true;
}

// A word, and a line below that of the page in front.
void drawTab(const QStyleOption &option, QPainter &painter)
{
    const bool isInFront = option.state & QStyle::State_Selected;
    QRect line = option.rect;
    line.setTop(line.bottom() - (isInFront ? 1 : 0));
    painter.fillRect(line, isInFront ? accentColor() : option.palette.color(QPalette::Midlight));
    if (option.state & QStyle::State_HasFocus) {
        painter.setPen(accentColor());
        painter.drawRect(option.rect.adjusted(2, 2, -3, -4));
    }
}

void drawTabLine(const QStyleOption &option, QPainter &painter)
{
    const auto *base = qstyleoption_cast<const QStyleOptionTabBarBase *>(&option);
    painter.setPen(option.palette.color(QPalette::Midlight));
    if (base)
        painter.drawLine(base->rect.bottomLeft(), base->rect.bottomRight());
}

bool isVerticalLine(const QStyleOption &option)
{
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(&option);
    return frame && frame->frameShape == QFrame::VLine;
}

// A header section that shows how its column is sorted, or may come to.
const QStyleOptionHeader *sortableHeader(const QStyleOption *option)
{
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
    const bool isSortable = header && header->sortIndicator != QStyleOptionHeader::None;
    return isSortable && header->orientation == Qt::Horizontal ? header : nullptr;
}

bool isAccent(const QWidget *widget)
{
    return widget && widget->property(AccentProperty).toBool();
}

} // namespace

QuietStyle::QuietStyle()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("fusion")))
{
}

void QuietStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                             const QWidget *widget) const
{
    if (element == CE_HeaderSection || element == CE_HeaderEmptyArea)
        return drawHeaderSection(*option, *painter);
    if (element == CE_Header && sortableHeader(option))
        return drawSortable(*sortableHeader(option), *painter, widget);
    if (element == CE_ProgressBarGroove)
        return drawBar(option->rect, option->palette.color(QPalette::Midlight), *painter);
    if (element == CE_ProgressBarContents && drawProgress(*option, *painter))
        return;
    if (element == CE_Splitter)
        return;
    if (element == CE_TabBarTabShape)
        return drawTab(*option, *painter);
    if (element == CE_ShapedFrame && isVerticalLine(*option))
        return drawLine(*option, *painter);
    if (element == CE_PushButtonBevel && isAccent(widget))
        return drawAccentButton(*option, *painter);
    drawLabel(element, option, painter, widget);
}

void QuietStyle::drawLabel(ControlElement element, const QStyleOption *option, QPainter *painter,
                           const QWidget *widget) const
{
    if (element == CE_HeaderLabel && !(option->state & State_Horizontal)) {
        QStyleOptionHeader label = *qstyleoption_cast<const QStyleOptionHeader *>(option);
        label.rect.setBottom(label.rect.bottom() - 1); // as the cells, which have a line below
        return QProxyStyle::drawControl(element, &label, painter, widget);
    }
    if (element == CE_TabBarTabLabel) {
        QStyleOptionTab tab = *qstyleoption_cast<const QStyleOptionTab *>(option);
        if (!(tab.state & (State_Selected | State_MouseOver)))
            tab.palette.setColor(QPalette::WindowText, tab.palette.color(QPalette::PlaceholderText));
        tab.state &= ~State_HasFocus; // the shape shows it
        return QProxyStyle::drawControl(element, &tab, painter, widget);
    }
    if (element == CE_PushButtonLabel && isAccent(widget)) {
        QStyleOptionButton button = *qstyleoption_cast<const QStyleOptionButton *>(option);
        button.palette.setColor(QPalette::Active, QPalette::ButtonText, accentTextColor(button.palette));
        button.palette.setColor(QPalette::Inactive, QPalette::ButtonText, accentTextColor(button.palette));
        button.icon = iconIn(accentTextColor(button.palette), button.icon, button.iconSize, *painter);
        return QProxyStyle::drawControl(element, &button, painter, widget);
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

// As the base style does, which does not ask this style where the arrow belongs.
void QuietStyle::drawSortable(const QStyleOptionHeader &header, QPainter &painter, const QWidget *widget) const
{
    QStyleOptionHeader part = header;
    painter.save();
    painter.setClipRect(header.rect);
    drawControl(CE_HeaderSection, &header, &painter, widget);
    part.rect = subElementRect(SE_HeaderLabel, &header, widget);
    drawControl(CE_HeaderLabel, &part, &painter, widget);
    part.rect = subElementRect(SE_HeaderArrow, &header, widget);
    drawPrimitive(PE_IndicatorHeaderArrow, &part, &painter, widget);
    painter.restore();
}

void QuietStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                               const QWidget *widget) const
{
    if (element == PE_FrameTabBarBase)
        return drawTabLine(*option, *painter);
    if (element != PE_FrameFocusRect)
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool isSelectedItem = option->state & State_Item && option->state & State_Selected;
    const bool isFocus = element == PE_FrameFocusRect && !isSelectedItem; // which the selection shows
    const bool isCheckBox = element == PE_IndicatorItemViewItemCheck;     // its edge would be lost on a dark ground
    if (!isFocus && !isCheckBox)
        return;
    painter->setPen(option->palette.color(QPalette::PlaceholderText));
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
}

int QuietStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_SplitterWidth:
        return 8;
    case PM_HeaderMarkSize:
        return 8;
    case PM_HeaderMargin:
        return TextMargin;
    case PM_FocusFrameHMargin:
        return TextMargin - 1; // the style adds one
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

QSize QuietStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                   const QWidget *widget) const
{
    const QStyleOptionHeader *header = type == CT_HeaderSection ? sortableHeader(option) : nullptr;
    if (!header)
        return QProxyStyle::sizeFromContents(type, option, size, widget);
    QStyleOptionHeader unsorted = *header;
    unsorted.sortIndicator = QStyleOptionHeader::None;
    return QProxyStyle::sizeFromContents(type, &unsorted, size, widget) + QSize(SortArrow + SortArrowGap, 0);
}

QRect QuietStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const bool isOfHeader = element == SE_HeaderArrow || element == SE_HeaderLabel;
    const QStyleOptionHeader *header = isOfHeader ? sortableHeader(option) : nullptr;
    if (!header)
        return QProxyStyle::subElementRect(element, option, widget);
    QRect label = header->rect.adjusted(TextMargin, 0, -TextMargin, 0);
    QRect arrow(0, 0, SortArrow, SortArrow);
    arrow.moveCenter(label.center() + QPoint(0, 2)); // it is drawn in the upper part
    arrow.moveRight(label.right());
    label.setRight(label.right() - SortArrow - SortArrowGap);
    return visualRect(header->direction, header->rect, element == SE_HeaderArrow ? arrow : label);
}

QPixmap QuietStyle::generatedIconPixmap(QIcon::Mode mode, const QPixmap &pixmap, const QStyleOption * /*option*/) const
{
    if (mode != QIcon::Disabled)
        return pixmap; // a sign keeps its colour in a selected cell
    QPixmap faint(pixmap.size());
    faint.setDevicePixelRatio(pixmap.devicePixelRatio());
    faint.fill(Qt::transparent);
    QPainter painter(&faint);
    painter.setOpacity(DisabledOpacity);
    painter.drawPixmap(0, 0, pixmap);
    return faint;
}

int QuietStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                          QStyleHintReturn *returned) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
        return 0;
    case SH_Table_GridLineColor:
        return option ? static_cast<int>(option->palette.color(QPalette::Midlight).rgb()) : 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

} // namespace seedbed
