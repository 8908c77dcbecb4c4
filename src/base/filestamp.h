// SPDX-License-Identifier: MIT
#pragma once

// Whether a file is still the one that it was, and nobody has written to it.

#include <sys/stat.h>

namespace seedbed {

/// A file at one moment. Whoever puts the time of the last change back changes the time of that.
/// Thread: any (a value).
struct FileStamp {
    dev_t device = 0;
    ino_t file = 0;
    off_t size = 0;
    time_t modified = 0;
    long modifiedNanoseconds = 0;
    time_t changed = 0;
    long changedNanoseconds = 0;

    FileStamp() = default;
    explicit FileStamp(const struct stat &facts)
        : device(facts.st_dev)
        , file(facts.st_ino)
        , size(facts.st_size)
        , modified(facts.st_mtim.tv_sec)
        , modifiedNanoseconds(facts.st_mtim.tv_nsec)
        , changed(facts.st_ctim.tv_sec)
        , changedNanoseconds(facts.st_ctim.tv_nsec)
    {
    }

    friend bool operator==(const FileStamp &, const FileStamp &) = default;
};

} // namespace seedbed
