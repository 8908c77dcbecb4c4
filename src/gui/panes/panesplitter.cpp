// SPDX-License-Identifier: MIT
#include "gui/panes/panesplitter.h"

#include "gui/panes/tablepane.h"

#include <QApplication>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace seedbed {

void PaneSplitter::setDocument(Document &document)
{
    connect(&document, &Document::aboutToReset, this, &PaneSplitter::clear);
    connect(&document, &Document::reset, this, [this, &document] { build(document); });
    // Queued: the panes measure their rows first.
    connect(&document, &Document::loadingEnded, this, &PaneSplitter::share, Qt::QueuedConnection);
    connect(qApp, &QApplication::focusChanged, this,
            [this](const QWidget * /*old*/, const QWidget *now) { followFocus(now); });
    connect(this, &QSplitter::splitterMoved, this, [this] { m_isChosen = true; });
    build(document);
}

void PaneSplitter::setChosenWidths(const QList<int> &widths)
{
    m_isChosen = true;
    setSizes(widths);
}

TablePane *PaneSplitter::current() const
{
    const QWidget *focus = window()->focusWidget();
    const auto pane = std::ranges::find_if(m_panes, [focus](TablePane *p) { return p->isAncestorOf(focus); });
    return pane == m_panes.cend() ? m_panes.value(m_last) : *pane;
}

void PaneSplitter::followFocus(const QWidget *focus)
{
    const auto pane = std::ranges::find_if(m_panes, [focus](TablePane *p) { return p->isAncestorOf(focus); });
    if (pane != m_panes.cend())
        m_last = static_cast<int>(m_panes.indexOf(*pane));
}

CellPlace PaneSplitter::currentCell() const
{
    const TablePane *pane = current();
    return pane ? pane->currentCell() : CellPlace { 0, -1, 0 };
}

void PaneSplitter::showCell(int table, RowId row, const QString &field, const QString &note)
{
    if (TablePane *wanted = pane(table))
        wanted->showCell(row, field, note);
}

void PaneSplitter::revealCell(int table, RowId row, const QString &field)
{
    TablePane *wanted = pane(table);
    if (!wanted)
        return;
    m_last = table;
    wanted->revealCell(row, field);
}

void PaneSplitter::clear()
{
    Q_EMIT aboutToClear();
    qDeleteAll(std::exchange(m_panes, {}));
    m_last = 0;
    m_isChosen = false;
}

void PaneSplitter::build(Document &document)
{
    for (int table = 0; table < document.tableCount(); ++table) {
        auto *pane = new TablePane(document, table, m_clipboard);
        pane->setObjectName(document.resource(table).name + QStringLiteral("Pane"));
        connect(pane, &TablePane::refused, this, &PaneSplitter::refused);
        connect(pane, &TablePane::currentMoved, this, &PaneSplitter::currentMoved);
        connect(pane, &TablePane::cellWanted, this,
                [this](int wanted, RowId row, const QString &field) { showCell(wanted, row, field); });
        addWidget(pane);
        m_panes.append(pane);
    }
    setSizes(QList<int>(m_panes.size(), 1000));
    if (!m_panes.isEmpty())
        m_panes.constFirst()->focusGrid();
    Q_EMIT built();
}

void PaneSplitter::share()
{
    if (m_isChosen)
        return;
    QList<int> widths = sizes();
    int lack = 0;
    int spare = 0;
    for (int pane = 0; pane < m_panes.size(); ++pane) {
        const int missing = m_panes.at(pane)->wantedWidth() - widths.at(pane);
        (missing > 0 ? lack : spare) += std::abs(missing);
    }
    const int given = std::min(lack, spare);
    if (given == 0)
        return;
    for (int pane = 0; pane < m_panes.size(); ++pane) {
        const int missing = m_panes.at(pane)->wantedWidth() - widths.at(pane);
        widths[pane] += given * missing / (missing > 0 ? lack : spare);
    }
    setSizes(widths);
}

} // namespace seedbed
