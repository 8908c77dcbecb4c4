// SPDX-License-Identifier: MIT
#pragma once

// The panes of a document's tables, side by side.

#include "base/result.h"
#include "gui/grid/rowclipboard.h"
#include "rows/rowid.h"

#include <QSplitter>

namespace seedbed {

class Document;
class TablePane;
struct CellPlace;

/// A pane for every table of a document, built anew when the document becomes another. They are of equal
/// width; when all rows are read, a pane that is too narrow for them takes of those that have more than they need.
/// Thread: GUI thread.
class PaneSplitter final : public QSplitter
{
    Q_OBJECT

public:
    using QSplitter::QSplitter;

    /// To be called once.
    void setDocument(Document &document);
    /// As RowClipboard's.
    void setLimits(const ReadLimits &limits) { m_clipboard.setLimits(limits); }
    [[nodiscard]] bool isEmpty() const { return m_panes.isEmpty(); }
    /// The pane of a table; null where there is none.
    [[nodiscard]] TablePane *pane(int table) const { return m_panes.value(table); }
    /// The pane that has the focus, or had it last, or else the first; null where there are none.
    [[nodiscard]] TablePane *current() const;
    /// Its current cell, with a row below 0 where there is none.
    [[nodiscard]] CellPlace currentCell() const;
    /// As TablePane's, in any of them.
    void showCell(int table, RowId row, const QString &field, const QString &note = {});
    void revealCell(int table, RowId row, const QString &field);
    /// The table of current(); -1 where there are none.
    [[nodiscard]] int currentTable() const { return static_cast<int>(m_panes.indexOf(current())); }

    /// Widths that somebody gave to the panes, of which each has its share; empty where nobody did.
    [[nodiscard]] QList<int> chosenWidths() const { return m_isChosen ? sizes() : QList<int>(); }
    void setChosenWidths(const QList<int> &widths);

Q_SIGNALS:
    void built();
    void aboutToClear();
    /// As TablePane's.
    void refused(const seedbed::Error &error);
    /// Another cell of a pane is the current one.
    void currentMoved();

private:
    void clear();
    void build(Document &document);
    void share();

    void followFocus(const QWidget *focus);

    RowClipboard m_clipboard;
    QList<TablePane *> m_panes;
    int m_last = 0;          // the pane that had the focus last
    bool m_isChosen = false; // somebody moved what is between the panes
};

} // namespace seedbed
