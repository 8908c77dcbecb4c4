// SPDX-License-Identifier: MIT
#include "base/memorylimit.h"

#include <QCoreApplication>

#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <limits>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::MemoryLimit)
};

// What is asked for without a look before: a cell, a line, a page of the log, a text of an error.
constexpr qint64 Least = 32'000'000;

// Bytes of the process: all of its addresses, those that are in memory, and those that it wrote to or may.
struct Bytes {
    qint64 addresses = 0;
    qint64 inMemory = 0;
    qint64 data = 0;
};

Bytes bytesNow()
{
    long long addresses = 0;
    long long inMemory = 0;
    long long data = 0;
    if (std::FILE *file = std::fopen("/proc/self/statm", "re")) {
        if (std::fscanf(file, "%lld %lld %*d %*d %*d %lld", &addresses, &inMemory, &data) != 3)
            addresses = inMemory = data = 0;
        std::fclose(file);
    }
    const qint64 page = ::sysconf(_SC_PAGESIZE);
    return { addresses * page, inMemory * page, data * page };
}

qint64 limitOf(decltype(RLIMIT_AS) resource)
{
    rlimit limit {};
    constexpr auto Most = static_cast<rlim_t>(std::numeric_limits<qint64>::max());
    if (::getrlimit(resource, &limit) != 0 || limit.rlim_cur > Most) // none is the largest number
        return std::numeric_limits<qint64>::max();
    return static_cast<qint64>(limit.rlim_cur);
}

bool isLimited()
{
    constexpr qint64 None = std::numeric_limits<qint64>::max();
    return limitOf(RLIMIT_AS) != None || limitOf(RLIMIT_DATA) != None;
}

} // namespace

// An arena for each thread takes 64 MB of addresses, whatever is in it.
void shareMemory()
{
    if (isLimited())
        (void)::mallopt(M_ARENA_MAX, 1);
}

std::optional<qint64> memoryLeft()
{
    if (!isLimited())
        return std::nullopt;
    const Bytes now = bytesNow();
    return std::max<qint64>(0, std::min(limitOf(RLIMIT_AS) - now.addresses, limitOf(RLIMIT_DATA) - now.data));
}

qint64 memoryInUse()
{
    return bytesNow().inMemory;
}

bool hasMemoryFor(qint64 bytes)
{
    const std::optional<qint64> left = memoryLeft();
    return !left || *left >= Least + bytes;
}

Error notEnoughMemory()
{
    return { Error::Kind::Unwritable,
             Text::tr("not enough memory; run again with more (ulimit -v) or with fewer rows. Nothing was written") };
}

} // namespace seedbed
