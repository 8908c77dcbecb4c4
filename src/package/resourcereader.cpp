// SPDX-License-Identifier: MIT
#include "package/resourcereader.h"

#include "package/dialectreader.h"
#include "package/inlinerows.h"
#include "package/schemareader.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Descriptor)
};

bool isUrl(const QString &path)
{
    return path.contains(u"://");
}

/// Whether the path stays inside the package's folder on every system.
bool isSafe(const QString &path)
{
    const bool hasDrive = path.size() > 1 && path.at(1) == u':';
    return !path.startsWith(u'/') && !path.startsWith(u'~') && !path.contains(u'\\') && !hasDrive
        && !path.split(u'/').contains(u"..");
}

void checkPath(const Node &node, const QString &path)
{
    if (path.isEmpty())
        node.refuse(Text::tr("is empty; name a file"));
    else if (isUrl(path))
        node.refuse(Text::tr("\"%1\" is on the net; download the file and name it here").arg(path));
    else if (!isSafe(path))
        node.refuse(Text::tr("\"%1\" leaves the package's folder; put the file beside the descriptor").arg(path));
}

bool endsWith(const QString &path, std::initializer_list<const char *> suffixes)
{
    for (const char *suffix : suffixes) {
        if (path.endsWith(QLatin1String(suffix), Qt::CaseInsensitive))
            return true;
    }
    return false;
}

/// The one path of a resource: a string, or an array with one.
Node onePath(const Node &path)
{
    const std::vector<Node> paths = path.oneOrMore();
    if (path.exists() && paths.size() != 1)
        path.refuse(Text::tr("a table in %1 files cannot be read; put its rows into one file").arg(paths.size()));
    return paths.size() == 1 ? paths.front() : path;
}

/// A file of rows that is not CSV would be read as rubbish.
void checkFormat(const Node &node, const Node &path, const QString &file)
{
    const QString format = node.member("format").string(QStringLiteral("csv")).toLower();
    const bool isOther = endsWith(file, { ".json", ".geojson", ".xlsx", ".xls", ".ods", ".parquet", ".zip", ".gz" });
    if ((format != u"csv" && format != u"tsv") || isOther)
        path.refuse(Text::tr("only CSV files can be read; save \"%1\" as CSV").arg(file));
}

void checkEncoding(const Node &node)
{
    const QString encoding = node.string(QStringLiteral("utf-8")).toLower();
    if (encoding != u"utf-8" && encoding != u"utf8" && encoding != u"us-ascii" && encoding != u"ascii") {
        node.refuse(
            Text::tr("\"%1\" cannot be read; save the file as UTF-8 and write \"utf-8\" here").arg(node.string()));
    }
}

void checkDatabaseName(const Node &node, const QString &name)
{
    const bool isSideFile = name.endsWith(u"-wal") || name.endsWith(u"-shm") || name.endsWith(u"-journal");
    const bool isPlain = !isSideFile && !name.contains(u'/') && !name.contains(u'\\') && name != u"." && name != u"..";
    if (name.isEmpty() || !isPlain || name.startsWith(u"file:", Qt::CaseInsensitive) || name == u":memory:"
        || name == u".seedbed.lock") {
        node.refuse(Text::tr("\"%1\" is no plain file name for the database; write one such as \"%2\" "
                             "as \"database\" of \"seedbed\"")
                        .arg(name, QStringLiteral("people.db")));
    }
}

} // namespace

QString withCapital(const QString &name)
{
    // a letter may be two code units
    const qsizetype length = !name.isEmpty() && name.front().isHighSurrogate() ? 2 : 1;
    return name.left(length).toUpper() + name.mid(length);
}

void ResourceReader::read(const Node &node)
{
    node.mustBeObject();
    Resource resource;
    readNames(node, resource);
    const Node path = node.member("path");
    const Node data = node.member("data");
    if (path.exists() && data.exists())
        node.refuse(Text::tr("has both path and data; remove one of the two"));
    else if (!path.exists() && !data.exists())
        node.refuse(Text::tr("has neither path nor data; name its CSV file as path"));
    const Node file = onePath(path);
    if (path.exists())
        resource.path = file.string();
    const bool isTable =
        node.member("schema").exists() || data.isArray() || endsWith(resource.path, { ".csv", ".tsv" });
    if (!isTable) {
        node.notes().warn(
            Text::tr("%1 is left out: it is no table (it has no schema, and its file is not CSV)").arg(resource.name));
        return;
    }
    if (!node.notes().refusal())
        readTable(node, resource);
    if (!node.notes().refusal())
        readSource(node, file, data, resource);
    m_package.resources.append(resource);
    m_schemas.push_back(resolved(node.member("schema")));
}

