// SPDX-License-Identifier: MIT
#pragma once

// How the columns of a table were left: the widths that somebody gave them, and by which they were sorted.

namespace seedbed {

class Document;
class PaneSplitter;
class Settings;

/// Panes begin as the same table's were left, and remember how they are when they go.
/// Thread: GUI thread.
void rememberColumns(PaneSplitter &panes, const Document &document, Settings &settings);

/// Remembers them as they are now.
void saveColumns(const PaneSplitter &panes, const Document &document, Settings &settings);

} // namespace seedbed
