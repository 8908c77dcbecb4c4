// SPDX-License-Identifier: MIT
#pragma once

// Reads packages off the GUI thread, and hands out the rows that are there while it reads the rest.

#include "package/result.h"
#include "rows/dataset.h"
#include "rows/readprogress.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <memory>
#include <stop_token>

namespace seedbed {

/// One package at a time, the last that was asked for.
/// Thread: GUI thread.
class PackageLoader final : public QObject
{
    Q_OBJECT

public:
    explicit PackageLoader(QObject *parent = nullptr);
    ~PackageLoader() override;

    void load(const QString &path);
    /// The reading under way, if there is one, ends without another signal.
    void cancel();
    [[nodiscard]] bool isLoading() const { return m_progress != nullptr; }
    /// How far it is; to be asked for while it is loading.
    [[nodiscard]] ReadProgress::Snapshot snapshot() const { return m_progress->snapshot(); }

Q_SIGNALS:
    void started();
    /// More has been read; again and again, as soon as the package is known.
    void grown(const seedbed::ReadProgress::Snapshot &snapshot);
    /// One of the two ends it.
    void loaded(const seedbed::Dataset &dataset);
    void failed(const seedbed::Error &error);

private:
    void look();

    QTimer m_timer;
    std::shared_ptr<ReadProgress> m_progress; // of the reading under way
    std::stop_source m_stop;
    QThreadPool m_pool; // the last member: it waits for its threads before the rest goes
};

} // namespace seedbed
