// SPDX-License-Identifier: MIT
#include "insertion/sqlite/databasefiles.h"

#include "base/regularfile.h"
#include "report/printable.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <climits>
#include <cstring>
#include <optional>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::SqliteTarget)
};

QString journalOf(const QString &path)
{
    return path + QStringLiteral("-journal");
}

QString logOf(const QString &path)
{
    return path + QStringLiteral("-wal");
}

QString sharedMemoryOf(const QString &path)
{
    return path + QStringLiteral("-shm");
}

// Of bytes that anybody may have written.
QString nameOf(const QByteArray &bytes)
{
    const QString name = printable(QString::fromUtf8(bytes));
    return name.isEmpty() ? Text::tr("another file") : name;
}

std::optional<struct stat> factsOf(const QString &path)
{
    struct stat facts {
    };
    if (::lstat(QFile::encodeName(path).constData(), &facts) != 0)
        return std::nullopt;
    return facts;
}

// What SQLite would open in the place of a database or beside one.
Result<void> checkKind(const QString &path)
{
    const auto facts = factsOf(path);
    if (!facts)
        return {};
    const QFileInfo file(path);
    if (S_ISLNK(facts->st_mode) && !file.exists()) {
        return failure(Error::Kind::Refused,
                       Text::tr("%1: is a link to %2, which is not there; remove it or choose another folder")
                           .arg(path, file.symLinkTarget()));
    }
    if (S_ISLNK(facts->st_mode)) { // whoever made the package may have made it, and mean a file of somebody else's
        return failure(Error::Kind::Refused,
                       Text::tr("%1: is a link to %2, and what is not in the folder itself is not written to; choose "
                                "the folder where the file really is, or put the file itself here")
                           .arg(path, file.symLinkTarget()));
    }
    if (S_ISDIR(facts->st_mode))
        return failure(Error::Kind::Refused,
                       Text::tr("%1: is a folder; move it away or choose another folder").arg(path));
    if (!S_ISREG(facts->st_mode))
        return failure(Error::Kind::Refused,
                       Text::tr("%1: is not a file; move it away or choose another folder").arg(path));
    if (isMounted(path)) {
        return failure(Error::Kind::Refused,
                       Text::tr("%1: is mounted by itself, so that it has another journal under its other name, and "
                                "rows would be lost; mount its folder, or choose another one")
                           .arg(path));
    }
    if (facts->st_nlink > 1) {
        return failure(Error::Kind::Refused,
                       Text::tr("%1: has a second name (it is a hard link), and SQLite loses rows of a file that is "
                                "opened under two names; put a copy in its place or choose another folder")
                           .arg(path));
    }
    return {};
}

Result<void> checkWritable(const QString &path)
{
    const QFileInfo file(path);
    if (!file.exists()) {
        QFileInfo folder(file.absolutePath());
        while (!folder.exists() && !folder.isRoot())
            folder = QFileInfo(folder.absolutePath());
        if (folder.isDir() && folder.isWritable())
            return {};
        return failure(Error::Kind::Unwritable,
                       Text::tr("%1: cannot be created, %2 is not a folder that can be written; choose another folder")
                           .arg(path, folder.filePath()));
    }
    // The administrator may write anything; a file that nobody is allowed to write is still meant to stay as it is.
    constexpr QFile::Permissions Write = QFile::WriteOwner | QFile::WriteGroup | QFile::WriteOther;
    if (!file.isReadable() || !file.isWritable() || (file.permissions() & Write) == 0)
        return failure(Error::Kind::Unwritable,
                       Text::tr("%1: is read-only; allow writing it or choose another folder").arg(path));
    if (!QFileInfo(file.absolutePath()).isWritable())
        return failure(Error::Kind::Unwritable,
                       Text::tr("%1: its folder is read-only, and a database needs to put its journal there; "
                                "allow writing it or choose another folder")
                           .arg(path));
    return {};
}

