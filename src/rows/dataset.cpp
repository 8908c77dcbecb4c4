// SPDX-License-Identifier: MIT
#include "rows/dataset.h"

#include "package/descriptor.h"
#include "rows/csv.h"
#include "rows/datasetreader.h"
#include "rows/inlinetable.h"
#include "rows/raggedwarnings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>

#include <algorithm>

// A resource in a static library is linked in by this call; it has to stand outside of any namespace.
static void initSeedbedResources()
{
    Q_INIT_RESOURCE(seedbed);
}

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Dataset)
};

/// Replaces the file's content at once, or leaves it as it was. A file that has it already is not touched.
Result<void> writeFile(const QString &path, const QByteArray &content)
{
    QFile old(path);
    if (old.open(QIODevice::ReadOnly) && old.size() == content.size() && old.readAll() == content)
        return {};
    old.close();
    QDir().mkpath(QFileInfo(path).path()); // where that fails, opening the file says why
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit())
        return {};
    return failure(Error::Kind::Unwritable,
                   Text::tr("%1 cannot be written: %2; choose a folder that you may write to")
                       .arg(QDir::toNativeSeparators(path), file.errorString()));
}

bool haveEqualRows(const Table &a, const Table &b)
{
    if (a.rowCount() != b.rowCount() || a.columnCount() != b.columnCount())
        return false;
    for (qsizetype row = 0; row < a.rowCount(); ++row) {
        for (int column = 0; column < a.columnCount(); ++column) {
            if (a.cell(row, column) != b.cell(row, column))
                return false;
        }
        const auto raggedA = a.ragged(a.rowId(row));
        const auto raggedB = b.ragged(b.rowId(row));
        if (raggedA.has_value() != raggedB.has_value() || (raggedA && raggedA->extra != raggedB->extra))
            return false;
    }
    return true;
}

/// Writes a CSV file, unless it has these very rows, however they are quoted, encoded or ordered by column:
/// what a person did not edit stays as another program wrote it.
Result<void> writeTable(const Table &table, const Resource &resource, const QString &path)
{
    QFile old(path);
    if (old.open(QIODevice::ReadOnly)) {
        const Result<Table> there = tableFromCsv(old, resource, resource.path);
        old.close();
        if (there && haveEqualRows(*there, table))
            return {};
    }
    return writeFile(path, tableToCsv(table, resource));
}

/// The descriptor with the inline rows of the tables; its text as it is where they are those that it has.
Result<QByteArray> descriptorOf(const Dataset &dataset)
{
    const Package &package = *dataset.package;
    QHash<int, QList<QList<QByteArray>>> changed;
    for (int i = 0; i < package.resources.size(); ++i) {
        const Resource &resource = package.resources.at(i);
        if (!resource.inlineRows)
            continue;
        const Table &table = dataset.tables.at(i);
        if (!haveEqualRows(table, tableFromInlineRows(*resource.inlineRows, resource.schema)))
            changed.insert(i, inlineRowsFromTable(table, resource.schema));
    }
    return changed.isEmpty() ? package.descriptor : descriptorWithRows(package, changed);
}

Result<void> writeTables(const Dataset &dataset, const QDir &folder)
{
    const Package &package = *dataset.package;
    for (int i = 0; i < package.resources.size(); ++i) {
        const Resource &resource = package.resources.at(i);
        if (resource.inlineRows)
            continue;
        const Result<void> written = writeTable(dataset.tables.at(i), resource, folder.filePath(resource.path));
        if (!written)
            return written;
    }
    return {};
}

Result<void> copyFile(const QString &from, const QString &to)
{
    QFile file(from);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(Error::Kind::Unwritable,
                       Text::tr("%1 cannot be copied: %2; the package needs it")
                           .arg(QDir::toNativeSeparators(from), file.errorString()));
    }
    return writeFile(to, file.readAll());
}

/// Writes everything but the descriptor, which comes last: where there is one, the package is complete.
Result<void> writeParts(const Dataset &dataset, const QDir &folder)
{
    const QDir from(dataset.package->folder());
    for (const QString &file : referencedFiles(*dataset.package)) {
        if (const Result<void> copied = copyFile(from.filePath(file), folder.filePath(file)); !copied)
            return copied;
    }
    return writeTables(dataset, folder);
}

bool hasInlineRows(const Package &package)
{
    return std::any_of(package.resources.begin(), package.resources.end(),
                       [](const Resource &resource) { return resource.inlineRows.has_value(); });
}

} // namespace

Result<Dataset> readDataset(const QString &path, ReadProgress *progress, const std::stop_token &stop,
                            const ReadLimits &limits)
{
    initSeedbedResources();
    Result<Package> read = readPackage(path, limits);
    if (!read)
        return tl::unexpected<Error>(read.error());
    const auto package = std::make_shared<const Package>(std::move(*read));
    Result<QList<Table>> tables = DatasetReader(package, limits, progress, stop).read();
    if (!tables)
        return tl::unexpected<Error>(tables.error());
    const QStringList warnings = package->warnings + raggedWarnings(*package, *tables);
    return Dataset { package, std::move(*tables), warnings };
}

Dataset sampleDataset()
{
    Result<Dataset> sample = readDataset(samplePackagePath());
    Q_ASSERT_X(sample.has_value(), "sampleDataset", "the sample that is compiled in can be read");
    return std::move(*sample);
}

Result<void> saveDataset(const Dataset &dataset)
{
    const Package &package = *dataset.package;
    if (package.isBuiltIn()) {
        return failure(Error::Kind::Unwritable,
                       Text::tr("the built-in sample cannot be written; save it as a package of your own"));
    }
    if (const Result<void> written = writeTables(dataset, QDir(package.folder())); !written)
        return written;
    if (!hasInlineRows(package))
        return {};
    const Result<QByteArray> descriptor = descriptorOf(dataset);
    if (!descriptor)
        return tl::unexpected<Error>(descriptor.error());
    return writeFile(package.descriptorPath, *descriptor);
}

Result<Dataset> saveDatasetAs(const Dataset &dataset, const QString &folder)
{
    initSeedbedResources();
    const QDir target(folder);
    if (const Result<void> written = writeParts(dataset, target); !written)
        return tl::unexpected<Error>(written.error());
    const Result<QByteArray> descriptor = descriptorOf(dataset);
    if (!descriptor)
        return tl::unexpected<Error>(descriptor.error());
    const QString path = target.filePath(QStringLiteral("datapackage.json"));
    if (const Result<void> written = writeFile(path, *descriptor); !written)
        return tl::unexpected<Error>(written.error());
    Result<Package> package = readPackage(path, ReadLimits::none());
    if (!package)
        return tl::unexpected<Error>(package.error());
    const QStringList warnings = package->warnings + raggedWarnings(*package, dataset.tables);
    return Dataset { std::make_shared<const Package>(std::move(*package)), dataset.tables, warnings };
}

} // namespace seedbed
