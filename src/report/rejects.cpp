// SPDX-License-Identifier: MIT
#include "report/rejects.h"

#include "rows/csv.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::RunReport)
};

const QByteArray RowColumn = QByteArrayLiteral("_row");
const QByteArray ReasonsColumn = QByteArrayLiteral("_reasons");

QByteArray headerOf(const Resource &resource)
{
    QList<QByteArray> names;
    for (const Field &field : resource.schema.fields)
        names.append(field.name.toUtf8());
    names << RowColumn << ReasonsColumn;
    return csvRecord(names, Dialect {});
}

QByteArray recordOf(qsizetype row, const QString &reasons, const Table &rows)
{
    QList<QByteArray> cells = rows.row(row - 1).cells;
    cells << QByteArray::number(row) << reasons.toUtf8();
    return csvRecord(cells, Dialect {});
}

/// The rows that did not go in, by number.
QByteArray recordsOf(const TableReport &report, const Table &rows, const QString &whyCancelled)
{
    QByteArray text;
    auto rejected = report.rejected.cbegin();
    const auto addUpTo = [&](qsizetype row) {
        for (; rejected != report.rejected.cend() && rejected->row < row; ++rejected) {
            QStringList reasons;
            for (const Reason &reason : rejected->reasons)
                reasons += reason.text();
            text += recordOf(rejected->row, reasons.join(QStringLiteral("; ")), rows);
        }
    };
    for (const auto &range : report.cancelled.ranges()) {
        for (auto row = static_cast<qsizetype>(range.first); row <= static_cast<qsizetype>(range.last); ++row) {
            addUpTo(row);
            text += recordOf(row, whyCancelled, rows);
        }
    }
    addUpTo(rows.rowCount() + 1);
    return text;
}

Result<void> writeFile(const QString &path, const QByteArray &text)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
        return failure(Error::Kind::Unwritable,
                       Text::tr("%1: cannot be written (%2); choose another folder for the rejects")
                           .arg(path, file.errorString()));
    }
    return {};
}

// The standard lets a name hold a slash; a database's name never does.
QString fileNameOf(const Resource &resource)
{
    return (resource.name.contains(u'/') ? resource.database : resource.name) + QStringLiteral(".csv");
}

// Whether the file is rejects of an earlier run, which say something that is no longer so.
bool isRejects(const QString &path, const QByteArray &header)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.read(header.size()) == header;
}

} // namespace

Result<QStringList> writeRejects(const RunReport &report, const Dataset &snapshot, const QString &folder)
{
    if (!QDir().mkpath(folder)) {
        return failure(Error::Kind::Unwritable,
                       Text::tr("%1: the folder cannot be made; choose another one for the rejects").arg(folder));
    }
    QStringList written;
    for (int table = 0; table < report.tables.size(); ++table) {
        const Resource &resource = snapshot.package->resources.at(table);
        const QString path = QDir(folder).filePath(fileNameOf(resource));
        QByteArray text = headerOf(resource);
        const TableReport &tableReport = report.tables.at(table);
        if (tableReport.rejected.isEmpty() && tableReport.cancelled.isEmpty()) {
            if (isRejects(path, text) && !QFile::remove(path))
                return failure(Error::Kind::Unwritable, Text::tr("%1: cannot be removed").arg(path));
            continue;
        }
        if (QFile::exists(path) && !isRejects(path, text)) {
            return failure(
                Error::Kind::Unwritable,
                Text::tr("%1: is there already and holds no rejects; choose another folder for the rejects").arg(path));
        }
        text += recordsOf(tableReport, snapshot.tables.at(table), cancelledReason(report));
        if (const auto result = writeFile(path, text); !result)
            return tl::unexpected(result.error());
        written += path;
    }
    return written;
}

} // namespace seedbed
