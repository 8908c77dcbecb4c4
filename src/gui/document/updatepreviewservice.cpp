// SPDX-License-Identifier: MIT
#include "gui/document/updatepreviewservice.h"

#include "base/background.h"

namespace seedbed {

namespace {

constexpr std::chrono::seconds LockTimeout { 1 };

} // namespace

UpdatePreviewService::UpdatePreviewService(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

UpdatePreviewService::~UpdatePreviewService()
{
    m_stop.request_stop();
}

void UpdatePreviewService::request(const std::shared_ptr<const Validation> &validation, const QString &folder)
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    const std::stop_token stop = m_stop.get_token();
    const auto work = [validation, folder, stop] {
        return previewUpdates(*validation, folder, LockTimeout, MostPreviewedRows, stop);
    };
    doInBackground(m_pool, *this, work, [this, stop](const Result<QList<TableChanges>> &changes) {
        if (stop.stop_requested())
            return;
        if (changes)
            Q_EMIT finished(*changes);
        else
            Q_EMIT failed(changes.error());
    });
}

} // namespace seedbed
