// SPDX-License-Identifier: MIT
#include "rows/csvparser.h"

#include <QCoreApplication>

#include <cstring>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Csv)
};

} // namespace

CsvParser::CsvParser(const Dialect &dialect, const QString &file, BlankLines blankLines)
    : m_delimiter(dialect.delimiter)
    , m_quote(dialect.quoteChar)
    , m_file(file)
    , m_blankLines(blankLines)
    , m_ends(dialect.delimiter)
{
}

void CsvParser::setWindow(QByteArrayView window, bool isLast)
{
    m_text = window.data();
    m_size = window.size();
    m_isLast = isLast;
    m_used.lineStart -= std::exchange(m_used.at, 0);
    m_now = m_used;
    m_ends.setText(m_text, m_text + m_size);
}

TextPosition CsvParser::position() const
{
    return { m_used.line, m_used.at - m_used.lineStart + 1 };
}

CsvParser::Step CsvParser::next()
{
    m_used = m_now;
    while (m_blankLines == BlankLines::Skipped && !atEnd() && isLineBreak()) {
        if (!takeLineBreak())
            return more();
        m_used = m_now;
    }
    if (atEnd())
        return more();
    m_cells.clear();
    m_unescaped.clear(); // its memory stays
    for (;;) {
        if (const Step step = readCell(); step != Step::Record)
            return step;
        if (atEnd())
            return Step::Record;
        if (current() != m_delimiter)
            return takeLineBreak() ? Step::Record : more();
        ++m_now.at;
    }
}

/// Record means here: a cell.
CsvParser::Step CsvParser::readCell()
{
    if (!atEnd() && current() == m_quote)
        return readQuotedCell();
    const char *start = m_text + m_now.at;
    const char *end = m_ends.next(start);
    m_now.at = end - m_text;
    if (atEnd() && !m_isLast)
        return more();
    m_cells.emplace_back(start, end - start);
    return Step::Record;
}

CsvParser::Step CsvParser::readQuotedCell()
{
    const qsizetype openedOn = m_now.line;
    const qsizetype start = ++m_now.at;
    const std::size_t unescapedStart = m_unescaped.size();
    qsizetype part = start; // of the cell since the last doubled quote
    for (;;) {
        const void *found = std::memchr(m_text + m_now.at, m_quote, static_cast<std::size_t>(m_size - m_now.at));
        const qsizetype end = found ? static_cast<const char *>(found) - m_text : m_size;
        if (end + 1 >= m_size && !m_isLast)
            return more();
        if (!found)
            return refuseOpenQuote(openedOn);
        countLines(m_now.at, end);
        m_now.at = end + 1;
        if (!atEnd() && current() == m_quote) {
            unescape(part, m_now.at); // with the first of the two quotes
            part = ++m_now.at;
            continue;
        }
        if (part == start) {
            m_cells.emplace_back(m_text + start, end - start);
        } else {
            unescape(part, end);
            m_cells.emplace_back(m_unescaped.data() + unescapedStart,
                                 static_cast<qsizetype>(m_unescaped.size() - unescapedStart));
        }
        return atEnd() || m_ends.isEnd(current()) ? Step::Record : refuseTextAfterQuote();
    }
}

/// False where the window ends before it is known whether a CR is the first half of a CRLF.
bool CsvParser::takeLineBreak()
{
    const bool isCr = current() == '\r';
    if (isCr && m_now.at + 1 == m_size && !m_isLast)
        return false;
    ++m_now.at;
    if (isCr && !atEnd() && current() == '\n')
        ++m_now.at;
    ++m_now.line;
    m_now.lineStart = m_now.at;
    return true;
}

/// The record is read anew in the next window.
CsvParser::Step CsvParser::more()
{
    m_now = m_used;
    m_ends.setText(m_text + m_now.at, m_text + m_size);
    return Step::More;
}

CsvParser::Step CsvParser::refuseOpenQuote(qsizetype line)
{
    m_error = { Error::Kind::Unreadable,
                Text::tr("%1 line %2: the quote that opens here is not closed; close it, or write a quote that "
                         "is part of a cell twice inside quotes")
                    .arg(m_file)
                    .arg(line) };
    return Step::Refused;
}

CsvParser::Step CsvParser::refuseTextAfterQuote()
{
    m_error = { Error::Kind::Unreadable,
                Text::tr("%1 line %2, byte %3: there is text after a closing quote; write a quote that is part "
                         "of a cell twice")
                    .arg(m_file)
                    .arg(m_now.line)
                    .arg(m_now.at - m_now.lineStart + 1) };
    return Step::Refused;
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
        ++m_now.line;
        m_now.lineStart = i + 1;
    }
}

/// A record's cells are views: its memory is taken at once, as much as they can need.
void CsvParser::unescape(qsizetype first, qsizetype last)
{
    if (m_unescaped.empty())
        m_unescaped.reserve(static_cast<std::size_t>(m_size - m_used.at));
    m_unescaped.insert(m_unescaped.end(), m_text + first, m_text + last);
}

} // namespace seedbed
