// SPDX-License-Identifier: MIT

// datapackage.json: what is understood keeps the promises of a package, and is the same package when its rows were
// put back into it. Of what is no package, JSON at least is the same when it was written. An input is the text of the
// file.

#include "package/descriptor.h"
#include "package/json.h"
#include "require.h"
#include "rows/csv/csv.h"
#include "rows/csv/tablereader.h"
#include "rows/inlinetable.h"
#include "validation/cellrules.h"
#include "validation/tableorder.h"

#include <QBuffer>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <memory>

using namespace seedbed;

namespace {

/// Nothing lies beneath it that a descriptor could name.
const QString &descriptorPath()
{
    static const QString path = QStringLiteral("/dev/null/datapackage.json");
    return path;
}

bool isSame(const JsonValue &a, const JsonValue &b)
{
    const auto isSameMember = [](const JsonMember &x, const JsonMember &y) {
        return x.key == y.key && isSame(x.value, y.value);
    };
    return a.kind == b.kind && a.boolean == b.boolean && a.text == b.text
        && std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), isSame)
        && std::equal(a.members.begin(), a.members.end(), b.members.begin(), b.members.end(), isSameMember);
}

void requireJson(const QByteArray &text)
{
    const auto value = parseJson(text);
    if (!value)
        return require(!value.error().where.isEmpty() && !value.error().message.isEmpty(),
                       "an error says what and where");
    const auto again = parseJson(writeJson(*value));
    require(again && isSame(*value, *again), "JSON that is written is the same value");
}

bool arePositions(const QList<int> &fields, const TableSchema &schema)
{
    const bool areThere = std::all_of(fields.cbegin(), fields.cend(),
                                      [&](int field) { return field >= 0 && field < schema.fields.size(); });
    return areThere && QSet<int>(fields.cbegin(), fields.cend()).size() == fields.size();
}

void requireField(const Field &field)
{
    require(!field.name.isEmpty() && !field.name.contains(QChar::Null), "a field has a name");
    require(field.type != FieldType::Number || field.decimalChar != field.groupChar,
            "a fraction is no group of digits");
    if (const auto &pattern = field.constraints.pattern)
        require(QRegularExpression(*pattern).isValid()
                    && QRegularExpression(QRegularExpression::anchoredPattern(*pattern)).isValid(),
                "a pattern is a regular expression, and of the whole value too");
    const auto &values = field.constraints.enumeration;
    require(!values || !values->isEmpty(), "an enum has values");
}

void requireResource(const Resource &resource, const Package &package)
{
    const TableSchema &schema = resource.schema;
    require(!resource.name.isEmpty() && !resource.title.isEmpty() && !resource.table.isEmpty(), "a table has names");
    require(!resource.database.isEmpty() && !resource.database.contains(u'/'), "a database is a plain name");
    require(resource.path.isEmpty() == resource.inlineRows.has_value(), "rows come from one place");
    require(!resource.path.startsWith(u'/') && !resource.path.split(u'/').contains(u".."),
            "a path stays in its folder");
    require(resource.dialect.delimiter != resource.dialect.quoteChar, "a delimiter is no quote");
    require(!schema.fields.isEmpty(), "a table has fields");
    for (const Field &field : schema.fields)
        requireField(field);
    require(arePositions(schema.primaryKey, schema), "a key is of fields");
    for (const ForeignKey &key : schema.foreignKeys) {
        require(key.resource >= 0 && key.resource < package.resources.size(), "a reference is to a table");
        require(!key.fields.isEmpty() && key.fields.size() == key.referenceFields.size(), "a reference has two sides");
        require(arePositions(key.fields, schema), "a reference is of fields");
        require(arePositions(key.referenceFields, package.resources.at(key.resource).schema), "and to fields");
    }
    for (const QList<QByteArray> &row : resource.inlineRows.value_or(QList<QList<QByteArray>>()))
        require(row.size() == schema.fields.size(), "an inline row has a cell for each field");
}

