// SPDX-License-Identifier: MIT
#pragma once

// What a person types to see some rows only: its terms, and which rows they let through.

#include "gui/document/rowmarks.h"
#include "gui/model/cellpattern.h"
#include "package/tableschema.h"
#include "rows/rowreader.h"

#include <QList>
#include <QString>

#include <map>
#include <vector>

namespace seedbed {

/// One of the terms of a filter; a row has to meet all of them.
/// Thread: any (a value).
struct FilterTerm {
    enum class Place : quint8 { AnyCell, Column, Problem };

    Place place = Place::AnyCell;
    int column = -1;      ///< for Place::Column
    QString text {};      ///< whatever its case
    bool isWhole = false; ///< all of the cell, or of the problem's words; else it is somewhere in there

    friend bool operator==(const FilterTerm &, const FilterTerm &) = default;
};

/// The terms of a filter, with blanks between them: a text that is in any cell; "column:text", in the cells of that
/// column; "column=text": all of such a cell, so that "column=" are those that are empty. With "problem" for the
/// column: in the words of a problem of the row, in which values are "…". Quotes hold together what has blanks, and
/// make text of what would be more; in them "" is a quote. What has a colon, but no column before it, is text.
[[nodiscard]] QList<FilterTerm> filterTerms(const QString &text, const TableSchema &schema);

/// The term for the rows with a problem of these words.
[[nodiscard]] QString problemTerm(const QString &words);

/// Holds the rows of a table, from the first to the last, against terms.
/// Thread: one; what it was made from must outlive it.
class RowFilter final
{
public:
    RowFilter(const Table &table, const TableSchema &schema, const RowMarks &marks, const QString &text,
              bool onlyProblems, bool onlyNotIn);

    [[nodiscard]] bool passes(qsizetype row);

private:
    struct Condition {
        FilterTerm term;
        CellPattern pattern;
        std::map<ProblemKind, bool> kinds; // whether it is in their words; filled as they are met
    };

    [[nodiscard]] bool meets(qsizetype row, Condition &condition);
    [[nodiscard]] bool hasProblem(qsizetype row, Condition &condition);
    [[nodiscard]] bool hasMark(qsizetype row);
    [[nodiscard]] qsizetype seenAt(qsizetype row);

    const Table &m_table;
    const RowMarks &m_marks;
    RowReader m_reader;
    std::vector<Condition> m_conditions;
    bool m_onlyProblems;
    bool m_onlyNotIn;
    qsizetype m_moved = 0;
};

} // namespace seedbed
