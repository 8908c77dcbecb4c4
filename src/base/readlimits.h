// SPDX-License-Identifier: MIT
#pragma once

// How much of a file is taken for what it is said to be. What is beyond is a quote that is missing, or another kind of
// file: it is refused where it is met, before it fills the memory.

#include <QString>

#include <optional>

namespace seedbed {

/// Thread: any (a value).
struct ReadLimits {
    /// None can be larger.
    static constexpr qsizetype MostBytes = qsizetype(1) << 30;
    static constexpr qsizetype MostColumns = 1'000'000;
    /// Positions have 32 bits, and a sum of two of them has to fit.
    static constexpr qsizetype MostRows = qsizetype(1) << 30;

    qsizetype cellBytes = qsizetype(1) << 20;  ///< of a cell, as UTF-8
    qsizetype lineBytes = qsizetype(16) << 20; ///< of a record of a CSV file, with the line breaks inside quotes
    qsizetype columns = 2000;                  ///< of a CSV file, and fields of a schema
    qsizetype jsonBytes = qsizetype(64) << 20; ///< of a descriptor, and of a file with a schema or dialect
    qsizetype rows = MostRows;                 ///< of a table

    /// For what the program wrote itself, or has in memory anyway.
    [[nodiscard]] static ReadLimits none() { return { MostBytes, MostBytes, MostColumns, MostBytes, MostRows }; }
};

/// Such as "1 MiB" or "1500 bytes".
[[nodiscard]] QString sizeText(qsizetype bytes);

/// That \a what, a file or table, has more rows than the limit, and what to do.
[[nodiscard]] QString tooManyRows(const QString &what, const ReadLimits &limits);

/// How many bytes \a text means: a whole number from 1, and perhaps K, M or G for 1,024, its square or its cube.
/// Nothing where it is none, or more than ReadLimits::MostBytes.
[[nodiscard]] std::optional<qsizetype> sizeFromText(const QString &text);

} // namespace seedbed
