// SPDX-License-Identifier: MIT
#pragma once

// A run's report for scripts. Its names are a promise.

#include "report/runreport.h"

#include <QByteArray>

namespace seedbed {

/// The report as indented JSON, UTF-8, ending in \n.
[[nodiscard]] QByteArray reportToJson(const RunReport &report);

} // namespace seedbed
