// SPDX-License-Identifier: MIT
#include "gui/window/worksources.h"

#include "gui/document/document.h"
#include "gui/files/fileactions.h"
#include "gui/look/progressstrip.h"
#include "gui/run/runcontroller.h"

#include <QCoreApplication>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(WorkSources)
};

Work readingOf(const ReadProgress::Snapshot &snapshot)
{
    Work work { Text::tr("Reading"), Work::Unit::Bytes, static_cast<double>(snapshot.bytesRead()),
                static_cast<double>(snapshot.bytesInAll()) };
    qint64 most = 0;
    for (int table = 0; table < snapshot.states.size(); ++table) {
        const ReadProgress::TableState &state = snapshot.states.at(table);
        const qint64 left = state.bytesInAll - state.bytesRead;
        if (state.state != ReadProgress::State::Reading || left <= most)
            continue;
        most = left;
        work.what = Text::tr("Reading %1").arg(snapshot.package->resources.at(table).path);
    }
    return work;
}

Work workOf(const RunUpdate &update)
{
    double decided = 0;
    double read = 0;
    for (const TableProgress &table : update.tables) {
        decided += static_cast<double>(table.counts.sum());
        read += static_cast<double>(table.read);
    }
    switch (update.phase) {
    case RunUpdate::Phase::Starting:
    case RunUpdate::Phase::Checking:
        return { Text::tr("Checking the databases") };
    case RunUpdate::Phase::Validating:
        return { Text::tr("Validating"), Work::Unit::Share, static_cast<double>(update.validated),
                 static_cast<double>(update.rows) };
    case RunUpdate::Phase::Inserting:
        return { Text::tr("Inserting"), Work::Unit::Rows, decided, read };
    case RunUpdate::Phase::Closing:
    case RunUpdate::Phase::Done:
        return { Text::tr("Closing the databases") };
    }
    Q_UNREACHABLE();
}

} // namespace

void showWork(ProgressStrip &strip, FileActions &files, RunController &run, Document &document)
{
    strip.add({ [&loader = files.loader()]() -> std::optional<Work> {
                   return loader.isLoading() ? std::optional(readingOf(loader.snapshot())) : std::nullopt;
               },
                [&files] { files.cancelOpening(); } });
    strip.add({ [&run]() -> std::optional<Work> {
                   return run.isRunning() ? std::optional(workOf(run.latest())) : std::nullopt;
               },
                [&run] { run.stop(); } });
    strip.add({ [&document]() -> std::optional<Work> {
                   const ValidationProgress *progress = document.validationProgress();
                   if (!progress)
                       return std::nullopt;
                   return Work { Text::tr("Validating"), Work::Unit::Share, static_cast<double>(progress->done),
                                 static_cast<double>(progress->rows) };
               },
                [&document] { document.cancelValidation(); } });
    strip.add({ [&files]() -> std::optional<Work> {
                   return files.saver().isSaving() ? std::optional(Work { Text::tr("Saving") }) : std::nullopt;
               },
                {} });
    QObject::connect(&files.saver(), &PackageSaver::started, &strip, &ProgressStrip::wake);
    QObject::connect(&files.loader(), &PackageLoader::started, &strip, &ProgressStrip::wake);
    QObject::connect(&run, &RunController::started, &strip, &ProgressStrip::wake);
    QObject::connect(&document, &Document::validationStarted, &strip, &ProgressStrip::wake);
}

} // namespace seedbed
