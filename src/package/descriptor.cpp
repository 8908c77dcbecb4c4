// SPDX-License-Identifier: MIT
#include "package/descriptor.h"

#include "base/regularfile.h"
#include "package/dialectreader.h"
#include "package/inlinerows.h"
#include "package/resourcereader.h"
#include "package/schemareader.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSet>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Descriptor)
};

/// What the descriptor's text says, file names aside.
void readTitles(const Node &root, Package &package)
{
    package.name = root.member("name").string();
    if (package.name.isEmpty())
        package.name = QFileInfo(package.folder()).fileName();
    package.title = root.member("title").string();
    if (package.title.isEmpty())
        package.title = withCapital(package.name);
}

void readResources(const Node &root, Package &package)
{
    ResourceReader reader(package);
    const Node resources = root.member("resources");
    resources.mustBeArray();
    if (!resources.exists())
        resources.refuse(Text::tr("is missing; list the tables of the package there"));
    else if (resources.items().empty())
        resources.refuse(Text::tr("is empty; a package has at least one resource"));
    for (const Node &resource : resources.items())
        reader.read(resource);
    reader.readForeignKeys();
    reader.checkFiles();
    if (package.resources.isEmpty())
        resources.refuse(Text::tr("none of them is a table: give one a CSV file as its path, and a schema"));
}

/// The value of the resource with this name in a descriptor's tree.
JsonValue *findResource(JsonValue &root, const QString &name)
{
    JsonValue *resources = root.find("resources");
    if (!resources)
        return nullptr;
    for (JsonValue &resource : resources->items) {
        // As it is read: without a byte order mark in front.
        if (const JsonValue *value = resource.find("name"); value && QString::fromUtf8(value->text) == name)
            return &resource;
    }
    return nullptr;
}

} // namespace

QString samplePackagePath()
{
    return QStringLiteral(":/shop/datapackage.json");
}

Result<Package> readPackage(const QString &path, const ReadLimits &limits)
{
    QString filePath = QFileInfo(path).absoluteFilePath();
    if (QFileInfo(filePath).isDir())
        filePath = QDir(filePath).filePath(QStringLiteral("datapackage.json"));
    RegularFile file(filePath);
    const auto json = file.openToRead().and_then([&] { return file.readUpTo(limits.jsonBytes); });
    if (!json) {
        return failure(Error::Kind::Unreadable,
                       Text::tr("%1 cannot be read: %2; choose a datapackage.json, or a folder with one")
                           .arg(QDir::toNativeSeparators(filePath), json.error()));
    }
    return parsePackage(*json, filePath, limits);
}

Result<Package> parsePackage(const QByteArray &json, const QString &descriptorPath, const ReadLimits &limits)
{
    Package package;
    package.descriptorPath = descriptorPath;
    package.descriptor = json;
    DescriptorNotes notes(limits);
    const Node root = notes.parse(json, QDir::toNativeSeparators(descriptorPath));
    root.mustBeObject();
    if (!notes.refusal())
        readTitles(root, package);
    if (!notes.refusal())
        readResources(root, package);
    if (notes.refusal())
        return tl::unexpected<Error>(*notes.refusal());
    package.warnings = notes.warnings();
    return package;
}

QStringList referencedFiles(const Package &package)
{
    QStringList files;
    const auto root = parseJson(package.descriptor);
    const JsonValue *resources = root ? root->find("resources") : nullptr;
    if (!resources)
        return files;
    QSet<QString> names;
    for (const Resource &resource : package.resources)
        names.insert(resource.name);
    QSet<QString> seen;
    for (const JsonValue &resource : resources->items) {
        for (const char *key : { "schema", "dialect" }) {
            const JsonValue *value = resource.find(key);
            if (!value || value->kind != JsonValue::Kind::String)
                continue;
            const QString file = QString::fromUtf8(value->text);
            const JsonValue *name = resource.find("name");
            if (!name || !names.contains(QString::fromUtf8(name->text)) || seen.contains(file))
                continue;
            seen.insert(file);
            files.append(file);
        }
    }
    return files;
}

Result<QByteArray> descriptorWithRows(const Package &package, const QHash<int, QList<QList<QByteArray>>> &rows)
{
    auto root = parseJson(package.descriptor);
    if (!root) {
        return failure(Error::Kind::Unreadable,
                       QStringLiteral("%1: %2: %3")
                           .arg(QDir::toNativeSeparators(package.descriptorPath), root.error().where,
                                root.error().message));
    }
    for (auto it = rows.cbegin(); it != rows.cend(); ++it) {
        const Resource &resource = package.resources.at(it.key());
        JsonValue *value = findResource(*root, resource.name);
        JsonValue *data = value ? value->find("data") : nullptr;
        if (!data) {
            return failure(Error::Kind::Unreadable,
                           Text::tr("%1 has no inline rows for %2; open the package again")
                               .arg(QDir::toNativeSeparators(package.descriptorPath), resource.name));
        }
        writeInlineRows(*data, resource.schema, it.value(), resource.dialect.header);
    }
    return writeJson(*root);
}

} // namespace seedbed
