// SPDX-License-Identifier: MIT
#include "insertion/inserter.h"

#include "base/memorylimit.h"
#include "insertion/audit.h"
#include "insertion/decidedrows.h"
#include "insertion/folderlock.h"
#include "insertion/haltonexception.h"
#include "insertion/processlimits.h"
#include "insertion/runlimits.h"
#include "insertion/tablerun.h"
#include "insertion/targetfolder.h"
#include "insertion/targets.h"
#include "insertion/updatepreview.h"
#include "report/reasons.h"
#include "rows/rowreader.h"

#include <QCoreApplication>
#include <QDir>
#include <QSqlDatabase>
#include <QThread>

#include <algorithm>
#include <exception>
#include <memory>
#include <new>
#include <vector>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::RunReport)
};

using Clock = std::chrono::steady_clock;

// Made while there is memory for it.
Error noMemoryError()
{
    return { Error::Kind::Unwritable,
             Text::tr("not enough memory for this run; rows that went in before are in, the rest was not: run "
                      "again with more memory (ulimit -v) or fewer rows") };
}

// One run, from preflight to report; each step a function.
class Run final
{
public:
    Run(const Dataset &snapshot, const RunOptions &options, const RunRoom &room, RunProgress &progress,
        const std::stop_token &stop)
        : m_snapshot(snapshot)
        , m_options(options)
        , m_progress(progress)
        , m_forward(stop, Halt { m_halt })
        , m_stop(m_halt.get_token())
        , m_targets(snapshot.package,
                    { options.into, options.lockTimeout, &progress, m_stop, options.onConflict, options.allowTriggers,
                      options.isDryRun },
                    room.looks)
    {
    }

    Result<RunReport> execute();

private:
    [[nodiscard]] int tableCount() const { return static_cast<int>(m_snapshot.tables.size()); }
    [[nodiscard]] const Resource &resource(int table) const { return m_snapshot.package->resources.at(table); }
    void beginReport();
    [[nodiscard]] Result<void> takeFolder();
    void validateSnapshot();
    void countDecided();
    void cancelRest();
    void countWouldBe();
    void countRefused();
    void count(int table, const BatchOutcome &outcome);
    void previewChanges();
    [[nodiscard]] Result<void> insertAll();
    [[nodiscard]] Result<void> startThreads(const std::vector<std::unique_ptr<TableRun>> &runs);
    void begin(const std::vector<std::unique_ptr<TableRun>> &runs);
    void collect(const TableRun &run, int table);
    [[nodiscard]] std::unique_ptr<TableAudit> closeTable(TableRun &run, int table);
    [[nodiscard]] std::unique_ptr<TableAudit> readAgain(int table, const RowIdSet &in, bool areRowsConcerned);
    [[nodiscard]] bool isReferredTo(int table, const std::vector<std::unique_ptr<TableRun>> &runs) const;
    void finishAudit(const std::vector<std::unique_ptr<TableAudit>> &audits);
    void finishReport();

    // Passes a stop on to all of the run.
    struct Halt {
        std::stop_source source;
        void operator()() const { source.request_stop(); }
    };

    const Dataset &m_snapshot;
    const RunOptions &m_options;
    RunProgress &m_progress;
    const std::stop_source m_halt;
    const std::stop_callback<Halt> m_forward; // what the user asks for
    const std::stop_token m_stop;
    Targets m_targets;
    std::unique_ptr<FileLock> m_lock;
    Validation m_validation;
    RunReport m_report;
    QList<qsizetype> m_sent; // per table: how many rows were to be sent; 0 where the target could not take them
    std::mutex m_mutex;      // guards what the closing of tables adds to the report
    QList<RowIdSet> m_in;    // per table: reported to be in the database
    Clock::time_point m_begin = Clock::now();
};

