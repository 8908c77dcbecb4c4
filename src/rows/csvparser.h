// SPDX-License-Identifier: MIT
#pragma once

// The grammar of CSV (RFC 4180) over text that is known to be valid UTF-8. What the records mean is csv.h's business.

#include "package/package.h"
#include "package/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <array>
#include <vector>

namespace seedbed {

/// Cuts valid UTF-8 into records, one at a time.
/// Thread: one for each text; the text must outlive it.
class CsvParser final
{
public:
    CsvParser(QByteArrayView text, const Dialect &dialect, const QString &file)
        : m_text(text)
        , m_dialect(dialect)
        , m_file(file)
    {
        for (const char c : { dialect.delimiter, '\r', '\n' })
            m_endsCell[static_cast<unsigned char>(c)] = true;
    }

    /// Reads the next record that has something on its lines; false at the end.
    /// Errors: Unreadable, with file and line: a quote that is not closed, text after a closing quote.
    [[nodiscard]] Result<bool> next();

    [[nodiscard]] const std::vector<QByteArrayView> &cells() const { return m_cells; }
    [[nodiscard]] qsizetype line() const { return m_recordLine; }

private:
    /// A cell of the text, or of m_unescaped, which may still move.
    struct Span {
        qsizetype start = 0;
        qsizetype length = 0;
        bool isUnescaped = false;
    };

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] char current() const { return m_text[m_at]; }
    void readPlainCell();
    [[nodiscard]] Result<void> readQuotedCell();
    [[nodiscard]] Result<void> refuseOpenQuote(qsizetype line) const;
    [[nodiscard]] Result<void> refuseTextAfterQuote() const;
    bool endCell();
    void takeLineBreak();
    void countLines(qsizetype first, qsizetype last);
    void resolveCells();

    QByteArrayView m_text;
    Dialect m_dialect;
    QString m_file;
    std::array<bool, 256> m_endsCell {};
    qsizetype m_at = 0;
    qsizetype m_line = 1;
    qsizetype m_lineStart = 0;
    qsizetype m_recordLine = 1;
    QByteArray m_unescaped; // cells with quotes in them
    std::vector<Span> m_spans;
    std::vector<QByteArrayView> m_cells;
};

} // namespace seedbed
