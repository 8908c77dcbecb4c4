// SPDX-License-Identifier: MIT
#pragma once

// Finds out off the GUI thread what an update would change; the last request is the one that is answered.

#include "insertion/updatepreview.h"

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <stop_token>

namespace seedbed {

/// Thread: GUI thread.
class UpdatePreviewService final : public QObject
{
    Q_OBJECT

public:
    explicit UpdatePreviewService(QObject *parent = nullptr);
    ~UpdatePreviewService() override;

    /// Looks at the databases in \a folder. Stops the request before this one, which gets no answer.
    void request(const std::shared_ptr<const Validation> &validation, const QString &folder);
    void cancel() { m_stop.request_stop(); }

Q_SIGNALS:
    /// Exactly one of finished() and failed() follows each request, unless another request or cancel() comes first. The
    /// changes: one for each table.
    void finished(const QList<seedbed::TableChanges> &changes);
    void failed(const seedbed::Error &error);

private:
    std::stop_source m_stop;
    QThreadPool m_pool; // the last member: it waits for the work under way before anything else goes
};

} // namespace seedbed
