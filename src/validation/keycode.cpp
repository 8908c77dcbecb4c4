// SPDX-License-Identifier: MIT
#include "validation/keycode.h"

#include <QRandomGenerator>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <charconv>
#include <cstring>

namespace seedbed {
namespace {

quint64 seed()
{
    static const quint64 seed = QRandomGenerator::global()->generate64();
    return seed;
}

/// The whole number that a value is, if it is one of 64 bits.
std::optional<qint64> integerOf(const Value &value)
{
    if (value.kind == Value::Kind::Integer)
        return value.integer;
    if (value.kind != Value::Kind::Number)
        return std::nullopt;
    qint64 integer = 0;
    const auto read = std::from_chars(value.text.cbegin(), value.text.cend(), integer);
    return read.ptr == value.text.cend() && read.ec == std::errc() ? std::optional(integer) : std::nullopt;
}

std::optional<KeyCode> integerCode(const Value &value)
{
    const auto integer = integerOf(value);
    return integer ? std::optional(KeyCode { static_cast<quint64>(*integer), 0 }) : std::nullopt;
}

/// A thread's own, so that its memory is taken once.
KeyDigest &emptyDigest()
{
    static thread_local KeyDigest digest;
    digest.clear();
    return digest;
}

} // namespace

KeyCoding keyCoding(const TableSchema &schema, const QList<int> &fields)
{
    // A table without a key is known by all its values, and a missing one, which is no integer, is one of them.
    const bool isAll = schema.primaryKey.isEmpty() && fields.size() == schema.fields.size();
    if (fields.size() != 1 || isAll)
        return KeyCoding::Digest;
    const FieldType type = schema.fields.at(fields.first()).type;
    return type == FieldType::Integer || type == FieldType::Boolean ? KeyCoding::Integer : KeyCoding::Digest;
}

KeyCode textCode(QByteArrayView text)
{
    const XXH128_hash_t hash = XXH3_128bits_withSeed(text.data(), static_cast<size_t>(text.size()), seed() + 1);
    return { hash.low64, hash.high64 };
}

std::optional<KeyCode> codeOf(const QList<Value> &values, KeyCoding coding)
{
    if (coding == KeyCoding::Integer)
        return integerCode(values.first());
    if (values.size() == 1 && values.first().kind == Value::Kind::Text)
        return textCode(values.first().text);
    KeyDigest &digest = emptyDigest();
    for (const Value &value : values)
        digest.add(value);
    return digest.code();
}

std::optional<KeyCode> codeOf(const QList<Value> &values, const QList<int> &fields, KeyCoding coding)
{
    if (coding == KeyCoding::Integer)
        return integerCode(values.at(fields.first()));
    if (fields.size() == 1 && values.at(fields.first()).kind == Value::Kind::Text)
        return textCode(values.at(fields.first()).text);
    KeyDigest &digest = emptyDigest();
    for (const int field : fields)
        digest.add(values.at(field));
    return digest.code();
}

void KeyDigest::add(const Value &value)
{
    if (const auto integer = integerOf(value)) {
        add('i', &*integer, sizeof *integer);
        return;
    }
    switch (value.kind) {
    case Value::Kind::Null:
        add('-', nullptr, 0);
        return;
    case Value::Kind::Integer:
    case Value::Kind::Number:
        add('n', value.text.constData(), static_cast<size_t>(value.text.size()));
        return;
    case Value::Kind::Text:
        add('t', value.text.constData(), static_cast<size_t>(value.text.size()));
        return;
    }
}

// The size goes before the bytes, so that no text can look like the end of one and the start of another.
void KeyDigest::add(char tag, const void *data, size_t size)
{
    const size_t at = m_size;
    m_size += 1 + sizeof size + size;
    if (m_size > m_bytes.size())
        m_bytes.resize(m_size * 2);
    char *const end = m_bytes.data() + at;
    *end = tag;
    std::memcpy(end + 1, &size, sizeof size);
    if (size > 0)
        std::memcpy(end + 1 + sizeof size, data, size);
}

KeyCode KeyDigest::code() const
{
    const XXH128_hash_t hash = XXH3_128bits_withSeed(m_bytes.data(), m_size, seed());
    return { hash.low64, hash.high64 };
}

} // namespace seedbed
