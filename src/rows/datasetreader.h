// SPDX-License-Identifier: MIT
#pragma once

// The tables of a package, read at the same time. What becomes of them is dataset.h's business.

#include "base/regularfile.h"
#include "base/result.h"
#include "package/package.h"
#include "rows/readprogress.h"
#include "rows/table.h"

#include <QList>

#include <atomic>
#include <memory>
#include <stop_token>
#include <vector>

namespace seedbed {

/// Reads each table of a package in a worker of its own, all at the same time unless they are many, the longest first.
/// Thread: one for each reading.
class DatasetReader final
{
public:
    /// \a progress: may be null; else it must outlive this.
    DatasetReader(std::shared_ptr<const Package> package, const ReadLimits &limits, ReadProgress *progress,
                  std::stop_token stop);

    /// Returns when all workers are done; once.
    /// Errors: Unreadable, as TableReader, and a file that cannot be opened, lies outside of the package's folder or
    /// changed while it was read: of several tables in trouble, that of the first in the package's order, whichever was
    /// met first. Stopped, where that was asked for.
    [[nodiscard]] Result<QList<Table>> read();

private:
    [[nodiscard]] const Resource &resource(int table) const { return m_package->resources.at(table); }
    [[nodiscard]] QString pathOf(int table) const;
    void readInWorker(int table);
    [[nodiscard]] Result<Table> readTable(int table);
    [[nodiscard]] Result<Table> readFile(int table, RegularFile &file);
    [[nodiscard]] tl::unexpected<Error> unreadable(int table, const QString &reason) const;
    [[nodiscard]] bool isStopped(int table) const;
    void noteFailure(int table);

    std::shared_ptr<const Package> m_package;
    const ReadLimits m_limits;
    ReadProgress *m_progress;
    std::stop_token m_stop;
    std::atomic<int> m_firstFailed;      // those after it need not be read to their end
    std::vector<Result<Table>> m_tables; // each written by its worker alone
};

} // namespace seedbed
