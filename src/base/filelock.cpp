// SPDX-License-Identifier: MIT
#include "base/filelock.h"

#include "base/regularfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSysInfo>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::FileLock)
};

using Facts = struct stat;

// A file that is removed again and again between being opened and being locked.
constexpr int MostTries = 100;
// Of what is read of the file: more than a holder writes.
constexpr size_t MostBytes = 1024;
constexpr qsizetype LongestName = 80;

QString systemText(int error)
{
    return QString::fromLocal8Bit(std::strerror(error)); // NOLINT(concurrency-mt-unsafe): glibc's is safe
}

tl::unexpected<Error> unusable(const QByteArray &path, const QString &why)
{
    return failure(Error::Kind::Unwritable, Text::tr("%1: %2").arg(QFile::decodeName(path), why));
}

// Says what errno does.
tl::unexpected<Error> unopened(const QByteArray &path, bool isThere)
{
    const QString why = systemText(errno);
    return unusable(path,
                    isThere ? Text::tr("cannot be written (%1); remove it if no run is under way there, or choose "
                                       "another folder")
                                  .arg(why)
                            : Text::tr("cannot be written (%1); choose another folder").arg(why));
}

// Why a file cannot carry a lock, or nothing.
QString fault(const QByteArray &path, const Facts &facts)
{
    if (S_ISLNK(facts.st_mode))
        return Text::tr("is a link where the lock of a run must be a file of its own; remove the link");
    if (S_ISDIR(facts.st_mode))
        return Text::tr("is a folder where the lock of a run must be a file; remove the folder or give it another "
                        "name");
    if (!S_ISREG(facts.st_mode))
        return Text::tr("is a pipe, socket or device where the lock of a run must be a file; remove it");
    if (facts.st_nlink > 1)
        return Text::tr("is a second name of another file (a hard link) where the lock of a run must be a file of its "
                        "own; remove this name");
    if (isMounted(QFile::decodeName(path)))
        return Text::tr("is mounted by itself where the lock of a run must be a file of its own; unmount it");
    return {};
}

