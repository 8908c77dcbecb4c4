// SPDX-License-Identifier: MIT
#include "insertion/sqlite/guardedvfs.h"

#include <sqlite3.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <mutex>

namespace seedbed {
namespace {

// Whether a regular file has the name \a path, and no other one. A name that was put there for a moment may be gone by
// now: what is to be written to must have it still. What is read may have been deleted in between, as a journal is.
bool isNamedOnce(const char *path, const struct stat &facts, bool isRead)
{
    // The kernel counts a name that goes a moment before it is gone: who links and unlinks without rest is seen in that
    // moment now and then, but not again and again. An empty file has nothing to lose, and what is no database SQLite
    // reads before it writes.
    const QByteArrayView name(path);
    const bool isBeside = name.endsWith("-wal") || name.endsWith("-shm") || name.endsWith("-journal");
    const int looks = isBeside && !isRead && facts.st_size > 0 ? 12 : 1;
    for (int look = 0; look < looks; ++look) {
        struct stat named {
        };
        if (look > 0)
            (void)std::rename(path, path); // changes nothing, after whoever changes the folder now
        if (::lstat(path, &named) != 0)
            return isRead && facts.st_nlink == 0;
        if (named.st_dev != facts.st_dev || named.st_ino != facts.st_ino || named.st_nlink != 1)
            return false;
    }
    return true;
}

// Stands in for open(2) inside SQLite, with the same arguments and answers. Other than regular files SQLite opens
// folders, to sync them, and the kernel's random numbers.
int openHarmless(const char *path, int flags, int mode)
{
    const int file = ::open(path, flags | O_NONBLOCK, mode); // a pipe would be waited for
    struct stat facts {
    };
    if (file < 0)
        return file;
    const bool isKnown = ::fstat(file, &facts) == 0;
    const bool isRegular = isKnown && S_ISREG(facts.st_mode);
    if (isRegular && isNamedOnce(path, facts, (flags & O_ACCMODE) == O_RDONLY))
        return file;
    if (isKnown && (S_ISDIR(facts.st_mode) || S_ISCHR(facts.st_mode)))
        return file;
    // Closing a file gives up the locks that this process has on it, by whatever descriptor: it is left open.
    if (!isRegular)
        ::close(file);
    errno = EPERM;
    return -1;
}

void checkWhatSqliteOpens()
{
    static std::once_flag once;
    std::call_once(once, [] {
        sqlite3_vfs *const vfs = sqlite3_vfs_find(nullptr);
        if (vfs->iVersion >= 3 && vfs->xSetSystemCall != nullptr)
            vfs->xSetSystemCall(vfs, "open", reinterpret_cast<sqlite3_syscall_ptr>(openHarmless));
    });
}

} // namespace

/// What SQLite sees: its functions are handed a pointer to the base.
struct GuardedVfs::Vfs final : sqlite3_vfs {
    sqlite3_vfs *real = nullptr;
    QByteArray name;
    QByteArray journal;
    QByteArray log;
    Access access = Access::Look;

    static const Vfs &of(const sqlite3_vfs *vfs) { return *static_cast<const Vfs *>(vfs); }

    static int openFile(sqlite3_vfs *vfs, sqlite3_filename path, sqlite3_file *file, int flags, int *opened)
    {
        const Vfs &self = of(vfs);
        file->pMethods = nullptr; // as long as nothing is open
        if ((flags & SQLITE_OPEN_SUPER_JOURNAL) != 0)
            return SQLITE_CANTOPEN;
        const bool isTemporary = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
        if (self.access == Access::Look && !isTemporary) {
            constexpr int Writing = SQLITE_OPEN_CREATE | SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXCLUSIVE;
            flags = (flags & ~Writing) | SQLITE_OPEN_READONLY;
        }
        return self.real->xOpen(self.real, path, file, flags, opened);
    }

    static int deleteFile(sqlite3_vfs *vfs, const char *path, int syncFolder)
    {
        const Vfs &self = of(vfs);
        const bool isOwn = self.journal == path || self.log == path;
        if (!isOwn || self.access == Access::Look)
            return SQLITE_IOERR_DELETE;
        return self.real->xDelete(self.real, path, syncFolder);
    }
};

GuardedVfs::GuardedVfs(const QByteArray &path, Access access)
    : m_vfs(std::make_unique<Vfs>())
{
    checkWhatSqliteOpens();
    sqlite3_vfs *const real = sqlite3_vfs_find(nullptr);
    static_cast<sqlite3_vfs &>(*m_vfs) = *real;
    m_vfs->real = real;
    m_vfs->name = "seedbed-" + QByteArray::number(reinterpret_cast<quintptr>(m_vfs.get()), 16);
    m_vfs->journal = path + "-journal";
    m_vfs->log = path + "-wal";
    m_vfs->access = access;
    m_vfs->pNext = nullptr;
    m_vfs->zName = m_vfs->name.constData();
    m_vfs->xOpen = Vfs::openFile;
    m_vfs->xDelete = Vfs::deleteFile;
    sqlite3_vfs_register(m_vfs.get(), 0);
}

GuardedVfs::~GuardedVfs()
{
    sqlite3_vfs_unregister(m_vfs.get());
}

QByteArray GuardedVfs::name() const
{
    return m_vfs->name;
}

} // namespace seedbed
