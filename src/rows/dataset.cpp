// SPDX-License-Identifier: MIT
#include "rows/dataset.h"

#include "base/regularfile.h"
#include "package/descriptor.h"
#include "rows/csv/csv.h"
#include "rows/csv/raggedwarnings.h"
#include "rows/datasetreader.h"
#include "rows/inlinetable.h"
#include "rows/packagewriter.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

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
Result<void> writeTable(const Table &table, const Resource &resource, PackageWriter &writer)
{
    const Result<QString> place = writer.take(resource.path);
    if (!place)
        return tl::unexpected<Error>(place.error());
    RegularFile old(*place);
    if (old.openToRead()) {
        const Result<Table> there = tableFromCsv(old, resource, resource.path);
        if (there && haveEqualRows(*there, table) && !old.hasChanged())
            return {};
        old.close();
    }
    return PackageWriter::write(*place, tableToCsv(table, resource));
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
    Result<QByteArray> text = changed.isEmpty() ? package.descriptor : descriptorWithRows(package, changed);
    if (const qsizetype most = ReadLimits().jsonBytes; text && text->size() > most && !changed.isEmpty()) {
        return failure(Error::Kind::Unwritable,
                       Text::tr("%1 would be larger than %2, and could not be read again; put rows into a CSV file")
                           .arg(QDir::toNativeSeparators(package.descriptorPath), sizeText(most)));
    }
    return text;
}

/// A descriptor that is to be written when all else is.
struct DescriptorText {
    QString place;
    QByteArray text;
};

Result<DescriptorText> takeDescriptor(const Dataset &dataset, const QString &name, PackageWriter &writer)
{
    const Result<QByteArray> text = descriptorOf(dataset);
    if (!text)
        return tl::unexpected<Error>(text.error());
    return writer.take(name).map([&text](const QString &place) { return DescriptorText { place, *text }; });
}

Result<void> writeTables(const Dataset &dataset, PackageWriter &writer)
{
    const Package &package = *dataset.package;
    for (int i = 0; i < package.resources.size(); ++i) {
        const Resource &resource = package.resources.at(i);
        if (resource.inlineRows)
            continue;
        if (const Result<void> written = writeTable(dataset.tables.at(i), resource, writer); !written)
            return written;
    }
    return {};
}

/// Copies a schema or dialect from the package's folder.
Result<void> copyFile(const QString &folder, const QString &name, PackageWriter &writer)
{
    RegularFile file(QDir(folder).filePath(name));
    const auto content =
        file.openToRead(folder).and_then([&file] { return file.readUpTo(ReadLimits::none().jsonBytes); });
    if (!content) {
        return failure(Error::Kind::Unwritable,
                       Text::tr("%1 cannot be copied: %2; the package needs it")
                           .arg(QDir::toNativeSeparators(file.fileName()), content.error()));
    }
    return writer.take(name).and_then(
        [&content](const QString &place) { return PackageWriter::write(place, *content); });
}

/// Writes everything but the descriptor, which comes last: where there is one, the package is complete.
Result<void> writeParts(const Dataset &dataset, PackageWriter &writer)
{
    for (const QString &file : referencedFiles(*dataset.package)) {
        if (const Result<void> copied = copyFile(dataset.package->folder(), file, writer); !copied)
            return copied;
    }
    return writeTables(dataset, writer);
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
    PackageWriter writer(package, package.folder());
    for (const QString &file : referencedFiles(package))
        writer.spare(file);
    const QString name = QFileInfo(package.descriptorPath).fileName();
    if (!hasInlineRows(package)) {
        writer.spare(name);
        return writeTables(dataset, writer);
    }
    const Result<DescriptorText> descriptor = takeDescriptor(dataset, name, writer);
    if (!descriptor)
        return tl::unexpected<Error>(descriptor.error());
    return writeTables(dataset, writer).and_then([&descriptor] {
        return PackageWriter::write(descriptor->place, descriptor->text);
    });
}

Result<Dataset> saveDatasetAs(const Dataset &dataset, const QString &folder)
{
    initSeedbedResources();
    const QString name = QStringLiteral("datapackage.json");
    PackageWriter writer(*dataset.package, folder);
    const Result<DescriptorText> descriptor = takeDescriptor(dataset, name, writer);
    if (!descriptor)
        return tl::unexpected<Error>(descriptor.error());
    const Result<void> written = writeParts(dataset, writer).and_then([&descriptor] {
        return PackageWriter::write(descriptor->place, descriptor->text);
    });
    if (!written)
        return tl::unexpected<Error>(written.error());
    Result<Package> package = readPackage(QDir(folder).filePath(name), ReadLimits::none());
    if (!package)
        return tl::unexpected<Error>(package.error());
    const QStringList warnings = package->warnings + raggedWarnings(*package, dataset.tables);
    return Dataset { std::make_shared<const Package>(std::move(*package)), dataset.tables, warnings };
}

} // namespace seedbed
