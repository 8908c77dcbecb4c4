// SPDX-License-Identifier: MIT
#pragma once

// What the rows of a table must look like, in the words of the Table Schema standard
// (datapackage.org/standard/table-schema, version 2). Plain values; the rules are applied in validation/.

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace seedbed {

/// The types that Seedbed checks. A field of any other type of the standard is kept as Text.
enum class FieldType { String, Integer, Number, Boolean, Date, Text };

/// The constraints of a field. Bounds and enum values are kept as they are written in the descriptor, so that
/// no decimal passes through a binary number.
/// Thread: any (a value).
struct Constraints {
    bool required = false;
    bool unique = false;
    std::optional<QByteArray> minimum;
    std::optional<QByteArray> maximum;
    std::optional<QByteArray> exclusiveMinimum;
    std::optional<QByteArray> exclusiveMaximum;
    std::optional<qsizetype> minLength; ///< in code points
    std::optional<qsizetype> maxLength; ///< in code points
    std::optional<QString> pattern;     ///< an XML Schema regular expression; matches the whole value
    std::optional<QList<QByteArray>> enumeration;

    friend bool operator==(const Constraints &, const Constraints &) = default;
};

/// One column of a table.
/// Thread: any (a value).
struct Field {
    QString name;
    QString title; ///< for people; empty where the descriptor has none
    FieldType type = FieldType::String;
    QString typeName = QStringLiteral("string");     ///< as written in the descriptor
    QString format = QStringLiteral("default");      ///< as written in the descriptor
    QByteArray decimalChar = QByteArrayLiteral("."); ///< number: one character
    QByteArray groupChar;                            ///< number, integer: empty or one character
    bool bareNumber = true;                          ///< number, integer: no text around the digits
    QList<QByteArray> trueValues { "true", "True", "TRUE", "1" };
    QList<QByteArray> falseValues { "false", "False", "FALSE", "0" };
    Constraints constraints;

    friend bool operator==(const Field &, const Field &) = default;
};

/// A reference from fields of this table to fields of another resource, or of this one.
/// Thread: any (a value).
struct ForeignKey {
    QList<int> fields;          ///< positions in this schema
    int resource = -1;          ///< position in the package; may be that of this table itself
    QList<int> referenceFields; ///< positions in the schema of the referenced resource, as many as fields

    friend bool operator==(const ForeignKey &, const ForeignKey &) = default;
};

/// The positions of fields by their names. It is made from the fields, and so it is no part of what a schema says: all
/// are equal.
/// Thread: any (a value).
struct FieldPositions {
    QHash<QString, int> byName;

    friend bool operator==(const FieldPositions &, const FieldPositions &) { return true; }
};

/// The columns of a table, its key and its references.
/// Thread: any (a value).
struct TableSchema {
    QList<Field> fields;
    QList<QByteArray> missingValues { QByteArray("") };
    QList<int> primaryKey; ///< positions in fields; empty where the descriptor gives none
    QList<ForeignKey> foreignKeys;
    FieldPositions positions; ///< for indexOf(); made by indexNames()

    /// To be called when there are all fields, whose names stay as they are.
    void indexNames();

    /// The position of the field with this name, or -1. Cost: linear in the fields unless indexNames() was called.
    [[nodiscard]] int indexOf(const QString &name) const;
    /// The foreign key that \a field is a part of: its position, or -1. Of several the first.
    [[nodiscard]] int foreignKeyOf(int field) const;

    /// The fields by which a row is known: the primary key, or every field where there is none.
    [[nodiscard]] QList<int> identity() const;

    /// The fields that are no part of identity().
    [[nodiscard]] QList<int> otherFields() const;

    friend bool operator==(const TableSchema &, const TableSchema &) = default;
};

} // namespace seedbed
