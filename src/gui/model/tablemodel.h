// SPDX-License-Identifier: MIT
#pragma once

// One table of the document for a grid: cells as text, problems as sign, tint and sentence, and which rows are shown in
// which order. It holds no rows.

#include "gui/document/document.h"
#include "gui/model/roworderservice.h"
#include "gui/model/rowstate.h"
#include "gui/model/shownrows.h"

#include <QAbstractTableModel>
#include <QItemSelection>

namespace seedbed {

/// The rows × fields of a table, all of them or those that were asked for, and after them a blank line that becomes a
/// row when something is typed in it; while rows are read there is none. All text is plain. Rows stay where they are
/// shown, whatever is typed in them, until something else is asked for; new ones come at the end.
/// Thread: GUI thread.
class TableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    TableModel(Document &document, int table, QObject *parent = nullptr);

    /// With the blank line.
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    /// A column below 0: the order of the table.
    void sort(int column, Qt::SortOrder order) override;

    /// As setData, as a part of what is typed in one visit of an editor.
    void setText(const QModelIndex &index, const QString &text, EditSession session);
    /// Takes back the row that the blank line has become in a session.
    void takeBackRow(int row, EditSession session);
    [[nodiscard]] EditSession newSession() { return m_document.newSession(); }

    /// Which rows are to be shown, and how. They are found off the GUI thread; until then all stays as it is.
    void ask(const RowQuestion &question);
    [[nodiscard]] const RowQuestion &question() const { return m_question; }
    [[nodiscard]] bool isOrdering() const { return m_orders.isBusy(); }
    /// How many rows there are, shown or not.
    [[nodiscard]] qsizetype tableRowCount() const { return table().rowCount(); }
    /// How many of them are shown: the blank line is none.
    [[nodiscard]] int shownRowCount() const { return static_cast<int>(m_shown.count(tableRowCount())); }
    [[nodiscard]] bool isBlankLine(int row) const { return row == shownRowCount() || row == m_becoming; }
    /// Those of the selected cells that are in rows of the table.
    [[nodiscard]] QItemSelection withoutBlankLine(const QItemSelection &selection) const;
    /// Where the row is in the table; of the blank line, where it will be.
    [[nodiscard]] qsizetype positionOf(int row) const;
    /// The row that shows this position of the table, or -1.
    [[nodiscard]] int rowOf(qsizetype position) const { return static_cast<int>(m_shown.rowOf(position)); }

    [[nodiscard]] const Document &document() const { return m_document; }
    [[nodiscard]] const Resource &resource() const { return m_document.resource(m_table); }
    /// Whether the column holds numbers, which are right-aligned.
    [[nodiscard]] bool isNumeric(int column) const;
    /// Whether there is something in the cell by which it refers to a row.
    [[nodiscard]] bool isReference(const QModelIndex &cell) const;
    /// Whether the column names a row: it stays narrow.
    [[nodiscard]] bool isKey(int column) const;
    [[nodiscard]] RowMark mark(int row) const;
    /// What is wrong at a cell, or, with column -1, with its whole row; sentences, joined by " · ".
    [[nodiscard]] QString reasons(int row, int column) const;
    /// That the row is in the database, and what differs there, in a sentence; empty where it is not there.
    [[nodiscard]] QString presence(int row) const;

Q_SIGNALS:
    /// Other rows are about to be shown, or the same in another order; the model is reset in between.
    void aboutToReorder();
    void reordered();
    /// The signs of rows are new. Qt's own signal for that costs a header the number of all its rows.
    void marksChanged();

private:
    void connectDocument();
    void showBlankLine();
    void beginInsert(qsizetype first, qsizetype last);
    void endInsert();
    void beginRemove(qsizetype first, qsizetype last);
    void endRemove();
    void beginReplace();
    void endReplace();
    void askAgain();
    void show(const std::shared_ptr<RowPositions> &rows);
    void updateView();
    [[nodiscard]] const Table &table() const { return m_document.table(m_table); }
    [[nodiscard]] bool hasProblem(const QModelIndex &index) const;
    [[nodiscard]] std::optional<Qt::CheckState> checkState(const QModelIndex &index) const;

    enum class Change : quint8 { None, Rows, Reset };

    Document &m_document;
    int m_table;
    RowQuestion m_question;
    ShownRows m_shown;
    bool m_hasBlankLine;
    int m_becoming = -1;                    // the row that is a blank line until it is told that there is another
    Change m_change = Change::None;         // how the change of the table under way is told
    std::pair<qsizetype, qsizetype> m_span; // the positions that it is about, [first, last]
    RowOrderService m_orders;
};

} // namespace seedbed
