// SPDX-License-Identifier: MIT
#include "insertion/processlimits.h"

#include "base/memorylimit.h"

#include <dirent.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <limits>

namespace seedbed {
void prepareProcess()
{
    rlimit files {};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur != files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        (void)::setrlimit(RLIMIT_NOFILE, &files);
    }
    (void)std::signal(SIGXFSZ, SIG_IGN);
    shareMemory();
}

int mostOpenFiles()
{
    rlimit files {};
    constexpr rlim_t Most = std::numeric_limits<int>::max();
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur > Most) // none is the largest number
        return static_cast<int>(Most);
    return static_cast<int>(files.rlim_cur);
}

int openFilesLeft()
{
    DIR *const folder = ::opendir("/proc/self/fd");
    if (folder == nullptr) {
        // Not mounted, or no file may be opened any more.
        constexpr int Guess = 64;
        return std::max(0, mostOpenFiles() - Guess);
    }
    int open = -3;                       // less this folder, "." and ".."
    while (::readdir(folder) != nullptr) // NOLINT(concurrency-mt-unsafe): of a folder of its own
        ++open;
    ::closedir(folder);
    return std::max(0, mostOpenFiles() - open);
}

} // namespace seedbed
