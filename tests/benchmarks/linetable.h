// SPDX-License-Identifier: MIT
#pragma once

// The one table that comes of a measurement: what was measured, against what, and whether the goal is reached.

#include <QList>
#include <QString>

#include <optional>

namespace seedbed {

/// What must hold of a value.
struct Goal {
    enum class Kind : quint8 { AtMost, AtLeast };

    Kind kind = Kind::AtMost;
    double bound = 0;
    QString unit = {}; ///< of the bound; empty for a ratio
};

/// One line of the table.
struct Line {
    QString what;
    QString ours;
    QString peer;
    QString value;            ///< the ratio, as it is shown; empty: none
    double number = 0;        ///< the value that the goal is about
    std::optional<Goal> goal; ///< none: for information
    QString trouble = {};     ///< why there is no value
};

/// ours : peer, with the numbers it comes from.
[[nodiscard]] Line ratioLine(const QString &what, const QString &oursText, const QString &peerText, double ratio,
                             std::optional<double> atMost);

[[nodiscard]] Line troubleLine(const QString &what, const QString &why);

[[nodiscard]] QString secondsText(double seconds);
[[nodiscard]] QString megabytesText(double bytes);

/// As a Markdown table whose columns line up.
[[nodiscard]] QString tableText(const QList<Line> &lines);

} // namespace seedbed
