// SPDX-License-Identifier: MIT
#pragma once

// The actions of the File menu that import rows.

#include "gui/document/document.h"
#include "gui/files/settings.h"

#include <QWidget>

namespace Ui {
class MainWindow;
}

namespace seedbed {

/// Connects the import actions, and lets files be dropped on the window.
void connectImports(const Ui::MainWindow &ui, Document &document, Settings &settings, QWidget &window);

} // namespace seedbed
