// SPDX-License-Identifier: MIT
#pragma once

// File > Export: its actions, and who says what became of them.

#include "gui/document/document.h"
#include "gui/run/runcontroller.h"

#include <QWidget>

namespace Ui {
class MainWindow;
}

namespace seedbed {

/// Fills File > Export, and has the log say what was written.
void connectExports(const Ui::MainWindow &ui, Document &document, RunController &run, QWidget &window);

} // namespace seedbed
