// SPDX-License-Identifier: MIT
#include "gui/look/folderdialog.h"

#include <QFileDialog>

namespace seedbed {

void chooseFolder(QWidget &window, const QString &title, const QString &start,
                  const std::function<void(const QString &)> &then)
{
    auto *dialog = new QFileDialog(&window, title, start);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog, then);
    dialog->open();
}

} // namespace seedbed
