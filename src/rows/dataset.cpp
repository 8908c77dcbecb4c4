// SPDX-License-Identifier: MIT
#include "rows/dataset.h"

#include "package/descriptor.h"
#include "rows/csv.h"

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

/// What a value that is absent becomes in a table, whose cells all have a text: one that the schema takes as
/// missing.
QByteArray textOfAbsent(const TableSchema &schema)
{
    return schema.missingValues.contains(QByteArray("")) ? QByteArray("") : schema.missingValues.value(0, "");
}

Table tableFromInlineRows(const QList<QList<QByteArray>> &rows, const TableSchema &schema)
{
    Table table(static_cast<int>(schema.fields.size()));
    const QByteArray absent = textOfAbsent(schema);
    for (QList<QByteArray> cells : rows) {
        for (QByteArray &cell : cells) {
            if (cell.isNull())
                cell = absent;
        }
        table.append(cells);
    }
    return table;
}

QList<QList<QByteArray>> inlineRowsFromTable(const Table &table, const TableSchema &schema)
{
    QList<QList<QByteArray>> rows;
    rows.reserve(table.rowCount());
    const QByteArray absent = textOfAbsent(schema);
    for (qsizetype i = 0; i < table.rowCount(); ++i) {
        QList<QByteArray> cells = table.row(i).cells;
        for (QByteArray &cell : cells) {
            if (cell == absent)
                cell = QByteArray();
        }
        rows.append(cells);
    }
    return rows;
}

Result<Table> readTable(const Package &package, const Resource &resource)
{
    if (resource.inlineRows)
        return tableFromInlineRows(*resource.inlineRows, resource.schema);
    const QString path = QDir(package.folder()).filePath(resource.path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(Error::Kind::Unreadable,
                       Text::tr("%1 cannot be read: %2; put the rows of %3 there, or change its path in %4")
                           .arg(QDir::toNativeSeparators(path), file.errorString(), resource.name,
                                QDir::toNativeSeparators(package.descriptorPath)));
    }
    return tableFromCsv(file, resource, resource.path);
}

/// A sentence for every ragged row, in the order of the lines.
QStringList raggedWarnings(const Table &table, const Resource &resource)
{
    QList<RaggedRow> rows = table.raggedRows().values();
    std::sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.line < b.line; });
    QStringList warnings;
    for (const RaggedRow &row : std::as_const(rows)) {
        const QString sentence = row.extra.isEmpty()
            ? Text::tr(
                "%1 line %2 has fewer cells than the table has columns (%3); the row is skipped until it is mended")
            : Text::tr(
                "%1 line %2 has more cells than the table has columns (%3); the row is skipped until it is mended");
        warnings.append(sentence.arg(resource.path).arg(row.line).arg(row.cellCount));
    }
    return warnings;
}

QStringList allWarnings(const Package &package, const QList<Table> &tables)
{
    QStringList warnings = package.warnings;
    for (int i = 0; i < package.resources.size(); ++i)
        warnings += raggedWarnings(tables.at(i), package.resources.at(i));
    return warnings;
}

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
        const Result<Table> there = tableFromCsv(old.readAll(), resource, resource.path);
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
        const Result<void> written
            = writeTable(dataset.tables.at(i), resource, folder.filePath(resource.path));
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

Result<Dataset> readDataset(const QString &path)
{
    initSeedbedResources();
    Result<Package> package = readPackage(path);
    if (!package)
        return tl::unexpected<Error>(package.error());
    Dataset dataset;
    for (const Resource &resource : std::as_const(package->resources)) {
        Result<Table> table = readTable(*package, resource);
        if (!table)
            return tl::unexpected<Error>(table.error());
        dataset.tables.append(std::move(*table));
    }
    dataset.warnings = allWarnings(*package, dataset.tables);
    dataset.package = std::make_shared<const Package>(std::move(*package));
    return dataset;
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
    Result<Package> package = readPackage(path);
    if (!package)
        return tl::unexpected<Error>(package.error());
    Dataset saved{ nullptr, dataset.tables, allWarnings(*package, dataset.tables) };
    saved.package = std::make_shared<const Package>(std::move(*package));
    return saved;
}

} // namespace seedbed
