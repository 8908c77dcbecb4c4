// SPDX-License-Identifier: MIT
#include "package/descriptornode.h"

#include "base/regularfile.h"

#include <QCoreApplication>
#include <QDir>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Descriptor)
};

QString nameOf(JsonValue::Kind kind)
{
    switch (kind) {
    case JsonValue::Kind::Null:
        return Text::tr("null");
    case JsonValue::Kind::Boolean:
        return Text::tr("true or false");
    case JsonValue::Kind::Number:
        return Text::tr("a number");
    case JsonValue::Kind::String:
        return Text::tr("a string");
    case JsonValue::Kind::Array:
        return Text::tr("an array");
    case JsonValue::Kind::Object:
        return Text::tr("an object");
    }
    Q_UNREACHABLE();
}

} // namespace

void DescriptorNotes::refuse(const QString &message)
{
    if (!m_refusal)
        m_refusal = Error { Error::Kind::Unreadable, message };
}

Node DescriptorNotes::parse(const QByteArray &json, const QString &file)
{
    auto document = parseJson(json);
    if (!document) {
        const JsonError &error = document.error();
        refuse(QStringLiteral("%1: %2: %3").arg(file, error.where, error.message));
        return Node(*this, nullptr, file + QStringLiteral(": $"));
    }
    m_documents.push_back(std::move(*document));
    return Node(*this, &m_documents.back(), file + QStringLiteral(": $"));
}

Node DescriptorNotes::parseFile(const QString &path, const QString &folder, const Node &from)
{
    if (const JsonValue *known = m_files.value(path))
        return Node(*this, known, path + QStringLiteral(": $"));
    RegularFile file(path);
    const auto json = file.openToRead(folder).and_then([&] { return file.readUpTo(m_limits.jsonBytes); });
    if (json && json->size() <= m_limits.jsonBytes - m_fileBytes) {
        m_fileBytes += json->size();
        const Node root = parse(*json, path);
        if (!m_refusal)
            m_files.insert(path, &m_documents.back());
        return root;
    }
    if (json) {
        from.refuse(Text::tr("%1 and the files before it are larger than %2 together; have several tables share a file")
                        .arg(QDir::toNativeSeparators(path), sizeText(m_limits.jsonBytes)));
        return Node(*this, nullptr, path + QStringLiteral(": $"));
    }
    from.refuse(Text::tr("%1 cannot be read: %2; put the file there, or its content in its place")
                    .arg(QDir::toNativeSeparators(path), json.error()));
    return Node(*this, nullptr, path + QStringLiteral(": $"));
}

Node::Node(DescriptorNotes &notes, const JsonValue *value, const QString &where)
    : m_notes(&notes)
    , m_value(value)
    , m_where(where)
{
}

void Node::refuse(const QString &message) const
{
    m_notes->refuse(QStringLiteral("%1: %2").arg(m_where, message));
}

Node Node::member(QByteArrayView key) const
{
    return Node(*m_notes, m_value ? m_value->find(key) : nullptr, m_where + jsonPathStep(key));
}

std::vector<Node> Node::items() const
{
    std::vector<Node> nodes;
    if (!isArray())
        return nodes;
    nodes.reserve(m_value->items.size());
    for (const JsonValue &item : m_value->items)
        nodes.emplace_back(*m_notes, &item, m_where + QStringLiteral("[%1]").arg(nodes.size()));
    return nodes;
}

std::vector<std::pair<QByteArray, Node>> Node::members() const
{
    std::vector<std::pair<QByteArray, Node>> nodes;
    if (!isObject())
        return nodes;
    for (const JsonMember &member : m_value->members)
        nodes.emplace_back(member.key, Node(*m_notes, &member.value, m_where + jsonPathStep(member.key)));
    return nodes;
}

bool Node::mustBe(JsonValue::Kind expected) const
{
    if (!exists())
        return false;
    if (kind() == expected)
        return true;
    refuse(Text::tr("must be %1, not %2").arg(nameOf(expected), nameOf(kind())));
    return false;
}

void Node::mustBeObject() const
{
    mustBe(JsonValue::Kind::Object);
}

void Node::mustBeArray() const
{
    mustBe(JsonValue::Kind::Array);
}

QByteArray Node::bytes(const QByteArray &fallback) const
{
    if (!mustBe(JsonValue::Kind::String))
        return fallback;
    if (m_value->text.contains('\0'))
        refuse(Text::tr("holds a NUL character (\\u0000); remove it"));
    return m_value->text;
}

QString Node::string(const QString &fallback) const
{
    return exists() ? QString::fromUtf8(bytes()) : fallback;
}

bool Node::boolean(bool fallback) const
{
    return mustBe(JsonValue::Kind::Boolean) ? m_value->boolean : fallback;
}

std::optional<qsizetype> Node::length() const
{
    if (!exists())
        return std::nullopt;
    bool isWhole = false;
    const qlonglong value = m_value->text.toLongLong(&isWhole);
    if (kind() == JsonValue::Kind::Number && isWhole && value >= 0)
        return static_cast<qsizetype>(value);
    refuse(Text::tr("must be a whole number, 0 or more"));
    return std::nullopt;
}

QString Node::name() const
{
    const QString text = string();
    if (!exists())
        refuse(Text::tr("is missing; give it a name"));
    else if (text.isEmpty())
        refuse(Text::tr("is empty; give it a name"));
    return text;
}

std::vector<Node> Node::oneOrMore() const
{
    if (isString())
        return { *this };
    if (exists() && !isArray())
        refuse(Text::tr("must be a string or an array of strings, not %1").arg(nameOf(kind())));
    return items();
}

std::optional<QByteArray> Node::scalar() const
{
    switch (kind()) {
    case JsonValue::Kind::Null:
        return std::nullopt;
    case JsonValue::Kind::Boolean:
        return m_value->boolean ? QByteArrayLiteral("true") : QByteArrayLiteral("false");
    case JsonValue::Kind::Number:
        return m_value->text;
    case JsonValue::Kind::String:
        return bytes();
    case JsonValue::Kind::Array:
    case JsonValue::Kind::Object:
        refuse(Text::tr("must be a string, a number, true, false or null, not %1").arg(nameOf(kind())));
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

} // namespace seedbed
