// SPDX-License-Identifier: MIT
#include "export/tableexport.h"

#include "base/regularfile.h"
#include "export/spreadsheet.h"
#include "export/tablejson.h"
#include "rows/csv/csv.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QSet>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(TableExport)
};

/// The table's fields in the dialect of a format; the names too may look like formulas.
Resource writtenAs(const Resource &resource, ExportFormat format)
{
    Resource written = resource;
    written.dialect = {};
    written.dialect.delimiter = format == ExportFormat::Tsv ? '\t' : ',';
    for (Field &field : written.schema.fields) {
        if (format == ExportFormat::Spreadsheet && looksLikeFormula(field.name.toUtf8(), {}))
            field.name.prepend(u'\'');
    }
    return written;
}

QByteArray jsonOf(const Table &rows, const TableSchema &schema, bool isFirst)
{
    QByteArray text;
    for (qsizetype row = 0; row < rows.rowCount(); ++row) {
        text += row == 0 && isFirst ? "\n" : ",\n";
        text += rowToJson(rows, row, schema);
    }
    return text;
}

QByteArray beginningOf(const Resource &written, ExportFormat format)
{
    if (format == ExportFormat::Json)
        return "[";
    const QByteArray header = tableToCsv(Table(static_cast<int>(written.schema.fields.size())), written);
    return format == ExportFormat::Spreadsheet ? "\xEF\xBB\xBF" + header : header;
}

} // namespace

QString suffixOf(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Csv:
    case ExportFormat::Spreadsheet:
        return QStringLiteral("csv");
    case ExportFormat::Tsv:
        return QStringLiteral("tsv");
    case ExportFormat::Json:
        return QStringLiteral("json");
    }
    Q_UNREACHABLE();
}

QString exportFileName(const Resource &resource)
{
    // The standard lets a name hold a slash; a database's name never does.
    return resource.name.contains(u'/') ? resource.database : resource.name;
}

QStringList exportFileNames(const Package &package)
{
    QSet<QString> taken; // names of resources first, as nobody else has them
    for (const Resource &resource : package.resources) {
        if (exportFileName(resource) == resource.name)
            taken.insert(resource.name);
    }
    QStringList names;
    for (const Resource &resource : package.resources) {
        const QString wanted = exportFileName(resource);
        QString name = wanted;
        for (int number = 2; wanted != resource.name && taken.contains(name); ++number)
            name = QStringLiteral("%1-%2").arg(wanted).arg(number);
        taken.insert(name);
        names.append(name);
    }
    return names;
}

Result<ExportOutcome> writeTable(QIODevice &device, const Table &rows, const Resource &resource, ExportFormat format,
                                 const std::stop_token &stop)
{
    ExportOutcome outcome { {}, rows.rowCount(), 0 };
    Resource written = writtenAs(resource, format);
    const auto write = [&device](const QByteArray &text) { return device.write(text) == text.size(); };
    bool isWritten = write(beginningOf(written, format));
    written.dialect.header = false;
    for (qsizetype chunk = 0; isWritten && chunk < rows.chunkCount(); ++chunk) {
        if (stop.stop_requested())
            return failure(Error::Kind::Stopped, Text::tr("the export of %1 was stopped").arg(resource.title));
        const qsizetype start = rows.chunkStart(chunk);
        Table part = rows.sliced(start, rows.chunkStart(chunk + 1) - start);
        if (format == ExportFormat::Spreadsheet)
            outcome.defused += defuse(part, resource.schema);
        isWritten =
            write(format == ExportFormat::Json ? jsonOf(part, resource.schema, chunk == 0) : tableToCsv(part, written));
    }
    if (isWritten && format == ExportFormat::Json)
        isWritten = write(rows.isEmpty() ? "]\n" : "\n]\n");
    if (!isWritten)
        return failure(Error::Kind::Unwritable, device.errorString());
    return outcome;
}

Result<ExportOutcome> exportTable(const QString &path, const Table &rows, const Resource &resource, ExportFormat format,
                                  const std::stop_token &stop, const PackageFiles &kept)
{
    const auto complain = [&path](const QString &reason) {
        return failure(Error::Kind::Unwritable,
                       Text::tr("%1 cannot be written: %2; choose another place for it")
                           .arg(QDir::toNativeSeparators(path), reason));
    };
    if (const QString odd = oddFileAt(path); !odd.isEmpty())
        return complain(Text::tr("it is %1, not a file").arg(odd));
    if (const auto lost = kept.overwrittenBy(path))
        return complain(Text::tr("it would overwrite %1").arg(QDir::toNativeSeparators(*lost)));
    QSaveFile file(placeOf(path));
    if (!file.open(QIODevice::WriteOnly))
        return complain(file.errorString());
    Result<ExportOutcome> outcome = writeTable(file, rows, resource, format, stop);
    if (!outcome)
        return outcome.error().kind == Error::Kind::Stopped ? outcome : complain(outcome.error().message);
    if (!file.commit())
        return complain(file.errorString());
    outcome->path = path;
    return outcome;
}

ExportOutcomes exportTables(const QString &folder, const Dataset &dataset, ExportFormat format,
                            const std::stop_token &stop, const PackageFiles &kept)
{
    const auto refusal = [](const QString &reason) {
        return ExportOutcomes { {}, Error { Error::Kind::Unwritable, reason } };
    };
    QStringList paths;
    for (const QString &name : exportFileNames(*dataset.package)) {
        paths.append(QDir(folder).filePath(name + u'.' + suffixOf(format)));
        const QFileInfo there(paths.constLast());
        if (there.exists() || there.isSymLink()) { // a link may lead to what is not there yet
            return refusal(Text::tr("%1 is there already; choose another folder for the tables")
                               .arg(QDir::toNativeSeparators(paths.constLast())));
        }
    }
    if (!QDir().mkpath(folder))
        return refusal(Text::tr("%1: the folder cannot be made; choose another one").arg(folder));
    ExportOutcomes outcomes;
    for (int table = 0; !outcomes.error && table < dataset.tables.size(); ++table) {
        const Resource &resource = dataset.package->resources.at(table);
        const auto outcome = exportTable(paths.at(table), dataset.tables.at(table), resource, format, stop, kept);
        if (outcome)
            outcomes.written.append(*outcome);
        else
            outcomes.error = outcome.error();
    }
    return outcomes;
}

} // namespace seedbed
