// SPDX-License-Identifier: MIT
#pragma once

// The records of a CSV file, block by block. What they mean is tablereader.h's business.

#include "base/result.h"
#include "package/package.h"
#include "rows/csv/csvparser.h"
#include "rows/csv/textreader.h"

#include <optional>
#include <vector>

namespace seedbed {

/// Reads CSV in blocks: readBlock(), then next() until it is false, and again, until readBlock() is false.
/// Thread: one for each device, which must outlive it.
class CsvReader final
{
public:
    static constexpr qsizetype DefaultBlockBytes = qsizetype(1) << 18; ///< little enough to stay in a core's cache

    /// \a file: its name in messages.
    CsvReader(QIODevice &device, const Dialect &dialect, const QString &file, const ReadLimits &limits,
              qsizetype blockBytes = DefaultBlockBytes, BlankLines blankLines = BlankLines::Skipped);

    /// Reads on; false where there is nothing left. A block may have no record in it.
    /// Errors: as TextReader and CsvParser, and what refuse() was told. An error in the encoding comes before all
    /// others, wherever it is: what else is wrong may come from it.
    [[nodiscard]] Result<bool> readBlock();

    /// Whether there is another record in this block.
    [[nodiscard]] bool next();

    [[nodiscard]] const std::vector<QByteArrayView> &cells() const { return m_parser.cells(); }
    [[nodiscard]] qsizetype line() const { return m_parser.line(); }
    [[nodiscard]] qint64 bytesRead() const { return m_text.bytesRead(); }

    /// Makes an end: no more records come, and readBlock() returns this error once it has looked at the rest.
    void refuse(const Error &error);

private:
    TextReader m_text;
    CsvParser m_parser;
    std::optional<Error> m_refusal;
    TextPosition m_where; // since the refusal, of what is at m_used
    qsizetype m_used = 0;
};

} // namespace seedbed
