// SPDX-License-Identifier: MIT
#include "package/json.h"

#include <QCoreApplication>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <set>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Json)
};

QByteArray toByteArray(const std::string &text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

/// The line and column (from 1, in bytes) of the byte before \a position.
QString lineAndColumn(QByteArrayView text, qsizetype position)
{
    const qsizetype at = std::clamp<qsizetype>(position - 1, 0, text.size());
    const QByteArrayView before = text.first(at);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const qsizetype column = at - (before.lastIndexOf('\n') + 1) + 1;
    return Text::tr("line %1, column %2").arg(line).arg(column);
}

/// What nlohmann says, without its exception's name and its position, which is given in our own words.
QString sentence(const char *what)
{
    const QByteArrayView text(what);
    qsizetype start = text.indexOf("] ") + 2;
    if (const qsizetype column = text.indexOf(", column "); column >= 0)
        start = text.indexOf(": ", column) + 2;
    return QString::fromUtf8(text.sliced(std::min(start, text.size())));
}

/// Builds the tree while nlohmann's parser reads: its own tree would put numbers into doubles.
class TreeBuilder final : public nlohmann::json_sax<nlohmann::json>
{
public:
    explicit TreeBuilder(QByteArrayView text)
        : m_text(text)
    {
    }

    bool null() override { return put({}); }
    bool boolean(bool value) override { return put(JsonValue::fromBoolean(value)); }
    bool number_unsigned(number_unsigned_t value) override
    {
        return put(JsonValue::fromNumber(QByteArray::number(static_cast<qulonglong>(value))));
    }
    bool number_integer(number_integer_t value) override
    {
        // only what is written with a sign comes here, so a zero was a "-0"
        const QByteArray written =
            value == 0 ? QByteArrayLiteral("-0") : QByteArray::number(static_cast<qlonglong>(value));
        return put(JsonValue::fromNumber(written));
    }
    bool number_float(number_float_t, const string_t &written) override
    {
        return put(JsonValue::fromNumber(toByteArray(written)));
    }
    bool string(string_t &value) override { return put(JsonValue::fromString(toByteArray(value))); }
    bool binary(binary_t &) override { return false; }
    bool start_array(std::size_t) override { return open(JsonValue::Kind::Array); }
    bool end_array() override { return close(); }
    bool start_object(std::size_t) override { return open(JsonValue::Kind::Object); }
    bool end_object() override { return close(); }
    bool key(string_t &name) override;
    bool parse_error(std::size_t position, const std::string &, const nlohmann::detail::exception &error) override
    {
        m_error = JsonError { lineAndColumn(m_text, static_cast<qsizetype>(position)), sentence(error.what()) };
        return false;
    }

    tl::expected<JsonValue, JsonError> take()
    {
        if (m_error)
            return tl::unexpected<JsonError>(std::move(*m_error));
        return std::move(m_root);
    }

private:
    struct Level {
        JsonValue value;
        QByteArray key;            // of an object: the member that is being read
        std::set<QByteArray> keys; // of an object: those it has, for a linear search is slow with many
    };

    bool open(JsonValue::Kind kind);
    bool close();
    bool put(JsonValue &&value);
    bool fail(const QString &message);
    QString path() const;

    QByteArrayView m_text;
    JsonValue m_root;
    std::vector<Level> m_levels;
    qsizetype m_values = 0;
    std::optional<JsonError> m_error;
};

bool TreeBuilder::key(string_t &name)
{
    Level &level = m_levels.back();
    const QByteArray key = toByteArray(name);
    if (!level.keys.insert(key).second) {
        level.key.clear();
        return fail(Text::tr("the key \"%1\" comes twice; remove one of the two").arg(QString::fromUtf8(key)));
    }
    level.key = key;
    return true;
}

bool TreeBuilder::open(JsonValue::Kind kind)
{
    if (static_cast<qsizetype>(m_levels.size()) >= MaxJsonDepth)
        return fail(Text::tr("arrays and objects lie deeper in each other than %1 levels").arg(MaxJsonDepth));
    m_levels.emplace_back().value.kind = kind;
    return true;
}

bool TreeBuilder::close()
{
    JsonValue value = std::move(m_levels.back().value);
    m_levels.pop_back();
    return put(std::move(value));
}

bool TreeBuilder::put(JsonValue &&value)
{
    if (m_levels.empty()) {
        m_root = std::move(value);
        return true;
    }
    if (++m_values > MaxJsonValues)
        return fail(Text::tr("there are more than %1 values; put the rows into CSV files").arg(MaxJsonValues));
    Level &level = m_levels.back();
    if (level.value.kind == JsonValue::Kind::Array)
        level.value.items.push_back(std::move(value));
    else
        level.value.members.push_back({ level.key, std::move(value) });
    return true;
}

bool TreeBuilder::fail(const QString &message)
{
    m_error = JsonError { path(), message };
    return false;
}

QString TreeBuilder::path() const
{
    constexpr std::size_t readable = 16; // steps; the path of what is nested too deep would fill the screen
    QString path = QStringLiteral("$");
    for (std::size_t i = 0; i + 1 < m_levels.size() && i < readable; ++i) {
        const Level &level = m_levels.at(i);
        path += level.value.kind == JsonValue::Kind::Array ? QStringLiteral("[%1]").arg(level.value.items.size())
                                                           : jsonPathStep(level.key);
    }
    return path;
}

class Writer final
{
public:
    QByteArray write(const JsonValue &value)
    {
        writeValue(value, 0);
        m_out += '\n';
        return std::move(m_out);
    }

private:
    static constexpr qsizetype LineLength = 110;

    void writeValue(const JsonValue &value, qsizetype indent);
    bool writeInLine(const JsonValue &value, qsizetype end);
    void writeScalar(const JsonValue &value);
    void writeString(QByteArrayView text);
    void newLine(qsizetype indent) { m_out += '\n' + QByteArray(indent, ' '); }

    QByteArray m_out;
};

void Writer::writeValue(const JsonValue &value, qsizetype indent)
{
    const qsizetype start = m_out.size();
    const qsizetype lineStart = m_out.lastIndexOf('\n') + 1;
    if (writeInLine(value, lineStart + LineLength))
        return;
    m_out.truncate(start);
    const bool isArray = value.kind == JsonValue::Kind::Array;
    const std::size_t count = isArray ? value.items.size() : value.members.size();
    m_out += isArray ? '[' : '{';
    for (std::size_t i = 0; i < count; ++i) {
        newLine(indent + 2);
        if (!isArray) {
            writeString(value.members.at(i).key);
            m_out += ": ";
        }
        writeValue(isArray ? value.items.at(i) : value.members.at(i).value, indent + 2);
        if (i + 1 < count)
            m_out += ',';
    }
    newLine(indent);
    m_out += isArray ? ']' : '}';
}

/// Writes a container on one line; false, with rubbish at the end of the text, where that would pass \a end.
bool Writer::writeInLine(const JsonValue &value, qsizetype end)
{
    const bool isArray = value.kind == JsonValue::Kind::Array;
    if (!isArray && value.kind != JsonValue::Kind::Object) {
        writeScalar(value);
        return true;
    }
    m_out += isArray ? '[' : '{';
    bool first = true;
    const auto separate = [&] {
        if (!std::exchange(first, false))
            m_out += ", ";
    };
    for (const JsonValue &item : value.items) {
        separate();
        if (!writeInLine(item, end) || m_out.size() > end)
            return false;
    }
    for (const JsonMember &member : value.members) {
        separate();
        writeString(member.key);
        m_out += ": ";
        if (!writeInLine(member.value, end) || m_out.size() > end)
            return false;
    }
    m_out += isArray ? ']' : '}';
    return m_out.size() <= end || first; // an empty one has nowhere to break
}

void Writer::writeScalar(const JsonValue &value)
{
    switch (value.kind) {
    case JsonValue::Kind::Boolean:
        m_out += value.boolean ? "true" : "false";
        break;
    case JsonValue::Kind::Number:
        m_out += value.text;
        break;
    case JsonValue::Kind::String:
        writeString(value.text);
        break;
    case JsonValue::Kind::Null:
    case JsonValue::Kind::Array:
    case JsonValue::Kind::Object:
        m_out += "null";
        break;
    }
}

void Writer::writeString(QByteArrayView text)
{
    m_out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            m_out += '\\';
            m_out += c;
        } else if (c == '\n') {
            m_out += "\\n";
        } else if (c == '\r') {
            m_out += "\\r";
        } else if (c == '\t') {
            m_out += "\\t";
        } else if (static_cast<unsigned char>(c) < 0x20) {
            m_out += "\\u" + QByteArray::number(static_cast<uint>(c), 16).rightJustified(4, '0');
        } else {
            m_out += c;
        }
    }
    m_out += '"';
}

} // namespace

