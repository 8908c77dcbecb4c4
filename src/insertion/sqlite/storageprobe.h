// SPDX-License-Identifier: MIT
#pragma once

// What SQLite would store of a value, asked of SQLite itself: a column that prefers numbers makes 7 of the text 007,
// one that prefers floating-point numbers rounds large integers, and a file in UTF-16 drops what looks like a byte
// order mark.

#include "insertion/sqlite/sqliteschema.h"
#include "package/tableschema.h"
#include "validation/storedform.h"

#include <QList>

#include <memory>
#include <mutex>

namespace seedbed {

/// A table in memory with the columns and the encoding of one in a file.
/// Thread: any; a mutex guards the table.
class StorageProbe final : public StoredForm
{
public:
    /// \a table: as it is in the file.
    StorageProbe(const TableSchema &schema, const SqliteTable &table);
    ~StorageProbe() override;
    Q_DISABLE_COPY_MOVE(StorageProbe)

    bool isDoubtful(int field) const override { return m_isDoubtful.at(field); }
    bool keeps(int field, const Value &value) const override;

private:
    class Memory;

    const TableSchema m_schema;
    const SqliteTable m_table;
    QList<bool> m_isDoubtful;
    mutable std::mutex m_mutex;
    std::unique_ptr<Memory> m_memory; // none where no field is doubtful
};

} // namespace seedbed
