// SPDX-License-Identifier: MIT
// The measures whose goal is no ratio but a speed or a time that a person feels.
#include "measures.h"

#include "process.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <cstdio>

namespace seedbed {

namespace {

Line millisecondsLine(const QString &what, const Samples &milliseconds, double atMost)
{
    const double median = milliseconds.median();
    const Goal goal { Goal::Kind::AtMost, atMost, QStringLiteral("ms") };
    return { what, secondsText(median / 1000), {}, {}, median, goal, {} };
}

} // namespace

Measured<QList<Line>> Measures::reading()
{
    const Measured<Shop> shop = makeShop(m_place, m_effort.rows);
    if (!shop)
        return unmeasured(shop.error());
    const Measured<QString> package = shop->usersOnly();
    if (!package)
        return unmeasured(package.error());
    const QString csv = shop->csv(QStringLiteral("users"));
    Samples ours, memchr, wc;
    for (int i = 0; i < m_effort.repeats; ++i) {
        const Measured<QHash<QString, double>> numbers = runParts({ QStringLiteral("read"), *package, csv });
        const Measured<Usage> counted = runTogether({ { { QStringLiteral("wc"), QStringLiteral("-l"), csv },
                                                        QDir(m_place.data).filePath(QStringLiteral("wc.log")) } });
        if (!numbers || !counted)
            return unmeasured(numbers ? counted.error() : numbers.error());
        ours.add(numbers->value(QStringLiteral("read")));
        memchr.add(numbers->value(QStringLiteral("memchr")));
        wc.add(counted->cpuSeconds);
    }
    const auto megabytes = static_cast<double>(QFileInfo(csv).size()) / 1e6;
    const auto speed = [megabytes](const Samples &seconds) { return megabytes / seconds.median(); };
    const auto text = [](double value) { return QStringLiteral("%1 MB/s").arg(value, 0, 'f', 0); };
    Line line = ratioLine(QStringLiteral("reading CSV on one core / wc -l"), text(speed(ours)), text(speed(wc)),
                          speed(ours) / speed(wc), {});
    line.number = speed(ours);
    line.goal = Goal { Goal::Kind::AtLeast, 400, QStringLiteral("MB/s") };
    return QList<Line> { line,
                         ratioLine(QStringLiteral("  the same / memchr in memory"), text(speed(ours)),
                                   text(speed(memchr)), speed(ours) / speed(memchr), {}) };
}

Measured<QList<Line>> Measures::smallRun()
{
    Samples milliseconds;
    for (int i = 0; i < 4 * m_effort.repeats; ++i) {
        const Measured<QString> folder = emptyFolder(m_place, QStringLiteral("into-small"));
        if (!folder)
            return unmeasured(folder.error());
        const QString log = QDir(m_place.data).filePath(QStringLiteral("run.log"));
        const Measured<Usage> usage = runTogether(
            { { { program("seedbed-cli"), QStringLiteral("run"), QStringLiteral("--into"), *folder }, log } });
        if (!usage)
            return unmeasured(usage.error());
        if (!fileText(log).contains("24 inserted, 6 skipped"))
            return unmeasured(QStringLiteral("the sample's rows did not go in"));
        milliseconds.add(usage->seconds * 1000);
    }
    return QList<Line> { millisecondsLine(QStringLiteral("a run over the sample's 30 rows"), milliseconds, 60) };
}

Measured<Measures::Played> Measures::playWindow(const Shop &shop) const
{
    const QRegularExpression pattern(
        QStringLiteral("first rows after ([0-9.]+) ms\\s+largest gap ([0-9.]+) ms .* into (.*)"));
    Played all;
    for (int i = 0; i < m_effort.repeats; ++i) {
        std::fprintf(stderr, "the window with 3 x %d rows: run %d\n", shop.rows, i + 1);
        const QString log = QDir(m_place.data).filePath(QStringLiteral("window.log"));
        const Measured<Usage> played = runTogether({ { { program("bench_window"), shop.folder }, log } });
        if (!played)
            return unmeasured(played.error());
        const QRegularExpressionMatch match = pattern.match(QString::fromUtf8(fileText(log)));
        if (!match.hasMatch() || match.captured(1).toDouble() <= 0)
            return unmeasured(QStringLiteral("bench_window showed no rows, see %1").arg(log));
        std::fprintf(stderr, "the largest gap: %s ms, in: %s\n", qPrintable(match.captured(2)),
                     qPrintable(match.captured(3)));
        all.firstRows.add(match.captured(1).toDouble());
        all.gaps.add(match.captured(2).toDouble());
    }
    return all;
}

// Ctrl+C at moments from the start of reading to the end of a run: the slowest answer.
Measured<QList<Line>> Measures::cancelling()
{
    const Measured<Shop> shop = makeShop(m_place, m_effort.rows);
    if (!shop)
        return unmeasured(shop.error());
    const double step = m_effort.repeats > 1 ? 0.07 : 0.2;
    const QString log = QDir(m_place.data).filePath(QStringLiteral("run.log"));
    double slowest = 0;
    int answers = 0;
    for (double after = step;; after += step) {
        const Measured<QString> folder = emptyFolder(m_place, QStringLiteral("into-cancelled"));
        if (!folder)
            return unmeasured(folder.error());
        const QStringList words { program("seedbed-cli"), QStringLiteral("run"), shop->folder, QStringLiteral("--into"),
                                  *folder };
        const Measured<Interruption> interruption = interrupt({ words, log, true }, after);
        if (!interruption)
            return unmeasured(interruption.error());
        if (interruption->wasOver)
            break;
        ++answers;
        slowest = std::max(slowest, interruption->seconds);
        std::fprintf(stderr, "Ctrl+C after %.2f s: %.0f ms\n", after, interruption->seconds * 1000);
    }
    Samples milliseconds;
    milliseconds.add(slowest * 1000);
    return QList<Line> { millisecondsLine(QStringLiteral("from Ctrl+C to the end, the slowest of %1").arg(answers),
                                          milliseconds, 200) };
}

Measured<QList<Line>> Measures::window()
{
    if (!QFileInfo::exists(program("bench_window")))
        return unmeasured(QStringLiteral("there is no bench_window"));
    const Measured<Shop> right = makeShop(m_place, m_effort.rows);
    const Measured<Shop> broken = makeShop(m_place, m_effort.rows, 5);
    if (!right || !broken)
        return unmeasured(right ? broken.error() : right.error());
    const Measured<Played> rightRows = playWindow(*right);
    const Measured<Played> brokenRows = playWindow(*broken);
    if (!rightRows || !brokenRows)
        return unmeasured(rightRows ? brokenRows.error() : rightRows.error());
    return QList<Line> {
        millisecondsLine(QStringLiteral("the window's largest gap, with that many rows"), rightRows->gaps, 50),
        millisecondsLine(QStringLiteral("  the same, 5 % of the rows broken"), brokenRows->gaps, 50),
        millisecondsLine(QStringLiteral("  its first rows are there after"), rightRows->firstRows, 300)
    };
}

} // namespace seedbed