Result<RunReport> Run::execute()
{
    beginReport();
    m_targets.checkNames();
    if (const auto error = m_targets.firstError())
        return tl::unexpected(*error);
    if (const auto taken = m_options.isDryRun ? checkFolderLock(m_options.into) : takeFolder(); !taken)
        return tl::unexpected(taken.error());
    m_progress.setPhase(RunUpdate::Phase::Checking);
    m_targets.inspect();
    if (const auto error = m_targets.firstError())
        return tl::unexpected(*error);
    if (m_options.isDryRun || m_options.onConflict == ConflictPolicy::Fail) {
        if (const auto error = m_targets.lockError(); error && !m_stop.stop_requested())
            return tl::unexpected(*error);
    }

    if (!hasMemoryFor(memoryInUse())) // what is known of the rows takes about as much as they do
        return tl::unexpected(notEnoughMemory());
    m_progress.setPhase(RunUpdate::Phase::Validating);
    validateSnapshot();
    if (!m_validation.isComplete) {
        cancelRest();
    } else if (m_validation.onConflict == ConflictPolicy::Fail && m_validation.hasConflicts()) {
        countDecided();
        countRefused();
    } else if (m_options.isDryRun) {
        countDecided();
        countWouldBe();
        previewChanges();
    } else if (const auto inserted = insertAll(); !inserted) {
        return tl::unexpected(inserted.error());
    }
    finishReport();
    return m_report;
}

void Run::beginReport()
{
    m_report.package = m_snapshot.package->name;
    m_report.into = QDir(m_options.into).absolutePath();
    m_report.started = QDateTime::currentDateTimeUtc();
    m_report.isDryRun = m_options.isDryRun;
    m_report.onConflict = m_options.onConflict;
    m_in.resize(tableCount());
    m_sent.fill(0, tableCount());
    for (int table = 0; table < tableCount(); ++table) {
        TableReport report;
        report.resource = resource(table).name;
        report.title = resource(table).title;
        report.database = resource(table).database;
        report.table = resource(table).table;
        report.read = m_snapshot.tables.at(table).rowCount();
        report.workers = m_options.workers;
        m_report.tables.append(report);
        m_progress.setRead(table, report.read);
    }
}

Result<void> Run::takeFolder()
{
    if (auto made = makeFolder(m_options.into); !made)
        return made;
    auto lock = lockFolder(m_options.into, m_options.lockTimeout, m_progress, m_stop);
    if (!lock)
        return tl::unexpected(lock.error());
    m_lock = std::move(*lock);
    return {};
}

void Run::validateSnapshot()
{
    if (!m_stop.stop_requested())
        m_validation = validate(m_snapshot, m_targets.rows(), QThread::idealThreadCount(), m_stop,
                                &m_progress.validation(), m_options.onConflict);
}

// Wrong rows are skipped, those that are in the target are left alone.
void Run::countDecided()
{
    std::vector<BatchOutcome> outcomes(static_cast<size_t>(tableCount()));
    m_targets.forEach(
        [&](int table) { outcomes[static_cast<size_t>(table)] = decidedRows(m_validation, table, m_stop); });
    for (int table = 0; table < tableCount(); ++table) {
        const BatchOutcome &outcome = outcomes[static_cast<size_t>(table)];
        count(table, outcome);
        m_in[table].add(outcome.in);
        for (const QString &line : skippedLines(resource(table), outcome.rejected))
            m_progress.logRow(line);
    }
}

// A stop before validation was done: no row was decided.
void Run::cancelRest()
{
    for (int table = 0; table < tableCount(); ++table)
        count(table, cancelledRows(m_snapshot.tables.at(table)));
}

// A dry run counts as inserted what a run would insert.
void Run::countWouldBe()
{
    for (int table = 0; table < tableCount(); ++table)
        count(table, rowsToWrite(m_validation, table));
}

// The run was to fail at a conflict, and there is one: what would have gone in is left out.
void Run::countRefused()
{
    m_report.isRefused = true;
    for (int table = 0; table < tableCount(); ++table)
        count(table, refusedRows(m_validation, table));
    m_progress.log(LogEntry::Level::Error, refusedReason());
}

void Run::count(int table, const BatchOutcome &outcome)
{
    m_report.tables[table].add(outcome);
    m_progress.add(table, outcome);
}

void Run::previewChanges()
{
    for (int table = 0; table < tableCount(); ++table) {
        if (m_report.tables.at(table).counts.updated == 0)
            continue;
        if (const auto changes = changesIn(m_validation, table, m_targets.at(table), MostPreviewedRows, m_stop))
            m_report.tables[table].changes = changes->first;
        else
            m_progress.log(LogEntry::Level::Warning, changes.error().message);
    }
}

