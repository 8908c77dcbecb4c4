// SPDX-License-Identifier: MIT
#pragma once

// Where a time is on the screen, and which times are worth a tick.

#include "insertion/runtimeline.h"

#include <QList>
#include <QString>

namespace seedbed {

/// The times from 0 to an end, all of them or a part, in a width of pixels. What is shown never leaves that range.
/// Thread: any (a value).
class TimeAxis final
{
public:
    using Time = Stretch::Time;

    struct Tick {
        Time time;
        QString label; ///< "12.5 ms"
    };

    /// The pixels that there are.
    void setWidth(int width);
    /// Where all ends. If all is shown, all is shown; if the end is shown, it stays so.
    void setEnd(Time end);
    [[nodiscard]] int width() const { return m_width; }
    [[nodiscard]] Time end() const { return m_end; }
    [[nodiscard]] Time left() const { return Time(static_cast<qint64>(m_left)); }
    [[nodiscard]] Time visible() const { return Time(static_cast<qint64>(scale() * m_width)); }

    /// From the left edge of what is shown.
    [[nodiscard]] double x(Time time) const { return (static_cast<double>(time.count()) - m_left) / scale(); }
    [[nodiscard]] Time timeAt(double x) const { return Time(static_cast<qint64>(m_left + x * scale())); }
    /// Nanoseconds in a pixel.
    [[nodiscard]] double scale() const;

    /// Shows \a factor times less, and at \a x the same time as before.
    void zoom(double factor, double x);
    /// Shows all.
    void fit();
    [[nodiscard]] bool isFitted() const { return m_scale == 0; }
    void scrollTo(Time left);

    /// Round times within what is shown, none closer to the next than \a spacing pixels.
    [[nodiscard]] QList<Tick> ticks(int spacing) const;

private:
    [[nodiscard]] double fittedScale() const;
    void moveTo(double left);

    int m_width = 1;
    Time m_end { 0 };
    double m_left = 0;
    double m_scale = 0; // 0: as it fits
};

/// The smallest of 1, 2, 5, 10, 20, 50… that is no less.
[[nodiscard]] double roundUp(double number);

/// "850 µs", "12.4 ms", "1.25 s": three digits at most, but for many seconds.
[[nodiscard]] QString durationText(Stretch::Time duration);

} // namespace seedbed