void ResourceReader::readForeignKeys()
{
    QHash<QString, int> byName;
    for (int i = 0; i < m_package.resources.size(); ++i)
        byName.insert(m_package.resources.at(i).name, i);
    for (int i = 0; i < m_package.resources.size(); ++i)
        m_package.resources[i].schema.foreignKeys =
            seedbed::readForeignKeys(m_schemas.at(static_cast<std::size_t>(i)), m_package.resources, byName, i);
}

void ResourceReader::readNames(const Node &node, Resource &resource)
{
    const Node name = node.member("name");
    resource.name = name.name();
    if (m_names.contains(resource.name)) {
        name.refuse(Text::tr("\"%1\" is the name of another resource; rename one of the two").arg(resource.name));
    }
    m_names.insert(resource.name);
    resource.title = node.member("title").string();
    if (resource.title.isEmpty())
        resource.title = withCapital(resource.name);
}

void ResourceReader::readTable(const Node &node, Resource &resource)
{
    const Node schema = node.member("schema");
    if (!schema.exists()) {
        schema.refuse(Text::tr("is missing; say there which columns \"%1\" has").arg(resource.name));
        return;
    }
    Dialect dialect;
    if (resource.path.endsWith(u".tsv", Qt::CaseInsensitive)
        || node.member("format").string().compare(u"tsv", Qt::CaseInsensitive) == 0)
        dialect.delimiter = '\t';
    resource.dialect = readDialect(resolved(node.member("dialect")), dialect);
    resource.schema = readSchema(resolved(schema), resource.name);
    checkEncoding(node.member("encoding"));
    readDatabase(node, resource);
}

void ResourceReader::readDatabase(const Node &node, Resource &resource)
{
    const Node own = node.member("seedbed");
    own.mustBeObject();
    const Node database = own.member("database");
    const Node table = own.member("table");
    const Node source = database.exists() ? database : node.member("name");
    resource.database = database.string(resource.name + QStringLiteral(".db"));
    resource.table = table.exists() ? table.name() : resource.name;
    checkDatabaseName(source, resource.database);
    if (resource.table.startsWith(u"sqlite_", Qt::CaseInsensitive)) {
        (table.exists() ? table : node.member("name"))
            .refuse(Text::tr("names that begin with \"sqlite_\" are kept for the database itself; "
                             "write another one as \"table\" of \"seedbed\""));
    }
    if (m_databases.contains(resource.database.toLower())) {
        source.refuse(Text::tr("\"%1\" is the database of another resource; each needs a file of its own")
                          .arg(resource.database));
    }
    m_databases.insert(resource.database.toLower());
}

void ResourceReader::readSource(const Node &node, const Node &path, const Node &data, Resource &resource)
{
    if (data.exists()) {
        resource.inlineRows = readInlineRows(data, resource.schema, resource.dialect.header);
        return;
    }
    checkPath(path, resource.path);
    checkFormat(node, path, resource.path);
    claimFile(path, resource.path);
}

/// Two tables in one file would overwrite each other when they are saved.
void ResourceReader::claimFile(const Node &path, const QString &file)
{
    const QString key = QDir::cleanPath(file);
    if (m_files.contains(key))
        path.refuse(Text::tr("\"%1\" is the file of another resource; each needs a file of its own").arg(file));
    m_files.insert(key, path);
}

void ResourceReader::checkFiles()
{
    const QString descriptor = QFileInfo(m_package.descriptorPath).fileName();
    for (auto file = m_files.cbegin(); file != m_files.cend(); ++file) {
        if (file.key() == descriptor || m_jsonFiles.contains(file.key()))
            file->refuse(Text::tr("\"%1\" is a part of the package's description; name another file").arg(file.key()));
    }
    for (const auto &files : { m_files, m_jsonFiles }) {
        for (auto file = files.cbegin(); file != files.cend(); ++file) {
            if (isOfDatabase(file.key().toLower()))
                file->refuse(Text::tr("\"%1\" belongs to a database; name another file").arg(file.key()));
        }
    }
}

/// Whether \a file, in lower case, is the name of a database, of one of its side files or of their folder's lock.
bool ResourceReader::isOfDatabase(const QString &file) const
{
    const auto isBeside = [&](QLatin1String suffix) {
        return file.endsWith(suffix) && m_databases.contains(file.chopped(suffix.size()));
    };
    return file == u".seedbed.lock" || m_databases.contains(file) || isBeside(QLatin1String("-wal"))
        || isBeside(QLatin1String("-shm")) || isBeside(QLatin1String("-journal"));
}

/// The node itself, or the JSON file beside the descriptor that it names.
Node ResourceReader::resolved(const Node &node)
{
    if (!node.isString())
        return node;
    const QString path = node.string();
    checkPath(node, path);
    if (node.notes().refusal())
        return node;
    m_jsonFiles.insert(QDir::cleanPath(path), node);
    return node.notes().parseFile(QDir(m_package.folder()).filePath(path), m_package.folder(), node);
}

} // namespace seedbed
