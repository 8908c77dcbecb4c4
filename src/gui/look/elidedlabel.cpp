// SPDX-License-Identifier: MIT
#include "gui/look/elidedlabel.h"

#include "gui/look/longtext.h"

#include <QPainter>
#include <QStyle>

namespace seedbed {

namespace {

constexpr int IconSize = 16;
constexpr int IconGap = 6;

} // namespace

ElidedLabel::ElidedLabel(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    m_mode = mode;
    update();
}

void ElidedLabel::setLine(const QString &text, std::optional<State> state)
{
    m_state = state;
    setWholeText(text, text);
}

void ElidedLabel::setWholeText(const QString &shown, const QString &whole)
{
    setText(beginningOf(shown).replace(QLatin1Char('\n'), QLatin1Char(' ')));
    setToolTip(plainToolTip(whole));
    update();
}

QSize ElidedLabel::minimumSizeHint() const
{
    return { 48, sizeHint().height() };
}

QSize ElidedLabel::sizeHint() const
{
    const int icon = m_state ? IconSize + IconGap : 0;
    return { fontMetrics().horizontalAdvance(text()) + icon + 2, std::max(IconSize, fontMetrics().height()) };
}

void ElidedLabel::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    QRect area = contentsRect();
    if (m_state) {
        const QRect icon =
            QStyle::alignedRect(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter, { IconSize, IconSize }, area);
        stateIcon(*m_state).paint(&painter, icon);
        area.setLeft(icon.right() + IconGap);
    }
    painter.setPen(palette().color(isEnabled() ? QPalette::Normal : QPalette::Disabled, foregroundRole()));
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     fontMetrics().elidedText(text(), m_mode, area.width()));
}

} // namespace seedbed
