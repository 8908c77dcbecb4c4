// SPDX-License-Identifier: MIT
#include "gui/model/roworderservice.h"

#include "base/background.h"

namespace seedbed {

RowOrderService::RowOrderService(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

RowOrderService::~RowOrderService()
{
    m_stop.request_stop();
}

void RowOrderService::ask(const Table &table, const TableSchema &schema, const RowMarks &marks,
                          const RowQuestion &question)
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    m_isBusy = true;
    const std::stop_token stop = m_stop.get_token();
    const auto work = [table, schema, marks, question, stop] {
        std::optional<RowPositions> rows = orderRows(table, schema, marks, question, stop);
        return rows ? std::make_shared<RowPositions>(std::move(*rows)) : nullptr;
    };
    doInBackground(m_pool, *this, work, [this, stop](const std::shared_ptr<RowPositions> &rows) {
        if (stop.stop_requested() || !rows)
            return;
        m_isBusy = false;
        Q_EMIT answered(rows);
    });
}

void RowOrderService::cancel()
{
    m_stop.request_stop();
    m_isBusy = false;
}

} // namespace seedbed
