// SPDX-License-Identifier: MIT
#include "report/reportjson.h"

#include <nlohmann/json.hpp>

namespace seedbed {
namespace {

using Json = nlohmann::ordered_json; // keeps the order in which the names are written here

std::string utf8(const QString &text)
{
    return text.toStdString();
}

Json toJson(const Reason &reason)
{
    Json json;
    json["field"] = utf8(reason.field);
    json["rule"] = utf8(reason.rule);
    json["message"] = utf8(reason.message);
    if (!reason.causeResource.isEmpty()) {
        json["cause"] = { { "resource", utf8(reason.causeResource) }, { "row", reason.causeRow } };
        if (!reason.causeMessage.isEmpty())
            json["cause"]["message"] = utf8(reason.causeMessage);
    }
    return json;
}

Json toJson(const RejectedRow &row)
{
    Json problems = Json::array();
    for (const Reason &reason : row.reasons)
        problems.push_back(toJson(reason));
    return { { "row", row.row },
             { "key", utf8(row.key) },
             { "outcome", utf8(outcomeName(row.outcome)) },
             { "problems", problems } };
}

void addChanges(Json &json, const QList<RowChange> &changes)
{
    for (const RowChange &change : changes) {
        Json cells = Json::array();
        for (const CellChange &cell : change.cells) {
            cells.push_back({ { "field", utf8(cell.field) },
                              { "before", cell.before.isNull() ? Json() : Json(utf8(cell.before)) },
                              { "after", cell.after.isNull() ? Json() : Json(utf8(cell.after)) } });
        }
        json["changes"].push_back({ { "row", change.row }, { "key", utf8(change.key) }, { "cells", cells } });
    }
}

Json toJson(const TableReport &table)
{
    Json json;
    json["resource"] = utf8(table.resource);
    json["database"] = utf8(table.database);
    json["table"] = utf8(table.table);
    json["read"] = table.read;
    json["inserted"] = table.counts.inserted;
    json["unchanged"] = table.counts.unchanged;
    json["updated"] = table.counts.updated;
    json["skipped"] = table.counts.skipped;
    json["failed"] = table.counts.failed;
    json["cancelled"] = table.counts.cancelled;
    json["seconds"] = table.seconds.count();
    json["workers"] = table.workers;
    json["peakInFlight"] = table.peakInFlight;
    json["lockRetries"] = table.lockRetries;
    json["lockWaitSeconds"] = table.lockWait.count();
    json["rejected"] = Json::array();
    for (const RejectedRow &row : table.rejected)
        json["rejected"].push_back(toJson(row));
    if (table.rejectedLeftOut() > 0)
        json["rejectedLeftOut"] = table.rejectedLeftOut();
    if (!table.cancelled.isEmpty())
        json["cancelledRows"] = Json::array();
    for (const auto &rows : table.cancelled.ranges())
        json["cancelledRows"].push_back({ static_cast<quint64>(rows.first), static_cast<quint64>(rows.last) });
    addChanges(json, table.changes);
    return json;
}

} // namespace

QByteArray reportToJson(const RunReport &report)
{
    Json json;
    json["package"] = utf8(report.package);
    json["into"] = utf8(report.into);
    json["outcome"] = utf8(outcomeName(report.outcome));
    json["started"] = utf8(report.started.toUTC().toString(Qt::ISODate));
    json["seconds"] = report.seconds.count();
    json["dryRun"] = report.isDryRun;
    json["onConflict"] = nameOf(report.onConflict).data();
    json["tables"] = Json::array();
    for (const TableReport &table : report.tables)
        json["tables"].push_back(toJson(table));
    if (!report.isAudited)
        json["audited"] = false;
    json["auditFindings"] = Json::array();
    for (const QString &finding : report.auditFindings)
        json["auditFindings"].push_back(utf8(finding));
    return QByteArray::fromStdString(json.dump(2, ' ', false, Json::error_handler_t::replace)) + '\n';
}

} // namespace seedbed
