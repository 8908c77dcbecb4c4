// SPDX-License-Identifier: MIT
#include "insertion/inserter.h"

#include "insertion/execution.h"
#include "insertion/processlimits.h"
#include "insertion/runlimits.h"
#include "insertion/targets.h"

#include <QCoreApplication>
#include <QSqlDatabase>

#include <exception>
#include <memory>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::RunReport)
};

// Made while there is memory for it.
Error noMemoryError()
{
    return { Error::Kind::Unwritable,
             Text::tr("not enough memory for this run; rows that went in before are in, the rest was not: run "
                      "again with more memory (ulimit -v) or fewer rows") };
}

} // namespace

void prepareDatabaseDrivers()
{
    (void)QSqlDatabase::drivers();
}

Result<RunReport> run(const Dataset &snapshot, const RunOptions &options, RunProgress &progress,
                      const std::stop_token &stop)
{
    const Error noMemory = noMemoryError();
    try {
        const auto tables = static_cast<int>(snapshot.tables.size());
        progress.begin(tables);
        const auto room = roomFor(tables, options.isDryRun ? 0 : options.workers, openFilesLeft());
        if (!room)
            return tl::unexpected(room.error());
        RunOptions fitting = options;
        if (!options.isDryRun && room->workers < options.workers) {
            fitting.workers = room->workers;
            progress.log(LogEntry::Level::Warning,
                         Text::tr(
                             "connections per table: only %1, as %2 files may be open; raise the limit (ulimit -n)")
                             .arg(room->workers)
                             .arg(mostOpenFiles()));
        }
        return Execution(snapshot, fitting, *room, progress, stop).run();
    } catch (const std::exception &) {
        return tl::unexpected(noMemory);
    }
}

Result<QList<ExistingRows>> readTargets(const Package &package, const QString &into,
                                        std::chrono::milliseconds lockTimeout, const std::stop_token &stop)
{
    const auto tables = static_cast<int>(package.resources.size());
    const auto room = roomFor(tables, 0, openFilesLeft());
    if (!room)
        return tl::unexpected(room.error());
    RunProgress progress;
    progress.begin(tables);
    TargetOptions options { into, lockTimeout, &progress, stop };
    options.allowTriggers = true; // nothing is written
    options.isLook = true;
    Targets targets(std::make_shared<const Package>(package), options, room->looks);
    targets.inspect();
    if (const auto error = targets.firstError())
        return tl::unexpected(*error);
    if (const auto error = targets.lockError())
        return tl::unexpected(*error);
    return targets.rows();
}

} // namespace seedbed
