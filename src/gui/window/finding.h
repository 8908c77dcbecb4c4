// SPDX-License-Identifier: MIT
#pragma once

// What the window has for finding cells and problems: which action does what, and what is shown where.

namespace Ui {
class MainWindow;
}

namespace seedbed {

class Document;

/// Connects the find bar, the problems panel and their actions with the panes of the document.
void connectFinding(const Ui::MainWindow &ui, Document &document);

} // namespace seedbed
