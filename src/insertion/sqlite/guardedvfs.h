// SPDX-License-Identifier: MIT
#pragma once

// What a connection may do to the files around its database: SQLite itself follows what it finds there.

#include <QByteArray>

#include <memory>

namespace seedbed {

/// A virtual file system for one connection (sqlite.org/vfs.html), around the one that SQLite uses by default.
///
/// It never deletes another file than the database's own journal and log: SQLite, rolling a journal back, deletes
/// whatever file that journal names as its super-journal. A super-journal is not opened either. For a look, nothing is
/// made, deleted or opened for writing.
///
/// The first one made also has every file that SQLite opens checked on its descriptor: a file with a second name, or
/// no longer the one of that name, a pipe or a socket cannot be opened, even if it was put there a moment ago.
/// Thread: that of its connection, which must be closed before the GuardedVfs is destroyed.
class GuardedVfs final
{
public:
    enum class Access { Look, Write };

    /// \a path: absolute, of the database.
    GuardedVfs(const QByteArray &path, Access access);
    ~GuardedVfs();
    Q_DISABLE_COPY_MOVE(GuardedVfs)

    /// The name under which a connection asks for it.
    [[nodiscard]] QByteArray name() const;

private:
    struct Vfs;
    std::unique_ptr<Vfs> m_vfs;
};

} // namespace seedbed
