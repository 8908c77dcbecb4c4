// SPDX-License-Identifier: MIT
#include "gui/files/recoveryfile.h"

#include "gui/files/ownfolder.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QUuid>

#include <utility>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(RecoveryFile)
};

const QString Suffix = QStringLiteral(".recovery");

} // namespace

RecoveryFile::RecoveryFile(const QString &path, std::unique_ptr<FileLock> lock)
    : m_path(path)
    , m_lock(std::move(lock))
{
}

std::shared_ptr<RecoveryFile> RecoveryFile::take(const QString &path)
{
    auto attempt = FileLock::tryLock(path + QStringLiteral(".lock"));
    if (!attempt || !attempt->lock)
        return nullptr;
    return std::shared_ptr<RecoveryFile>(new RecoveryFile(path, std::move(attempt->lock)));
}

Result<std::shared_ptr<RecoveryFile>> RecoveryFile::make(const QString &folder)
{
    constexpr QFile::Permissions Owner = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    const bool isMade = makeOwnFolder(folder) && QFile::setPermissions(folder, Owner);
    const QString name = QUuid::createUuid().toString(QUuid::WithoutBraces) + Suffix;
    if (auto file = isMade ? take(QDir(folder).filePath(name)) : nullptr)
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
        auto file = take(directory.filePath(name));
        if (file && QFile::exists(file->m_path)) // its program may have ended just now
            files.push_back(std::move(file));
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
