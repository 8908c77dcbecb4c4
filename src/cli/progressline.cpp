// SPDX-License-Identifier: MIT
#include "cli/progressline.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace seedbed {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(seedbed::ProgressLine)
};

QString phaseName(RunUpdate::Phase phase)
{
    switch (phase) {
    case RunUpdate::Phase::Starting:
        return Texts::tr("Starting");
    case RunUpdate::Phase::Checking:
        return Texts::tr("Checking the databases");
    case RunUpdate::Phase::Validating:
        return Texts::tr("Validating");
    case RunUpdate::Phase::Inserting:
        return Texts::tr("Inserting");
    case RunUpdate::Phase::Closing:
        return Texts::tr("Closing the databases");
    case RunUpdate::Phase::Done:
        return Texts::tr("Done");
    }
    return {};
}

/// With a mark for the thousands, the same in every locale as the words around it.
QString number(double value)
{
    return QLocale(QLocale::English).toString(value, 'f', 0);
}

QString number(qint64 value)
{
    return QLocale(QLocale::English).toString(value);
}

QString bar(double share)
{
    constexpr int Width = 20;
    const int full = static_cast<int>(share * Width);
    return u'[' + QString(full, u'#') + QString(Width - full, u'.') + u']';
}

QString rateText(double perSecond, Step::Unit unit)
{
    return unit == Step::Unit::Bytes ? Texts::tr("%1 MB/s").arg(number(perSecond / 1e6))
                                     : Texts::tr("%1 rows/s").arg(number(perSecond));
}

QString timeLeftText(double seconds)
{
    return seconds < 60 ? Texts::tr("%1 s left").arg(number(std::max(1.0, seconds)))
                        : Texts::tr("%1 min left").arg(number(seconds / 60));
}

QString joined(const QStringList &parts)
{
    QStringList there = parts;
    there.removeAll(QString());
    return there.join(QStringLiteral("  "));
}

bool isReading(const ReadProgress::Snapshot &reading)
{
    return std::any_of(reading.states.begin(), reading.states.end(), [](const ReadProgress::TableState &table) {
        return table.state == ReadProgress::State::Waiting || table.state == ReadProgress::State::Reading;
    });
}

} // namespace

Step stepOf(const ReadProgress::Snapshot &reading, const RunUpdate &update)
{
    if (isReading(reading))
        return { Texts::tr("Reading"), Step::Unit::Bytes, reading.bytesRead(), reading.bytesInAll(), {} };
    Step step;
    step.name = phaseName(update.phase);
    if (update.phase == RunUpdate::Phase::Validating) {
        step.done = update.validated;
        step.total = update.rows;
    }
    if (update.phase != RunUpdate::Phase::Inserting)
        return step;
    qsizetype retries = 0;
    for (const TableProgress &table : update.tables) {
        step.total += table.read;
        step.done += table.counts.sum();
        retries += table.lockRetries;
    }
    if (retries > 0)
        step.remark = Texts::tr("%1 waits for a lock").arg(retries);
    return step;
}

QString ProgressLine::text(const Step &step, std::chrono::milliseconds now, int width)
{
    if (step.name != m_name) {
        m_name = step.name;
        m_began = now;
        m_first = step.done;
    }
    if (step.total <= 0)
        return joined({ step.name, step.remark }).left(width);

    const double share = std::clamp(static_cast<double>(step.done) / static_cast<double>(step.total), 0.0, 1.0);
    const QString percent = Texts::tr("%1 %").arg(static_cast<int>(share * 100));
    QString count;
    if (step.unit == Step::Unit::Rows)
        count = Texts::tr("%1 of %2 rows").arg(number(step.done), number(step.total));
    QString rate;
    QString left;
    const double seconds = std::chrono::duration<double>(now - m_began).count();
    if (seconds > 0.2 && step.done > m_first) { // before, it would be a guess
        const double perSecond = static_cast<double>(step.done - m_first) / seconds;
        rate = rateText(perSecond, step.unit);
        if (step.done < step.total)
            left = timeLeftText(static_cast<double>(step.total - step.done) / perSecond);
    }
    for (const QString &text : { joined({ step.name, bar(share) + u' ' + percent, count, rate, left, step.remark }),
                                 joined({ step.name, bar(share) + u' ' + percent, rate, left, step.remark }),
                                 joined({ step.name, bar(share) + u' ' + percent, left, step.remark }) }) {
        if (text.size() <= width)
            return text;
    }
    return joined({ step.name, percent, left, step.remark }).left(width);
}

} // namespace seedbed
