// SPDX-License-Identifier: MIT
#pragma once

// All problems of a validation, those of a kind together.

#include "validation/validator.h"

#include <QList>
#include <QString>

#include <optional>
#include <stop_token>
#include <vector>

namespace seedbed {

/// The problems of one kind in one table.
/// Thread: any (a value).
struct ProblemGroup {
    int table = 0;
    QString words;                ///< what is wrong, with "…" for values; no other group of the table has the same
    std::vector<qint32> problems; ///< positions in the table's problems, ascending: by row
};

/// By table, then by column and rule. Nothing if a stop is asked. Cost: linear in the problems.
[[nodiscard]] std::optional<QList<ProblemGroup>> groupProblems(const Validation &validation,
                                                               const std::stop_token &stop = {});

} // namespace seedbed
