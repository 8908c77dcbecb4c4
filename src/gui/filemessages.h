// SPDX-License-Identifier: MIT
#pragma once

// What is said at the top of the window when files cannot be read or written. How it looks is messagebar.h.

namespace seedbed {

class FileActions;
class LogModel;
class MessageBar;

/// All must live as long as the window.
void showFileMessages(FileActions &files, MessageBar &bar, LogModel &log);

} // namespace seedbed
