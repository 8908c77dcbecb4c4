// SPDX-License-Identifier: MIT
#pragma once

// Unsaved edits survive the program: they are written to a recovery file a moment after they are made, and put back
// when their package is opened again. What is in the file is rows/recovery.h, whose it is recoveryfile.h.

#include "gui/files/recoveryfile.h"
#include "rows/dataset.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <memory>
#include <optional>

namespace seedbed {

class Document;
class FileActions;

/// Keeps the unsaved edits of a document, as long as there are some and this lives. It reads and writes off the GUI
/// thread, and takes no more than a small share of the time for it.
/// Thread: GUI thread.
class Autosave final : public QObject
{
    Q_OBJECT

public:
    /// \a folder: of the recovery files.
    Autosave(Document &document, FileActions &files, const QString &folder);
    ~Autosave() override;

    /// The descriptor of the package whose edits were left behind last, if it is still there; else empty.
    [[nodiscard]] QString abandonedPackage() const;
    /// Takes back the edits that were recovered, if nothing was done since; redoing brings them back.
    void discardRecovered();

Q_SIGNALS:
    /// Edits were put back, as one step of undo.
    void recovered(const QDateTime &edited);
    /// Something was done since: they cannot be taken back any more without it.
    void builtUpon();
    /// They cannot be written or read.
    void failed(const seedbed::Error &error);

private:
    void setSaved(const QList<Table> &tables);
    void note();
    void write();
    void drop();
    void tell(const Error &error);
    void recover();
    void read(const std::shared_ptr<RecoveryFile> &file, const QDateTime &edited);
    void putBack(const EditedTables &tables);
    void noteStep(int index);
    void setAside(const RecoveryFile &file, const Error &error);

    Document &m_document;
    FileActions &m_files;
    QString m_folder;
    QList<Table> m_saved;                 // the rows in the package's files
    std::shared_ptr<RecoveryFile> m_file; // where there are unsaved edits that were kept
    QTimer m_timer;
    bool m_isWriting = false;
    bool m_isDue = false;             // there are edits since the last writing
    std::optional<int> m_recoveredAt; // in the undo history, as long as it is the last step
    QString m_told;                   // the error that was told last
    QThreadPool m_pool;               // the last member: it waits for the work under way before anything else goes
};

} // namespace seedbed
