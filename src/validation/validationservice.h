// SPDX-License-Identifier: MIT
#pragma once

// Validates while somebody types: takes snapshots, works off the GUI thread, drops what is out of date.

#include "validation/validator.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <memory>

namespace seedbed {

/// Keeps a Validation up to date with a dataset that is edited. The last request wins; older ones are stopped.
/// Thread: GUI thread.
class ValidationService final : public QObject
{
    Q_OBJECT

public:
    explicit ValidationService(QObject *parent = nullptr);
    ~ValidationService() override;

    /// Validates \a dataset after a short pause, unless another request comes first. \a existing and \a onConflict as
    /// in validate().
    void request(const Dataset &dataset, const QList<ExistingRows> &existing,
                 ConflictPolicy onConflict = ConflictPolicy::Skip);

    /// Stops what is under way; the last request gets no answer.
    void cancel();
    /// How far the last request is; null where it has been answered.
    [[nodiscard]] const ValidationProgress *progress() const { return isBusy() ? m_progress.get() : nullptr; }
    /// Whether the last request has not been answered yet.
    [[nodiscard]] bool isBusy() const;

Q_SIGNALS:
    /// The answer to the last request; requests that were overtaken get none.
    void finished(const std::shared_ptr<const seedbed::Validation> &validation);

private:
    void start();

    Dataset m_dataset;              // of the request that waits, and so
    QList<ExistingRows> m_existing; // the worker lets go of them: there may be a million rows in them alone
    ConflictPolicy m_onConflict = ConflictPolicy::Skip;
    std::shared_ptr<ValidationProgress> m_progress;
    QTimer m_pause;
    std::stop_source m_stop;
    quint64 m_generation = 0;
    quint64 m_answered = 0;
    QThreadPool m_pool; // the last member: it waits for the work under way before anything else goes
};

} // namespace seedbed
