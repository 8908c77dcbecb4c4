// SPDX-License-Identifier: MIT
#include "gui/lanes/laneslegend.h"

#include "gui/lanes/lanelook.h"

#include <QPainter>

namespace seedbed {

namespace {

constexpr int LineHeight = 20;
constexpr int SampleWidth = 24;
constexpr int SampleHeight = 12;
constexpr int Gap = 6;
constexpr int ItemGap = 16;

QString legendText(WorkerState state)
{
    const QString words = wordsOf(state);
    return words.at(0).toUpper() + words.mid(1);
}

} // namespace

LanesLegend::LanesLegend(QWidget *parent)
    : QWidget(parent)
{
    QStringList words;
    for (const WorkerState state : LaneOrder)
        words.append(wordsOf(state));
    setAccessibleName(tr("What workers can be seen doing: %1").arg(words.join(tr(", "))));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QList<LanesLegend::Item> LanesLegend::itemsIn(int width) const
{
    QList<Item> items;
    QPoint place;
    for (const WorkerState state : LaneOrder) {
        const QString text = legendText(state);
        const int needed = SampleWidth + Gap + fontMetrics().horizontalAdvance(text);
        if (place.x() > 0 && place.x() + needed > width)
            place = { 0, place.y() + LineHeight };
        items.append({ place, text, static_cast<size_t>(state) });
        place.rx() += needed + ItemGap;
    }
    return items;
}

int LanesLegend::heightForWidth(int width) const
{
    return itemsIn(width).last().place.y() + LineHeight;
}

QSize LanesLegend::sizeHint() const
{
    return { 320, heightForWidth(std::max(320, width())) };
}

void LanesLegend::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    for (const Item &item : itemsIn(width())) {
        const QRect sample(item.place.x(), item.place.y() + (LineHeight - SampleHeight) / 2, SampleWidth, SampleHeight);
        painter.fillRect(sample, palette().color(QPalette::Base));
        painter.drawImage(sample.topLeft(),
                          laneSample(static_cast<WorkerState>(item.state), SampleWidth, SampleHeight));
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(sample.right() + 1 + Gap, item.place.y(), width(), LineHeight, Qt::AlignVCenter, item.text);
    }
}

} // namespace seedbed
