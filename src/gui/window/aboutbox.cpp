// SPDX-License-Identifier: MIT
#include "gui/window/aboutbox.h"

#include <QCoreApplication>
#include <QMessageBox>

namespace seedbed {

void showAbout(QWidget &window)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("seedbed::AboutBox", text); };
    auto *box = new QMessageBox(&window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Seedbed"));
    box->setIconPixmap(window.windowIcon().pixmap(64));
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("Seedbed %1").arg(QStringLiteral(SEEDBED_VERSION)));
    box->setInformativeText(tr("Seeds several databases at once, and tells the truth about it.\n\n"
                               "Free software under the MIT licence."));
    box->open();
}

} // namespace seedbed
