// SPDX-License-Identifier: MIT
#pragma once

// The line above the rows of a pane by which those that are shown are picked out.

#include <QObject>

namespace Ui {
class TablePane;
}

namespace seedbed {

class TableModel;

/// Asks the model for the rows that the filter of a pane lets through. Escape, in the filter or in the rows, shows all.
/// Thread: GUI thread.
class PaneFilter final : public QObject
{
    Q_OBJECT

public:
    /// Both outlive the filter.
    PaneFilter(const Ui::TablePane &ui, TableModel &model, QObject *parent);

    /// Gives the filter the focus.
    void focus();
    /// All rows are shown.
    void clear();
    /// Disables the filter while the database's rows are shown.
    void setDatabase(bool isDatabase);
    /// After a change of the theme.
    void setSigns();

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// The user is done with the filter, and wants to be among the rows.
    void left();

private:
    void ask();

    const Ui::TablePane &m_ui;
    TableModel &m_model;
};

} // namespace seedbed
