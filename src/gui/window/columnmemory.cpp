// SPDX-License-Identifier: MIT
#include "gui/window/columnmemory.h"

#include "gui/files/settings.h"
#include "gui/grid/gridview.h"
#include "gui/panes/panesplitter.h"
#include "gui/panes/tablepane.h"

#include <QHeaderView>

namespace seedbed {

namespace {

// Fields are known by their names: a package may come to have others.
const QString WidthsKey = QStringLiteral("widths");
const QString SortKey = QStringLiteral("sort");
const QString DescendingKey = QStringLiteral("descending");
const QString PaneKey = QStringLiteral("pane"); // how wide

QVariantMap columnsOf(const GridView &grid, const TableSchema &schema)
{
    QVariantMap columns;
    QVariantMap widths;
    const QHash<int, int> &chosen = grid.chosenWidths();
    for (auto width = chosen.cbegin(); width != chosen.cend(); ++width)
        widths.insert(schema.fields.at(width.key()).name, width.value());
    if (!widths.isEmpty())
        columns.insert(WidthsKey, widths);
    const QHeaderView &header = *grid.horizontalHeader();
    if (header.sortIndicatorSection() >= 0) {
        columns.insert(SortKey, schema.fields.at(header.sortIndicatorSection()).name);
        columns.insert(DescendingKey, header.sortIndicatorOrder() == Qt::DescendingOrder);
    }
    return columns;
}

void restore(GridView &grid, const TableSchema &schema, const QVariantMap &columns)
{
    const QVariantMap widths = columns.value(WidthsKey).toMap();
    QHash<int, int> chosen;
    for (auto width = widths.cbegin(); width != widths.cend(); ++width) {
        if (const int field = schema.indexOf(width.key()); field >= 0)
            chosen.insert(field, width->toInt());
    }
    grid.setChosenWidths(chosen);
    const int sorted = schema.indexOf(columns.value(SortKey).toString());
    if (sorted >= 0)
        grid.sortByColumn(sorted, columns.value(DescendingKey).toBool() ? Qt::DescendingOrder : Qt::AscendingOrder);
}

} // namespace

void rememberColumns(PaneSplitter &panes, const Document &document, Settings &settings)
{
    QObject::connect(&panes, &PaneSplitter::built, &panes, [&panes, &document, &settings] {
        QList<int> widths;
        for (int table = 0; table < document.tableCount(); ++table) {
            const Resource &resource = document.resource(table);
            const QVariantMap columns = settings.columns(document.package(), resource);
            restore(panes.pane(table)->grid(), resource.schema, columns);
            if (columns.contains(PaneKey))
                widths.append(columns.value(PaneKey).toInt());
        }
        if (!widths.isEmpty() && widths.size() == document.tableCount())
            panes.setChosenWidths(widths);
    });
    QObject::connect(&panes, &PaneSplitter::aboutToClear, &panes,
                     [&panes, &document, &settings] { saveColumns(panes, document, settings); });
}

void saveColumns(const PaneSplitter &panes, const Document &document, Settings &settings)
{
    const QList<int> widths = panes.chosenWidths();
    for (int table = 0; table < document.tableCount(); ++table) {
        const Resource &resource = document.resource(table);
        QVariantMap columns = columnsOf(panes.pane(table)->grid(), resource.schema);
        if (!widths.isEmpty())
            columns.insert(PaneKey, widths.at(table));
        settings.setColumns(document.package(), resource, columns);
    }
}

} // namespace seedbed
