// SPDX-License-Identifier: MIT
#pragma once

// How much of the machine long work takes while somebody uses the window.

namespace seedbed {

/// Lets other threads go first from now on: those of the calling thread, and those that it starts later, take what is
/// left over. To be called at the start of work that a window waits for in the background. Where the system knows no
/// such thing for single threads, nothing happens.
void enterBackground();

} // namespace seedbed
