// SPDX-License-Identifier: MIT
#include "package/schemareader.h"

#include "package/constraintsreader.h"

#include <QCoreApplication>
#include <QSet>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Descriptor)
};

/// The types of the standard that are kept as text.
bool isUncheckedType(const QString &name)
{
    static const QSet<QString> names {
        QStringLiteral("object"),   QStringLiteral("array"),   QStringLiteral("list"),      QStringLiteral("datetime"),
        QStringLiteral("time"),     QStringLiteral("year"),    QStringLiteral("yearmonth"), QStringLiteral("duration"),
        QStringLiteral("geopoint"), QStringLiteral("geojson"), QStringLiteral("any"),
    };
    return names.contains(name);
}

FieldType typeByName(const QString &name)
{
    if (name == u"string")
        return FieldType::String;
    if (name == u"integer")
        return FieldType::Integer;
    if (name == u"number")
        return FieldType::Number;
    if (name == u"boolean")
        return FieldType::Boolean;
    if (name == u"date")
        return FieldType::Date;
    return FieldType::Text;
}

void readType(const Node &node, const QString &resource, Field &field)
{
    const Node type = node.member("type");
    if (!type.exists()) {
        // Version 2 says "any", version 1 "string": every text is a value of both, and a string may have the
        // constraints of a version 1 string.
        field.typeName = QStringLiteral("any");
        return;
    }
    field.typeName = type.name();
    field.type = typeByName(field.typeName);
    if (field.type != FieldType::Text)
        return;
    const QString sentence = isUncheckedType(field.typeName)
        ? Text::tr("%1.%2: values of type \"%3\" are taken as text and not checked")
        : Text::tr("%1.%2: \"%3\" is no type of the standard; values are taken as text and not checked");
    node.notes().warn(sentence.arg(resource, field.name, field.typeName));
}

void readDateFormat(const Node &format, const Field &field)
{
    if (field.format != u"default" && field.format != u"any" && !field.format.contains(u'%'))
        format.refuse(Text::tr("must be \"default\" (yyyy-mm-dd), \"any\" or a pattern such as \"%d/%m/%Y\""));
}

void readFormat(const Node &node, const QString &resource, Field &field)
{
    const Node format = node.member("format");
    field.format = format.string(QStringLiteral("default"));
    if (field.format.startsWith(u"fmt:")) // as version 0 wrote patterns; the standard asks to take it off
        field.format.remove(0, 4);
    if (field.type == FieldType::Date) {
        readDateFormat(format, field);
        return;
    }
    const bool isChecked = field.type == FieldType::String && field.format == u"email";
    // that a value of type Text is not checked has been said
    if (field.format != u"default" && !isChecked && field.type != FieldType::Text) {
        node.notes().warn(Text::tr("%1.%2: the format \"%3\" of %4 values is not checked")
                              .arg(resource, field.name, field.format, field.typeName));
    }
}

/// A decimalChar or groupChar: one character that cannot be part of a number otherwise.
QByteArray readNumberChar(const Node &node, const QByteArray &fallback)
{
    const QString text = node.string(QString::fromUtf8(fallback));
    if (!node.exists())
        return fallback;
    static const QString reserved = QStringLiteral("0123456789+-eE");
    if (text.toUcs4().size() != 1 || reserved.contains(text))
        node.refuse(Text::tr("must be one character that is not a digit, a sign or E"));
    return text.toUtf8();
}

void readNumberForm(const Node &node, Field &field)
{
    const Node decimal = node.member("decimalChar");
    const Node group = node.member("groupChar");
    field.bareNumber = node.member("bareNumber").boolean(true);
    if (field.type == FieldType::Number)
        field.decimalChar = readNumberChar(decimal, field.decimalChar);
    if (!group.exists() || (group.isString() && group.bytes().isEmpty()))
        return;
    field.groupChar = readNumberChar(group, {});
    if (field.type == FieldType::Number && field.groupChar == field.decimalChar)
        group.refuse(Text::tr("must differ from decimalChar"));
}

