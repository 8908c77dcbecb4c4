// SPDX-License-Identifier: MIT
#pragma once

// Writes packages off the GUI thread, from a snapshot of their rows. What is asked and what comes after is
// FileActions'.

#include "base/result.h"
#include "rows/dataset.h"

#include <QObject>
#include <QThreadPool>

namespace seedbed {

/// One package at a time. Its destruction waits until what was begun is written.
/// Thread: GUI thread.
class PackageSaver final : public QObject
{
    Q_OBJECT

public:
    explicit PackageSaver(QObject *parent = nullptr);

    /// Writes the rows as they are now to where they came from, or, if \a folder is not empty, into that folder. Not
    /// to be called while another is being written.
    void save(const Dataset &dataset, const QString &folder = {});
    [[nodiscard]] bool isSaving() const { return m_isSaving; }

Q_SIGNALS:
    void started();
    /// Exactly one of saved() and failed() follows save(). \a saved: the same rows, in the package that was written.
    void saved(const seedbed::Dataset &saved);
    void failed(const seedbed::Error &error);

private:
    void end(const Result<Dataset> &saved);

    bool m_isSaving = false;
    QThreadPool m_pool; // the last member: it waits for the work under way before anything else goes
};

} // namespace seedbed
