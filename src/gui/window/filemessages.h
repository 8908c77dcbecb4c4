// SPDX-License-Identifier: MIT
#pragma once

// What is said at the top of the window when files cannot be read or written, and when unsaved edits were found. How
// it looks is messagebar.h.

namespace seedbed {

class Autosave;
class FileActions;
class LogModel;
class MessageBar;

/// All must live as long as the window.
void showFileMessages(FileActions &files, Autosave &autosave, MessageBar &bar, LogModel &log);

} // namespace seedbed