/// A list that each cell is compared with, text by text.
bool isShortList(const Node &node)
{
    constexpr std::size_t Most = 1000;
    node.mustBeArray();
    const bool isShort = node.items().size() <= Most;
    if (!isShort)
        node.refuse(Text::tr("has %1 texts, which is more than %2; list fewer").arg(node.items().size()).arg(Most));
    return isShort;
}

QList<QByteArray> readTexts(const Node &node, const QList<QByteArray> &fallback)
{
    if (!node.exists() || !isShortList(node))
        return fallback;
    QList<QByteArray> texts;
    for (const Node &item : node.items()) {
        if (!item.isString())
            item.refuse(Text::tr("must be a string: it is compared with the text of a cell"));
        else
            texts.append(item.bytes());
    }
    return texts;
}

void readBooleanForm(const Node &node, Field &field)
{
    field.trueValues = readTexts(node.member("trueValues"), field.trueValues);
    field.falseValues = readTexts(node.member("falseValues"), field.falseValues);
    const QSet<QByteArray> trueValues(field.trueValues.cbegin(), field.trueValues.cend());
    for (const QByteArray &value : std::as_const(field.falseValues)) {
        if (trueValues.contains(value)) {
            node.refuse(Text::tr("\"%1\" is in both trueValues and falseValues; remove it from one of them")
                            .arg(QString::fromUtf8(value)));
        }
    }
}

void warnOfIgnored(const Node &node, const QString &what, std::initializer_list<const char *> properties)
{
    for (const char *property : properties) {
        if (node.member(property).exists()) {
            node.notes().warn(
                Text::tr("%1: \"%2\" is not supported and not checked").arg(what, QString::fromLatin1(property)));
        }
    }
}

Field readField(const Node &node, const QString &resource)
{
    Field field;
    node.mustBeObject();
    field.name = node.member("name").name();
    field.title = node.member("title").string();
    readType(node, resource, field);
    readFormat(node, resource, field);
    if (field.type == FieldType::Number || field.type == FieldType::Integer)
        readNumberForm(node, field);
    if (field.type == FieldType::Boolean)
        readBooleanForm(node, field);
    readConstraints(node.member("constraints"), resource, field);
    warnOfIgnored(node, QStringLiteral("%1.%2").arg(resource, field.name), { "missingValues", "categories" });
    return field;
}

QList<Field> readFields(const Node &node, const QString &resource)
{
    QList<Field> fields;
    node.mustBeArray();
    if (!node.exists())
        node.refuse(Text::tr("is missing; list the columns of the table there"));
    else if (node.items().empty())
        node.refuse(Text::tr("is empty; a table has at least one field"));
    if (const auto count = static_cast<qsizetype>(node.items().size()); count > node.notes().limits().columns) {
        node.refuse(Text::tr("has %1 fields, which is more than %2; make several tables of them, or allow more "
                             "(--max-columns)")
                        .arg(count)
                        .arg(node.notes().limits().columns));
        return fields;
    }
    QSet<QString> names;
    for (const Node &item : node.items()) {
        fields.append(readField(item, resource));
        const QString name = fields.back().name;
        // Table Schema: a name "should not be considered case sensitive in determining uniqueness", and in a database
        // it is not either.
        if (names.contains(name.toLower()))
            item.member("name").refuse(
                Text::tr("\"%1\" is the name of another field; rename one of the two").arg(name));
        names.insert(name.toLower());
    }
    return fields;
}

/// Strings, or version 2's objects with a value and a label.
QList<QByteArray> readMissingValues(const Node &node, const QList<QByteArray> &fallback)
{
    if (!node.exists() || !isShortList(node))
        return fallback;
    QList<QByteArray> values;
    for (const Node &item : node.items()) {
        const Node value = item.isObject() ? item.member("value") : item;
        if (!value.isString())
            value.refuse(Text::tr("must be a string: it is compared with the text of a cell"));
        if (const QByteArray text = value.bytes(); !values.contains(text))
            values.append(text);
    }
    return values;
}

