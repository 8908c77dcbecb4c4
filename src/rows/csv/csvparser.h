// SPDX-License-Identifier: MIT
#pragma once

// The grammar of CSV (RFC 4180) over text that is known to be valid UTF-8 and comes window by window. Where the text
// comes from is csvreader.h's business.

#include "base/readlimits.h"
#include "base/result.h"
#include "package/package.h"
#include "rows/csv/blanklines.h"
#include "rows/csv/cellends.h"
#include "rows/csv/textposition.h"

#include <QByteArrayView>
#include <QString>

#include <vector>

namespace seedbed {

/// Cuts a text into records.
/// Thread: one for each text.
class CsvParser final
{
public:
    enum class Step {
        Record,  ///< cells() is the next one
        More,    ///< the window has no further whole record; where it was the last, there is none
        Refused, ///< error() says why
    };

    /// \a file: its name in messages.
    CsvParser(const Dialect &dialect, const QString &file, const ReadLimits &limits,
              BlankLines blankLines = BlankLines::Skipped);

    /// Goes on with \a window, which begins with the byte at used() of the one before; it must stay where it is until
    /// the next. \a isLast: nothing comes after it.
    void setWindow(QByteArrayView window, bool isLast);

    /// Reads the next record.
    [[nodiscard]] Step next();

    /// UTF-8; valid until the next call.
    [[nodiscard]] const std::vector<QByteArrayView> &cells() const { return m_cells; }
    /// From 1, where the record begins.
    [[nodiscard]] qsizetype line() const { return m_used.line; }
    /// Unreadable, with file and line: a quote that is not closed, text after a closing quote, what is
    /// beyond the limits. A record that is not whole yet is refused as soon as what there is of it is too much; which
    /// of several errors it is does not depend on the windows.
    [[nodiscard]] const Error &error() const { return m_error; }

    /// The offset in the window of the record that next() was last called for; all before it is done with.
    [[nodiscard]] qsizetype used() const { return m_used.at; }
    [[nodiscard]] TextPosition position() const;

private:
    /// A place in the window; its line may have begun before that, at a negative offset.
    struct Place {
        qsizetype at = 0;
        qsizetype line = 1;
        qsizetype lineStart = 0;
    };

    [[nodiscard]] bool atEnd() const { return m_now.at == m_size; }
    [[nodiscard]] char current() const { return m_text[m_now.at]; }
    [[nodiscard]] bool isLineBreak() const { return current() == '\n' || current() == '\r'; }
    [[nodiscard]] Step readRecord();
    [[nodiscard]] Step readCell();
    [[nodiscard]] Step readQuotedCell();
    [[nodiscard]] bool takeLineBreak();
    [[nodiscard]] Step more();
    [[nodiscard]] Step withinLimits(Step step);
    [[nodiscard]] Step readFirstBytes(qsizetype count);
    [[nodiscard]] Step refuse(const QString &what);
    [[nodiscard]] Step refuseCell();
    [[nodiscard]] Step refuseLine();
    [[nodiscard]] Step refuseColumns();
    [[nodiscard]] Step refuseOpenQuote(qsizetype line);
    [[nodiscard]] Step refuseTextAfterQuote();
    void countLines(qsizetype first, qsizetype last);
    void unescape(qsizetype first, qsizetype last);

    char m_delimiter;
    char m_quote;
    QString m_file;
    ReadLimits m_limits;
    qsizetype m_harmlessBytes; // a record that is no longer is within the limits
    BlankLines m_blankLines;
    CellEnds m_ends;
    const char *m_text = nullptr; // the window
    qsizetype m_size = 0;
    bool m_isLast = false;
    Place m_now;
    Place m_used;                  // where the record begins
    std::vector<char> m_unescaped; // the cells with quotes in them; does not move within a record
    std::vector<QByteArrayView> m_cells;
    qsizetype m_openBytes = 0; // of a cell that is not whole
    Error m_error;
};

} // namespace seedbed
