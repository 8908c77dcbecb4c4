// SPDX-License-Identifier: MIT
#pragma once

// Reads off the GUI thread what is in the databases of a package; the last request is the one that is answered.

#include "base/result.h"
#include "package/package.h"
#include "validation/existingrows.h"

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <stop_token>

namespace seedbed {

/// Thread: GUI thread.
class TargetReader final : public QObject
{
    Q_OBJECT

public:
    explicit TargetReader(QObject *parent = nullptr);
    ~TargetReader() override;

    /// Reads the databases in \a folder. Stops the request before this one, which gets no answer.
    void request(const std::shared_ptr<const Package> &package, const QString &folder);
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_isBusy; }

Q_SIGNALS:
    /// Exactly one of finished() and failed() follows each request, unless another request or cancel() comes first. The
    /// rows: one for each table.
    void finished(const QList<seedbed::ExistingRows> &existing);
    void failed(const seedbed::Error &error);

private:
    std::stop_source m_stop;
    bool m_isBusy = false;
    QThreadPool m_pool; // the last member: it waits for the work under way before anything else goes
};

} // namespace seedbed