bool isSameFile(const Facts &a, const Facts &b)
{
    return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

// A descriptor that is closed where nobody takes it.
class OpenFile final
{
public:
    explicit OpenFile(int file)
        : m_file(file)
    {
    }
    ~OpenFile()
    {
        if (m_file >= 0)
            ::close(m_file);
    }
    Q_DISABLE_COPY_MOVE(OpenFile)

    [[nodiscard]] int get() const { return m_file; }
    [[nodiscard]] int take() { return std::exchange(m_file, -1); }

private:
    int m_file;
};

// Every user who may use the folder must be able to lock it, whatever the umask of the one before.
constexpr mode_t Everybody = 0666;
constexpr int OpenFlags = O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;

// Opens what is there, or makes it; -1 and errno where neither can be. A folder that is everybody's with files of their
// own (/tmp) allows no opening with O_CREAT of a file that another user made.
int openOrMake(const QByteArray &path)
{
    constexpr int Flags = O_RDWR | OpenFlags;
    const int there = ::open(path.constData(), Flags);
    if (there >= 0 || errno != ENOENT)
        return there;
    return ::open(path.constData(), Flags | O_CREAT | O_EXCL, Everybody);
}

// A umask may have taken its owner's own rights to a file. Whether they are back; nobody else's change.
bool giveOwnRights(const QByteArray &path, const Facts &facts)
{
    constexpr mode_t Own = S_IRUSR | S_IWUSR;
    if (facts.st_uid != ::geteuid() || (facts.st_mode & Own) == Own)
        return false;
    const OpenFile named(::open(path.constData(), O_PATH | O_NOFOLLOW | O_CLOEXEC)); // which locks nothing, nor frees
    Facts opened {};
    if (named.get() < 0 || ::fstat(named.get(), &opened) != 0 || !isSameFile(opened, facts))
        return false;
    return ::chmod(("/proc/self/fd/" + QByteArray::number(named.get())).constData(), (facts.st_mode & 07777U) | Own)
        == 0;
}

// Whether another one has the lock of a file that may be read alone.
bool isHeld(int file)
{
    struct flock whole {
    };
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    return file >= 0 && ::fcntl(file, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
}

// Taken, or held by another; an error where it is neither.
enum class Taking : quint8 { Taken, Held };
Result<Taking> lockWhole(int file, const QByteArray &path)
{
    struct flock whole {
    };
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET; // from the begin to whatever end
    int result = -1;
    do
        result = ::fcntl(file, F_OFD_SETLK, &whole);
    while (result != 0 && errno == EINTR);
    if (result == 0)
        return Taking::Taken;
    switch (errno) {
    case EAGAIN:
    case EACCES:
        return Taking::Held;
    case EINVAL:
    case ENOLCK:
    case ENOSYS:
    case EOPNOTSUPP:
        return unusable(path,
                        Text::tr("cannot be locked: this file system has no locks (%1); choose a folder on a local "
                                 "disk")
                            .arg(systemText(errno)));
    default:
        return unusable(path, Text::tr("cannot be locked (%1); choose another folder").arg(systemText(errno)));
    }
}

// Whatever stands there may be a stranger's: only what can be seen is shown.
QString plainName(const QByteArray &bytes)
{
    QString name = QString::fromUtf8(bytes).trimmed();
    name.removeIf([](QChar c) { return !c.isPrint(); });
    return name.size() <= LongestName ? name : name.first(LongestName) + u'…';
}

// Three lines: process, program, host.
QString holderIn(int file)
{
    std::array<char, MostBytes> bytes {};
    const ssize_t size = ::pread(file, bytes.data(), bytes.size(), 0);
    if (size <= 0)
        return {};
    const QList<QByteArray> lines = QByteArray(bytes.data(), size).split('\n');
    bool isNumber = false;
    const qlonglong process = lines.at(0).toLongLong(&isNumber);
    if (lines.size() < 4 || !isNumber || process <= 0)
        return {};
    const QString program = plainName(lines.at(1));
    const QString host = plainName(lines.at(2));
    if (program.isEmpty() || host.isEmpty())
        return {};
    return Text::tr("%1 (process %2 on %3)").arg(program, QString::number(process), host);
}

// As the system knows it, whatever the program calls itself.
QByteArray programName()
{
    const QString file = QFileInfo(QFile::symLinkTarget(QStringLiteral("/proc/self/exe"))).fileName();
    return (file.isEmpty() ? QCoreApplication::applicationName() : file).toUtf8();
}

} // namespace

Result<FileLock::Attempt> FileLock::tryLock(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    for (int i = 0; i < MostTries; ++i) {
        Facts before {};
        // A device or pipe is not even opened; what takes its place now is seen below.
        const bool isThere = ::lstat(name.constData(), &before) == 0;
        if (const QString why = isThere ? fault(name, before) : QString(); !why.isEmpty())
            return unusable(name, why);
        OpenFile file(openOrMake(name));
        if (file.get() < 0 && (errno == EEXIST || errno == ENOENT) && i + 1 < MostTries)
            continue; // made, or removed with its folder, a moment ago
        if (file.get() < 0 && errno == EACCES && isThere) {
            if (i + 1 < MostTries && giveOwnRights(name, before))
                continue;
            const OpenFile readable(::open(name.constData(), O_RDONLY | OpenFlags));
            if (isHeld(readable.get()))
                return Attempt { nullptr, holderIn(readable.get()) };
            errno = EACCES;
        }
        if (file.get() < 0)
            return unopened(name, isThere);
        Facts opened {};
        if (::fstat(file.get(), &opened) != 0)
            return unusable(name, Text::tr("cannot be read (%1); choose another folder").arg(systemText(errno)));
        if (const QString why = fault(name, opened); !why.isEmpty())
            return unusable(name, why);
        const auto taking = lockWhole(file.get(), name);
        if (!taking)
            return tl::unexpected(taking.error());
        if (*taking == Taking::Held)
            return Attempt { nullptr, holderIn(file.get()) };
        // The one before may have removed it in between: then another file carries the lock by now.
        Facts now {};
        if (::lstat(name.constData(), &now) != 0 || !isSameFile(now, opened))
            continue;
        // What else stands there is somebody's: the file carries the lock, and stays as it is.
        const bool isOwn =
            opened.st_size == 0 || (opened.st_size <= static_cast<off_t>(MostBytes) && !holderIn(file.get()).isEmpty());
        std::unique_ptr<FileLock> lock(new FileLock(name, file.take(), isOwn));
        lock->writeHolder();
        return Attempt { std::move(lock), {} };
    }
    return Attempt {};
}

Result<void> FileLock::check(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    Facts facts {};
    if (::lstat(name.constData(), &facts) != 0)
        return {};
    if (const QString why = fault(name, facts); !why.isEmpty())
        return unusable(name, why);
    return {};
}

// A lock is good without a name: on a full disk the others say "another run".
void FileLock::writeHolder() const
{
    if (!m_isOwn)
        return;
    (void)::fchmod(m_file, Everybody);
    const QByteArray text = QByteArray::number(QCoreApplication::applicationPid()) + '\n' + programName() + '\n'
        + QSysInfo::machineHostName().toUtf8() + '\n';
    if (::ftruncate(m_file, 0) == 0)
        (void)!::write(m_file, text.constData(), static_cast<size_t>(text.size()));
}

// The file goes first, while nobody else can have the lock. Where it stays it names nobody.
FileLock::~FileLock()
{
    Facts own {};
    Facts now {};
    const bool isThere = ::fstat(m_file, &own) == 0 && ::lstat(m_path.constData(), &now) == 0 && isSameFile(own, now);
    if (m_isOwn && isThere && ::unlink(m_path.constData()) != 0)
        (void)!::ftruncate(m_file, 0);
    ::close(m_file);
}

} // namespace seedbed
