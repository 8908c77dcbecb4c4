// SPDX-License-Identifier: MIT
#pragma once

// What the system allows this process: open files, and the size of a file. For memory see package/memorylimit.h;
// threads are refused when they are asked for, see package/threadcrew.h.

namespace seedbed {

/// To be called at the start of a program: as many files may be open as the system allows it, a file that may not grow
/// any more is an error where it is written, not the end of the program, and where memory is limited threads share it.
void prepareProcess();

/// How many files may be opened beside those that are open now.
[[nodiscard]] int openFilesLeft();

/// How many files may be open at once.
[[nodiscard]] int mostOpenFiles();

} // namespace seedbed
