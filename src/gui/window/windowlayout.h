// SPDX-License-Identifier: MIT
#pragma once

// The window as it was left: its size, what its splitters give to whom, which tabs are in front, what the log shows.

namespace Ui {
class MainWindow;
}

class QWidget;

namespace seedbed {

class Settings;

void restoreLayout(QWidget &window, const Ui::MainWindow &ui, const Settings &settings);
void saveLayout(const QWidget &window, const Ui::MainWindow &ui, Settings &settings);

} // namespace seedbed
