// SPDX-License-Identifier: MIT
#pragma once

// From a resource's CSV file to its table, block by block, so that what was read can be shown meanwhile.

#include "base/result.h"
#include "package/package.h"
#include "rows/csv/csvreader.h"
#include "rows/tablebuilder.h"

#include <vector>

namespace seedbed {

/// Puts the records of a CSV file into a table, columns in the order of the resource's fields by the names in the
/// header. A ragged row is kept (short ones filled up with empty cells) and marked. The columns `_row` and `_reasons`,
/// which rejects have, are left out.
/// Thread: one for each device, which must outlive it, as must the resource.
class TableReader final
{
public:
    /// \a file: its name in messages.
    TableReader(QIODevice &device, const Resource &resource, const QString &file, const ReadLimits &limits = {},
                qsizetype blockBytes = CsvReader::DefaultBlockBytes);

    /// Reads on; false at the end.
    /// Errors: Unreadable, as CsvReader; a field that the header lacks; a column that is no field; a name that comes
    /// twice; no header at all; more rows than the limit.
    [[nodiscard]] Result<bool> readBlock();

    /// The chunks of rows that are complete; their ids are those of the table in the end.
    [[nodiscard]] const Table &tableSoFar() const { return m_rows.table(); }
    [[nodiscard]] qsizetype rowCount() const { return m_rows.rowCount(); }
    [[nodiscard]] qint64 bytesRead() const { return m_csv.bytesRead(); }

    /// The table, once readBlock() was false.
    [[nodiscard]] Table take() { return m_rows.take(); }

private:
    [[nodiscard]] Result<void> readHeader();
    void addRow();
    void addRaggedRow();

    const Resource &m_resource;
    QString m_file;
    ReadLimits m_limits;
    CsvReader m_csv;
    TableBuilder m_rows;
    std::vector<int> m_columns; // the field of each column of the file; -1 for those that are left out
    bool m_hasColumns = false;
};

} // namespace seedbed
