// SPDX-License-Identifier: MIT
#pragma once

// File > Open Recent: the packages that were shown last.

#include <QMenu>

namespace seedbed {

class Document;
class FileActions;
class Settings;

/// Keeps \a menu, and what is remembered, up to date. A package that is not there any more cannot be chosen.
/// Thread: GUI thread.
void fillRecentMenu(QMenu &menu, FileActions &files, const Document &document, Settings &settings);

} // namespace seedbed
