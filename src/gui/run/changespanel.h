// SPDX-License-Identifier: MIT
#pragma once

// The rows that are in the databases with other values, cell by cell: what an update would change.

#include "base/result.h"
#include "gui/run/changesmodel.h"
#include "validation/conflictpolicy.h"

#include <QWidget>

#include <memory>

namespace Ui {
class ChangesPanel;
}

namespace seedbed {

/// How many rows there are and what will become of them, and their cells.
/// Thread: GUI thread.
class ChangesPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit ChangesPanel(QWidget *parent = nullptr);
    ~ChangesPanel() override;

    void setChanges(const Package &package, const QList<TableChanges> &changes, ConflictPolicy onConflict);
    /// They could not be looked for.
    void showError(const Package &package, const Error &error);

Q_SIGNALS:
    /// Somebody wants to see the cell.
    void cellWanted(int table, seedbed::RowId row, const QString &field);

private:
    void fitColumns();

    std::unique_ptr<Ui::ChangesPanel> m_ui;
    ChangesModel m_changes;
};

} // namespace seedbed
