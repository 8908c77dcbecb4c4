// SPDX-License-Identifier: MIT
#pragma once

// The commands `run` and `validate`: their options, and how they are carried out in a terminal.

#include "cli/commandline.h"

namespace seedbed {

/// Validates, inserts, reports. Executing it runs the application's event loop.
[[nodiscard]] Command runCommand();

/// The same without writing to a database.
[[nodiscard]] Command validateCommand();

} // namespace seedbed
