// SPDX-License-Identifier: MIT
#pragma once

// How a table was left: the widths that somebody gave to its columns and its pane, and by which column it was sorted.

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
