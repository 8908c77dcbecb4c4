// SPDX-License-Identifier: MIT
// A library to be preloaded into a program: the nth call that writes, syncs, truncates or removes one of the databases
// in a folder, or one of their journals, fails or is the last that the program makes. Shared memory of a log (-shm) is
// left alone: it is made anew from the log, and nothing depends on its being safe.
//   SEEDBED_FAULT_FOLDER    the folder
//   SEEDBED_FAULT_AT        the number of the call, from 1; 0: none
//   SEEDBED_FAULT           EIO, ENOSPC, or KILL
//   SEEDBED_FAULT_EVER      set: all calls from that one on fail
//   SEEDBED_FAULT_AFTER     set: the call is made, and its answer is lost
//   SEEDBED_FAULT_COUNT     a file for the number of calls, written when the program ends

#include <dlfcn.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

struct Plan {
    std::string folder = textOf("SEEDBED_FAULT_FOLDER");
    std::string kind = textOf("SEEDBED_FAULT");
    std::string countFile = textOf("SEEDBED_FAULT_COUNT");
    int at = std::atoi(textOf("SEEDBED_FAULT_AT").c_str());
    bool isForEver = std::getenv("SEEDBED_FAULT_EVER") != nullptr;
    bool isAfter = std::getenv("SEEDBED_FAULT_AFTER") != nullptr;
    std::atomic<int> calls = 0;

    static std::string textOf(const char *name)
    {
        const char *text = std::getenv(name);
        return text ? text : "";
    }

    ~Plan()
    {
        if (countFile.empty())
            return;
        if (std::FILE *file = std::fopen(countFile.c_str(), "w")) {
            std::fprintf(file, "%d", calls.load());
            std::fclose(file);
        }
    }
};

Plan &plan()
{
    static Plan plan;
    return plan;
}

bool isMeant(std::string_view path)
{
    const std::string &folder = plan().folder;
    return !folder.empty() && path.starts_with(folder) && path.find(".db") != path.npos && !path.ends_with("-shm");
}

std::string pathOf(int file)
{
    const int error = errno;
    std::array<char, 64> link {};
    std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", file);
    std::array<char, 4096> path {};
    const ssize_t length = readlink(link.data(), path.data(), path.size());
    errno = error;
    return length > 0 ? std::string(path.data(), static_cast<std::size_t>(length)) : std::string();
}

template <typename Function>
Function real(const char *name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

// Makes the call, or not, and answers for it.
template <typename Result, typename Call>
Result meet(const std::string &path, Call call)
{
    if (!isMeant(path))
        return call();
    const int number = ++plan().calls;
    const int at = plan().at;
    if (at <= 0 || number < at || (number > at && !plan().isForEver))
        return call();
    if (plan().isAfter)
        (void)call();
    if (plan().kind == "KILL")
        (void)raise(SIGKILL);
    errno = plan().kind == "ENOSPC" ? ENOSPC : EIO;
    return -1;
}

} // namespace

extern "C" {

ssize_t write(int file, const void *bytes, size_t count)
{
    static const auto call = real<ssize_t (*)(int, const void *, size_t)>("write");
    return meet<ssize_t>(pathOf(file), [&] { return call(file, bytes, count); });
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset)
{
    static const auto call = real<ssize_t (*)(int, const void *, size_t, off_t)>("pwrite");
    return meet<ssize_t>(pathOf(file), [&] { return call(file, bytes, count, offset); });
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset)
{
    static const auto call = real<ssize_t (*)(int, const void *, size_t, off64_t)>("pwrite64");
    return meet<ssize_t>(pathOf(file), [&] { return call(file, bytes, count, offset); });
}

int fsync(int file)
{
    static const auto call = real<int (*)(int)>("fsync");
    return meet<int>(pathOf(file), [&] { return call(file); });
}

int fdatasync(int file)
{
    static const auto call = real<int (*)(int)>("fdatasync");
    return meet<int>(pathOf(file), [&] { return call(file); });
}

int ftruncate(int file, off_t size) noexcept
{
    static const auto call = real<int (*)(int, off_t)>("ftruncate");
    return meet<int>(pathOf(file), [&] { return call(file, size); });
}

int ftruncate64(int file, off64_t size) noexcept
{
    static const auto call = real<int (*)(int, off64_t)>("ftruncate64");
    return meet<int>(pathOf(file), [&] { return call(file, size); });
}

int unlink(const char *path) noexcept
{
    static const auto call = real<int (*)(const char *)>("unlink");
    return meet<int>(path, [&] { return call(path); });
}
}
