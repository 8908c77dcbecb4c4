// SPDX-License-Identifier: MIT
#pragma once

// The line in which a cell is edited. What is typed in it is in the rows at once.

#include "gui/model/tablemodel.h"

#include <QLineEdit>
#include <QPersistentModelIndex>

namespace seedbed {

/// The editor of one cell for one visit.
/// Thread: GUI thread.
class CellEditor final : public QLineEdit
{
    Q_OBJECT

public:
    CellEditor(TableModel &model, const QModelIndex &cell, QWidget *parent);

    [[nodiscard]] const QPersistentModelIndex &cell() const { return m_cell; }
    /// Another text, as if it were typed.
    void put(const QString &text);
    /// Puts what is typed into the cell, all of a visit as one step.
    void commit() { m_model.setText(m_cell, text(), m_session); }
    /// Brings back what was there before the visit.
    void revert();

Q_SIGNALS:
    /// The text was typed or put.
    void edited();
    /// The text was put and nothing more is to be typed.
    void picked();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void reflect();

    TableModel &m_model;
    const QPersistentModelIndex m_cell;
    const bool m_wasBlankLine;
    const QString m_before;
    const EditSession m_session;
};

} // namespace seedbed
