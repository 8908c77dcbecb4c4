// SPDX-License-Identifier: MIT
#include "rows/csv/csvreader.h"

namespace seedbed {

CsvReader::CsvReader(QIODevice &device, const Dialect &dialect, const QString &file, const ReadLimits &limits,
                     qsizetype blockBytes, BlankLines blankLines)
    : m_text(device, file, blockBytes)
    , m_parser(dialect, file, limits, blankLines)
{
}

Result<bool> CsvReader::readBlock()
{
    if (m_text.atEnd() && m_refusal)
        return tl::unexpected<Error>(*m_refusal);
    if (m_text.atEnd())
        return false;
    if (m_refusal) {
        const qsizetype size = m_text.window().size();
        m_where.advance(m_text.window().sliced(std::exchange(m_used, 0)));
        if (const Result<void> read = m_text.read(size, m_where); !read)
            return tl::unexpected<Error>(read.error());
        return true;
    }
    if (const Result<void> read = m_text.read(m_parser.used(), m_parser.position()); !read)
        return tl::unexpected<Error>(read.error());
    m_parser.setWindow(m_text.window(), m_text.atEnd());
    return true;
}

bool CsvReader::next()
{
    if (m_refusal)
        return false;
    const CsvParser::Step step = m_parser.next();
    if (step == CsvParser::Step::Refused)
        refuse(m_parser.error());
    return step == CsvParser::Step::Record;
}

void CsvReader::refuse(const Error &error)
{
    m_refusal = error;
    m_where = m_parser.position();
    m_used = m_parser.used();
}

} // namespace seedbed
