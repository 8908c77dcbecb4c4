// SPDX-License-Identifier: MIT
#pragma once

// After a run: whether the databases show what its report says. Every row that is there is looked at once, and none is
// kept.

#include "insertion/target.h"
#include "rows/rowidset.h"
#include "rows/rowreader.h"
#include "validation/cellvalues.h"
#include "validation/tablekeys.h"
#include "validation/validator.h"
#include "validation/value.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

namespace seedbed {

/// Holds the rows of one table that are reported to be in its database against those that are there.
/// Thread: one, but for the visitors, until the findings are asked for. Each row's state is an atomic; a mutex guards what
/// seldom changes.
class TableAudit final
{
public:
    /// \a in: the rows inserted, unchanged or updated; of the others, those that were to be written are reported not to
    /// have gone in. \a validation outlives the audit. If a stop is asked it is of no worth.
    TableAudit(const Validation &validation, int table, const RowIdSet &in, std::stop_token stop = {});

    /// What takes note of rows that are there, a \a part of \a parts of them, from 0 in their order; all are taken note
    /// of whatever part they come in. Each visitor is one thread's at a time.
    [[nodiscard]] RowVisitor visitor(qint32 part = 0, qint32 parts = 1);
    /// To be called when all were seen: gives back the memory that seeing them took.
    void close();

    /// Whether it is reported to be in the database.
    [[nodiscard]] bool isIn(qint32 row) const { return seen(row) >= Missing; }
    /// Whether it was seen with its values, though it is reported not to have gone in.
    [[nodiscard]] bool isStray(qint32 row) const { return seen(row) == Stray; }
    /// Whether this run wrote the row, or found it in the database in mid-run.
    [[nodiscard]] bool isWritten(qint32 row) const;
    /// Whether the row was seen, with whatever values.
    [[nodiscard]] bool isThere(qint32 row) const { return seen(row) > Missing || isStray(row); }
    [[nodiscard]] bool hasItsValues(qint32 row) const { return seen(row) == Equal; }
    /// Whether a row with this key was seen that a row of the run refers to without being its parent in the run.
    [[nodiscard]] bool hasKey(const QList<int> &fields, const KeyCode &code) const;
    /// Whether the row needs no sentence, but for its references.
    [[nodiscard]] bool isAsReported(qint32 row) const
    {
        if (!isIn(row))
            return !isStray(row);
        return hasItsValues(row) && (m_clashes.isEmpty() || !m_clashes.contains(row));
    }
    /// The fields whose values another row has too.
    [[nodiscard]] QList<int> clashesOf(qint32 row) const { return m_clashes.value(row); }
    /// How many rows were seen with a key that a written row has, and was seen with before.
    [[nodiscard]] qsizetype duplicates() const { return m_duplicates; }

private:
    /// Of rows that were not to be written; that are reported not to have gone in, and are not, or are; that are
    /// reported to be in, and are not, are with other values, or are.
    enum Seen : quint8 { Unsought, Absent, Stray, Missing, Different, Equal };
    /// What a visitor remembers from row to row.
    struct Look {
        RowReader reader;
        qint32 next = 0; // the row that is expected
    };
    /// Keys that children look for in this table, beyond the rows of the run.
    struct Sought {
        QList<int> fields;
        KeyCoding coding = KeyCoding::Digest;
        QHash<KeyCode, bool> codes; // whether seen
    };

    [[nodiscard]] const TableSchema &schema() const;
    [[nodiscard]] const Table &rows() const { return m_validation.dataset.tables.at(m_table); }
    void indexIdentity();
    void seekForChildren();
    void addSought(int child, const ForeignKey &key, const std::vector<qint32> &parents);
    [[nodiscard]] TableKeys &uniqueKeys(int field);
    void see(Look &look, const StoredRow &stored);
    /// \a row: reported to be in.
    void note(qint32 row, bool hasItsValues);
    void seeSought(const StoredRow &stored);
    void seeStranger(Look &look, const StoredRow &stored);
    [[nodiscard]] qint32 find(Look &look, const StoredRow &stored);
    [[nodiscard]] qint32 findNear(Look &look, const StoredRow &stored) const;
    [[nodiscard]] static bool holds(Look &look, const StoredRow &stored, const QList<int> &fields, qint32 row);
    [[nodiscard]] Seen seen(qint32 row) const
    {
        return static_cast<Seen>(m_seen[static_cast<size_t>(row)].load(std::memory_order_relaxed));
    }
    /// The values of \a fields; those of other fields are Null.
    [[nodiscard]] QList<Value> storedValues(const StoredRow &stored, const QList<int> &fields) const;

    const Validation &m_validation;
    const int m_table;
    const std::stop_token m_stop;
    const CellValues m_values;
    std::vector<std::atomic<quint8>> m_seen; // per row, a Seen
    const QList<int> m_identityFields;
    const QList<int> m_otherFields;
    std::once_flag m_indexing;
    std::atomic<bool> m_isIndexed = false;
    std::unique_ptr<TableKeys> m_identity;               // made when another row than the expected is seen
    std::mutex m_mutex;                                  // guards what follows, while rows are seen
    QHash<int, std::shared_ptr<TableKeys>> m_uniqueKeys; // by field; made when a row is seen that is none of the run
    std::vector<Sought> m_sought;
    QHash<qint32, QList<int>> m_clashes;
    std::atomic<qsizetype> m_duplicates = 0;
};

/// A sentence for each thing that is not as reported, a limited number of them: each row with its values, once, no
/// unique value twice, every reference of a written row found. \a audits: one for each table, all rows seen; null for
/// those that were not looked at. Nothing if a stop is asked and looking takes too long for who waits for it.
[[nodiscard]] std::optional<QStringList> auditFindings(const Validation &validation,
                                                       const std::vector<std::unique_ptr<TableAudit>> &audits,
                                                       const std::stop_token &stop = {});

} // namespace seedbed
