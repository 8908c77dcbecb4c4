// SPDX-License-Identifier: MIT
#pragma once

// What is to become of rows that are in the databases with other values: the choice in the bar, and the tab that shows
// what an update would change.

namespace Ui {
class MainWindow;
}

namespace seedbed {

class Document;
class Settings;

/// The choice is remembered, and the document's; the tab follows both.
void connectConflicts(const Ui::MainWindow &ui, Document &document, Settings &settings);

} // namespace seedbed