const JsonValue *JsonValue::find(QByteArrayView key) const
{
    const auto found =
        std::find_if(members.begin(), members.end(), [key](const JsonMember &member) { return member.key == key; });
    return found == members.end() ? nullptr : &found->value;
}

JsonValue *JsonValue::find(QByteArrayView key)
{
    return const_cast<JsonValue *>(std::as_const(*this).find(key));
}

JsonValue JsonValue::fromString(const QByteArray &utf8)
{
    JsonValue value;
    value.kind = Kind::String;
    value.text = utf8;
    return value;
}

JsonValue JsonValue::fromNumber(const QByteArray &written)
{
    JsonValue value;
    value.kind = Kind::Number;
    value.text = written;
    return value;
}

JsonValue JsonValue::fromBoolean(bool yes)
{
    JsonValue value;
    value.kind = Kind::Boolean;
    value.boolean = yes;
    return value;
}

tl::expected<JsonValue, JsonError> parseJson(QByteArrayView text)
{
    try {
        TreeBuilder builder(text);
        nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
        return builder.take();
    } catch (const std::exception &error) {
        return tl::unexpected<JsonError>(JsonError { QStringLiteral("$"), sentence(error.what()) });
    }
}

QByteArray writeJson(const JsonValue &value)
{
    return Writer().write(value);
}

QString jsonPathStep(QByteArrayView key)
{
    const auto isWordChar = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
    };
    if (!key.isEmpty() && std::all_of(key.begin(), key.end(), isWordChar))
        return u'.' + QString::fromUtf8(key);
    return QStringLiteral("[\"%1\"]").arg(QString::fromUtf8(key));
}

} // namespace seedbed
