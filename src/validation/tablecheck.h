// SPDX-License-Identifier: MIT
#pragma once

// The rules of one table that need no other: its cells, uniqueness among its rows, and what is in its target.
// References come after, in validation/references.h.

#include "base/threadcrew.h"
#include "rows/dataset.h"
#include "validation/cellrules.h"
#include "validation/conflictpolicy.h"
#include "validation/existingrows.h"
#include "validation/firstofkey.h"
#include "validation/problem.h"
#include "validation/tablekeys.h"
#include "validation/takeovers.h"
#include "validation/targetholders.h"
#include "validation/validator.h"

#include <QHash>
#include <QList>
#include <QSet>

#include <atomic>
#include <deque>
#include <stop_token>
#include <vector>

namespace seedbed {

/// A problem with the position of its row, so that problems of several steps can be put in order.
struct PlacedProblem {
    qint32 position = 0;
    Problem problem;
};

/// What is known of a table while it is validated.
/// Thread: one; check() works on it from several by itself.
class TableCheck final
{
public:
    /// If a stop is asked every function returns early, with nothing of worth.
    TableCheck(const Dataset &dataset, int table, const ExistingRows &existing, ConflictPolicy onConflict,
               std::stop_token stop);

    /// To be called before check(): no row takes over a unique value that another one gives up. Where rows wait for
    /// rows of their own circle of tables, there is no order left for that.
    void allowNoTakeovers() { m_allowsTakeovers = false; }

    /// Steps 1 to 3: the cells, uniqueness among the rows, uniqueness and key against the target. Ranges of rows are
    /// worked on by the threads of \a crew; \a done counts the rows whose cells were looked at.
    void check(ThreadCrew &crew, std::atomic<qsizetype> &done);

    [[nodiscard]] qint32 rowCount() const { return m_rowCount; }
    [[nodiscard]] bool isWrong(qint32 row) const { return m_isWrong[static_cast<size_t>(row)] != 0; }
    [[nodiscard]] const Table &rows() const { return m_dataset.tables.at(m_table); }
    [[nodiscard]] RowId rowId(qint32 row) const { return rows().rowId(row); }
    [[nodiscard]] const TableSchema &schema() const;
    [[nodiscard]] const ExistingRows &existing() const { return m_existing; }
    /// The keys of these fields; they must be a lookup or the fields of a foreign key.
    [[nodiscard]] const TableKeys &keys(const QList<int> &fields) const;

    /// The first row that is not wrong and whose key, of the lookup \a keys, is the one that \a row has in \a values;
    /// or -1.
    [[nodiscard]] qint32 firstRight(const TableKeys &keys, const TableKeys &values, qint32 row) const;

    /// Whether a row with the key that \a row has in \a values is in the target, and will be when the rows of this
    /// table were updated. \a lookup: of ExistingRows::lookup().
    [[nodiscard]] bool isInTarget(qsizetype lookup, const TableKeys &values, qint32 row) const;

    /// To be called when the references were checked: rows whose value is not given up after all are wrong.
    void settleTakeovers();

    /// Adds a problem; the row is wrong from now on.
    void add(qint32 row, Problem problem);

    /// All problems in their order, and the state of every row.
    [[nodiscard]] TableValidation take();

private:
    struct Range {
        qsizetype chunk = 0;
        qint32 begin = 0;
        qint32 end = 0;
        std::vector<PlacedProblem> problems;
        std::vector<Takeovers::Takeover> takeovers;
    };
    enum class InTarget : quint8 { No, Same, Other };
    /// How the rows compare by one key, in the order of the rules.
    struct Uniqueness {
        const TableKeys *keys = nullptr;
        qsizetype lookup = 0; // of the existing rows
        Rule rule = Rule::Unique;
        QSet<qint32> later; // rows whose key an earlier row holds
    };

    template <typename CheckRange>
    void forEachRange(ThreadCrew &crew, CheckRange checkRange);
    void checkCells(Range &range, const CellRules &rules, std::atomic<qsizetype> &done);
    void checkColumn(Range &range, const CellRules &rules, int field, std::vector<quint8> &isWrong);
    void makeKeys(const Range &range, const std::vector<std::vector<quint8>> &isWrong);
    void indexKeys(ThreadCrew &crew);
    void findUniqueness();
    void checkUnique(Uniqueness &uniqueness);
    void checkTarget(ThreadCrew &crew);
    void checkTargetIdentities(Range &range);
    void checkTargetIdentity(Range &range, qint32 row, qint32 found, const KeyCode &digest);
    void checkTargetUnique(const Uniqueness &uniqueness, Range &range, qint32 row) const;
    void checkHolders(const Uniqueness &uniqueness, Range &range, qint32 row, qint32 found) const;
    /// The row that is to update the one at this position of the target, or -1.
    [[nodiscard]] qint32 updateOf(qint32 existing) const;

    const Dataset &m_dataset;
    const int m_table;
    const ExistingRows &m_existing;
    const ConflictPolicy m_onConflict;
    const std::stop_token m_stop;
    bool m_allowsTakeovers = true;
    const qint32 m_rowCount;
    std::deque<TableKeys> m_keys;            // the lookups, the identity first, then the foreign keys' fields
    QHash<QList<int>, TableKeys *> m_keysOf; // by their fields
    size_t m_lookups = 0;                    // how many of m_keys are looked up by, and so are indexed
    std::vector<Uniqueness> m_uniqueness;    // of the identity, then of the unique fields
    std::vector<quint8> m_isWrong;           // per row
    std::vector<quint8> m_hasWrongCell;      // per row: step 1 alone
    std::vector<InTarget> m_inTarget;        // per row: whether its key is, and with the same values
    mutable FirstOfKey m_updates;            // per identity: the row that is to update the one in the target
    mutable TargetHolders m_holders;
    Takeovers m_takeovers;
    std::vector<PlacedProblem> m_problems; // in the order of the steps
};

} // namespace seedbed
