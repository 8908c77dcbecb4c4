// SPDX-License-Identifier: MIT
#include "cli/reportfile.h"

#include "base/regularfile.h"
#include "cli/interrupt.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <optional>

namespace seedbed {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(seedbed::ReportFile)
};

using Outcome = Result<void>;

Outcome because(const QString &reason)
{
    return failure(Error::Kind::Unwritable, reason);
}

Outcome becauseOf(int error)
{
    return because(qt_error_string(error));
}

/// While it lives, a pipe whose reader went away is an error and does not end the program.
class NoSigPipe final
{
public:
    NoSigPipe()
        : m_before(std::signal(SIGPIPE, SIG_IGN))
    {
    }
    ~NoSigPipe() { (void)std::signal(SIGPIPE, m_before); }
    Q_DISABLE_COPY_MOVE(NoSigPipe)

private:
    void (*const m_before)(int);
};

/// The number of the descriptor that \a path stands for, directly or by links; nothing where it is another file.
std::optional<int> descriptorAt(const QString &path)
{
    constexpr int MostLinks = 40;
    const QString own = QFileInfo(QStringLiteral("/proc/self/fd")).canonicalFilePath();
    QString at = path;
    for (int links = 0; !own.isEmpty() && links < MostLinks; ++links) {
        const QFileInfo file(at);
        bool isNumber = false;
        const int number = file.fileName().toInt(&isNumber);
        if (isNumber && QFileInfo(file.absolutePath()).canonicalFilePath() == own)
            return number;
        if (!file.isSymLink())
            break;
        at = file.symLinkTarget();
    }
    return std::nullopt;
}

/// Only what was handed over: a number that the program itself uses may be a database by the time of the report.
Outcome checkDescriptor(int descriptor)
{
    const int flags = ::fcntl(descriptor, F_GETFD);
    if (flags < 0 || (flags & FD_CLOEXEC) != 0)
        return because(Texts::tr("no file was handed over under this number"));
    if ((::fcntl(descriptor, F_GETFL) & O_ACCMODE) == O_RDONLY)
        return because(Texts::tr("it was handed over to be read alone"));
    return {};
}

Outcome writeAll(int descriptor, const QByteArray &text)
{
    const NoSigPipe noSigPipe;
    qsizetype written = 0;
    while (written < text.size()) {
        const ssize_t count =
            ::write(descriptor, text.constData() + written, static_cast<std::size_t>(text.size() - written));
        if (count >= 0) {
            written += count;
        } else if (errno == EAGAIN) {
            struct pollfd wait = { descriptor, POLLOUT, 0 };
            (void)::poll(&wait, 1, -1);
        } else if (errno != EINTR) {
            return becauseOf(errno);
        }
    }
    return {};
}

/// Opens a pipe or a device; nothing is made, cut or replaced.
Result<int> openStream(const QString &path, const std::function<void()> &waiting)
{
    const QByteArray name = QFile::encodeName(path);
    constexpr int Flags = O_WRONLY | O_NOCTTY | O_CLOEXEC;
    constexpr std::chrono::milliseconds Pause { 50 };
    Interrupt interrupt;
    for (bool isFirst = true;; isFirst = false) {
        const int descriptor = ::open(name.constData(), Flags | O_NONBLOCK);
        if (descriptor >= 0)
            return descriptor;
        if (errno != ENXIO)
            return failure(Error::Kind::Unwritable, qt_error_string(errno));
        if (isFirst) // a pipe that nobody reads
            waiting();
        if (interrupt.comesWithin(Pause))
            return failure(Error::Kind::Stopped, Texts::tr("interrupted while it had no reader"));
    }
}

Outcome writeStream(const QString &path, const QByteArray &text, const std::function<void()> &waiting)
{
    const auto descriptor = openStream(path, waiting);
    if (!descriptor)
        return tl::unexpected(descriptor.error());
    struct stat facts {
    };
    const bool isStream = ::fstat(*descriptor, &facts) == 0 && (S_ISFIFO(facts.st_mode) || S_ISCHR(facts.st_mode));
    Outcome outcome = isStream ? writeAll(*descriptor, text) : because(Texts::tr("another file took its place"));
    if (::close(*descriptor) != 0 && outcome)
        outcome = becauseOf(errno);
    return outcome;
}

Outcome replaceFile(const QString &path, const QByteArray &text)
{
    QSaveFile file(placeOf(path));
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
        return {};
    return because(file.errorString());
}

/// The type of the file at \a path, as stat() has it; that of a regular file where there is none yet.
mode_t typeOf(const QString &path)
{
    struct stat facts {
    };
    return ::stat(QFile::encodeName(path).constData(), &facts) == 0 ? facts.st_mode : S_IFREG;
}

bool isStreamType(mode_t type)
{
    return S_ISFIFO(type) || S_ISCHR(type);
}

} // namespace

Outcome checkReportFile(const QString &path)
{
    if (const auto descriptor = descriptorAt(path))
        return checkDescriptor(*descriptor);
    const mode_t type = typeOf(path);
    if (isStreamType(type)) {
        const bool mayWrite = ::access(QFile::encodeName(path).constData(), W_OK) == 0;
        return mayWrite ? Outcome() : becauseOf(errno);
    }
    if (const QString odd = nameOfOddFile(type); !odd.isEmpty())
        return because(Texts::tr("it is %1, not a file").arg(odd));
    QSaveFile file(placeOf(path));
    if (!file.open(QIODevice::WriteOnly))
        return because(file.errorString());
    file.cancelWriting();
    return {};
}

Outcome writeReportFile(const QString &path, const QByteArray &text, const std::function<void()> &waiting)
{
    if (const auto descriptor = descriptorAt(path))
        return checkDescriptor(*descriptor).and_then([&] { return writeAll(*descriptor, text); });
    const mode_t type = typeOf(path);
    if (isStreamType(type))
        return writeStream(path, text, waiting);
    if (const QString odd = nameOfOddFile(type); !odd.isEmpty())
        return because(Texts::tr("it is %1, not a file").arg(odd));
    return replaceFile(path, text);
}

} // namespace seedbed
