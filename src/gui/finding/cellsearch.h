// SPDX-License-Identifier: MIT
#pragma once

// Finding cells in all tables of a dataset, and putting other texts in them: functions over snapshots.

#include "gui/document/cellplace.h"
#include "gui/document/editedtable.h"
#include "gui/model/cellpattern.h"
#include "rows/table.h"

#include <QList>

#include <optional>
#include <stop_token>
#include <vector>

namespace seedbed {

/// A CellPlace in half the room: there may be millions.
/// Thread: any (a value).
struct FoundCell {
    qint16 table = 0;
    qint16 column = 0;
    qint32 row = 0;

    [[nodiscard]] CellPlace place() const { return { table, row, column }; }
};

/// The cells that a question is answered with.
/// Thread: any (a value).
struct FoundCells {
    std::vector<FoundCell> cells; ///< in the order of their places
    QList<qsizetype> counts;      ///< per table
    qsizetype undecided = 0;      ///< cells that are too much for the expression

    /// The first cell that is not before \a place: how many there are before it.
    [[nodiscard]] qsizetype indexOf(const CellPlace &place) const;
    [[nodiscard]] bool has(const CellPlace &place) const;
};

/// Nothing if a stop is asked. Cost: linear in the cells; call it off the GUI thread.
[[nodiscard]] std::optional<FoundCells> findCells(const QList<Table> &tables, const TextQuestion &question,
                                                  const std::stop_token &stop = {});

/// The tables in which it makes a difference, with \a replacement for all that is found. Nothing if a stop is asked.
/// Cost: as findCells(), and what changes the chunks.
[[nodiscard]] std::optional<QList<EditedTable>> replaceCells(const QList<Table> &tables, const TextQuestion &question,
                                                             const QString &replacement,
                                                             const std::stop_token &stop = {});

} // namespace seedbed
