// SPDX-License-Identifier: MIT
#include "insertion/runlimits.h"

#include "base/memorylimit.h"
#include "insertion/processlimits.h"
#include "insertion/runprogress.h"
#include "insertion/tablerun.h"

#include <QCoreApplication>

#include <algorithm>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::RunReport)
};

// Measured with SQLite 3.40: a connection has the database open and its log, or its journal while it writes; all
// connections of a database share one memory of the log. The folder is open while it is synced.
constexpr int FilesOfWorker = 2;
constexpr int FilesOfTable = 2;
// A database is read again by two connections beside the one that holds it still.
constexpr int FilesOfLook = 8;
constexpr int MostLooks = 32;
// For the report, temporary files, and what else a program opens.
constexpr int Reserve = 16;

// A thread has its stack by the time that is asked.
constexpr qint64 MemoryOfWorker = 4'000'000;
constexpr qint64 MemoryOfRun = 16'000'000;

// Of a limit that would do.
int enoughFor(int tables, int workers, int filesLeft)
{
    const int inUse = mostOpenFiles() - filesLeft;
    return inUse + Reserve + FilesOfLook + tables * (FilesOfTable + workers * FilesOfWorker);
}

} // namespace

Result<RunRoom> roomFor(int tables, int workers, int filesLeft)
{
    const int room = filesLeft - Reserve;
    const int least = FilesOfLook + (workers > 0 ? tables * (FilesOfTable + FilesOfWorker) : 0);
    if (room < least) {
        return failure(Error::Kind::Unwritable,
                       Text::tr("not enough files may be open at once: the databases need %1, and %2 are allowed; "
                                "raise the limit (ulimit -n %1). Nothing was written")
                           .arg(enoughFor(tables, std::min(workers, 1), filesLeft))
                           .arg(mostOpenFiles()));
    }
    // A quarter for looks, where it goes round.
    const int forLooks = std::min(room / 4, room - (least - FilesOfLook));
    const int looks = std::clamp(forLooks / FilesOfLook, 1, std::min(MostLooks, std::max(1, tables)));
    if (workers == 0 || tables == 0)
        return RunRoom { workers, looks };
    const int perTable = (room - looks * FilesOfLook) / tables;
    return RunRoom { std::clamp((perTable - FilesOfTable) / FilesOfWorker, 1, workers), looks };
}

Result<void> startWorkers(const std::vector<TableRun *> &runs, RunProgress &progress)
{
    bool isRefused = false;
    // What is known of the rows and told of them takes about as much as they do.
    qint64 memoryWanted = MemoryOfRun + memoryInUse();
    const auto hasMemory = [&memoryWanted] {
        memoryWanted += MemoryOfWorker;
        return hasMemoryFor(memoryWanted);
    };
    for (bool isAdding = true; isAdding && !isRefused;) {
        isAdding = false;
        for (TableRun *run : runs) {
            if (!run->lacksWorkers())
                continue;
            isAdding = hasMemory() && run->addWorker();
            isRefused = !isAdding;
            if (isRefused)
                break;
        }
    }
    if (!isRefused)
        return {};
    const auto fewest = std::min_element(runs.begin(), runs.end(), [](const TableRun *a, const TableRun *b) {
        return a->workers() < b->workers();
    });
    if ((*fewest)->workers() == 0 && !hasMemoryFor(memoryWanted))
        return tl::unexpected(notEnoughMemory());
    if ((*fewest)->workers() == 0) {
        return failure(Error::Kind::Unwritable,
                       Text::tr("not enough threads can be started for %1 tables; raise the limit of processes "
                                "(ulimit -u) or of memory (ulimit -v). Nothing was inserted")
                           .arg(runs.size()));
    }
    progress.log(LogEntry::Level::Warning,
                 Text::tr("connections per table: only %1, as no more threads can be started; raise the limit of "
                          "processes (ulimit -u) or of memory (ulimit -v)")
                     .arg((*fewest)->workers()));
    return {};
}

} // namespace seedbed
