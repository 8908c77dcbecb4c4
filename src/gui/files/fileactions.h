// SPDX-License-Identifier: MIT
#pragma once

// Packages and folders: opening, saving, reverting, choosing where the databases are, and the questions that go with
// it. Every question is a dialog of the window that answers by a signal; nothing waits for it.

#include "gui/document/document.h"
#include "gui/files/filestamps.h"
#include "gui/files/packageloader.h"
#include "gui/files/packagesaver.h"
#include "gui/files/settings.h"

#include <QObject>
#include <QWidget>

#include <functional>

namespace seedbed {

/// What the File menu and the target's buttons do.
/// Thread: GUI thread.
class FileActions final : public QObject
{
    Q_OBJECT

public:
    FileActions(Document &document, Settings &settings, QWidget &window);

    void openSample(const QString &into = {});
    /// Reads the package off the GUI thread; its rows are shown as they come. \a into: the folder of the databases,
    /// if not the remembered one. Where it cannot be read, what was there before is shown again, or else the sample.
    void openPackage(const QString &path, const QString &into = {});

    /// What was there before the package that is being read comes back.
    void cancelOpening();
    [[nodiscard]] PackageLoader &loader() { return m_loader; }

    void askForPackage();
    /// Writes the rows as they are now off the GUI thread; they can be edited meanwhile. Calls \a then when they are
    /// written and nothing else is unsaved. Asks first where another program has changed the files since they were
    /// read.
    void save(const std::function<void()> &then = {});
    void saveAs(const std::function<void()> &then = {});
    [[nodiscard]] const PackageSaver &saver() const { return m_saver; }
    void revertToSample();

    /// Whether there are edits that are not in the package's files, or not all of them yet.
    [[nodiscard]] bool hasUnsavedEdits() const;
    /// Calls \a then, at once if nothing is unsaved, else when the user has said Save or Discard.
    void whenSafe(const std::function<void()> &then);

    void chooseTarget();
    void setTarget(const QString &folder);
    void openTarget();

Q_SIGNALS:
    void opened();
    void unsavedChanged(bool hasUnsavedEdits);
    /// \a dataset is what is in the package's files now.
    void saved(const seedbed::Dataset &dataset);
    void failed(const seedbed::Error &error);

private:
    void show(const Dataset &dataset, const QString &into);
    void showPart(const Dataset &part);
    void goBack();
    void askWhetherToOverwrite(const QStringList &files, const std::function<void()> &then);
    void beginSaving(const QString &folder, const std::function<void()> &then);
    void endSaving(const Dataset &saved);
    void failSaving(const Error &error);
    void whenSaved(const std::function<void()> &then);
    void askWhetherToSave(const std::function<void()> &then);

    Document &m_document;
    Settings &m_settings;
    QWidget &m_window;
    PackageLoader m_loader;
    QString m_into;   // of the package that is being read
    Dataset m_before; // what was there before it
    QString m_targetBefore;
    FileStamps m_stamps;                           // of the files as they were read or written last
    std::shared_ptr<const Package> m_savedPackage; // whose rows are being written
    QList<std::function<void()>> m_afterSaving;
    PackageSaver m_saver;
};

} // namespace seedbed
