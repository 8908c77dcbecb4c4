// SPDX-License-Identifier: MIT
#pragma once

// Files that are their owner's are so by what the program does, not by the mask of whoever runs the test.

#include <QFile>

#include <sys/stat.h>

namespace seedbed {

/// What a file that is its owner's has none of.
constexpr QFile::Permissions ForOthers =
    QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;

/// While it lives, anybody may read and write a new file of this process, unless who makes it says otherwise.
class OpenUmask final
{
public:
    OpenUmask()
        : m_before(::umask(0))
    {
    }
    ~OpenUmask() { ::umask(m_before); }
    Q_DISABLE_COPY_MOVE(OpenUmask)

private:
    const mode_t m_before;
};

} // namespace seedbed
