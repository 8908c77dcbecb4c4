// SPDX-License-Identifier: MIT
#pragma once

// A run's report for people at a terminal.

#include "report/runreport.h"

namespace seedbed {

/// The report as plain text, lines ending in \n: a line for each table, then every row that did not go in.
/// Characters that would steer a terminal are shown as escapes.
[[nodiscard]] QString reportToText(const RunReport &report);

} // namespace seedbed
