// SPDX-License-Identifier: MIT
#include "base/regularfile.h"

#include "base/filestamp.h"
#include "base/readlimits.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <filesystem>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::RegularFile)
};

constexpr int MostLinks = 40; // as the kernel has it

/// Where the file behind a descriptor is, whatever has become of its name meanwhile; empty where nobody can say.
QString placeOfDescriptor(int descriptor)
{
    std::array<char, PATH_MAX> place {};
    const QByteArray link = "/proc/self/fd/" + QByteArray::number(descriptor);
    const ssize_t size = ::readlink(link.constData(), place.data(), place.size());
    const bool isKnown = size > 0 && static_cast<std::size_t>(size) < place.size() && place.front() == '/';
    return isKnown ? QFile::decodeName(QByteArray(place.data(), size)) : QString();
}

tl::unexpected<QString> reason(const QString &text)
{
    return tl::unexpected<QString>(text);
}

/// What the link at \a path names, from the folder that the link is in.
QString targetOfLink(const QString &path)
{
    std::error_code error;
    const auto target = std::filesystem::read_symlink(QFile::encodeName(path).toStdString(), error);
    if (error)
        return {};
    const QString name = QFile::decodeName(QByteArray::fromStdString(target.string()));
    return QDir::isAbsolutePath(name) ? name : QFileInfo(path).path() + u'/' + name;
}

} // namespace

RegularFile::RegularFile(const QString &path)
    : QFile(path)
    , m_path(path)
{
}

tl::expected<void, RegularFile::Reason> RegularFile::openToRead(const QString &folder, OpenMode mode)
{
    if (fileName().startsWith(QLatin1String(":/"))) {
        if (QFile::open(mode))
            return {};
        return reason(errorString());
    }
    if (fileName().isEmpty() || fileName().contains(QChar()))
        return reason(Text::tr("its name is empty or holds a NUL"));
    if (const QString odd = oddFileAt(fileName()); !odd.isEmpty()) // opening some devices has an effect
        return reason(Text::tr("it is %1, not a file").arg(odd));
    const int descriptor = ::open(encodeName(fileName()).constData(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0)
        return reason(qt_error_string(errno));
    auto opened = openDescriptor(descriptor, folder, mode);
    if (!opened && !isOpen())
        ::close(descriptor);
    return opened;
}

tl::expected<void, RegularFile::Reason> RegularFile::openDescriptor(int descriptor, const QString &folder,
                                                                    OpenMode mode)
{
    struct stat facts {
    };
    if (::fstat(descriptor, &facts) != 0)
        return reason(qt_error_string(errno));
    if (const QString odd = nameOfOddFile(facts.st_mode); !odd.isEmpty())
        return reason(Text::tr("it is %1, not a file").arg(odd));
    if (!folder.isEmpty()) {
        const QString known = placeOfDescriptor(descriptor);
        const QString place = known.isEmpty() ? QFileInfo(fileName()).canonicalFilePath() : known;
        if (!isInside(place, placeOf(folder))) {
            return reason(Text::tr("a link leads out of the folder, to %1; put the file itself there")
                              .arg(QDir::toNativeSeparators(place)));
        }
    }
    m_opened = facts;
    if (QFile::open(descriptor, mode, AutoCloseHandle))
        return {};
    return reason(errorString());
}

tl::expected<QByteArray, RegularFile::Reason> RegularFile::readUpTo(qint64 most)
{
    if (size() > most)
        return reason(Text::tr("it is larger than %1").arg(sizeText(static_cast<qsizetype>(most))));
    QByteArray content;
    content.resize(size());
    qsizetype end = 0;
    while (end < content.size()) {
        const qint64 got = read(content.data() + end, content.size() - end);
        if (got < 0)
            return reason(errorString());
        if (got == 0)
            break;
        end += got;
    }
    if (hasChanged())
        return reason(Text::tr("another program wrote to it meanwhile; wait until that is done"));
    return content.first(end);
}

bool RegularFile::hasChanged() const
{
    if (!m_opened)
        return false;
    struct stat now {
    };
    return ::fstat(handle(), &now) != 0 || FileStamp(now) != FileStamp(*m_opened);
}

qint64 RegularFile::size() const
{
    return m_opened ? m_opened->st_size : QFile::size();
}

qint64 RegularFile::readData(char *data, qint64 maxSize)
{
    if (!m_opened)
        return QFile::readData(data, maxSize);
    const qint64 left = m_opened->st_size - ::lseek(handle(), 0, SEEK_CUR); // pos() is that of who reads the buffer
    return left <= 0 ? 0 : QFile::readData(data, std::min(left, maxSize));
}

QString nameOfOddFile(mode_t mode)
{
    if (S_ISREG(mode))
        return {};
    if (S_ISDIR(mode))
        return Text::tr("a folder");
    if (S_ISFIFO(mode))
        return Text::tr("a pipe");
    return S_ISSOCK(mode) ? Text::tr("a socket") : Text::tr("a device");
}

bool isMounted(const QString &path)
{
    struct statx facts {
    };
    const int found = ::statx(AT_FDCWD, QFile::encodeName(path).constData(), AT_SYMLINK_NOFOLLOW, 0, &facts);
    return found == 0 && (facts.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

QString oddFileAt(const QString &path)
{
    struct stat facts {
    };
    return ::stat(QFile::encodeName(path).constData(), &facts) == 0 ? nameOfOddFile(facts.st_mode) : QString();
}

QString placeOf(const QString &path)
{
    // As the kernel reads it: ".." after a link is the folder above where the link leads.
    QString at = QDir::isAbsolutePath(path) ? path : QDir::currentPath() + u'/' + path;
    for (int links = 0; links < MostLinks; ++links) {
        const QFileInfo file(at);
        if (const QString place = file.canonicalFilePath(); !place.isEmpty())
            return place;
        if (!file.isSymLink())
            break;
        at = targetOfLink(at);
    }
    const QString folder = QFileInfo(at).path();
    return folder == at ? at : QDir::cleanPath(placeOf(folder) + u'/' + QFileInfo(at).fileName());
}

bool isInside(const QString &place, const QString &folder)
{
    return !folder.isEmpty() && place.startsWith(folder.endsWith(u'/') ? folder : folder + u'/');
}

} // namespace seedbed
