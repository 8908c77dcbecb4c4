// SPDX-License-Identifier: MIT
#pragma once

// The question for a folder. What becomes of it is the asker's business.

#include <QString>
#include <QWidget>

#include <functional>

namespace seedbed {

/// Opens a dialog of \a window that shows \a start first, or the current folder where that is empty. Calls \a then
/// with the folder that is chosen, if one is; whatever it needs must live as long as the window.
/// Thread: GUI thread.
void chooseFolder(QWidget &window, const QString &title, const QString &start,
                  const std::function<void(const QString &)> &then);

} // namespace seedbed
