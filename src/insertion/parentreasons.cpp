// SPDX-License-Identifier: MIT
#include "insertion/parentreasons.h"

#include "report/reasons.h"

#include <QCoreApplication>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::TableRun)
};

} // namespace

Reason lostParentReason(const Validation &validation, int table, qint32 position, int foreignKey, RowPlace parent,
                        const QString &message)
{
    const Package &package = *validation.dataset.package;
    const ForeignKey &key = package.resources.at(table).schema.foreignKeys.at(foreignKey);
    const Problem problem { .row = validation.dataset.tables.at(table).rowId(position),
                            .field = key.fields.first(),
                            .rule = Rule::ForeignKey,
                            .against = Problem::Against::Rows,
                            .foreignKey = foreignKey };
    Reason reason = reasonFor(problem, validation, table);
    reason.causeResource = package.resources.at(parent.table).name;
    reason.causeRow = parent.position + 1;
    reason.causeMessage = message;
    return reason;
}

Reason unknownParentReason(const Package &package, int table, int foreignKey)
{
    const TableSchema &schema = package.resources.at(table).schema;
    const ForeignKey &key = schema.foreignKeys.at(foreignKey);
    const QString database = package.resources.at(key.resource).database;
    Reason reason =
        Reason::saying(Text::tr("%1: database is locked, and the row referred to may be there").arg(database));
    reason.field = schema.fields.at(key.fields.first()).name;
    reason.rule = ruleName(Rule::ForeignKey);
    return reason;
}

} // namespace seedbed
