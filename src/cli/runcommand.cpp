// SPDX-License-Identifier: MIT
#include "cli/runcommand.h"

#include "base/threadcrew.h"
#include "cli/console.h"
#include "cli/interrupt.h"
#include "cli/reportfile.h"
#include "cli/runjob.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <exception>
#include <optional>
#include <thread>
#include <utility>

#include <unistd.h>

namespace seedbed {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(seedbed::RunCommand)
};

/// A whole number written in digits alone.
std::optional<qlonglong> wholeNumber(const QString &text)
{
    if (!std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; }))
        return {};
    bool isNumber = false;
    const qlonglong number = text.toLongLong(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

bool setWorkers(const QString &value, Settings &settings)
{
    const std::optional<qlonglong> number = wholeNumber(value);
    if (!number || *number < 1 || *number > 64)
        return false;
    settings.run.workers = static_cast<int>(*number);
    return true;
}

bool setBatch(const QString &value, Settings &settings)
{
    const std::optional<qlonglong> number = wholeNumber(value);
    if (!number || *number < 1)
        return false;
    settings.run.batchRows = static_cast<qsizetype>(*number);
    return true;
}

bool setLockTimeout(const QString &value, Settings &settings)
{
    constexpr double day = 24 * 60 * 60;
    bool isNumber = false;
    const double seconds = value.toDouble(&isNumber);
    if (!isNumber || !(seconds >= 0 && seconds <= day)) // "nan" is neither
        return false;
    settings.run.lockTimeout =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::duration<double>(seconds));
    return true;
}

bool setColumns(const QString &value, Settings &settings)
{
    const std::optional<qlonglong> number = wholeNumber(value);
    if (!number || *number < 1 || *number > ReadLimits::MostColumns)
        return false;
    settings.limits.columns = static_cast<qsizetype>(*number);
    return true;
}

bool setFormat(const QString &value, Settings &settings)
{
    const qsizetype format = QStringList { QStringLiteral("text"), QStringLiteral("json") }.indexOf(value);
    if (format < 0)
        return false;
    settings.format = static_cast<ReportFormat>(format);
    return true;
}

bool setFailOn(const QString &value, Settings &settings)
{
    const qsizetype failOn =
        QStringList { QStringLiteral("none"), QStringLiteral("failed"), QStringLiteral("skipped") }.indexOf(value);
    if (failOn < 0)
        return false;
    settings.failOn = static_cast<FailOn>(failOn);
    return true;
}

bool setOnConflict(const QString &value, Settings &settings)
{
    const std::optional<ConflictPolicy> policy = conflictPolicyNamed(value);
    settings.run.onConflict = policy.value_or(settings.run.onConflict);
    return policy.has_value();
}

Option sizeOption(const QString &name, const QString &description, qsizetype ReadLimits::*limit)
{
    return { name, QStringLiteral("SIZE"), description,
             Texts::tr("a number of bytes from 1, or of K, M or G, up to 1G: 4M"),
             [limit](const QString &value, Settings &settings) {
                 const std::optional<qsizetype> size = sizeFromText(value);
                 settings.limits.*limit = size.value_or(settings.limits.*limit);
                 return size.has_value();
             } };
}

/// An option whose value is taken as it is.
Option textOption(const QString &name, const QString &valueName, const QString &description, QString Settings::*member)
{
    return { name, valueName, description, {}, [member](const QString &value, Settings &settings) {
                settings.*member = value;
                return true;
            } };
}

Option verbosityOption(const QString &name, const QString &description, Verbosity verbosity)
{
    return { name, {}, description, {}, [verbosity](const QString &, Settings &settings) {
                settings.verbosity = verbosity;
                return true;
            } };
}

