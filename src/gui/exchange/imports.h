// SPDX-License-Identifier: MIT
#pragma once

// Rows into the tables from outside: what the menus import, and what is dropped on the window.

#include "gui/document/document.h"
#include "gui/files/settings.h"
#include "gui/panes/panesplitter.h"

#include <QObject>
#include <QStringList>
#include <QWidget>

namespace seedbed {

/// Asks by ImportDialog. Files are for the table that they are dropped on or that they are named after, else for the
/// current one. While a package is read nothing is imported.
/// Thread: GUI thread.
class Imports final : public QObject
{
    Q_OBJECT

public:
    Imports(Document &document, Settings &settings, PaneSplitter &panes, QWidget &window);

    void askForFiles();
    void importClipboard();
    /// \a table: what a single file is for, or -1.
    void importFiles(const QStringList &paths, int table = -1);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] bool canImport() const { return m_document.tableCount() > 0 && m_document.isEditable(); }
    [[nodiscard]] int tableAt(const QPoint &position) const;

    Document &m_document;
    Settings &m_settings;
    PaneSplitter &m_panes;
    QWidget &m_window;
};

} // namespace seedbed
