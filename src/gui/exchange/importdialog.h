// SPDX-License-Identifier: MIT
#pragma once

// The question how files become rows: for each its table, how it is written, and which column is which field. The rows
// are read meanwhile; what is wrong with a file is said in the dialog.

#include "gui/exchange/importfile.h"
#include "gui/exchange/importpreviewmodel.h"
#include "gui/exchange/importrows.h"

#include <QDialog>
#include <QListWidgetItem>
#include <QTimer>

#include <memory>
#include <vector>

namespace Ui {
class ImportDialog;
}

namespace seedbed {

/// Asks about one or several files at once, and puts their rows into the document: one step of undo.
/// Thread: GUI thread; gone before the document's tables become others.
class ImportDialog final : public QDialog
{
    Q_OBJECT

public:
    /// \a tables: as many as sources.
    ImportDialog(Document &document, Settings &settings, const QList<ImportSource> &sources, const QList<int> &tables,
                 QWidget *parent = nullptr);
    ~ImportDialog() override;

    void accept() override;

private:
    void fillChoices();
    void connectChoices();
    void addFile(const ImportSource &source, int table);
    [[nodiscard]] ImportFile &current() const;
    void setForm();
    void showFile(int file);
    void updateChoices();
    void updateView();
    void updateImport();
    void fitColumns();
    [[nodiscard]] bool isChosen(std::size_t file) const;
    [[nodiscard]] QList<TableImport> chosenRows() const;

    std::unique_ptr<Ui::ImportDialog> m_ui;
    Document &m_document;
    Settings &m_settings;
    QThreadPool m_pool;
    std::vector<std::unique_ptr<ImportFile>> m_files;
    ImportPreviewModel m_preview;
    QTimer m_timer; // while rows are read
};

} // namespace seedbed
