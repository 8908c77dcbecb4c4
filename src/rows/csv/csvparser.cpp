// SPDX-License-Identifier: MIT
#include "rows/csv/csvparser.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>
#include <utility>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Csv)
};

} // namespace

CsvParser::CsvParser(const Dialect &dialect, const QString &file, const ReadLimits &limits, BlankLines blankLines)
    : m_delimiter(dialect.delimiter)
    , m_quote(dialect.quoteChar)
    , m_file(file)
    , m_limits(limits)
    , m_harmlessBytes(std::min(limits.cellBytes, limits.lineBytes))
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
    const Step step = readRecord();
    const bool isHarmless = (step == Step::Record ? m_now.at : m_size) - m_used.at <= m_harmlessBytes;
    return isHarmless ? step : withinLimits(step);
}

CsvParser::Step CsvParser::readRecord()
{
    m_cells.clear();
    m_unescaped.clear(); // its memory stays
    m_openBytes = 0;
    for (;;) {
        if (const Step step = readCell(); step != Step::Record)
            return step;
        if (atEnd())
            return Step::Record;
        if (current() != m_delimiter)
            return takeLineBreak() ? Step::Record : more();
        if (static_cast<qsizetype>(m_cells.size()) >= m_limits.columns)
            return refuseColumns();
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
    if (atEnd() && !m_isLast) {
        m_openBytes = end - start;
        return more();
    }
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
        if (end + 1 >= m_size)
            m_openBytes = static_cast<qsizetype>(m_unescaped.size() - unescapedStart) + end - part;
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

/// What the step comes to where what there is of the record may be too much. A line that is too long is one of which
/// the first bytes, as many as are allowed and one, have no other error.
CsvParser::Step CsvParser::withinLimits(Step step)
{
    const bool isLong = (step == Step::Record ? m_now.at : m_size) - m_used.at > m_limits.lineBytes;
    if (isLong)
        step = readFirstBytes(m_limits.lineBytes + 1);
    const auto isTooLong = [this](QByteArrayView cell) { return cell.size() > m_limits.cellBytes; };
    const auto cell = std::ranges::find_if(m_cells, isTooLong);
    if (cell != m_cells.cend() || m_openBytes > m_limits.cellBytes) {
        m_cells.erase(cell, m_cells.cend());
        return refuseCell();
    }
    return isLong && step != Step::Refused ? refuseLine() : step;
}

/// The record again, as if no more than so many bytes of it were there yet.
CsvParser::Step CsvParser::readFirstBytes(qsizetype count)
{
    const auto size = std::exchange(m_size, m_used.at + count);
    const bool isLast = std::exchange(m_isLast, false);
    m_now = m_used;
    m_ends.setText(m_text + m_now.at, m_text + m_size);
    const Step step = readRecord();
    m_size = size;
    m_isLast = isLast;
    return step;
}

/// Of the record.
CsvParser::Step CsvParser::refuse(const QString &what)
{
    m_error = { Error::Kind::Unreadable, Text::tr("%1 line %2: %3").arg(m_file).arg(m_used.line).arg(what) };
    return Step::Refused;
}

/// The one after those that there are.
CsvParser::Step CsvParser::refuseCell()
{
    return refuse(Text::tr("the cell in column %1 is longer than %2; see whether a quote is missing, shorten it, or "
                           "allow more (--max-cell)")
                      .arg(m_cells.size() + 1)
                      .arg(sizeText(m_limits.cellBytes)));
}

CsvParser::Step CsvParser::refuseLine()
{
    return refuse(Text::tr("the line is longer than %1; see whether a quote is missing, shorten it, or allow more "
                           "(--max-line)")
                      .arg(sizeText(m_limits.lineBytes)));
}

CsvParser::Step CsvParser::refuseColumns()
{
    return refuse(Text::tr("there are more than %1 cells; see whether this is the right file, make several tables of "
                           "it, or allow more (--max-columns)")
                      .arg(m_limits.columns));
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
