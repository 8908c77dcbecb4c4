// SPDX-License-Identifier: MIT
#include "gui/files/autosave.h"

#include "base/background.h"
#include "gui/document/document.h"
#include "gui/files/fileactions.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <algorithm>
#include <chrono>
#include <utility>

namespace seedbed {

namespace {

constexpr std::chrono::milliseconds ShortestPause { 2000 };
constexpr int PauseShare = 10; // of the time that writing took: large tables are written less often

} // namespace

Autosave::Autosave(Document &document, FileActions &files, const QString &folder)
    : QObject(&files)
    , m_document(document)
    , m_files(files)
    , m_folder(folder)
    , m_saved(document.dataset().tables)
{
    m_pool.setMaxThreadCount(1); // what is written and removed is so in order
    m_timer.setSingleShot(true);
    m_timer.setInterval(ShortestPause);
    const auto takeRows = [this] { setSaved(m_document.dataset().tables); };
    connect(&m_timer, &QTimer::timeout, this, &Autosave::write);
    connect(&document, &Document::reset, this, takeRows);
    connect(&document, &Document::loadingEnded, this, takeRows);
    connect(&document.undoStack(), &QUndoStack::indexChanged, this, &Autosave::note);
    connect(&document.undoStack(), &QUndoStack::indexChanged, this, &Autosave::noteStep);
    connect(&files, &FileActions::unsavedChanged, this, &Autosave::note);
    connect(&files, &FileActions::saved, this, [this](const Dataset &saved) { setSaved(saved.tables); });
    connect(&files, &FileActions::opened, this, &Autosave::recover);
}

Autosave::~Autosave()
{
    drop();
}

// --- keeping edits

void Autosave::setSaved(const QList<Table> &tables)
{
    m_document.disposal().take(std::exchange(m_saved, tables));
}

void Autosave::note()
{
    if (!m_files.hasUnsavedEdits())
        return drop();
    m_isDue = true;
    if (!m_timer.isActive() && !m_isWriting)
        m_timer.start();
}

void Autosave::write()
{
    if (!m_file) {
        const Result<std::shared_ptr<RecoveryFile>> made = RecoveryFile::make(m_folder);
        if (!made)
            return tell(made.error());
        m_file = *made;
    }
    m_isDue = false;
    m_isWriting = true;
    QElapsedTimer clock;
    clock.start();
    const auto work = [saved = m_saved, now = m_document.dataset(), file = m_file] {
        return writeRecovery(file->path(), *now.package, QDateTime::currentDateTime(),
                             tablesEditedSince(saved, now.tables));
    };
    doInBackground(m_pool, *this, work, [this, clock](const Result<void> &written) {
        m_isWriting = false;
        m_timer.setInterval(std::max(ShortestPause, PauseShare * std::chrono::milliseconds(clock.elapsed())));
        if (!written)
            tell(written.error());
        if (m_isDue)
            m_timer.start();
    });
}

void Autosave::drop()
{
    m_timer.stop();
    m_isDue = false;
    if (m_file)
        doUnawaited(m_pool, [file = std::exchange(m_file, nullptr)] { file->remove(); });
}

void Autosave::tell(const Error &error)
{
    if (std::exchange(m_told, error.message) != error.message) // else again and again
        Q_EMIT failed(error);
}

// --- putting them back

QString Autosave::abandonedPackage() const
{
    for (const std::shared_ptr<RecoveryFile> &file : RecoveryFile::takeAbandoned(m_folder)) {
        const QString path = readRecoveryHead(file->path()).value_or(RecoveryHead()).descriptorPath;
        if (path.startsWith(QLatin1String(":/")))
            return {}; // the sample, which is what is shown where nothing else is asked for
        if (QFileInfo(path).isFile())
            return path;
    }
    return {};
}

void Autosave::recover()
{
    std::shared_ptr<RecoveryFile> found;
    for (const std::shared_ptr<RecoveryFile> &file : RecoveryFile::takeAbandoned(m_folder)) {
        const Result<RecoveryHead> head = readRecoveryHead(file->path());
        if (!head) {
            setAside(*file, head.error());
        } else if (!found && head->descriptorPath == m_document.package().descriptorPath) {
            found = file;
            read(file, head->edited);
        }
    }
}

void Autosave::read(const std::shared_ptr<RecoveryFile> &file, const QDateTime &edited)
{
    const auto work = [file, package = m_document.dataset().package] { return readRecovery(file->path(), *package); };
    const auto take = [this, file, edited, package = m_document.dataset().package](const Result<EditedTables> &tables) {
        if (m_document.dataset().package != package || !m_document.isEditable())
            return; // they stay where they are until theirs is opened again
        if (!tables)
            return setAside(*file, tables.error());
        drop();
        m_file = file;
        putBack(*tables);
        Q_EMIT recovered(edited);
    };
    doInBackground(m_pool, *this, work, take);
}

void Autosave::putBack(const EditedTables &tables)
{
    QUndoStack &history = m_document.undoStack();
    history.beginMacro(tr("Recover Unsaved Edits"));
    for (int table = 0; table < tables.size(); ++table) {
        if (!tables.at(table))
            continue;
        if (const qsizetype rows = m_document.table(table).rowCount(); rows > 0)
            m_document.removeRows(table, { { 0, rows } });
        m_document.pasteRows(table, *tables.at(table));
    }
    history.endMacro();
    m_recoveredAt = history.index() - 1;
}

void Autosave::noteStep(int index)
{
    if (!m_recoveredAt || index == *m_recoveredAt + 1)
        return;
    m_recoveredAt.reset();
    Q_EMIT builtUpon();
}

void Autosave::discardRecovered()
{
    if (m_recoveredAt)
        m_document.undoStack().setIndex(*m_recoveredAt);
}

void Autosave::setAside(const RecoveryFile &file, const Error &error)
{
    tell({ error.kind, tr("%1. It is kept as %2").arg(error.message, QDir::toNativeSeparators(file.setAside())) });
}

} // namespace seedbed
