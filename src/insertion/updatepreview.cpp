// SPDX-License-Identifier: MIT
#include "insertion/updatepreview.h"

#include "insertion/target.h"
#include "report/reasons.h"
#include "validation/cellrules.h"

#include <map>
#include <vector>

namespace seedbed {
namespace {

QString textOf(const Value &value)
{
    constexpr qsizetype Longest = 200;
    switch (value.kind) {
    case Value::Kind::Null:
        return {};
    case Value::Kind::Integer:
        return QString::number(value.integer);
    case Value::Kind::Number:
    case Value::Kind::Text:
        break;
    }
    QString text = QString::fromUtf8(value.text.first(std::min(value.text.size(), 4 * Longest)));
    if (text.size() > Longest)
        text = text.first(Longest - 1) + u'…';
    return text.isNull() ? QStringLiteral("") : text;
}

/// The positions of the first \a most; \a count: of all.
std::vector<qint32> conflictsIn(const Validation &validation, int table, qsizetype most, qsizetype &count)
{
    std::vector<qint32> positions;
    const auto rows = static_cast<qint32>(validation.tables.at(table).states.size());
    for (qint32 row = 0; row < rows; ++row) {
        if (validation.isConflict(table, row) && count++ < most)
            positions.push_back(row);
    }
    return positions;
}

RowChange changeOf(const Validation &validation, int table, qint32 row, const StoredRow &stored)
{
    const TableSchema &schema = validation.dataset.package->resources.at(table).schema;
    const Table &rows = validation.dataset.tables.at(table);
    RowChange change { rows.rowId(row), row + 1, keyText(schema, rows, row), {} };
    for (int field = 0; field < schema.fields.size(); ++field) {
        const QByteArrayView cell = rows.cell(row, field);
        if (stored.holds(field, cell))
            continue;
        change.cells.append(
            { schema.fields.at(field).name, textOf(stored.value(field)), textOf(valueOf(schema, field, cell)) });
    }
    return change;
}

} // namespace

Result<TableChanges> changesIn(const Validation &validation, int table, Target &target, qsizetype most,
                               const std::stop_token &stop)
{
    TableChanges result;
    const std::vector<qint32> positions = conflictsIn(validation, table, most, result.rows);
    std::map<qint32, RowChange> changes; // by position; a row may come twice
    const auto found = target.find(
        validation.dataset.tables.at(table), positions,
        [&](qint32 row, const StoredRow &stored) { changes[row] = changeOf(validation, table, row, stored); }, stop);
    if (!found)
        return tl::unexpected(found.error());
    for (const auto &[row, change] : changes) {
        if (!change.cells.isEmpty())
            result.first.append(change);
    }
    return result;
}

Result<QList<TableChanges>> previewUpdates(const Validation &validation, const QString &into,
                                           std::chrono::milliseconds lockTimeout, qsizetype most,
                                           const std::stop_token &stop)
{
    RunProgress progress;
    progress.begin(static_cast<int>(validation.tables.size()));
    QList<TableChanges> all;
    for (int table = 0; table < validation.tables.size(); ++table) {
        TargetOptions options { into, lockTimeout, &progress, stop };
        options.isLook = true;
        const auto target = makeTarget(validation.dataset.package, table, options);
        const auto changes = changesIn(validation, table, *target, most, stop);
        if (!changes)
            return tl::unexpected(changes.error());
        all.append(*changes);
    }
    return all;
}

} // namespace seedbed
