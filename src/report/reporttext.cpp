// SPDX-License-Identifier: MIT
#include "report/reporttext.h"

#include "report/printable.h"

#include <QCoreApplication>

#include <algorithm>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::RunReport)
};

QString seconds(std::chrono::duration<double> time)
{
    return Text::tr("%1 s").arg(time.count(), 0, 'f', 2);
}

// The counts worth a word: what went in and what was skipped always, the rest where there is any.
QString countsText(const OutcomeCounts &counts, bool isDryRun)
{
    const QString first = isDryRun ? Text::tr("%1 would be inserted") : Text::tr("%1 inserted");
    const QString updated = isDryRun ? Text::tr("%1 would be updated") : Text::tr("%1 updated");
    QStringList parts { first.arg(counts.inserted) };
    const auto add = [&parts](qsizetype count, const QString &text) {
        if (count > 0)
            parts += text.arg(count);
    };
    add(counts.unchanged, Text::tr("%1 unchanged"));
    add(counts.updated, updated);
    parts += Text::tr("%1 skipped").arg(counts.skipped);
    add(counts.failed, Text::tr("%1 failed"));
    add(counts.cancelled, Text::tr("%1 cancelled"));
    return parts.join(QStringLiteral(", "));
}

QString headline(const RunReport &report)
{
    switch (report.outcome) {
    case RunReport::Outcome::Completed:
        return report.isDryRun ? Text::tr("Dry run completed") : Text::tr("Completed");
    case RunReport::Outcome::Cancelled:
        return Text::tr("Cancelled");
    case RunReport::Outcome::Failed:
        return Text::tr("Failed");
    }
    Q_UNREACHABLE();
}

QString tableLine(const TableReport &table, bool isDryRun)
{
    QString line = Text::tr("%1 -> %2: %3 read, %4")
                       .arg(printable(table.resource), printable(table.database))
                       .arg(table.read)
                       .arg(countsText(table.counts, isDryRun));
    if (isDryRun)
        return line;
    line += Text::tr("; %1, %2 in flight at most").arg(seconds(table.seconds)).arg(table.peakInFlight);
    if (table.lockRetries > 0)
        line += Text::tr("; locked: %1 retries, %2 waited").arg(table.lockRetries).arg(seconds(table.lockWait));
    return line;
}

QStringList rejectedLines(const QList<RejectedRow> &rows)
{
    const QString line = Text::tr("  row %1 %2: %3"); // looked up once, as there may be very many
    QStringList lines;
    lines.reserve(rows.size());
    for (const RejectedRow &row : rows) {
        QString reasons;
        for (const Reason &reason : row.reasons)
            reasons += (reasons.isEmpty() ? QString() : QStringLiteral(", ")) + printable(reason.text());
        lines += line.arg(QString::number(row.row), outcomeName(row.outcome), reasons);
    }
    return lines;
}

// Between rows that came to another end the numbers may be many.
QStringList cancelledLines(const RowNumberSet &rows, const QString &reason)
{
    constexpr qsizetype MostRanges = 20;
    const QString line = Text::tr("  %1 cancelled: %2", "numbers of rows, and why");
    QStringList lines;
    for (const RowNumberSet::Range &range : rows.ranges().first(std::min(rows.ranges().size(), MostRanges))) {
        const auto first = static_cast<quint64>(range.first);
        const QString numbers = range.count() == 1
            ? Text::tr("row %1").arg(first)
            : Text::tr("rows %1 to %2").arg(first).arg(static_cast<quint64>(range.last));
        lines += line.arg(numbers, reason);
    }
    qsizetype more = 0;
    for (const RowNumberSet::Range &range : rows.ranges().sliced(lines.size()))
        more += range.count();
    if (more > 0)
        lines += line.arg(Text::tr("and %1 more", "rows").arg(more), reason);
    return lines;
}

// What a dry run found out about updates; `changes` are the first of them.
QStringList changeLines(const TableReport &table)
{
    const auto shown = [](const QString &text) {
        return text.isNull() ? Text::tr("nothing", "in place of a cell's text") : u'"' + printable(text) + u'"';
    };
    QStringList lines;
    for (const RowChange &change : table.changes) {
        QStringList cells;
        for (const CellChange &cell : change.cells)
            cells += Text::tr("%1 %2 -> %3", "a field, its text before and after")
                         .arg(printable(cell.field), shown(cell.before), shown(cell.after));
        lines += Text::tr("  row %1 would be updated: %2").arg(change.row).arg(cells.join(QStringLiteral(", ")));
    }
    if (const qsizetype more = table.counts.updated - table.changes.size(); !lines.isEmpty() && more > 0)
        lines += Text::tr("  and %1 more would be updated").arg(more);
    return lines;
}

} // namespace

QString reportToText(const RunReport &report)
{
    QStringList lines;
    lines += Text::tr("%1: %2 into %3, %4")
                 .arg(headline(report), printable(report.package), printable(report.into), seconds(report.seconds));
    lines += countsText(report.totals(), report.isDryRun);
    if (report.isRefused)
        lines += refusedReason();
    lines += QString();
    for (const TableReport &table : report.tables) {
        lines += tableLine(table, report.isDryRun);
        lines += rejectedLines(table.rejected);
        if (table.rejectedLeftOut() > 0)
            lines += Text::tr("  and %1 more, left out as the run was stopped", "rejected rows")
                         .arg(table.rejectedLeftOut());
        lines += changeLines(table);
        lines += cancelledLines(table.cancelled, cancelledReason(report));
    }
    if (!report.isAudited) {
        lines += QString();
        lines += Text::tr("Not every file was read again to see whether it shows this.");
    }
    if (!report.auditFindings.isEmpty()) {
        lines += QString();
        lines += Text::tr("The files do not show what is reported above:");
        for (const QString &finding : report.auditFindings)
            lines += QStringLiteral("  ") + printable(finding);
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace seedbed