QList<Option> options()
{
    const QString number = QStringLiteral("N");
    return {
        { QStringLiteral("--into"),
          QStringLiteral("DIR"),
          Texts::tr("the folder of the databases (the current folder)"),
          {},
          [](const QString &value, Settings &settings) {
              settings.run.into = QDir::cleanPath(QDir::current().absoluteFilePath(value));
              return true;
          } },
        { QStringLiteral("--workers"), number, Texts::tr("insertions in flight per table, 1 to 64 (10)"),
          Texts::tr("a whole number from 1 to 64"), setWorkers },
        { QStringLiteral("--batch"), number, Texts::tr("rows per transaction (computed)"),
          Texts::tr("a whole number from 1"), setBatch },
        { QStringLiteral("--on-conflict"), QStringLiteral("skip|update|fail"),
          Texts::tr("a row whose key is in the database with other values: skip it, update what is there, or write "
                    "nothing at all (skip)"),
          Texts::tr("skip, update or fail"), setOnConflict },
        { QStringLiteral("--allow-triggers"),
          {},
          Texts::tr("insert into tables that have triggers or indexes with expressions, which may change what is "
                    "inserted (refused)"),
          {},
          [](const QString &, Settings &settings) {
              settings.run.allowTriggers = true;
              return true;
          } },
        { QStringLiteral("--lock-timeout"), QStringLiteral("SECONDS"),
          Texts::tr("how long to keep trying a locked database (60)"), Texts::tr("seconds from 0 to 86400"),
          setLockTimeout },
        { QStringLiteral("--format"), QStringLiteral("text|json"), Texts::tr("how the report is written (text)"),
          Texts::tr("text or json"), setFormat },
        textOption(QStringLiteral("--output"), QStringLiteral("FILE"),
                   Texts::tr("write the report to a file (standard output)"), &Settings::output),
        textOption(QStringLiteral("--rejects"), QStringLiteral("DIR"),
                   Texts::tr("write the rows that did not go in, a CSV file per table, with their reasons"),
                   &Settings::rejects),
        { QStringLiteral("--fail-on"), QStringLiteral("none|failed|skipped"),
          Texts::tr("which rows make the exit status 1; skipped includes failed (failed)"),
          Texts::tr("none, failed or skipped"), setFailOn },
        sizeOption(QStringLiteral("--max-cell"), Texts::tr("the longest cell that is read (1M)"),
                   &ReadLimits::cellBytes),
        sizeOption(QStringLiteral("--max-line"),
                   Texts::tr("the longest line of a CSV file, with the line breaks inside quotes (16M)"),
                   &ReadLimits::lineBytes),
        { QStringLiteral("--max-columns"), number, Texts::tr("the most columns that are read (2000)"),
          Texts::tr("a whole number from 1 to 1000000"), setColumns },
        verbosityOption(QStringLiteral("--quiet"), Texts::tr("no log and no progress"), Verbosity::Quiet),
        verbosityOption(QStringLiteral("--verbose"), Texts::tr("all of the log"), Verbosity::Verbose),
    };
}

Result<void> printReport(const QByteArray &text)
{
    QFile out;
    if (out.open(stdout, QIODevice::WriteOnly) && out.write(text) == text.size() && out.flush())
        return {};
    return failure(Error::Kind::Unwritable,
                   Texts::tr("the report cannot be written to standard output (%1)").arg(out.errorString()));
}

/// One run with its screen: the job works on a thread of its own, the event loop shows what it says of itself.
/// Thread: the main thread.
class TerminalRun final : public QObject
{
public:
    explicit TerminalRun(const Settings &settings)
        : m_settings(settings)
        , m_console(settings.verbosity)
    {
        m_interrupt.emplace();
        connect(&*m_interrupt, &Interrupt::interrupted, this, [this] {
            m_stop.request_stop();
            m_patience.start(Patience);
            m_console.note(Texts::tr("Stopping after the rows under way; once more ends at once."));
        });
        connect(&m_patience, &QTimer::timeout, this, &TerminalRun::endUnlessWriting);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            if (m_isDone)
                return finish();
            const RunUpdate update = m_progress.run.take();
            m_console.showLog(update.log);
            m_console.showProgress(stepOf(m_progress.reading.snapshot(), update));
        });
    }

    void start()
    {
        // Who reads all of the log may want to know what was committed even if the program is killed the next moment.
        m_timer.start(std::chrono::milliseconds(m_settings.verbosity == Verbosity::Verbose ? 10 : 100));
        m_job = startThread([this] { work(); });
        if (m_job)
            return;
        m_result = failure(Error::Kind::Unwritable,
                           Texts::tr("no thread can be started; raise the limit of processes (ulimit -u) or of memory "
                                     "(ulimit -v). Nothing was written"));
        finish();
    }

    ~TerminalRun() override { m_stop.request_stop(); } // where it is left by an exception the job goes on
    Q_DISABLE_COPY_MOVE(TerminalRun)

