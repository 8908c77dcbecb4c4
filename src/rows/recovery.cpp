// SPDX-License-Identifier: MIT
#include "rows/recovery.h"

#include "rows/csv.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

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
    if (head.descriptorPath.isEmpty() || !head.edited.isValid() || !json.value(TablesKey).isArray())
        return std::nullopt;
    return head;
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
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(path, file.errorString());
    const bool isSigned = file.readLine(LongestLine).startsWith(Signature);
    const auto head = headOf(QJsonDocument::fromJson(file.readLine(LongestLine)).object());
    if (!isSigned || !head)
        return damaged(path);
    return *head;
}

Result<EditedTables> readRecovery(const QString &path, const Package &package)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(path, file.errorString());
    const QByteArray first = file.readLine(LongestLine);
    const QByteArray rest = file.readAll();
    const QByteArray sum = QCryptographicHash::hash(rest, QCryptographicHash::Sha256).toHex();
    if (first != Signature + sum + '\n')
        return damaged(path);
    qsizetype at = rest.indexOf('\n') + 1;
    const QJsonArray names = QJsonDocument::fromJson(rest.first(at)).object().value(TablesKey).toArray();
    EditedTables tables(package.resources.size());
    for (const QJsonValue &entry : names) {
        const QString name = entry[NameKey].toString();
        const auto bytes = static_cast<qsizetype>(entry[BytesKey].toInteger());
        const int table = package.indexOf(name);
        if (table < 0)
            return unreadable(path, Text::tr("the package has no table %1 any more").arg(name));
        if (bytes < 0 || bytes > rest.size() - at)
            return damaged(path);
        const Result<Table> rows =
            tableFromCsv(QByteArrayView(rest).sliced(at, bytes), plainResource(package.resources.at(table)), name);
        if (!rows)
            return unreadable(path, rows.error().message);
        tables[table] = *rows;
        at += bytes;
    }
    return tables;
}

} // namespace seedbed
