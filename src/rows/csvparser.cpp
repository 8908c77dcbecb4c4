// SPDX-License-Identifier: MIT
#include "rows/csvparser.h"

#include <QCoreApplication>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Csv)
};

} // namespace

Result<bool> CsvParser::next()
{
    while (!atEnd() && (current() == '\r' || current() == '\n'))
        takeLineBreak();
    if (atEnd())
        return false;
    m_recordLine = m_line;
    m_spans.clear();
    m_unescaped.clear();
    do {
        if (!atEnd() && current() == m_dialect.quoteChar) {
            if (const Result<void> quoted = readQuotedCell(); !quoted)
                return tl::unexpected<Error>(quoted.error());
        } else {
            readPlainCell();
        }
    } while (endCell());
    resolveCells();
    return true;
}

void CsvParser::readPlainCell()
{
    const qsizetype start = m_at;
    while (!atEnd() && !m_endsCell[static_cast<unsigned char>(current())])
        ++m_at;
    m_spans.push_back({ start, m_at - start, false });
}

Result<void> CsvParser::readQuotedCell()
{
    const qsizetype openedOn = m_line;
    const qsizetype start = ++m_at;
    const qsizetype unescapedStart = m_unescaped.size();
    qsizetype part = start; // of the cell since the last doubled quote
    for (;;) {
        const qsizetype end = m_text.indexOf(m_dialect.quoteChar, m_at);
        if (end < 0)
            return refuseOpenQuote(openedOn);
        countLines(m_at, end);
        m_at = end + 1;
        const bool isDoubled = !atEnd() && current() == m_dialect.quoteChar;
        if (isDoubled) {
            m_unescaped.append(m_text.sliced(part, m_at - part)); // with the first of the two quotes
            part = ++m_at;
        } else if (part == start) {
            m_spans.push_back({ start, end - start, false });
            break;
        } else {
            m_unescaped.append(m_text.sliced(part, end - part));
            m_spans.push_back({ unescapedStart, m_unescaped.size() - unescapedStart, true });
            break;
        }
    }
    if (atEnd() || m_endsCell[static_cast<unsigned char>(current())])
        return {};
    return refuseTextAfterQuote();
}

Result<void> CsvParser::refuseOpenQuote(qsizetype line) const
{
    return failure(Error::Kind::Unreadable,
                   Text::tr("%1 line %2: the quote that opens here is not closed; close it, or write a quote that "
                            "is part of a cell twice inside quotes")
                       .arg(m_file)
                       .arg(line));
}

Result<void> CsvParser::refuseTextAfterQuote() const
{
    return failure(Error::Kind::Unreadable,
                   Text::tr("%1 line %2, byte %3: there is text after a closing quote; write a quote that is part "
                            "of a cell twice")
                       .arg(m_file)
                       .arg(m_line)
                       .arg(m_at - m_lineStart + 1));
}

/// Takes what ends a cell; whether another one of the record follows.
bool CsvParser::endCell()
{
    if (atEnd())
        return false;
    if (current() == m_dialect.delimiter) {
        ++m_at;
        return true;
    }
    takeLineBreak();
    return false;
}

void CsvParser::takeLineBreak()
{
    const bool isPair = current() == '\r' && m_at + 1 < m_text.size() && m_text[m_at + 1] == '\n';
    m_at += isPair ? 2 : 1;
    ++m_line;
    m_lineStart = m_at;
}

/// Counts the line breaks inside a quoted cell.
void CsvParser::countLines(qsizetype first, qsizetype last)
{
    for (qsizetype i = first; i < last; ++i) {
        const char c = m_text[i];
        if (c != '\n' && c != '\r')
            continue;
        if (c == '\r' && i + 1 < last && m_text[i + 1] == '\n')
            continue;
        ++m_line;
        m_lineStart = i + 1;
    }
}

void CsvParser::resolveCells()
{
    m_cells.clear();
    const QByteArrayView unescaped(m_unescaped);
    for (const Span &span : m_spans)
        m_cells.push_back((span.isUnescaped ? unescaped : m_text).sliced(span.start, span.length));
}

} // namespace seedbed
