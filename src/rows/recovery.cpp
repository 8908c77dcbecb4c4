// SPDX-License-Identifier: MIT
#include "rows/recovery.h"

#include "base/regularfile.h"
#include "package/json.h"
#include "rows/csv/csv.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Recovery)
};

const QByteArray Signature = "seedbed-recovery-1 ";
constexpr qint64 LongestLine = 1 << 20;
const QString PackageKey = QStringLiteral("package");
const QString EditedKey = QStringLiteral("edited");
const QString TablesKey = QStringLiteral("tables");
const QString NameKey = QStringLiteral("name");
const QString BytesKey = QStringLiteral("bytes");

tl::unexpected<Error> unreadable(const QString &path, const QString &reason)
{
    return failure(Error::Kind::Unreadable,
                   Text::tr("%1: unsaved edits cannot be read: %2").arg(QDir::toNativeSeparators(path), reason));
}

tl::unexpected<Error> damaged(const QString &path)
{
    return unreadable(path, Text::tr("the file is damaged"));
}

/// Written and read back the same, whatever the package's own files look like.
Resource plainResource(const Resource &resource)
{
    Resource plain;
    plain.name = resource.name;
    plain.schema = resource.schema;
    return plain;
}

std::optional<RecoveryHead> headOf(const QJsonObject &json)
{
    RecoveryHead head { json.value(PackageKey).toString(),
                        QDateTime::fromString(json.value(EditedKey).toString(), Qt::ISODateWithMs) };
    const bool isPath = QDir::isAbsolutePath(head.descriptorPath); // as is that of the sample, which is compiled in
    if (!isPath || !head.edited.isValid() || !json.value(TablesKey).isArray())
        return std::nullopt;
    return head;
}

/// The JSON of a recovery file's second line; empty where it is none, or says something twice.
QJsonObject objectOf(const QByteArray &line)
{
    return parseJson(line) ? QJsonDocument::fromJson(line).object() : QJsonObject();
}

/// How many bytes of rows the head tells of; nothing where it tells what cannot be.
std::optional<qint64> rowBytes(const QJsonArray &tables, qint64 most)
{
    qint64 sum = 0;
    for (const QJsonValue &table : tables) {
        const qint64 bytes = table[BytesKey].toInteger(-1);
        if (bytes < 0 || bytes > most - sum)
            return std::nullopt;
        sum += bytes;
    }
    return sum;
}

/// The checksum of \a head and of what is left of the file, block by block: a file that is not whole, and may be far
/// larger than it should be, fills no memory.
QByteArray sumOf(const QByteArray &head, QIODevice &file)
{
    constexpr qint64 BlockBytes = 1 << 18;
    QCryptographicHash sum(QCryptographicHash::Sha256);
    sum.addData(head);
    for (QByteArray block = file.read(BlockBytes); !block.isEmpty(); block = file.read(BlockBytes))
        sum.addData(block);
    return sum.result().toHex();
}

} // namespace

EditedTables tablesEditedSince(const QList<Table> &saved, const QList<Table> &tables)
{
    const auto isSame = [](const Table &a, const Table &b) {
        bool same = a.chunkCount() == b.chunkCount();
        for (qsizetype chunk = 0; same && chunk < a.chunkCount(); ++chunk)
            same = a.sharesChunk(chunk, b);
        return same;
    };
    EditedTables edited;
    for (qsizetype i = 0; i < tables.size(); ++i)
        edited.append(isSame(saved.at(i), tables.at(i)) ? std::nullopt : std::optional(tables.at(i)));
    return edited;
}

Result<void> writeRecovery(const QString &path, const Package &package, const QDateTime &edited,
                           const EditedTables &tables)
{
    QByteArray rows;
    QJsonArray names;
    for (qsizetype i = 0; i < tables.size(); ++i) {
        if (!tables.at(i))
            continue;
        const qsizetype before = rows.size();
        rows += tableToCsv(*tables.at(i), plainResource(package.resources.at(i)));
        names.append(QJsonObject { { NameKey, package.resources.at(i).name }, { BytesKey, rows.size() - before } });
    }
    const QJsonObject json { { PackageKey, package.descriptorPath },
                             { EditedKey, edited.toString(Qt::ISODateWithMs) },
                             { TablesKey, names } };
    const QByteArray head = QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
    QCryptographicHash sum(QCryptographicHash::Sha256);
    sum.addData(head);
    sum.addData(rows);
    QSaveFile file(path);
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(Signature + sum.result().toHex() + '\n') > 0 && file.write(head) == head.size()
        && file.write(rows) == rows.size() && file.commit();
    if (isWritten)
        return {};
    return failure(Error::Kind::Unwritable,
                   Text::tr("%1: unsaved edits cannot be kept: %2; save them soon")
                       .arg(QDir::toNativeSeparators(path), file.errorString()));
}

Result<RecoveryHead> readRecoveryHead(const QString &path)
{
    RegularFile file(path);
    if (const auto opened = file.openToRead(QFileInfo(path).path()); !opened)
        return unreadable(path, opened.error());
    const bool isSigned = file.readLine(LongestLine).startsWith(Signature);
    const auto head = headOf(objectOf(file.readLine(LongestLine)));
    if (!isSigned || !head)
        return damaged(path);
    return *head;
}

Result<EditedTables> readRecovery(const QString &path, const Package &package)
{
    RegularFile file(path);
    if (const auto opened = file.openToRead(QFileInfo(path).path()); !opened)
        return unreadable(path, opened.error());
    const QByteArray first = file.readLine(LongestLine);
    const QByteArray head = file.readLine(LongestLine);
    const QJsonArray names = objectOf(head).value(TablesKey).toArray();
    const qint64 start = file.pos();
    if (rowBytes(names, file.size() - start) != file.size() - start || first != Signature + sumOf(head, file) + '\n')
        return damaged(path);
    if (!file.seek(start))
        return unreadable(path, file.errorString());
    EditedTables tables(package.resources.size());
    for (const QJsonValue &entry : names) {
        const QString name = entry[NameKey].toString();
        const int table = package.indexOf(name);
        if (table < 0)
            return unreadable(path, Text::tr("the package has no table %1 any more").arg(name));
        const QByteArray text = file.read(entry[BytesKey].toInteger());
        const Result<Table> rows = tableFromCsv(text, plainResource(package.resources.at(table)), name);
        if (!rows)
            return unreadable(path, rows.error().message);
        tables[table] = *rows;
    }
    return file.hasChanged() ? Result<EditedTables>(damaged(path)) : tables;
}

} // namespace seedbed
