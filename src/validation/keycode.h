// SPDX-License-Identifier: MIT
#pragma once

// Keys as numbers: what uniqueness and references compare in place of values. An integer key is itself; any other is a
// digest of its values.

#include "package/tableschema.h"
#include "validation/value.h"

#include <QByteArrayView>
#include <QList>

#include <optional>
#include <vector>

namespace seedbed {

/// How the keys of some fields are coded.
enum class KeyCoding : quint8 {
    Integer, ///< one field of whole numbers: the number itself
    Digest,  ///< 128 bits of XXH3 (xxhash.com), with a seed that no file can know
};

/// How the keys of \a fields are coded in a table with this schema.
[[nodiscard]] KeyCoding keyCoding(const TableSchema &schema, const QList<int> &fields);

/// The code of a key. Keys of one coding are equal if and only if their codes are; two different digests are the same
/// with a chance of 2^-128.
/// Thread: any (a value).
struct KeyCode {
    quint64 low = 0;  ///< the integer, or half of the digest
    quint64 high = 0; ///< 0 for an integer

    friend bool operator==(const KeyCode &, const KeyCode &) = default;
};

inline size_t qHash(const KeyCode &code, size_t seed = 0)
{
    return ::qHash(code.low, seed);
}

/// The code of one text alone, in KeyCoding::Digest.
[[nodiscard]] KeyCode textCode(QByteArrayView text);
/// The code of \a values; nothing where no key of this coding has them (5.5 among integers).
[[nodiscard]] std::optional<KeyCode> codeOf(const QList<Value> &values, KeyCoding coding);
/// The code of the values of \a fields; \a values: as many as the table has fields.
[[nodiscard]] std::optional<KeyCode> codeOf(const QList<Value> &values, const QList<int> &fields, KeyCoding coding);

/// The digest of values that come one after another. The integer 5 and the number 5 are the same.
/// Thread: one.
class KeyDigest final
{
public:
    void add(const Value &value);
    [[nodiscard]] KeyCode code() const;
    /// Makes it ready for another key.
    void clear() { m_size = 0; }

private:
    void add(char tag, const void *data, size_t size);

    std::vector<char> m_bytes; // grows, and never shrinks
    size_t m_size = 0;         // how many of them count
};

} // namespace seedbed