private:
    // Whoever presses Ctrl+C waits for a second.
    static constexpr std::chrono::milliseconds Patience { 500 };
    static constexpr std::chrono::milliseconds LastPatience { 250 };

    // While rows are written the job mostly ends by itself, and says what became of them; a COMMIT is waited for.
    // Before and after that nothing is lost with it but work that would be thrown away.
    void endUnlessWriting()
    {
        const RunUpdate update = m_progress.run.take();
        m_console.showLog(update.log);
        switch (update.phase) {
        case RunUpdate::Phase::Starting:
        case RunUpdate::Phase::Checking:
        case RunUpdate::Phase::Validating:
            return endAtOnce(Texts::tr("Interrupted; nothing was inserted."));
        case RunUpdate::Phase::Inserting:
        case RunUpdate::Phase::Closing:
            if (std::exchange(m_isLate, true) && !m_progress.run.timeline().isCommitting())
                endUnfinished(countsOf(update));
            m_patience.start(LastPatience);
            return;
        case RunUpdate::Phase::Done:
            break;
        }
        const OutcomeCounts counts = countsOf(update);
        endAtOnce(m_settings.run.isDryRun
                      ? Texts::tr("Interrupted; nothing was inserted.")
                      : Texts::tr("Interrupted before the report was made: %1 inserted, %2 updated, %3 unchanged, "
                                  "%4 skipped, %5 failed, %6 cancelled.")
                            .arg(counts.inserted)
                            .arg(counts.updated)
                            .arg(counts.unchanged)
                            .arg(counts.skipped)
                            .arg(counts.failed)
                            .arg(counts.cancelled));
    }

    static OutcomeCounts countsOf(const RunUpdate &update)
    {
        OutcomeCounts counts;
        for (const TableProgress &table : update.tables)
            counts += table.counts;
        return counts;
    }

    // Something does not see the stop: a rule of a database, a huge schema, a disk that hangs. What is not committed is
    // rolled back by whoever opens the database next.
    [[noreturn]] void endUnfinished(const OutcomeCounts &counts)
    {
        endAtOnce(Texts::tr("Interrupted before the report was made, as a database did not come back from its work: at "
                            "least %1 rows were inserted and %2 updated. Run again to see what became of the others.")
                      .arg(counts.inserted)
                      .arg(counts.updated));
    }

    [[noreturn]] void endAtOnce(const QString &text)
    {
        m_console.clearProgress();
        m_console.error(text);
        _exit(Interrupted); // no destructors: they would wait for the job
    }

    // In a thread of its own.
    void work() noexcept
    {
        m_result = runJob(m_settings, m_progress, m_stop.get_token());
        m_isDone = true;
        try {
            QMetaObject::invokeMethod(
                this, [this] { finish(); }, Qt::QueuedConnection);
        } catch (const std::exception &) { // no memory for that: the timer sees it
        }
    }

    void finish()
    {
        if (!m_timer.isActive())
            return; // it was seen before
        m_timer.stop();
        m_patience.stop();
        m_console.showLog(m_progress.run.take().log);
        m_console.clearProgress();
        // From here on an interrupt ends the program: a reader of the report that does not read must not hold it.
        m_interrupt.reset();
        QCoreApplication::exit(m_result ? report(*m_result) : fail(m_result.error()));
    }

    int fail(const Error &error)
    {
        for (const QString &line : error.message.split(QLatin1Char('\n')))
            m_console.error(line);
        return exitStatus(error);
    }

    int report(const JobResult &result)
    {
        int status = exitStatus(result.report, m_settings.failOn);
        if (result.rejects)
            status = fail(*result.rejects);
        if (!m_settings.output.isEmpty()) {
            const QString path = m_settings.output;
            const auto wait = [&] { m_console.note(Texts::tr("Waiting for a reader of %1").arg(path)); };
            const auto written = writeReportFile(path, result.text, wait);
            if (written)
                return status;
            status = fail({ written.error().kind,
                            Texts::tr("%1: cannot be written (%2); the report follows on standard output")
                                .arg(path, written.error().message) });
        }
        if (const Result<void> printed = printReport(result.text); !printed)
            status = fail(printed.error());
        return status;
    }

    const Settings m_settings;
    Console m_console;
    std::optional<Interrupt> m_interrupt;
    std::stop_source m_stop;
    JobProgress m_progress; // written by the job; each has its own mutex
    QTimer m_timer;
    QTimer m_patience;
    bool m_isLate = false;      // rows were still written when the patience ended
    Result<JobResult> m_result; // written by the job before it is done
    std::atomic<bool> m_isDone = false;
    std::optional<std::jthread> m_job; // the last member: its destructor waits for the job, which uses the others
};

int execute(Settings settings, bool isDryRun)
{
    settings.run.isDryRun = isDryRun;
    if (settings.run.into.isEmpty())
        settings.run.into = QDir::currentPath();
    prepareDatabaseDrivers();
    TerminalRun run(settings);
    // From inside the loop: a job that ends at once would ask a loop to end that has not begun.
    QMetaObject::invokeMethod(
        &run, [&run] { run.start(); }, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

} // namespace

Command runCommand()
{
    return { QStringLiteral("run"),
             Texts::tr("Validates the rows, inserts the right ones concurrently and prints the report."), options(),
             [](const Settings &settings) { return execute(settings, false); } };
}

Command validateCommand()
{
    return { QStringLiteral("validate"), Texts::tr("Says what run would do, without writing to a database."), options(),
             [](const Settings &settings) { return execute(settings, true); } };
}

} // namespace seedbed
