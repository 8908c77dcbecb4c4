// SPDX-License-Identifier: MIT
#pragma once

// Reads packages off the GUI thread, and hands out the rows that are there while it reads the rest.

#include "base/result.h"
#include "rows/dataset.h"
#include "rows/readprogress.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <memory>
#include <optional>
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

    void load(const QString &path, const ReadLimits &limits = {});
    /// The reading under way, if there is one, ends without another signal.
    void cancel();
    [[nodiscard]] bool isLoading() const { return m_progress != nullptr; }
    /// How far it was when it was last looked at.
    [[nodiscard]] const ReadProgress::Snapshot &snapshot() const { return m_snapshot; }

Q_SIGNALS:
    void started();
    /// More has been read; again and again, as soon as the package is known. Each \a part goes on from the one before,
    /// by no more rows than views take in without a stall. Whoever hears of it may cancel(), or load() another package.
    void grown(const seedbed::Dataset &part);
    /// Exactly one of loaded() and failed() follows load(), unless cancel() comes first. Nearly all rows were handed
    /// out by grown() before.
    void loaded(const seedbed::Dataset &dataset);
    void failed(const seedbed::Error &error);

private:
    void look();
    void take(const Result<Dataset> &dataset);

    QTimer m_timer;
    std::shared_ptr<ReadProgress> m_progress; // of the reading under way
    ReadProgress::Snapshot m_snapshot;
    std::optional<Dataset> m_whole; // when all is read, and not all handed out
    QList<qsizetype> m_handedOut;   // of each table; empty before the first part
    std::stop_source m_stop;
    QThreadPool m_pool; // the last member: it waits for its threads before the rest goes
};

} // namespace seedbed