/// The positions of the fields that \a node names, in one string or an array.
QList<int> readFieldNames(const Node &node, const TableSchema &schema, const QString &resource)
{
    QList<int> positions;
    QSet<int> known;
    for (const Node &item : node.oneOrMore()) {
        const QString name = item.name();
        const int position = schema.indexOf(name);
        if (position < 0)
            item.refuse(Text::tr("\"%1\" is not a field of %2; name one of its fields").arg(name, resource));
        else if (known.contains(position))
            item.refuse(Text::tr("\"%1\" comes twice; remove one of the two").arg(name));
        else
            positions.append(position);
        known.insert(position);
    }
    return positions;
}

/// A unique key of one field is that field's own constraint; longer ones are not checked.
void readUniqueKeys(const Node &node, const QString &resource, TableSchema &schema)
{
    node.mustBeArray();
    bool isUnchecked = false;
    for (const Node &item : node.items()) {
        const QList<int> key = readFieldNames(item, schema, resource);
        if (key.size() == 1)
            schema.fields[key.front()].constraints.unique = true;
        isUnchecked = isUnchecked || key.size() > 1;
    }
    if (isUnchecked)
        node.notes().warn(Text::tr("%1: uniqueKeys of several fields are not checked").arg(resource));
}

int readReferencedResource(const Node &node, const QHash<QString, int> &byName, int self)
{
    const QString name = node.string();
    if (name.isEmpty()) // left out in version 2, "" in version 1: this resource itself
        return self;
    if (const auto found = byName.constFind(name); found != byName.cend())
        return *found;
    node.refuse(Text::tr("there is no table \"%1\" in this package; name one of its resources").arg(name));
    return self;
}

} // namespace

TableSchema readSchema(const Node &node, const QString &resource)
{
    TableSchema schema;
    node.mustBeObject();
    schema.fields = readFields(node.member("fields"), resource);
    schema.indexNames();
    schema.missingValues = readMissingValues(node.member("missingValues"), schema.missingValues);
    schema.primaryKey = readFieldNames(node.member("primaryKey"), schema, resource);
    readUniqueKeys(node.member("uniqueKeys"), resource, schema);
    if (schema.primaryKey.isEmpty()) {
        node.notes().warn(Text::tr("%1 has no primaryKey: a row is known by all its values, and equal rows go in once")
                              .arg(resource));
    }
    return schema;
}

QList<ForeignKey> readForeignKeys(const Node &node, const QList<Resource> &resources, const QHash<QString, int> &byName,
                                  int self)
{
    QList<ForeignKey> keys;
    const Node all = node.member("foreignKeys");
    all.mustBeArray();
    for (const Node &item : all.items()) {
        item.mustBeObject();
        const Node fields = item.member("fields");
        const Node reference = item.member("reference");
        const Node referenceFields = reference.member("fields");
        reference.mustBeObject();
        ForeignKey key;
        key.fields = readFieldNames(fields, resources.at(self).schema, resources.at(self).name);
        key.resource = readReferencedResource(reference.member("resource"), byName, self);
        const Resource &parent = resources.at(key.resource);
        key.referenceFields = readFieldNames(referenceFields, parent.schema, parent.name);
        if (key.fields.isEmpty())
            fields.refuse(Text::tr("is missing or empty; name the fields that refer to the other table"));
        else if (!reference.exists())
            reference.refuse(Text::tr("is missing; say which fields of which resource are meant"));
        else if (key.fields.size() != key.referenceFields.size())
            referenceFields.refuse(Text::tr("names %1 fields where the key has %2; name as many")
                                       .arg(key.referenceFields.size())
                                       .arg(key.fields.size()));
        keys.append(key);
    }
    return keys;
}

} // namespace seedbed
