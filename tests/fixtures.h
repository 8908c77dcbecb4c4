// SPDX-License-Identifier: MIT
#pragma once

// Datasets for tests, drawn as the JSON of their resources and the CSV of their rows.

#include "package/descriptor.h"
#include "rows/csv/csv.h"
#include "rows/dataset.h"
#include "validation/cellrules.h"
#include "validation/existingrows.h"

#include <QByteArray>
#include <QList>
#include <QTest>

#include <memory>

namespace seedbed {

/// A package of \a resources (each the JSON of a resource without a path) with the rows of \a csv, one text for each,
/// cut into chunks of \a chunkRows. Aborts the test program where they cannot be read: the test itself is wrong then.
inline Dataset datasetOf(const QList<QByteArray> &resources, const QList<QByteArray> &csv,
                         qsizetype chunkRows = Table::DefaultChunkRows)
{
    QByteArray json = R"({"name": "test", "resources": [)";
    for (qsizetype i = 0; i < resources.size(); ++i) {
        json += (i > 0 ? "," : "") + QByteArray(R"({"path": "rows)") + QByteArray::number(i) + ".csv\",";
        json += resources.at(i).trimmed().sliced(1);
    }
    json += "]}";
    const auto package = parsePackage(json, QStringLiteral("/test/datapackage.json"));
    if (!package)
        qFatal("%s", qPrintable(package.error().message));

    Dataset dataset { std::make_shared<const Package>(*package), {}, package->warnings };
    for (qsizetype i = 0; i < csv.size(); ++i) {
        const auto read = tableFromCsv(csv.at(i), package->resources.at(i), QStringLiteral("rows.csv"));
        if (!read)
            qFatal("%s", qPrintable(read.error().message));
        if (chunkRows == Table::DefaultChunkRows) {
            dataset.tables.append(*read);
            continue;
        }
        Table table(read->columnCount(), chunkRows);
        for (qsizetype row = 0; row < read->rowCount(); ++row) {
            const RowId id = table.append(read->row(row).cells);
            table.setRagged(id, read->ragged(read->rowId(row)));
        }
        dataset.tables.append(table);
    }
    return dataset;
}

/// No rows in any target.
inline QList<ExistingRows> nothingExists(const Dataset &dataset)
{
    return QList<ExistingRows>(dataset.tables.size());
}

/// The rows of \a csv as rows of the target of a table.
inline ExistingRows existingRows(const Dataset &dataset, int table, const QByteArray &csv)
{
    const Resource &resource = dataset.package->resources.at(table);
    const Table rows = *tableFromCsv(csv, resource, QStringLiteral("existing.csv"));
    ExistingRows existing(*dataset.package, table);
    for (qsizetype row = 0; row < rows.rowCount(); ++row)
        existing.add(valuesOf(resource.schema, rows, row));
    existing.index();
    return existing;
}

} // namespace seedbed
