// SPDX-License-Identifier: MIT
#include "gui/document/targetreader.h"

#include "base/background.h"
#include "insertion/inserter.h"

#include <chrono>

namespace seedbed {

namespace {

constexpr std::chrono::seconds LockTimeout { 5 };

} // namespace

TargetReader::TargetReader(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

TargetReader::~TargetReader()
{
    m_stop.request_stop();
}

void TargetReader::cancel()
{
    m_stop.request_stop();
    m_isBusy = false;
}

void TargetReader::request(const std::shared_ptr<const Package> &package, const QString &folder)
{
    cancel();
    m_stop = std::stop_source();
    m_isBusy = true;
    const std::stop_token stop = m_stop.get_token();
    const auto read = [package, folder, stop] { return readTargets(*package, folder, LockTimeout, stop); };
    doInBackground(m_pool, *this, read, [this, stop](const Result<QList<ExistingRows>> &existing) {
        if (stop.stop_requested())
            return;
        m_isBusy = false;
        if (existing)
            Q_EMIT finished(*existing);
        else
            Q_EMIT failed(existing.error());
    });
}

} // namespace seedbed
