// SPDX-License-Identifier: MIT
#include "gui/editors/referencesearch.h"

#include "base/background.h"
#include "rows/rowreader.h"
#include "validation/cellcast.h"

#include <algorithm>
#include <type_traits>

namespace seedbed {

namespace {

constexpr qsizetype RowsBetweenStops = 8192;
constexpr qsizetype MostChoices = 50;

/// What a row says in some fields; nothing where one of them is missing or no value.
std::optional<QList<Value>> valuesOf(const TableSchema &schema, const QList<int> &fields, const auto &cellOf)
{
    QList<Value> values;
    for (const int field : fields) {
        const QByteArrayView cell = cellOf(field);
        const auto value = castCell(schema.fields.at(field), cell);
        if (!value || schema.missingValues.contains(cell.toByteArray()))
            return std::nullopt;
        values.append(*value);
    }
    return values;
}

} // namespace

int labelColumn(const TableSchema &schema, int key)
{
    for (int column = 0; column < schema.fields.size(); ++column) {
        if (column != key && schema.fields.at(column).type == FieldType::String)
            return column;
    }
    return -1;
}

QList<Choice> findChoices(const Table &rows, int key, int label, const QString &typed, qsizetype most,
                          const std::stop_token &stop)
{
    const QByteArray prefix = typed.toUtf8();
    QList<Choice> byKey;
    QList<Choice> byLabel;
    RowReader reader(rows);
    for (qsizetype row = 0; row < rows.rowCount() && byKey.size() < most; ++row) {
        if (row % RowsBetweenStops == 0 && stop.stop_requested())
            return {};
        const QByteArrayView text = reader.cell(row, key);
        const bool hasKey = !text.isEmpty() && text.startsWith(prefix);
        if (!hasKey && (text.isEmpty() || label < 0 || byLabel.size() >= most))
            continue;
        const QString name = label < 0 ? QString() : QString::fromUtf8(reader.cell(row, label));
        if (!hasKey && !name.contains(typed, Qt::CaseInsensitive))
            continue;
        const QString value = QString::fromUtf8(text);
        (hasKey ? byKey : byLabel).append({ value, name.isEmpty() ? value : value + QStringLiteral("   ") + name });
    }
    return (byKey + byLabel).mid(0, most);
}

std::optional<RowId> findReferenced(const Table &rows, const TableSchema &schema, const ForeignKey &key,
                                    const TableSchema &childSchema, const QList<QByteArray> &cells,
                                    const std::stop_token &stop)
{
    const auto wanted = valuesOf(childSchema, key.fields, [&](int field) { return QByteArrayView(cells.at(field)); });
    RowReader reader(rows);
    for (qsizetype row = 0; wanted && row < rows.rowCount(); ++row) {
        if (row % RowsBetweenStops == 0 && stop.stop_requested())
            return std::nullopt;
        if (valuesOf(schema, key.referenceFields, [&](int field) { return reader.cell(row, field); }) == wanted)
            return reader.rowId(row);
    }
    return std::nullopt;
}

ReferenceSearch::ReferenceSearch(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

ReferenceSearch::~ReferenceSearch()
{
    m_stop.request_stop();
}

template <typename Work, typename Answer>
void ReferenceSearch::run(const Work &search, Answer answer)
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    const std::stop_token stop = m_stop.get_token();
    const auto work = [search, stop] { return search(stop); };
    using Found = std::invoke_result_t<Work, std::stop_token>;
    doInBackground(m_pool, *this, work, [this, stop, answer](const Found &found) {
        if (!stop.stop_requested())
            Q_EMIT(this->*answer)(found);
    });
}

void ReferenceSearch::findChoices(const Table &rows, int key, int label, const QString &typed)
{
    run([=](const std::stop_token &stop) { return seedbed::findChoices(rows, key, label, typed, MostChoices, stop); },
        &ReferenceSearch::choicesFound);
}

void ReferenceSearch::findReferenced(const Table &rows, const TableSchema &schema, const ForeignKey &key,
                                     const TableSchema &childSchema, const QList<QByteArray> &cells)
{
    run(
        [=](const std::stop_token &stop) {
            return seedbed::findReferenced(rows, schema, key, childSchema, cells, stop);
        },
        &ReferenceSearch::referencedFound);
}

} // namespace seedbed
