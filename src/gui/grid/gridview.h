// SPDX-License-Identifier: MIT
#pragma once

// The grid in which rows are edited: how it moves, and how its columns share the width.

#include <QHash>
#include <QTableView>

namespace seedbed {

/// A view of a TableModel. Columns are as wide as their content asks for; the last text column takes what is left over
/// and gives way where there is too little; where there is none, all but the key share what is left over.
/// Its keys are those of a spreadsheet. Where Tab leads no further, it leads out of the grid.
/// Thread: GUI thread.
class GridView final : public QTableView
{
    Q_OBJECT

public:
    explicit GridView(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    /// Makes a cell the current one and the only one selected, whatever keys are held down.
    void goTo(const QModelIndex &cell);
    /// Measures the columns and shares the width anew. Costs the same for any number of rows.
    void fitColumns();
    /// Widths that somebody gave to columns: they stay as they are while the others share the rest.
    [[nodiscard]] const QHash<int, int> &chosenWidths() const { return m_chosen; }
    void setChosenWidths(const QHash<int, int> &widths);
    /// What is needed to show every column in full, as measured last.
    [[nodiscard]] int wantedWidth() const;

    /// As a click on the header: upwards, downwards, and back to the order of the table.
    void sortByNext(int column);

    /// What to do where there are no rows; empty where there are some.
    [[nodiscard]] QString emptyText() const;

Q_SIGNALS:
    /// The user pressed Delete on the selected cells.
    void clearingWanted();
    void currentMoved(const QModelIndex &current);
    /// The user clicked with Ctrl on a cell that refers to another row.
    void referenceClicked(const QModelIndex &cell);

protected:
    void paintEvent(QPaintEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    [[nodiscard]] QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex &index,
                                                                       const QEvent *event) const override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void shareWidth();
    void fitRowHeader();
    [[nodiscard]] QList<int> measuredRows() const;
    [[nodiscard]] int contentWidth(int column, const QList<int> &rows) const;
    [[nodiscard]] int rowsOfTable() const;
    [[nodiscard]] bool moveBy(qint64 cells);
    [[nodiscard]] QList<int> stretching() const;
    [[nodiscard]] QList<int> withChosen(QList<int> widths) const;

    bool m_isGoing = false;
    QList<int> m_least;  // what the columns need for their text
    QList<int> m_widths; // the same with room for a sign
    QList<int> m_shared; // the widths that were given last
    QList<int> m_stretched;
    QHash<int, int> m_chosen;
    bool m_isSharing = false;
};

} // namespace seedbed
