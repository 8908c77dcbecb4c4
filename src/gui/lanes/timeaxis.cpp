// SPDX-License-Identifier: MIT
#include "gui/lanes/timeaxis.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(TimeAxis)
};

constexpr double FinestScale = 100; // nanoseconds in a pixel: no state changes faster

struct Unit {
    double nanoseconds;
    QString name;
};

// The largest of which there is one at least.
Unit unitOf(double nanoseconds)
{
    if (nanoseconds >= 1e9)
        return { 1e9, Text::tr("s") };
    if (nanoseconds >= 1e6)
        return { 1e6, Text::tr("ms") };
    return { 1e3, Text::tr("µs") };
}

QString textOf(double nanoseconds, const Unit &unit, int decimals)
{
    return Text::tr("%1 %2", "a number and its unit")
        .arg(QLocale().toString(nanoseconds / unit.nanoseconds, 'f', decimals), unit.name);
}

} // namespace

double roundUp(double number)
{
    const double power = std::pow(10, std::floor(std::log10(number)));
    for (const double factor : { 1.0, 2.0, 5.0 }) {
        if (factor * power >= number)
            return factor * power;
    }
    return 10 * power;
}

QString durationText(Stretch::Time duration)
{
    const auto nanoseconds = static_cast<double>(duration.count());
    const Unit unit = unitOf(nanoseconds);
    const double number = nanoseconds / unit.nanoseconds;
    return textOf(nanoseconds, unit, number >= 100 ? 0 : number >= 10 ? 1 : 2);
}

double TimeAxis::fittedScale() const
{
    return std::max(FinestScale, static_cast<double>(m_end.count()) / m_width);
}

double TimeAxis::scale() const
{
    return m_scale == 0 ? fittedScale() : m_scale;
}

void TimeAxis::setWidth(int width)
{
    m_width = std::max(1, width);
    moveTo(m_left);
}

void TimeAxis::setEnd(Time end)
{
    const bool showsEnd = timeAt(m_width) >= m_end;
    m_end = end;
    moveTo(showsEnd ? static_cast<double>(end.count()) : m_left);
}

void TimeAxis::moveTo(double left)
{
    if (m_scale >= fittedScale())
        m_scale = 0;
    const double last = static_cast<double>(m_end.count()) - scale() * m_width;
    m_left = std::clamp(left, 0.0, std::max(0.0, last));
}

void TimeAxis::scrollTo(Time left)
{
    moveTo(static_cast<double>(left.count()));
}

void TimeAxis::fit()
{
    m_scale = 0;
    m_left = 0;
}

void TimeAxis::zoom(double factor, double x)
{
    const double there = m_left + x * scale();
    m_scale = std::max(FinestScale, scale() / factor);
    moveTo(there - x * scale());
}

QList<TimeAxis::Tick> TimeAxis::ticks(int spacing) const
{
    const double step = roundUp(scale() * spacing);
    const double right = m_left + scale() * m_width;
    const Unit unit = unitOf(right);
    const int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(step / unit.nanoseconds) - 1e-9)));
    QList<Tick> ticks;
    for (double time = std::ceil(m_left / step) * step; time <= right; time += step)
        ticks.append({ Time(static_cast<qint64>(time)), textOf(time, unit, decimals) });
    return ticks;
}

} // namespace seedbed
