// SPDX-License-Identifier: MIT
// A library to be preloaded into a program: the nth call that writes, syncs, truncates or removes one of the databases
// in a folder, or one of their journals, or syncs the folder or one above it, or opens, locks, writes, truncates or
// removes the folder's own lock file, fails or is the last that the program makes. Shared memory of a log (-shm) is
// left alone: it is made anew from the log, and nothing depends on its being safe. For a power cut it keeps what would
// be left: of each file what it held when it was last synced, under the names that the folder had when that was. It
// reads through the descriptors it is given, as opening a database would drop its locks.
//   SEEDBED_FAULT_FOLDER    the folder
//   SEEDBED_FAULT_AT        the number of the call, from 1; 0: none
//   SEEDBED_FAULT           EIO, ENOSPC, or KILL
//   SEEDBED_FAULT_EVER      set: all calls from that one on fail
//   SEEDBED_FAULT_AFTER     set: the call is made, and its answer is lost
//   SEEDBED_FAULT_OF_LOCK   set: of all calls those of the lock file alone are meant
//   SEEDBED_FAULT_MARK      a file that is made when the call is met
//   SEEDBED_FAULT_COUNT     a file for the number of calls, written when the program ends
//   SEEDBED_FAULT_DELAY_MS  before each call, so that a commit is told of before the next ones
//   SEEDBED_FAULT_SHADOW    a folder for what a power cut leaves: files, and "names", each line one of those files, a
//                           space, and the name it has in the folder; a file that is absent was never synced. And
//                           "above": the folders above it that were synced, each as often as it was

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace {

constexpr std::string_view LockName = "/.seedbed.lock";

struct Plan {
    std::string folder = textOf("SEEDBED_FAULT_FOLDER");
    std::string kind = textOf("SEEDBED_FAULT");
    std::string markFile = textOf("SEEDBED_FAULT_MARK");
    std::string countFile = textOf("SEEDBED_FAULT_COUNT");
    std::string shadow = textOf("SEEDBED_FAULT_SHADOW");
    int at = std::atoi(textOf("SEEDBED_FAULT_AT").c_str());
    int delayMs = std::atoi(textOf("SEEDBED_FAULT_DELAY_MS").c_str());
    bool isForEver = std::getenv("SEEDBED_FAULT_EVER") != nullptr;
    bool isAfter = std::getenv("SEEDBED_FAULT_AFTER") != nullptr;
    bool isOfLock = std::getenv("SEEDBED_FAULT_OF_LOCK") != nullptr;
    std::atomic<int> calls = 0;
    std::mutex shadowMutex;            // also held by who ends the program: what is left is whole
    std::map<ino_t, int> timesRemoved; // an inode is used again for another file
    std::string above;                 // what is in the file of this name

    static std::string textOf(const char *name)
    {
        const char *text = std::getenv(name);
        return text ? text : "";
    }

    ~Plan() { keepNumber(countFile, calls); }

    static void keepNumber(const std::string &path, int number)
    {
        if (path.empty())
            return;
        if (std::FILE *file = std::fopen(path.c_str(), "w")) {
            std::fprintf(file, "%d", number);
            std::fclose(file);
        }
    }
};

Plan &plan()
{
    static Plan plan;
    return plan;
}

bool isAbove(std::string_view path)
{
    const std::string_view folder = plan().folder;
    return !path.empty() && folder.size() > path.size() && folder.starts_with(path) && folder[path.size()] == '/';
}

bool isMeant(std::string_view path)
{
    const std::string &folder = plan().folder;
    if (folder.empty())
        return false;
    if (isAbove(path))
        return true;
    if (!path.starts_with(folder))
        return false;
    const std::string_view name = path.substr(folder.size()); // a folder's own name may have anything in it
    return name.empty() || name == LockName || (name.find(".db") != name.npos && !name.ends_with("-shm"));
}

bool isLock(std::string_view path)
{
    const std::string_view folder = plan().folder;
    return !folder.empty() && path.starts_with(folder) && path.substr(folder.size()) == LockName;
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

std::string shadowOf(ino_t inode)
{
    return std::to_string(inode) + '-' + std::to_string(plan().timesRemoved[inode]);
}

void writeShadow(const std::string &name, const std::string &bytes)
{
    const std::string path = plan().shadow + '/' + name;
    if (std::FILE *file = std::fopen((path + ".new").c_str(), "w")) {
        std::fwrite(bytes.data(), 1, bytes.size(), file);
        std::fclose(file);
        (void)std::rename((path + ".new").c_str(), path.c_str());
    }
}

std::string namesIn(const std::string &folder)
{
    std::string names;
    DIR *entries = opendir(folder.c_str());
    while (const dirent *entry = entries ? readdir(entries) : nullptr) {
        const std::string name = static_cast<const char *>(entry->d_name);
        if (isMeant(folder + '/' + name))
            names += shadowOf(entry->d_ino) + ' ' + name + '\n';
    }
    if (entries)
        closedir(entries);
    return names;
}

// What was synced, as it is now.
void keepSynced(int file, const std::string &path)
{
    if (plan().shadow.empty() || !isMeant(path))
        return;
    const std::scoped_lock lock(plan().shadowMutex);
    if (isAbove(path)) {
        plan().above += path + '\n';
        return writeShadow("above", plan().above);
    }
    if (path == plan().folder)
        return writeShadow("names", namesIn(path));
    struct stat facts {
    };
    if (fstat(file, &facts) != 0)
        return;
    std::string bytes(static_cast<std::size_t>(facts.st_size), '\0');
    if (pread(file, bytes.data(), bytes.size(), 0) == facts.st_size)
        writeShadow(shadowOf(facts.st_ino), bytes);
}

template <typename Call>
int sync(int file, const std::string &path, Call call)
{
    const int result = call(file);
    keepSynced(file, path);
    return result;
}

// Makes the call, or not, and answers for it.
template <typename Result, typename Call>
Result meet(const std::string &path, Call call)
{
    if (plan().isOfLock ? !isLock(path) : !isMeant(path))
        return call();
    usleep(static_cast<useconds_t>(plan().delayMs) * 1000);
    const int number = ++plan().calls;
    const int at = plan().at;
    if (at <= 0 || number < at || (number > at && !plan().isForEver))
        return call();
    if (number == at)
        Plan::keepNumber(plan().markFile, number);
    if (plan().isAfter)
        (void)call();
    if (plan().kind == "KILL") {
        const std::scoped_lock lock(plan().shadowMutex);
        (void)raise(SIGKILL);
    }
    errno = plan().kind == "ENOSPC" ? ENOSPC : EIO;
    return -1;
}

// Of all that is opened only the lock file is meant.
template <typename Call>
int meetOpen(const char *path, Call call)
{
    return path && isLock(path) ? meet<int>(path, call) : call();
}

template <typename Call>
int meetControl(int file, int command, Call call)
{
    if (command != F_OFD_SETLK)
        return call();
    const std::string path = pathOf(file);
    return isLock(path) ? meet<int>(path, call) : call();
}

} // namespace

extern "C" {

// glibc has each of these under two names, which are one on a system of 64 bits.
#define SEEDBED_OPEN(name)                                                                                             \
    int name(const char *path, int flags, ...)                                                                         \
    {                                                                                                                  \
        static const auto call = real<int (*)(const char *, int, mode_t)>(#name);                                      \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;                           \
        va_end(rest);                                                                                                  \
        return meetOpen(path, [&] { return call(path, flags, mode); });                                                \
    }
SEEDBED_OPEN(open)
SEEDBED_OPEN(open64)

#define SEEDBED_OPENAT(name)                                                                                           \
    int name(int folder, const char *path, int flags, ...)                                                             \
    {                                                                                                                  \
        static const auto call = real<int (*)(int, const char *, int, mode_t)>(#name);                                 \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;                           \
        va_end(rest);                                                                                                  \
        return meetOpen(path, [&] { return call(folder, path, flags, mode); });                                        \
    }
SEEDBED_OPENAT(openat)
SEEDBED_OPENAT(openat64)

#define SEEDBED_FCNTL(name)                                                                                            \
    int name(int file, int command, ...)                                                                               \
    {                                                                                                                  \
        static const auto call = real<int (*)(int, int, void *)>(#name);                                               \
        va_list rest;                                                                                                  \
        va_start(rest, command);                                                                                       \
        void *argument = va_arg(rest, void *);                                                                         \
        va_end(rest);                                                                                                  \
        return meetControl(file, command, [&] { return call(file, command, argument); });                              \
    }
SEEDBED_FCNTL(fcntl)
SEEDBED_FCNTL(fcntl64)

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
    const std::string path = pathOf(file);
    return meet<int>(path, [&] { return sync(file, path, call); });
}

int fdatasync(int file)
{
    static const auto call = real<int (*)(int)>("fdatasync");
    const std::string path = pathOf(file);
    return meet<int>(path, [&] { return sync(file, path, call); });
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
    return meet<int>(path, [&] {
        const std::scoped_lock lock(plan().shadowMutex);
        struct stat facts {
        };
        const bool isThere = stat(path, &facts) == 0;
        const int result = call(path);
        if (isThere && result == 0)
            ++plan().timesRemoved[facts.st_ino];
        return result;
    });
}
}
