// SPDX-License-Identifier: MIT
#pragma once

// How far the work is, as one line for a terminal: a bar, percent, rate and the time left. Drawing it is the console's
// business, and the clock its caller's.

#include "insertion/runprogress.h"
#include "rows/readprogress.h"

#include <QString>

#include <chrono>

namespace seedbed {

/// One step of the work, as it stands.
/// Thread: any (a value).
struct Step {
    enum class Unit : quint8 { Bytes, Rows };

    QString name; ///< "Inserting"
    Unit unit = Unit::Rows;
    qint64 done = 0;
    qint64 total = 0; ///< 0: nobody knows
    QString remark;   ///< what else is to be said, or nothing
};

/// The step that a job is in: reading, as long as that is not finished, and then what the run says.
[[nodiscard]] Step stepOf(const ReadProgress::Snapshot &reading, const RunUpdate &update);

/// Remembers when a step began, and with what, for its rate.
/// Thread: one.
class ProgressLine final
{
public:
    /// "Inserting  [###.......] 31 %  1,240,000 of 3,000,000 rows  900,000 rows/s  2 s left"; a step without a total is
    /// its name alone. Where \a width columns are not enough, the count goes first, then the rate, then the bar.
    /// \a now: since any moment, but always the same.
    [[nodiscard]] QString text(const Step &step, std::chrono::milliseconds now, int width);

private:
    QString m_name;
    std::chrono::milliseconds m_began {};
    qint64 m_first = 0; // done when the step began
};

} // namespace seedbed