/// A file beside a database that nobody locks: it may be read and closed. Nothing where it is absent or no file.
class SideFile final
{
public:
    explicit SideFile(const QString &path)
        : m_file(::open(QFile::encodeName(path).constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC))
    {
        struct stat facts {
        };
        if (m_file >= 0 && ::fstat(m_file, &facts) == 0 && S_ISREG(facts.st_mode))
            m_size = facts.st_size;
    }
    ~SideFile()
    {
        if (m_file >= 0)
            ::close(m_file);
    }
    Q_DISABLE_COPY_MOVE(SideFile)

    [[nodiscard]] qint64 size() const { return m_size; }
    /// Up to \a size bytes from \a offset on.
    [[nodiscard]] QByteArray read(qint64 offset, qsizetype size) const
    {
        QByteArray bytes(size, '\0');
        const ssize_t got = offset < 0 || m_size == 0
            ? 0
            : ::pread(m_file, bytes.data(), static_cast<size_t>(size), static_cast<off_t>(offset));
        bytes.truncate(std::max<ssize_t>(got, 0));
        return bytes;
    }

private:
    const int m_file;
    qint64 m_size = 0;
};

quint32 bigEndian(const QByteArray &bytes)
{
    quint32 number = 0;
    for (const char byte : bytes)
        number = (number << 8) | static_cast<quint8>(byte);
    return number;
}

const QByteArray JournalMagic = QByteArrayLiteral("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"); // sqlite.org/fileformat2.html, 3
const QByteArray LogMagic = QByteArrayLiteral("\x37\x7f\x06");                         // section 4.1; then 82 or 83

bool isZero(const QByteArray &bytes)
{
    return std::all_of(bytes.cbegin(), bytes.cend(), [](char byte) { return byte == '\0'; });
}

// A power of two, as the sizes of sectors and pages are.
bool isSize(quint32 number)
{
    return number >= 32 && number <= 65536 && std::has_single_bit(number);
}

// The magic number is written last, and wiped when the journal is done with; a crash may leave it short.
bool isJournal(const SideFile &file)
{
    constexpr qsizetype Header = 28;
    const QByteArray start = file.read(0, Header);
    if (start.size() < Header)
        return isZero(start) || start.startsWith(JournalMagic);
    const bool isWiped = isZero(start.first(JournalMagic.size() + 4));
    if (isZero(start))
        return true;
    return (isWiped || start.startsWith(JournalMagic)) && isSize(bigEndian(start.sliced(20, 4)))
        && isSize(bigEndian(start.sliced(24, 4)));
}

// A power cut may leave zeros.
bool isLog(const SideFile &file)
{
    constexpr qsizetype Header = 32;
    const QByteArray start = file.read(0, Header);
    return isZero(start) || start.startsWith(LogMagic);
}

// The version of the format begins each of two headers; it comes after the rest of them (sqlite.org/walformat.html).
bool isSharedMemory(const SideFile &file)
{
    constexpr qint64 Page = 4096; // in which SQLite makes it longer
    constexpr qsizetype Header = 48;
    constexpr quint32 Version = 3007000;
    const QByteArray start = file.read(0, Header);
    if (file.size() % Page != 0)
        return false;
    if (isZero(start))
        return true;
    quint32 version = 0;
    std::memcpy(&version, start.constData(), sizeof version); // in the order of the machine
    return version == Version;
}

// The name of a super-journal ends a journal: the name, its length and checksum (4 bytes each), and the magic number.
QByteArray superJournalOf(const SideFile &journal)
{
    constexpr qsizetype MostName = 4096;
    constexpr qsizetype Tail = 16;
    if (journal.size() < Tail || journal.read(journal.size() - 8, 8) != JournalMagic)
        return {};
    const auto length = static_cast<qsizetype>(bigEndian(journal.read(journal.size() - Tail, 4)));
    if (length == 0 || length > std::min<qsizetype>(journal.size() - Tail, MostName))
        return {};
    return journal.read(journal.size() - Tail - length, length);
}

