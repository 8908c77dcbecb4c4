// SPDX-License-Identifier: MIT
#include "gui/files/fileactions.h"

#include "gui/look/folderdialog.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace seedbed {

FileActions::FileActions(Document &document, Settings &settings, QWidget &window)
    : QObject(&window)
    , m_document(document)
    , m_settings(settings)
    , m_window(window)
{
    connect(&m_loader, &PackageLoader::started, this, [this] { m_document.setHeld(true); });
    connect(&m_loader, &PackageLoader::grown, this, &FileActions::showPart);
    connect(&m_loader, &PackageLoader::loaded, this, [this](const Dataset &dataset) { show(dataset, m_into); });
    connect(&m_loader, &PackageLoader::failed, this, [this](const Error &error) {
        goBack();
        Q_EMIT failed(error);
    });
    connect(&m_saver, &PackageSaver::saved, this, &FileActions::endSaving);
    connect(&m_saver, &PackageSaver::failed, this, &FileActions::failSaving);
    const auto stamp = [this] { m_stamps = FileStamps(m_document.package()); };
    connect(&document, &Document::reset, this, stamp);
    connect(&document, &Document::loadingEnded, this, stamp);
    connect(&document.undoStack(), &QUndoStack::cleanChanged, this,
            [this] { Q_EMIT unsavedChanged(hasUnsavedEdits()); });
}

void FileActions::show(const Dataset &dataset, const QString &into)
{
    m_document.disposal().take(std::exchange(m_before, {}));
    if (m_document.isLoading())
        m_document.endLoading(dataset);
    else
        m_document.setDataset(dataset);
    m_document.setTarget(into.isEmpty() ? m_settings.target(m_document.package()) : QDir(into).absolutePath());
    Q_EMIT opened();
}

void FileActions::showPart(const Dataset &part)
{
    if (m_document.isLoading())
        return m_document.grow(part.tables);
    m_before = m_document.dataset();
    m_targetBefore = m_document.target();
    m_document.beginLoading(part);
}

void FileActions::goBack()
{
    const Dataset before = std::exchange(m_before, {});
    if (m_document.isLoading() && !before.tables.isEmpty()) {
        m_document.setDataset(before);
        m_document.setTarget(m_targetBefore);
    } else if (m_document.isLoading() || m_document.tableCount() == 0) {
        openSample(m_into);
    } else {
        m_document.setHeld(false);
    }
}

void FileActions::cancelOpening()
{
    m_loader.cancel();
    goBack();
}

void FileActions::openSample(const QString &into)
{
    m_loader.cancel();
    const Dataset sample = sampleDataset();
    if (m_document.isLoading())
        m_document.setDataset(sample); // of another package
    show(sample, into);
}

void FileActions::openPackage(const QString &path, const QString &into)
{
    if (m_document.isLoading())
        goBack(); // to what was there before both
    m_into = into;
    m_loader.load(path, m_settings.readLimits());
}

void FileActions::askForPackage()
{
    whenSafe([this] {
        auto *dialog = new QFileDialog(&m_window, tr("Open Package"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        dialog->setNameFilters({ tr("Data packages (datapackage.json *.json)"), tr("All files (*)") });
        if (!m_document.package().isBuiltIn())
            dialog->setDirectory(m_document.package().folder());
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) { openPackage(file); });
        dialog->open();
    });
}

// --- saving

bool FileActions::hasUnsavedEdits() const
{
    return m_saver.isSaving() || !m_document.undoStack().isClean();
}

void FileActions::save(const std::function<void()> &then)
{
    if (m_document.package().isBuiltIn())
        saveAs(then);
    else
        whenSaved([this, then] {
            if (const QStringList changed = m_stamps.changedFiles(); !changed.isEmpty())
                askWhetherToOverwrite(changed, then);
            else
                beginSaving({}, then);
        });
}

