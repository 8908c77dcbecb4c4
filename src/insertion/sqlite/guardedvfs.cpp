// SPDX-License-Identifier: MIT
#include "insertion/sqlite/guardedvfs.h"

#include <sqlite3.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>

namespace seedbed {
namespace {

// A regular file has one name, or none once it was deleted. Others that SQLite opens are folders, to sync them, and
// the kernel's random numbers.
bool isHarmless(const struct stat &facts)
{
    if (S_ISREG(facts.st_mode))
        return facts.st_nlink <= 1;
    return S_ISDIR(facts.st_mode) || S_ISCHR(facts.st_mode);
}

// Stands in for open(2) inside SQLite, with the same arguments and answers.
int openHarmless(const char *path, int flags, int mode)
{
    const int file = ::open(path, flags | O_NONBLOCK, mode); // a pipe would be waited for
    struct stat facts {
    };
    if (file < 0 || (::fstat(file, &facts) == 0 && isHarmless(facts)))
        return file;
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