Result<void> checkLeftOvers(const QString &path)
{
    const SideFile journal(journalOf(path));
    const QString strange =
        Text::tr("%1: is no file of SQLite's, which would write over it; move it away or choose another folder");
    if (!isJournal(journal))
        return failure(Error::Kind::Refused, strange.arg(journalOf(path)));
    const SideFile log(logOf(path));
    if (!isLog(log))
        return failure(Error::Kind::Refused, strange.arg(logOf(path)));
    // Where there is a log a connection may be open, and closing the file would give up its locks.
    if (!factsOf(logOf(path)) && !isSharedMemory(SideFile(sharedMemoryOf(path))))
        return failure(Error::Kind::Refused, strange.arg(sharedMemoryOf(path)));
    if (!factsOf(path) && (journal.size() > 0 || log.size() > 0)) {
        return failure(Error::Kind::Refused,
                       Text::tr("%1: belongs to a database that is not here, and may hold rows of it; put %2 back, "
                                "move this file away or choose another folder")
                           .arg(log.size() > 0 ? logOf(path) : journalOf(path), path));
    }
    const QByteArray superJournal = superJournalOf(journal);
    if (superJournal.isEmpty())
        return {};
    return failure(Error::Kind::Refused,
                   Text::tr("%1: was left by a change of several databases at once and names %2, which SQLite would "
                            "delete; open %3 with the program that made it, or choose another folder")
                       .arg(journalOf(path), nameOf(superJournal), path));
}

} // namespace

QStringList databaseFiles(const QString &path)
{
    return { path, journalOf(path), logOf(path), sharedMemoryOf(path) };
}

Result<void> checkPath(const QString &path)
{
    constexpr qsizetype LongestPath = 511; // MAX_PATHNAME in SQLite's os_unix.c, with the zero at its end
    constexpr qsizetype LongestName = NAME_MAX;
    if (path.contains(QChar::ReplacementCharacter)) {
        return failure(Error::Kind::Refused,
                       Text::tr("%1: the path has bytes that are not UTF-8, or the character that stands for them, "
                                "under which SQLite would make another file; rename the folder or choose another one")
                           .arg(path));
    }
    if (QFile::encodeName(QFileInfo(journalOf(path)).fileName()).size() > LongestName) {
        return failure(Error::Kind::Refused,
                       Text::tr("%1: the name is too long for a database, which has a journal of that name with "
                                "\"-journal\" after it; the longest has %2 bytes: name another one as \"database\" of "
                                "\"seedbed\"")
                           .arg(path)
                           .arg(LongestName - journalOf(QString()).size()));
    }
    if (path.split(u'/').contains(QLatin1String(":memory:"))) {
        return failure(Error::Kind::Refused,
                       Text::tr("%1: is SQLite's name for a database in memory, which would be gone after the run; "
                                "choose a folder")
                           .arg(path));
    }
    if (QFile::encodeName(journalOf(path)).size() > LongestPath) {
        return failure(Error::Kind::Refused,
                       Text::tr("%1: the path is longer than SQLite takes, which is %2 bytes; choose a folder with a "
                                "shorter path")
                           .arg(path)
                           .arg(LongestPath - journalOf(QString()).size()));
    }
    return {};
}

Result<void> checkNames(const QString &path)
{
    if (auto fits = checkPath(path); !fits)
        return fits;
    for (const QString &file : databaseFiles(path)) {
        if (auto fits = checkKind(file); !fits)
            return fits;
    }
    return {};
}

Result<void> checkFiles(const QString &path)
{
    if (auto fits = checkNames(path); !fits)
        return fits;
    if (auto isWritable = checkWritable(path); !isWritable)
        return isWritable;
    return checkLeftOvers(path);
}

} // namespace seedbed
