// SPDX-License-Identifier: MIT
#include "gui/recoveryfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QUuid>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(RecoveryFile)
};

const QString Suffix = QStringLiteral(".recovery");

} // namespace

RecoveryFile::RecoveryFile(const QString &path)
    : m_path(path)
    , m_lock(std::make_unique<QLockFile>(path + QStringLiteral(".lock")))
{
    m_lock->setStaleLockTime(0); // a long session is not a dead one; a process that is gone is noticed all the same
}

Result<std::shared_ptr<RecoveryFile>> RecoveryFile::make(const QString &folder)
{
    const bool isMade =
        QDir().mkpath(folder) && QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const QString name = QUuid::createUuid().toString(QUuid::WithoutBraces) + Suffix;
    const std::shared_ptr<RecoveryFile> file(new RecoveryFile(QDir(folder).filePath(name)));
    if (isMade && file->m_lock->tryLock(0))
        return file;
    return failure(Error::Kind::Unwritable,
                   Text::tr("%1 cannot be written, so unsaved edits are not kept; save them soon")
                       .arg(QDir::toNativeSeparators(folder)));
}

std::vector<std::shared_ptr<RecoveryFile>> RecoveryFile::takeAbandoned(const QString &folder)
{
    std::vector<std::shared_ptr<RecoveryFile>> files;
    const QDir directory(folder);
    for (const QString &name : directory.entryList({ QLatin1Char('*') + Suffix }, QDir::Files, QDir::Time)) {
        const std::shared_ptr<RecoveryFile> file(new RecoveryFile(directory.filePath(name)));
        if (file->m_lock->tryLock(0) && QFile::exists(file->m_path)) // its program may have ended just now
            files.push_back(file);
    }
    return files;
}

void RecoveryFile::remove() const
{
    QFile::remove(m_path);
}

QString RecoveryFile::setAside() const
{
    const QString name = m_path + QStringLiteral(".unread");
    return QFile::rename(m_path, name) ? name : m_path;
}

} // namespace seedbed
