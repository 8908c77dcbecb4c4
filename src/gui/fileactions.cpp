// SPDX-License-Identifier: MIT
#include "gui/fileactions.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QMessageBox>
#include <QUrl>
#include <QtConcurrent>

namespace seedbed {

FileActions::FileActions(Document &document, Settings &settings, QWidget &window)
    : QObject(&window)
    , m_document(document)
    , m_settings(settings)
    , m_window(window)
{
    m_reader.setMaxThreadCount(1);
}

void FileActions::show(const Dataset &dataset, const QString &into)
{
    m_document.setDataset(dataset);
    m_document.setTarget(into.isEmpty() ? m_settings.target(m_document.package()) : QDir(into).absolutePath());
    Q_EMIT opened();
}

void FileActions::openSample(const QString &into)
{
    ++m_requests;
    show(sampleDataset(), into);
}

void FileActions::openPackage(const QString &path, const QString &into)
{
    const quint64 request = ++m_requests;
    QtConcurrent::run(&m_reader, [path] { return readDataset(path); })
        .then(this, [this, request, into](const Result<Dataset> &dataset) {
            if (request != m_requests)
                return;
            if (dataset)
                return show(*dataset, into);
            if (m_document.tableCount() == 0)
                openSample(into);
            complain(dataset.error());
        });
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

void FileActions::save(const std::function<void()> &then)
{
    if (m_document.package().isBuiltIn())
        return saveAs(then);
    if (const Result<void> saved = saveDataset(m_document.dataset()); !saved)
        return complain(saved.error());
    m_document.undoStack().setClean();
    if (then)
        then();
}

void FileActions::saveAs(const std::function<void()> &then)
{
    askForFolder(tr("Save Package in Folder"), QDir::homePath(), [this, then](const QString &folder) {
        const Result<Dataset> saved = saveDatasetAs(m_document.dataset(), folder);
        if (!saved)
            return complain(saved.error());
        m_document.setSavedAs(*saved);
        m_document.setTarget(m_settings.target(m_document.package()));
        if (then)
            then();
    });
}

void FileActions::revertToSample()
{
    whenSafe([this] { openSample(); });
}

void FileActions::whenSafe(const std::function<void()> &then)
{
    if (m_document.undoStack().isClean())
        return then();
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
    askForFolder(tr("Folder of the Databases"), m_document.target(),
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
        return complain({ Error::Kind::Unwritable, tr("The folder %1 cannot be made").arg(folder) });
    QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
}

void FileActions::askForFolder(const QString &title, const QString &start,
                               const std::function<void(const QString &)> &then)
{
    auto *dialog = new QFileDialog(&m_window, title, start);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, then);
    dialog->open();
}

void FileActions::complain(const Error &error)
{
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Seedbed"), error.message, QMessageBox::Ok, &m_window);
    box->setObjectName(QStringLiteral("errorBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->open();
    Q_EMIT failed(error);
}

} // namespace seedbed