Result<void> Run::insertAll()
{
    m_progress.setPhase(RunUpdate::Phase::Inserting);
    QList<qsizetype> rowCounts;
    for (const Table &table : m_snapshot.tables)
        rowCounts.append(table.rowCount());
    CommitBoard board(rowCounts);
    const TableRun::Shared shared { m_validation, m_options, board, m_progress, m_stop, m_halt };
    std::vector<std::unique_ptr<TableRun>> runs;
    for (int table = 0; table < tableCount(); ++table) {
        runs.push_back(std::make_unique<TableRun>(shared, table, m_targets.at(table)));
        m_sent[table] = m_targets.inspection(table).isLocked ? 0 : runs.back()->rowCount();
    }
    if (auto started = startThreads(runs); !started)
        return started;
    const HaltOnException guard(m_halt); // its workers are waited for
    m_targets.prepare(m_sent);
    begin(runs);
    countDecided(); // while the others are written
    // A table that is done is closed and looked at while others are still written.
    std::vector<std::unique_ptr<TableAudit>> audits(static_cast<size_t>(tableCount()));
    m_targets.forEach([&](int table) {
        runs[static_cast<size_t>(table)]->wait();
        audits[static_cast<size_t>(table)] = closeTable(*runs[static_cast<size_t>(table)], table);
    });
    // Another program may have deleted a parent while its children were written.
    m_targets.forEach([&](int table) {
        std::unique_ptr<TableAudit> &audit = audits[static_cast<size_t>(table)];
        if (!isReferredTo(table, runs) || (audit && !m_targets.at(table).mayHaveChanged()))
            return;
        RowIdSet in = m_in.at(table);
        in.add(runs[static_cast<size_t>(table)]->outcome().in);
        audit = readAgain(table, in, true);
    });
    for (int table = 0; table < tableCount(); ++table)
        collect(*runs[static_cast<size_t>(table)], table);
    finishAudit(audits);
    if (std::any_of(runs.cbegin(), runs.cend(), [](const auto &run) { return run->isBroken(); }))
        throw std::bad_alloc();
    return {};
}

// Before anything is written: a table for which there is no thread would have to be left out.
Result<void> Run::startThreads(const std::vector<std::unique_ptr<TableRun>> &runs)
{
    std::vector<TableRun *> sending;
    for (int table = 0; table < tableCount(); ++table) {
        if (m_sent.at(table) > 0)
            sending.push_back(runs[static_cast<size_t>(table)].get());
    }
    if (auto started = startWorkers(sending, m_progress); !started)
        return started;
    for (int table = 0; table < tableCount(); ++table) {
        if (m_sent.at(table) > 0)
            m_report.tables[table].workers = runs[static_cast<size_t>(table)]->workers();
    }
    return {};
}

void Run::begin(const std::vector<std::unique_ptr<TableRun>> &runs)
{
    for (int table = 0; table < tableCount(); ++table) {
        TableRun &run = *runs[static_cast<size_t>(table)];
        const auto &error = m_targets.error(table);
        const bool isLocked = m_targets.inspection(table).isLocked || (error && error->kind == Error::Kind::Locked);
        if (isLocked)
            run.fail(Text::tr("database is locked"));
        else if (error)
            run.fail(error->message);
        else if (run.hasRows())
            run.start();
    }
}

// Whether rows that this run wrote may refer to rows of the table.
bool Run::isReferredTo(int table, const std::vector<std::unique_ptr<TableRun>> &runs) const
{
    if (m_targets.inspection(table).isLocked)
        return false; // no row goes in whose parents are not known
    for (int child = 0; child < tableCount(); ++child) {
        const OutcomeCounts &counts = runs[static_cast<size_t>(child)]->outcome().counts;
        const QList<ForeignKey> &keys = resource(child).schema.foreignKeys;
        if (counts.inserted + counts.updated > 0
            && std::any_of(keys.cbegin(), keys.cend(),
                           [table](const ForeignKey &key) { return key.resource == table; }))
            return true;
    }
    return false;
}