void FileActions::askWhetherToOverwrite(const QStringList &files, const std::function<void()> &then)
{
    constexpr qsizetype MostNamed = 5;
    QStringList names;
    for (const QString &file : files.first(std::min(MostNamed, files.size())))
        names.append(QFileInfo(file).fileName());
    if (files.size() > MostNamed)
        names.append(QStringLiteral("…"));
    auto *box =
        new QMessageBox(QMessageBox::Warning, tr("Files changed by another program"),
                        tr("Another program has changed %1 since this package was opened or saved.\n\nIf you save, its "
                           "changes are lost. To see them, open the package again; unsaved edits are lost then.")
                            .arg(names.join(QStringLiteral(", "))),
                        QMessageBox::Cancel, &m_window);
    box->setObjectName(QStringLiteral("overwriteBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    QPushButton *overwrite = box->addButton(tr("Save Anyway"), QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(overwrite, &QPushButton::clicked, this,
            [this, then] { whenSaved([this, then] { beginSaving({}, then); }); });
    box->open();
}

void FileActions::saveAs(const std::function<void()> &then)
{
    chooseFolder(m_window, tr("Save Package in Folder"), QDir::homePath(), [this, then](const QString &folder) {
        whenSaved([this, folder, then] { beginSaving(folder, then); });
    });
}

void FileActions::beginSaving(const QString &folder, const std::function<void()> &then)
{
    m_savedPackage = m_document.dataset().package;
    if (then)
        m_afterSaving.append([this, then] { whenSafe(then); });
    m_saver.save(m_document.dataset(), folder);
    m_document.undoStack().setClean(); // here, as what is typed from now on is not saved
    Q_EMIT unsavedChanged(true);
}

void FileActions::endSaving(const Dataset &saved)
{
    if (m_document.dataset().package == m_savedPackage && saved.package != m_savedPackage) {
        m_document.setSavedAs(saved);
        m_settings.setTarget(m_document.package(), m_document.target()); // the databases stay where they are
    }
    m_stamps = FileStamps(m_document.package());
    Q_EMIT unsavedChanged(hasUnsavedEdits());
    Q_EMIT this->saved(saved);
    const QList<std::function<void()>> waiting = std::exchange(m_afterSaving, {});
    for (const std::function<void()> &then : waiting)
        whenSaved(then); // one of them may save again
}

void FileActions::failSaving(const Error &error)
{
    m_afterSaving.clear();
    if (m_document.dataset().package == m_savedPackage)
        m_document.undoStack().resetClean();
    m_stamps = FileStamps(m_document.package()); // some may have been written
    Q_EMIT unsavedChanged(hasUnsavedEdits());
    Q_EMIT failed(error);
}

void FileActions::whenSaved(const std::function<void()> &then)
{
    if (m_saver.isSaving())
        m_afterSaving.append(then);
    else
        then();
}

void FileActions::revertToSample()
{
    whenSafe([this] { openSample(); });
}

void FileActions::whenSafe(const std::function<void()> &then)
{
    whenSaved([this, then] {
        if (hasUnsavedEdits())
            askWhetherToSave(then);
        else
            then();
    });
}

void FileActions::askWhetherToSave(const std::function<void()> &then)
{
    auto *box = new QMessageBox(QMessageBox::Question, tr("Unsaved edits"),
                                tr("Save the edits of %1?").arg(m_document.package().title),
                                QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, &m_window);
    box->setObjectName(QStringLiteral("unsavedBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setDefaultButton(QMessageBox::Save);
    connect(box, &QMessageBox::finished, this, [this, then](int answer) {
        if (answer == QMessageBox::Save)
            save(then);
        else if (answer == QMessageBox::Discard)
            then();
    });
    box->open();
}

void FileActions::chooseTarget()
{
    chooseFolder(m_window, tr("Folder of the Databases"), m_document.target(),
                 [this](const QString &folder) { setTarget(folder); });
}

void FileActions::setTarget(const QString &folder)
{
    m_settings.setTarget(m_document.package(), folder);
    m_document.setTarget(folder);
}

void FileActions::openTarget()
{
    const QString folder = m_document.target();
    if (!QDir().mkpath(folder))
        return Q_EMIT failed({ Error::Kind::Unwritable, tr("The folder %1 cannot be made").arg(folder) });
    QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
}

} // namespace seedbed
