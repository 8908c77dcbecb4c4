// SPDX-License-Identifier: MIT
#pragma once

// The ids of rows in the order of the rows, kept as runs: ids that follow each other take no more room than one. What
// matters is the order; a set of ids is rowidset.h.

#include "rows/rowid.h"

#include <QList>

namespace seedbed {

/// Row ids by position. Cost: the logarithm of the number of runs to ask for a position, linear in it to change
/// something; rows that were read from a file are one run.
/// Thread: any (a value).
class RowIdList final
{
public:
    RowIdList() = default;
    /// \a count ids from \a first on.
    RowIdList(RowId first, qsizetype count);

    [[nodiscard]] qsizetype size() const { return m_size; }
    [[nodiscard]] RowId at(qsizetype position) const;
    [[nodiscard]] RowId first() const { return m_runs.constFirst().first; }
    [[nodiscard]] RowId last() const { return at(m_size - 1); }

    /// Where \a id is, or -1. Cost: linear in the number of runs, its logarithm where the ids are ascending.
    [[nodiscard]] qsizetype indexOf(RowId id) const;
    [[nodiscard]] bool isAscending() const { return m_isAscending; }

    void append(RowId id) { addRun(id, 1); }
    void insert(qsizetype before, const RowIdList &ids);
    void remove(qsizetype first, qsizetype count);
    [[nodiscard]] RowIdList sliced(qsizetype first, qsizetype count) const;

private:
    struct Run {
        RowId first;
        qsizetype start; // the position of its first id
    };

    [[nodiscard]] qsizetype runOf(qsizetype position) const;
    [[nodiscard]] qsizetype endOf(qsizetype run) const;
    void addRun(RowId first, qsizetype count);
    void addRuns(const RowIdList &other, qsizetype first, qsizetype count);

    QList<Run> m_runs; // none is empty, and none goes on where the one before it ends
    qsizetype m_size = 0;
    bool m_isAscending = true;
};

} // namespace seedbed
