// SPDX-License-Identifier: MIT
#pragma once

// JSON as it is written: members in their order and numbers as their text, so that no decimal passes through a binary
// number and what is read can be written back. What a descriptor means is descriptor.h's business.

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <tl/expected.hpp>

#include <vector>

namespace seedbed {

struct JsonMember;

/// A JSON value with all that is in it.
/// Thread: any (a value).
struct JsonValue {
    enum class Kind { Null, Boolean, Number, String, Array, Object };

    Kind kind = Kind::Null;
    bool boolean = false;
    QByteArray text; ///< of a number, as it is written; of a string, its UTF-8
    std::vector<JsonValue> items;
    std::vector<JsonMember> members; ///< in the order they are written, each key once

    /// The member's value, or null. Cost: linear in the members.
    [[nodiscard]] const JsonValue *find(QByteArrayView key) const;
    [[nodiscard]] JsonValue *find(QByteArrayView key);

    [[nodiscard]] static JsonValue fromString(const QByteArray &utf8);
    [[nodiscard]] static JsonValue fromNumber(const QByteArray &written);
    [[nodiscard]] static JsonValue fromBoolean(bool value);
};

struct JsonMember {
    QByteArray key;
    JsonValue value;
};

/// What is wrong with a JSON text.
/// Thread: any (a value).
struct JsonError {
    QString where; ///< "line 3, column 7" for its syntax, or a JSON path ("$.resources[0]")
    QString message;
};

/// How deep arrays and objects may lie in each other.
inline constexpr qsizetype MaxJsonDepth = 512;
/// How many values a text may have: each takes some 100 bytes of memory, however short it is.
inline constexpr qsizetype MaxJsonValues = 5'000'000;

/// Reads a JSON text (UTF-8, with or without a byte order mark). A key that an object has twice is an error, and so
/// is a number that no double can hold.
[[nodiscard]] tl::expected<JsonValue, JsonError> parseJson(QByteArrayView text);

/// The value as UTF-8 text with an indent of two spaces and a line end at the end. What fits in a line stays in one.
[[nodiscard]] QByteArray writeJson(const JsonValue &value);

/// The JSON path of a member: ".key", or "[\"odd key\"]" where it is not a plain word.
[[nodiscard]] QString jsonPathStep(QByteArrayView key);

} // namespace seedbed
