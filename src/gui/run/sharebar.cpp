// SPDX-License-Identifier: MIT
#include "gui/run/sharebar.h"

#include "gui/look/theme.h"
#include "gui/run/progressmodel.h"

#include <QPainter>
#include <QPainterPath>

#include <array>
#include <utility>

namespace seedbed {

namespace {

constexpr double Thickness = 8;

} // namespace

void ShareBar::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto share = index.data(ProgressModel::ShareRole).value<ProgressShare>();
    const OutcomeCounts &counts = share.counts;
    QRectF bar(option.rect.adjusted(4, 0, -8, 0));
    bar = QRectF(bar.left(), bar.center().y() - Thickness / 2, bar.width(), Thickness);
    QPainterPath outline;
    outline.addRoundedRect(bar, Thickness / 2, Thickness / 2);

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillPath(outline, option.palette.color(QPalette::Midlight));
    painter->setClipPath(outline);
    QColor unchanged = stateFill(State::In);
    unchanged.setAlphaF(0.5F);
    const std::array<std::pair<qsizetype, QColor>, 4> parts { { { counts.inserted + counts.updated,
                                                                  stateFill(State::In) },
                                                                { counts.unchanged, unchanged },
                                                                { counts.skipped, stateFill(State::Problem) },
                                                                { counts.failed, stateFill(State::Failed) } } };
    double left = bar.left();
    for (const auto &[rows, color] : parts) {
        const double part = share.read > 0 ? static_cast<double>(rows) / static_cast<double>(share.read) : 0;
        const double width = bar.width() * part;
        painter->fillRect(QRectF(left, bar.top(), width, bar.height()), color);
        left += width;
    }
    painter->restore();
}

} // namespace seedbed
