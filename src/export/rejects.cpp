// SPDX-License-Identifier: MIT
#include "export/rejects.h"

#include "base/regularfile.h"
#include "export/tableexport.h"
#include "rows/csv/csv.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
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

/// The rows that did not go in, by number; not all of them where it was stopped.
QByteArray recordsOf(const TableReport &report, const Table &rows, const QString &whyCancelled,
                     const std::stop_token &stop)
{
    QByteArray text;
    auto rejected = report.rejected.cbegin();
    const auto addUpTo = [&](qsizetype row) {
        for (; rejected != report.rejected.cend() && rejected->row < row && !stop.stop_requested(); ++rejected) {
            QStringList reasons;
            for (const Reason &reason : rejected->reasons)
                reasons += reason.text();
            text += recordOf(rejected->row, reasons.join(QStringLiteral("; ")), rows);
        }
    };
    for (const auto &range : report.cancelled.ranges()) {
        const auto last = static_cast<qsizetype>(range.last);
        for (auto row = static_cast<qsizetype>(range.first); row <= last && !stop.stop_requested(); ++row) {
            addUpTo(row);
            text += recordOf(row, whyCancelled, rows);
        }
    }
    addUpTo(rows.rowCount() + 1);
    return text;
}

Result<void> writeFile(const QString &path, const QByteArray &text)
{
    QSaveFile file(placeOf(path));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
        return failure(Error::Kind::Unwritable,
                       Text::tr("%1: cannot be written (%2); choose another folder for the rejects")
                           .arg(path, file.errorString()));
    }
    return {};
}

// Whether the file is rejects of an earlier run, which say something that is no longer so.
bool isRejects(const QString &path, const QByteArray &header)
{
    RegularFile file(path);
    return file.openToRead() && file.read(header.size()) == header;
}

/// The path of the file; empty where there is none to write.
Result<QString> writeRejectsOf(int table, const RunReport &report, const Dataset &snapshot, const QString &path,
                               const PackageFiles &kept, const std::stop_token &stop)
{
    const Resource &resource = snapshot.package->resources.at(table);
    const TableReport &tableReport = report.tables.at(table);
    const QByteArray header = headerOf(resource);
    const QByteArray records = recordsOf(tableReport, snapshot.tables.at(table), cancelledReason(report), stop);
    if (stop.stop_requested())
        return failure(Error::Kind::Stopped, Text::tr("the export of the rows rejected was stopped"));
    if (const auto lost = kept.overwrittenBy(path)) {
        return failure(
            Error::Kind::Unwritable,
            Text::tr("%1: the rejects would overwrite it; choose another folder for the rejects").arg(*lost));
    }
    if (tableReport.rejected.isEmpty() && tableReport.cancelled.isEmpty()) {
        if (isRejects(path, header) && !QFile::remove(path))
            return failure(Error::Kind::Unwritable, Text::tr("%1: cannot be removed").arg(path));
        return QString();
    }
    const bool isThere = QFile::exists(path) || QFileInfo(path).isSymLink();
    if (isThere && !isRejects(path, header)) {
        return failure(
            Error::Kind::Unwritable,
            Text::tr("%1: is there already and holds no rejects; choose another folder for the rejects").arg(path));
    }
    if (const auto result = writeFile(path, header + records); !result)
        return tl::unexpected(result.error());
    return path;
}

} // namespace

QStringList rejectPaths(const Package &package, const QString &folder)
{
    QStringList paths;
    for (const QString &name : exportFileNames(package))
        paths.append(QDir(folder).filePath(name + QStringLiteral(".csv")));
    return paths;
}

RejectFiles writeRejects(const RunReport &report, const Dataset &snapshot, const QString &folder,
                         const std::stop_token &stop)
{
    if (!QDir().mkpath(folder)) {
        const QString reason =
            Text::tr("%1: the folder cannot be made; choose another one for the rejects").arg(folder);
        return { {}, Error { Error::Kind::Unwritable, reason } };
    }
    const QStringList paths = rejectPaths(*snapshot.package, folder);
    const PackageFiles kept(*snapshot.package, report.into);
    RejectFiles files;
    for (int table = 0; !files.error && table < report.tables.size(); ++table) {
        const Result<QString> path = writeRejectsOf(table, report, snapshot, paths.at(table), kept, stop);
        if (!path)
            files.error = path.error();
        else if (!path->isEmpty())
            files.written.append(*path);
    }
    return files;
}

} // namespace seedbed
