// SPDX-License-Identifier: MIT
#include "linetable.h"

#include <QStringList>

#include <algorithm>

namespace seedbed {

namespace {

QString goalText(const Goal &goal)
{
    const QString kind = goal.kind == Goal::Kind::AtMost ? QStringLiteral("at most") : QStringLiteral("at least");
    return QStringLiteral("%1 %2 %3").arg(kind).arg(goal.bound).arg(goal.unit).trimmed();
}

QString verdict(const Line &line)
{
    if (!line.trouble.isEmpty())
        return QStringLiteral("NOT MEASURED");
    if (!line.goal)
        return {};
    const bool isReached =
        line.goal->kind == Goal::Kind::AtMost ? line.number <= line.goal->bound : line.number >= line.goal->bound;
    return isReached ? QStringLiteral("reached") : QStringLiteral("missed");
}

QStringList cells(const Line &line)
{
    return { line.what, line.ours, line.peer, line.value, line.goal ? goalText(*line.goal) : QString(), verdict(line) };
}

QString rowText(const QStringList &row, const QList<qsizetype> &widths)
{
    QString text = QStringLiteral("|");
    for (int i = 0; i < row.size(); ++i) {
        const bool isNumber = i >= 1 && i <= 3;
        text += u' ' + (isNumber ? row.at(i).rightJustified(widths.at(i)) : row.at(i).leftJustified(widths.at(i)))
            + QStringLiteral(" |");
    }
    return text + u'\n';
}

QString rule(const QList<qsizetype> &widths)
{
    QString text = QStringLiteral("|");
    for (int i = 0; i < widths.size(); ++i)
        text += QString(widths.at(i) + 1, u'-') + (i >= 1 && i <= 3 ? u':' : u'-') + u'|';
    return text + u'\n';
}

} // namespace

Line ratioLine(const QString &what, const QString &oursText, const QString &peerText, double ratio,
               std::optional<double> atMost)
{
    Line line { what, oursText, peerText, QString::number(ratio, 'f', 2), ratio, {} };
    if (atMost)
        line.goal = Goal { Goal::Kind::AtMost, *atMost, {} };
    return line;
}

Line troubleLine(const QString &what, const QString &why)
{
    return { what, {}, {}, {}, 0, {}, why };
}

QString secondsText(double seconds)
{
    return seconds < 1 ? QStringLiteral("%1 ms").arg(seconds * 1000, 0, 'f', 1)
                       : QStringLiteral("%1 s").arg(seconds, 0, 'f', 2);
}

QString megabytesText(double bytes)
{
    return QStringLiteral("%1 MB").arg(bytes / 1e6, 0, 'f', 1);
}

QString tableText(const QList<Line> &lines)
{
    QList<QStringList> rows { { QStringLiteral("measure"), QStringLiteral("Seedbed"), QStringLiteral("peer"),
                                QStringLiteral("ratio"), QStringLiteral("goal"), QString() } };
    for (const Line &line : lines)
        rows += cells(line);
    QList<qsizetype> widths(rows.first().size());
    for (const QStringList &row : std::as_const(rows)) {
        for (int i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths.at(i), row.at(i).size());
    }
    QString text = rowText(rows.takeFirst(), widths) + rule(widths);
    for (const QStringList &row : std::as_const(rows))
        text += rowText(row, widths);
    for (const Line &line : lines) {
        if (!line.trouble.isEmpty())
            text += QStringLiteral("\n%1: %2\n").arg(line.what, line.trouble);
    }
    return text;
}

} // namespace seedbed
