// SPDX-License-Identifier: MIT
#pragma once

// The panes of a document's tables, side by side.

#include "package/result.h"

#include <QSplitter>

namespace seedbed {

class Document;
class TablePane;

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
    [[nodiscard]] bool isEmpty() const { return m_panes.isEmpty(); }
    /// The pane of a table; null where there is none.
    [[nodiscard]] TablePane *pane(int table) const { return m_panes.value(table); }
    /// The pane with the focus, or else the first; null where there are none.
    [[nodiscard]] TablePane *current() const;

Q_SIGNALS:
    void built();
    void aboutToClear();
    /// As TablePane's.
    void refused(const seedbed::Error &error);

private:
    void clear();
    void build(Document &document);
    void share();

    QList<TablePane *> m_panes;
};

} // namespace seedbed