void Run::collect(const TableRun &run, int table)
{
    TableReport &report = m_report.tables[table];
    report.add(run.outcome());
    std::sort(report.rejected.begin(), report.rejected.end(),
              [](const RejectedRow &a, const RejectedRow &b) { return a.row < b.row; });
    const TableProgress progress = m_progress.progress(table);
    report.seconds = std::chrono::duration<double>(progress.seconds);
    report.peakInFlight = run.peakInFlight();
    report.lockRetries = progress.lockRetries;
    report.lockWait = std::chrono::duration<double>(progress.lockWaitSeconds);
    if (!run.hasRows())
        return;
    m_progress.log(LogEntry::Level::Info,
                   Text::tr("%1: %2 inserted, %3 updated, %4 connections, %5 in flight at once")
                       .arg(report.database)
                       .arg(run.outcome().counts.inserted)
                       .arg(run.outcome().counts.updated)
                       .arg(run.openedWorkers())
                       .arg(run.peakInFlight()));
}

// Leaves a file as other programs expect it, then looks at what it holds. What this run did not write to was looked at
// before, and is read again only where written rows refer to it. Thread: one for each table.
std::unique_ptr<TableAudit> Run::closeTable(TableRun &run, int table)
{
    if (m_sent.at(table) == 0)
        return nullptr;
    if (!m_targets.error(table))
        m_targets.at(table).finish();
    run.decideUnknown();
    if (m_targets.at(table).isReplaced())
        run.takeBack(Text::tr("%1 was deleted or replaced by another program, and the row with it")
                         .arg(resource(table).database));
    RowIdSet in = m_in.at(table);
    in.add(run.outcome().in);
    if (in.isEmpty())
        return nullptr;
    return readAgain(table, in, run.outcome().counts.inserted + run.outcome().counts.updated > 0);
}

// Null where that was not possible, which the report says; a stop counts only where \a areRowsConcerned.
std::unique_ptr<TableAudit> Run::readAgain(int table, const RowIdSet &in, bool areRowsConcerned)
{
    auto audit = std::make_unique<TableAudit>(m_validation, table, in, m_stop);
    Result<void> scanned = failure(Error::Kind::Stopped, Text::tr("stopped"));
    if (!m_stop.stop_requested())
        scanned = m_targets.at(table).scan({ audit->visitor(0, 2), audit->visitor(1, 2) });
    audit->close();
    if (m_stop.stop_requested())
        scanned = failure(Error::Kind::Stopped, Text::tr("stopped"));
    if (scanned) {
        m_progress.log(LogEntry::Level::Debug, Text::tr("%1: read again").arg(resource(table).database));
        return audit;
    }
    const std::scoped_lock lock(m_mutex);
    const Error &error = scanned.error();
    if (error.kind != Error::Kind::Stopped && error.kind != Error::Kind::Locked)
        m_report.auditFindings += error.message;
    else if (areRowsConcerned)
        m_report.isAudited = false;
    return nullptr;
}

void Run::finishAudit(const std::vector<std::unique_ptr<TableAudit>> &audits)
{
    m_progress.setPhase(RunUpdate::Phase::Closing);
    for (int table = 0; table < tableCount(); ++table) {
        if (m_targets.at(table).stayedLocked())
            m_report.stayedLocked = true;
    }
    if (const auto findings = auditFindings(m_validation, audits, m_stop))
        m_report.auditFindings += *findings;
    else
        m_report.isAudited = false;
    if (!m_report.isAudited)
        m_progress.log(LogEntry::Level::Warning, Text::tr("Not every database could be read again"));
}

void Run::finishReport()
{
    m_report.seconds = Clock::now() - m_begin;
    Q_ASSERT_X(m_report.isBalanced(), "Run::finishReport", "a row has no outcome, or two");
    if (!m_report.isBalanced())
        m_report.auditFindings += Text::tr("the sums of this report do not match the rows that were read");
    const OutcomeCounts totals = m_report.totals();
    if (!m_report.auditFindings.isEmpty() || m_report.isRefused)
        m_report.outcome = RunReport::Outcome::Failed;
    else if (totals.cancelled > 0 || (m_stop.stop_requested() && !m_validation.isComplete))
        m_report.outcome = RunReport::Outcome::Cancelled;
    else if (totals.failed > 0)
        m_report.outcome = RunReport::Outcome::Failed;
    for (const QString &finding : std::as_const(m_report.auditFindings))
        m_progress.log(LogEntry::Level::Error, Text::tr("Audit: %1").arg(finding));
    m_progress.setPhase(RunUpdate::Phase::Done);
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
        return Run(snapshot, fitting, *room, progress, stop).execute();
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
