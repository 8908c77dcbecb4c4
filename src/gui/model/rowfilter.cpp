// SPDX-License-Identifier: MIT
#include "gui/model/rowfilter.h"

#include <algorithm>

namespace seedbed {

namespace {

const QLatin1StringView ProblemWord("problem");

/// Takes a text apart into terms.
class TermReader final
{
public:
    TermReader(QStringView text, const TableSchema &schema)
        : m_rest(text)
        , m_schema(schema)
    {
    }

    QList<FilterTerm> readAll()
    {
        QList<FilterTerm> terms;
        for (m_rest = m_rest.trimmed(); !m_rest.isEmpty(); m_rest = m_rest.trimmed())
            terms.append(read());
        return terms;
    }

private:
    FilterTerm read()
    {
        const QStringView start = m_rest;
        const bool isQuoted = m_rest.startsWith(u'"');
        const QString name = isQuoted ? takeQuoted() : takeUntil(u":=");
        FilterTerm term = termFor(name);
        if (term.place != FilterTerm::Place::AnyCell && (m_rest.startsWith(u':') || m_rest.startsWith(u'='))) {
            term.isWhole = m_rest.startsWith(u'=');
            m_rest = m_rest.sliced(1);
            term.text = m_rest.startsWith(u'"') ? takeQuoted() : takeUntil(u"");
            return term;
        }
        if (isQuoted)
            return { .text = name };
        m_rest = start;
        return { .text = takeUntil(u"") };
    }

    [[nodiscard]] FilterTerm termFor(const QString &name) const
    {
        if (name.compare(ProblemWord, Qt::CaseInsensitive) == 0)
            return { .place = FilterTerm::Place::Problem };
        for (int column = 0; column < m_schema.fields.size(); ++column) {
            if (m_schema.fields.at(column).name.compare(name, Qt::CaseInsensitive) == 0)
                return { .place = FilterTerm::Place::Column, .column = column };
        }
        return {};
    }

    QString takeUntil(QStringView ends)
    {
        const auto end = std::ranges::find_if(m_rest, [ends](QChar c) { return c.isSpace() || ends.contains(c); });
        return take(end - m_rest.begin());
    }

    // Up to the closing quote, or to the end where there is none yet.
    QString takeQuoted()
    {
        qsizetype end = 1;
        while (end < m_rest.size() && (m_rest.at(end) != u'"' || m_rest.sliced(end + 1).startsWith(u'"')))
            end += m_rest.at(end) == u'"' ? 2 : 1;
        const QString text = m_rest.sliced(1, end - 1).toString().replace(QLatin1String("\"\""), QLatin1String("\""));
        (void)take(std::min(end + 1, m_rest.size()));
        return text;
    }

    QString take(qsizetype count)
    {
        const QString text = m_rest.first(count).toString();
        m_rest = m_rest.sliced(count);
        return text;
    }

    QStringView m_rest;
    const TableSchema &m_schema;
};

} // namespace

QList<FilterTerm> filterTerms(const QString &text, const TableSchema &schema)
{
    return TermReader(text, schema).readAll();
}

QString problemTerm(const QString &words)
{
    const QString escaped = QString(words).replace(QLatin1String("\""), QLatin1String("\"\""));
    return QStringLiteral("%1=\"%2\"").arg(ProblemWord, escaped);
}

RowFilter::RowFilter(const Table &table, const TableSchema &schema, const RowMarks &marks, const QString &text,
                     bool onlyProblems, bool onlyNotIn)
    : m_table(table)
    , m_marks(marks)
    , m_reader(table)
    , m_onlyProblems(onlyProblems)
    , m_onlyNotIn(onlyNotIn)
{
    for (const FilterTerm &term : filterTerms(text, schema))
        m_conditions.push_back({ term, CellPattern({ .text = term.text, .isWholeCell = term.isWhole }), {} });
}

bool RowFilter::passes(qsizetype row)
{
    return std::ranges::all_of(m_conditions, [&](Condition &condition) { return meets(row, condition); })
        && hasMark(row);
}

bool RowFilter::meets(qsizetype row, Condition &condition)
{
    const FilterTerm &term = condition.term;
    switch (term.place) {
    case FilterTerm::Place::AnyCell:
        for (int column = 0; column < m_table.columnCount(); ++column) {
            if (condition.pattern.matches(m_reader.cell(row, column)))
                return true;
        }
        return term.text.isEmpty();
    case FilterTerm::Place::Column:
        if (term.text.isEmpty()) // "column:" is not finished yet
            return !term.isWhole || m_reader.cell(row, term.column).isEmpty();
        return condition.pattern.matches(m_reader.cell(row, term.column));
    case FilterTerm::Place::Problem:
        return hasProblem(row, condition);
    }
    Q_UNREACHABLE();
}

bool RowFilter::hasProblem(qsizetype row, Condition &condition)
{
    const qsizetype position = seenAt(row);
    if (position < 0
        || m_marks.validation->tables.at(m_marks.table).states.at(static_cast<size_t>(position)) != RowState::Wrong)
        return false;
    const Resource &resource = m_marks.validation->dataset.package->resources.at(m_marks.table);
    const QList<Problem> problems = m_marks.validation->problemsOf(m_marks.table, position);
    return std::ranges::any_of(problems, [&](const Problem &problem) {
        const auto [known, isNew] = condition.kinds.try_emplace(kindOf(problem));
        if (isNew) {
            const QByteArray words = describe(known->first, resource).toUtf8();
            known->second = condition.term.text.isEmpty() || condition.pattern.matches(words);
        }
        return known->second;
    });
}

bool RowFilter::hasMark(qsizetype row)
{
    if (!m_onlyProblems && !m_onlyNotIn)
        return true;
    (void)seenAt(row);
    const RowMark mark = m_marks.mark(m_reader.rowId(row), std::max<qsizetype>(0, row - m_moved));
    return (!m_onlyProblems || m_marks.isWrong(mark)) && (!m_onlyNotIn || mark != RowMark::In);
}

// Where the row was when it was validated, or -1. Rows that were added or removed before this one moved it as they
// moved its neighbour.
qsizetype RowFilter::seenAt(qsizetype row)
{
    const qsizetype position = m_marks.validatedPosition(m_reader.rowId(row), std::max<qsizetype>(0, row - m_moved));
    if (position >= 0)
        m_moved = row - position;
    return position;
}

} // namespace seedbed