void requirePackage(const Package &package)
{
    require(!package.resources.isEmpty(), "a package has tables");
    QSet<QString> names;
    QSet<QString> databases;
    for (const Resource &resource : package.resources) {
        requireResource(resource, package);
        names.insert(resource.name);
        databases.insert(resource.database.toLower());
    }
    require(names.size() == package.resources.size(), "tables have names of their own");
    require(databases.size() == package.resources.size(), "tables have databases of their own");
    qsizetype ordered = 0;
    for (const TableGroup &group : tableOrder(package))
        ordered += group.tables.size();
    require(ordered == package.resources.size(), "each table has its place in the order");
    require(std::as_const(package).indexOf(package.resources.last().name) == package.resources.size() - 1,
            "a table is found by its name");
}

QList<QList<QByteArray>> cellsOf(const Table &table)
{
    QList<QList<QByteArray>> cells;
    for (qsizetype row = 0; row < table.rowCount(); ++row)
        cells.append(table.row(row).cells);
    return cells;
}

void requireCsv(const Table &table, const Resource &resource)
{
    QBuffer device;
    device.setData(tableToCsv(table, resource));
    device.open(QIODevice::ReadOnly);
    TableReader reader(device, resource, QStringLiteral("rows.csv"), ReadLimits(), device.size() + 64);
    Result<bool> block = true;
    while (block && *block)
        block = reader.readBlock();
    require(block.has_value(), "inline rows that are written as CSV can be read");
    require(cellsOf(reader.take()) == cellsOf(table), "inline rows that are written as CSV are the same");
}

/// How long a pattern takes is no matter here.
void requireCheckable(const Table &table, TableSchema schema)
{
    for (Field &field : schema.fields)
        field.constraints.pattern.reset();
    const CellRules rules(schema);
    for (qsizetype row = 0; row < table.rowCount(); ++row) {
        for (int field = 0; field < schema.fields.size(); ++field) {
            QList<CellProblem> problems;
            const QByteArrayView cell = table.cell(row, field);
            require(rules.check(field, cell, problems) == valueOf(schema, field, cell), "a cell has one value");
        }
    }
}

/// All but what writing changes: white space, and values that are absent.
void requireSame(Package before, Package after)
{
    after.descriptor = before.descriptor;
    for (int table = 0; table < before.resources.size(); ++table) {
        before.resources[table].inlineRows.reset();
        after.resources[table].inlineRows.reset();
    }
    require(before == after, "a package whose rows were put back is the same");
}

void requireRowsPutBack(const Package &package)
{
    QHash<int, QList<QList<QByteArray>>> rows;
    QHash<int, Table> tables;
    for (int i = 0; i < package.resources.size(); ++i) {
        const Resource &resource = package.resources.at(i);
        if (!resource.inlineRows)
            continue;
        const Table table = tableFromInlineRows(*resource.inlineRows, resource.schema);
        requireCsv(table, resource);
        requireCheckable(table, resource.schema);
        rows.insert(i, inlineRowsFromTable(table, resource.schema));
        tables.insert(i, table);
    }
    const Result<QByteArray> written = descriptorWithRows(package, rows);
    require(written.has_value(), "rows can be put back");
    const Result<Package> again = parsePackage(*written, descriptorPath());
    require(again.has_value() && again->resources.size() == package.resources.size(), "and be read again");
    requireSame(package, *again);
    for (auto it = tables.cbegin(); it != tables.cend(); ++it) {
        const Resource &resource = again->resources.at(it.key());
        require(resource.inlineRows.has_value(), "inline rows stay inline");
        require(cellsOf(tableFromInlineRows(*resource.inlineRows, resource.schema)) == cellsOf(*it),
                "rows that were put back are the same");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    requireNoWarnings();
    const QByteArray text(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const Result<Package> package = parsePackage(text, descriptorPath());
    if (!package) {
        require(package.error().message.startsWith(descriptorPath()), "an error names the file");
        requireJson(text);
        return 0;
    }
    requirePackage(*package);
    requireRowsPutBack(*package);
    return 0;
}
