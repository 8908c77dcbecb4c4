// SPDX-License-Identifier: MIT
#include "cli/runjob.h"

#include "base/memorylimit.h"
#include "base/regularfile.h"
#include "cli/reportfile.h"
#include "export/rejects.h"
#include "report/reportjson.h"
#include "report/reporttext.h"
#include "rows/dataset.h"
#include "rows/packagefiles.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <exception>
#include <utility>

namespace seedbed {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(seedbed::RunJob)
};

/// That the report's file can be made, tried without leaving anything.
Result<void> checkOutput(const QString &path)
{
    const auto checked = checkReportFile(path);
    if (checked)
        return {};
    return failure(
        Error::Kind::Unwritable,
        Texts::tr("%1: cannot be written (%2); name another file with --output").arg(path, checked.error().message));
}

/// That the report's file is none of those that are read and written.
Result<void> checkOutputIsOwn(const Settings &settings, const Package &package, const PackageFiles &files)
{
    const auto lost = files.overwrittenBy(settings.output);
    const QStringList rejects = settings.rejects.isEmpty() ? QStringList() : rejectPaths(package, settings.rejects);
    const bool isRejects =
        std::ranges::any_of(rejects, [&](const QString &path) { return placeOf(path) == placeOf(settings.output); });
    if (!lost && !isRejects)
        return {};
    const QString what = isRejects                   ? Texts::tr("the rejects of a table")
        : placeOf(*lost) == placeOf(settings.output) ? Texts::tr("it")
                                                     : *lost;
    return failure(Error::Kind::Unwritable,
                   Texts::tr("%1: the report would overwrite %2; name a file of its own with --output")
                       .arg(settings.output, what));
}

/// That the rejects overwrite none of the files they come from, and none of those that are written.
Result<void> checkRejects(const QString &folder, const Package &package, const PackageFiles &files)
{
    if (QFileInfo::exists(folder) && !QFileInfo(folder).isDir())
        return failure(Error::Kind::Unwritable,
                       Texts::tr("%1: is not a folder; name a folder with --rejects").arg(folder));
    const auto refuse = [](const QString &file) {
        return failure(
            Error::Kind::Unwritable,
            Texts::tr("%1: the rejects could overwrite it; name a folder of their own with --rejects").arg(file));
    };
    for (const Resource &resource : package.resources) {
        const QFileInfo source(QDir(package.folder()), resource.path);
        if (resource.path.isEmpty() || !source.exists())
            continue;
        if (QFileInfo(source.canonicalPath()) == QFileInfo(QDir(folder).canonicalPath()))
            return refuse(source.filePath());
    }
    for (const QString &path : rejectPaths(package, folder)) {
        if (const auto lost = files.overwrittenBy(path))
            return refuse(*lost);
    }
    return {};
}

/// That what is written beside the databases has a place of its own.
Result<void> checkPlaces(const Settings &settings, const Package &package)
{
    if (settings.output.isEmpty() && settings.rejects.isEmpty())
        return {};
    const PackageFiles files(package, settings.run.into);
    const Result<void> checked =
        settings.output.isEmpty() ? Result<void>() : checkOutputIsOwn(settings, package, files);
    if (!checked || settings.rejects.isEmpty())
        return checked;
    return checkRejects(settings.rejects, package, files);
}

QByteArray reportBytes(const RunReport &report, ReportFormat format)
{
    switch (format) {
    case ReportFormat::Text:
        return reportToText(report).toUtf8();
    case ReportFormat::Json:
        return reportToJson(report);
    }
    return {};
}

Result<JobResult> doJob(const Settings &settings, JobProgress &progress, const std::stop_token &stop)
{
    if (!hasMemoryFor(0))
        return tl::unexpected(notEnoughMemory());
    if (!settings.output.isEmpty()) {
        if (const Result<void> checked = checkOutput(settings.output); !checked)
            return tl::unexpected<Error>(checked.error());
    }
    const Result<Dataset> dataset = settings.package.isEmpty()
        ? sampleDataset()
        : readDataset(settings.package, &progress.reading, stop, settings.limits);
    if (!dataset)
        return tl::unexpected<Error>(dataset.error());
    if (const Result<void> checked = checkPlaces(settings, *dataset->package); !checked)
        return tl::unexpected<Error>(checked.error());
    for (const QString &warning : dataset->warnings)
        progress.run.log(LogEntry::Level::Warning, warning);

    Result<RunReport> report = run(*dataset, settings.run, progress.run, stop);
    if (!report)
        return tl::unexpected<Error>(report.error());
    const bool isShort = stop.stop_requested() && report->leaveOutRejected();
    JobResult result { *report, reportBytes(*report, settings.format), {} };
    if (!settings.rejects.isEmpty() && isShort) {
        result.rejects = Error { Error::Kind::Stopped, Texts::tr("stopped: the rows rejected were not written") };
    } else if (!settings.rejects.isEmpty()) {
        if (const RejectFiles files = writeRejects(*report, *dataset, settings.rejects); files.error)
            result.rejects = *files.error;
    }
    return result;
}

} // namespace

Result<JobResult> runJob(const Settings &settings, JobProgress &progress, const std::stop_token &stop)
{
    // Made while there is memory for it.
    Error noMemory { Error::Kind::Unwritable,
                     Texts::tr("not enough memory; rows that went in before are in: run again with more memory "
                               "(ulimit -v) or fewer rows") };
    try {
        return doJob(settings, progress, stop);
    } catch (const std::exception &) {
        return tl::unexpected(std::move(noMemory));
    }
}

ExitStatus exitStatus(const RunReport &report, FailOn failOn)
{
    if (report.outcome == RunReport::Outcome::Cancelled)
        return Interrupted;
    if (report.stayedLocked)
        return StayedLocked;
    const OutcomeCounts counts = report.totals();
    const bool hasNamedRows =
        (failOn != FailOn::None && counts.failed > 0) || (failOn == FailOn::Skipped && counts.skipped > 0);
    return hasNamedRows || report.isRefused || !report.auditFindings.isEmpty() ? RowsNotIn : Done;
}

ExitStatus exitStatus(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::Unreadable:
    case Error::Kind::Unwritable:
    case Error::Kind::Refused:
        return FileTrouble;
    case Error::Kind::Locked:
        return StayedLocked;
    case Error::Kind::Stopped:
        return Interrupted;
    }
    return FileTrouble;
}

} // namespace seedbed
