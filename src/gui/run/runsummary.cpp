// SPDX-License-Identifier: MIT
#include "gui/run/runsummary.h"

#include <QEvent>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <array>
#include <utility>

namespace seedbed {

namespace {

constexpr int SignSize = 36;
constexpr int Gap = 12;
constexpr double WordScale = 1.5;
constexpr std::array FigureScales { 2.0, 1.5, 1.0 }; // the first that leaves room for the word
constexpr int WordRoom = 160;

QFont scaled(QFont font, double scale)
{
    font.setPointSizeF(font.pointSizeF() * scale);
    font.setWeight(QFont::DemiBold);
    return font;
}

QString inText(const Summary::Figures &figures)
{
    return figures.isDryRun ? RunSummary::tr("%L1 would be in").arg(figures.in)
                            : RunSummary::tr("%L1 in").arg(figures.in);
}

QString notInText(const Summary::Figures &figures)
{
    return figures.isDryRun ? RunSummary::tr("%L1 would not").arg(figures.notIn)
                            : RunSummary::tr("%L1 not in").arg(figures.notIn);
}

// For any number of the rows that there are.
Summary::Figures widest(Summary::Figures figures)
{
    figures.in = figures.notIn = figures.all;
    return figures;
}

QString countsOf(const RunReport &report)
{
    const OutcomeCounts totals = report.totals();
    QStringList parts { RunSummary::tr("%L1 inserted").arg(totals.inserted) };
    if (totals.unchanged > 0)
        parts.append(RunSummary::tr("%L1 unchanged").arg(totals.unchanged));
    if (totals.updated > 0)
        parts.append(RunSummary::tr("%L1 updated").arg(totals.updated));
    parts.append(RunSummary::tr("%L1 skipped").arg(totals.skipped));
    parts.append(RunSummary::tr("%L1 failed").arg(totals.failed));
    if (totals.cancelled > 0)
        parts.append(RunSummary::tr("%L1 not reached").arg(totals.cancelled));
    const int digits = report.seconds.count() < 1 ? 2 : 1;
    return RunSummary::tr("%1 in %2 s")
        .arg(parts.join(RunSummary::tr(" · ", "between counts")),
             QLocale().toString(report.seconds.count(), 'f', digits));
}

Summary::Figures figuresOf(const OutcomeCounts &counts, qsizetype all, bool isDryRun)
{
    return { .in = counts.inserted + counts.unchanged + counts.updated,
             .notIn = counts.skipped + counts.failed + counts.cancelled,
             .all = all,
             .isDryRun = isDryRun,
             .hasFailed = counts.failed > 0 };
}

std::pair<State, QString> judgementOf(const RunReport &report)
{
    const OutcomeCounts totals = report.totals();
    if (!report.auditFindings.isEmpty())
        return { State::Failed, RunSummary::tr("The databases show otherwise") };
    if (report.isRefused)
        return { State::Failed,
                 RunSummary::tr("Nothing written: %Ln conflict(s)", nullptr, static_cast<int>(totals.failed)) };
    if (totals.failed > 0)
        return { State::Failed, RunSummary::tr("%Ln row(s) failed", nullptr, static_cast<int>(totals.failed)) };
    if (report.outcome == RunReport::Outcome::Failed)
        return { State::Failed, RunSummary::tr("The run failed") };
    if (report.outcome == RunReport::Outcome::Cancelled)
        return { State::Problem, RunSummary::tr("Stopped") };
    if (report.isDryRun)
        return { totals.skipped > 0 ? State::Problem : State::In, RunSummary::tr("Dry run, nothing written") };
    if (totals.skipped > 0)
        return { State::Problem, RunSummary::tr("%Ln row(s) to fix", nullptr, static_cast<int>(totals.skipped)) };
    return { State::In, RunSummary::tr("All is well") };
}

} // namespace

Summary summaryOf(const RunUpdate &update, bool isDryRun)
{
    OutcomeCounts counts;
    qsizetype read = 0;
    for (const TableProgress &table : update.tables) {
        counts += table.counts;
        read += table.read;
    }
    Summary summary {
        .state = {}, .figures = figuresOf(counts, read, isDryRun), .word = {}, .details = {}, .line = {}
    };
    switch (update.phase) {
    case RunUpdate::Phase::Starting:
    case RunUpdate::Phase::Checking:
        summary.word = RunSummary::tr("Checking the databases…");
        break;
    case RunUpdate::Phase::Validating:
        summary.word = RunSummary::tr("Validating…");
        break;
    case RunUpdate::Phase::Inserting:
        summary.word = RunSummary::tr("Inserting…");
        summary.details = RunSummary::tr("%L1 of %L2 rows").arg(counts.sum()).arg(read);
        break;
    case RunUpdate::Phase::Closing:
    case RunUpdate::Phase::Done:
        summary.word = RunSummary::tr("Closing the databases…");
        break;
    }
    summary.line = summary.details.isEmpty() ? summary.word : summary.word + u' ' + summary.details;
    return summary;
}

Summary summaryOf(const RunReport &report)
{
    const OutcomeCounts totals = report.totals();
    const QString counts = countsOf(report);
    const auto [state, word] = judgementOf(report);
    Summary summary { .state = state,
                      .figures = figuresOf(totals, totals.sum(), report.isDryRun),
                      .word = word,
                      .details = counts,
                      .line = counts };
    if (!report.auditFindings.isEmpty()) {
        summary.details = report.auditFindings.join(QLatin1String("; "));
        summary.line = RunSummary::tr("%1: %2").arg(counts, summary.details);
    } else if (report.isRefused) {
        summary.line = RunSummary::tr("%1: %2").arg(word, counts);
    } else if (report.isDryRun) {
        summary.line = RunSummary::tr("Dry run, nothing written: %1").arg(counts);
    } else if (report.outcome == RunReport::Outcome::Cancelled) {
        summary.line = RunSummary::tr("Stopped: %1").arg(counts);
    }
    return summary;
}

RunSummary::RunSummary(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void RunSummary::setSummary(const Summary &summary)
{
    m_summary = summary;
    QStringList texts { summary.word, summary.details };
    texts.removeAll(QString());
    setAccessibleDescription(texts.join(tr(": ", "between an outcome and its counts")));
    setToolTip(plainToolTip(accessibleDescription()));
    update();
}

QSize RunSummary::sizeHint() const
{
    const int texts = QFontMetrics(scaled(font(), WordScale)).height() + fontMetrics().height();
    return { 400, std::max(SignSize, texts) + 4 };
}

QSize RunSummary::minimumSizeHint() const
{
    return { SignSize + WordRoom, sizeHint().height() };
}

void RunSummary::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

int RunSummary::figuresWidth(double scale) const
{
    if (!m_summary.figures)
        return 0;
    const QFontMetrics metrics(scaled(font(), scale));
    const Summary::Figures most = widest(*m_summary.figures);
    return metrics.horizontalAdvance(inText(most)) + metrics.horizontalAdvance(notInText(most)) + 2 * Gap;
}

double RunSummary::figureScale() const
{
    const int room = width() - SignSize - Gap - WordRoom;
    const auto *fitting = std::ranges::find_if(FigureScales, [&](double scale) { return figuresWidth(scale) <= room; });
    return fitting == FigureScales.end() ? FigureScales.back() : *fitting;
}

void RunSummary::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    QRect room = contentsRect();
    const QRect sign(room.left(), room.center().y() - SignSize / 2 + 1, SignSize, SignSize);
    (m_summary.state ? stateIcon(*m_summary.state) : notInIcon()).paint(&painter, sign);
    room.setLeft(sign.right() + 1 + Gap);
    if (m_summary.figures)
        paintFigures(painter, room);
    paintTexts(painter, room);
}

void RunSummary::paintFigures(QPainter &painter, QRect &room) const
{
    const Summary::Figures &figures = *m_summary.figures;
    const Summary::Figures most = widest(figures);
    const QColor muted = palette().color(QPalette::PlaceholderText);
    const QColor wrong = stateColor(figures.hasFailed ? State::Failed : State::Problem);
    painter.setFont(scaled(font(), figureScale()));
    const auto paint = [&](const QString &text, const QString &widestText, const QColor &color) {
        painter.setPen(color);
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
        room.setLeft(room.left() + painter.fontMetrics().horizontalAdvance(widestText) + Gap);
    };
    paint(inText(figures), inText(most), figures.in > 0 ? stateColor(State::In) : muted);
    paint(notInText(figures), notInText(most), figures.notIn > 0 ? wrong : muted);
}

void RunSummary::paintTexts(QPainter &painter, const QRect &room) const
{
    const QColor color = palette().color(QPalette::WindowText);
    painter.setPen(color);
    if (m_summary.word.isEmpty()) {
        painter.setFont(font());
        const int lines = room.height() / fontMetrics().lineSpacing();
        // A line is seldom full to its end.
        const QString text = fontMetrics().elidedText(m_summary.details, Qt::ElideRight, lines * room.width() * 9 / 10);
        return painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, text);
    }
    painter.setFont(scaled(font(), WordScale));
    const QString word = painter.fontMetrics().elidedText(m_summary.word, Qt::ElideRight, room.width());
    if (m_summary.details.isEmpty())
        return painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, word);
    const int lower = fontMetrics().height();
    const int top = room.center().y() - (painter.fontMetrics().height() + lower) / 2;
    const QRect upper(room.left(), top, room.width(), painter.fontMetrics().height());
    painter.drawText(upper, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, word);
    painter.setFont(font());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(QRect(room.left(), upper.bottom() + 1, room.width(), lower),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     fontMetrics().elidedText(m_summary.details, Qt::ElideRight, room.width()));
}

} // namespace seedbed
