// SPDX-License-Identifier: MIT
#pragma once

// A place in a descriptor while it is read: its JSON value, its path for messages, and where complaints go.
// The readers of the parts (resources, dialects, schemas) are written straight down with it: after the first
// refusal they go on with default values, and the refusal is what comes out in the end.

#include "base/readlimits.h"
#include "base/result.h"
#include "package/json.h"

#include <QHash>
#include <QStringList>

#include <functional>
#include <list>
#include <optional>
#include <vector>

namespace seedbed {

class Node;

/// What reading one descriptor has found so far. Lives as long as its nodes.
/// Thread: one for each reading.
class DescriptorNotes final
{
public:
    explicit DescriptorNotes(const ReadLimits &limits)
        : m_limits(limits)
    {
    }

    [[nodiscard]] const ReadLimits &limits() const { return m_limits; }
    /// The first refusal; later ones may only follow from it.
    [[nodiscard]] const std::optional<Error> &refusal() const { return m_refusal; }
    [[nodiscard]] const QStringList &warnings() const { return m_warnings; }

    void refuse(const QString &message);
    void warn(const QString &sentence) { m_warnings.append(sentence); }

    /// The root of \a json, called \a file in messages; a node that does not exist where it cannot be
    /// understood.
    [[nodiscard]] Node parse(const QByteArray &json, const QString &file);

    /// The root of the JSON file at \a path. Refuses the file at \a from where it cannot be read, or lies outside of
    /// \a folder, or makes all such files together larger than the limit.
    [[nodiscard]] Node parseFile(const QString &path, const QString &folder, const Node &from);

private:
    const ReadLimits m_limits;
    std::list<JsonValue> m_documents;          // nodes point into them
    QHash<QString, const JsonValue *> m_files; // the documents that parseFile() read: many tables may share a schema
    qsizetype m_fileBytes = 0;                 // of them all
    std::optional<Error> m_refusal;
    QStringList m_warnings;
};

/// A value of a descriptor, or the place where it could be.
/// Thread: one for each reading; valid while its DescriptorNotes are.
class Node final
{
public:
    Node(DescriptorNotes &notes, const JsonValue *value, const QString &where);

    [[nodiscard]] bool exists() const { return m_value != nullptr; }
    [[nodiscard]] JsonValue::Kind kind() const { return m_value ? m_value->kind : JsonValue::Kind::Null; }
    [[nodiscard]] bool isString() const { return kind() == JsonValue::Kind::String; }
    [[nodiscard]] bool isArray() const { return kind() == JsonValue::Kind::Array; }
    [[nodiscard]] bool isObject() const { return kind() == JsonValue::Kind::Object; }

    /// Its file and path: "datapackage.json: $.resources[0]".
    [[nodiscard]] const QString &where() const { return m_where; }
    [[nodiscard]] DescriptorNotes &notes() const { return *m_notes; }
    void refuse(const QString &message) const;

    [[nodiscard]] Node member(QByteArrayView key) const;
    [[nodiscard]] std::vector<Node> items() const;
    [[nodiscard]] std::vector<std::pair<QByteArray, Node>> members() const;

    // Its value, or the fallback where it does not exist; refused where it is of another kind.
    [[nodiscard]] QByteArray bytes(const QByteArray &fallback = {}) const;
    [[nodiscard]] QString string(const QString &fallback = {}) const;
    [[nodiscard]] bool boolean(bool fallback) const;
    [[nodiscard]] std::optional<qsizetype> length() const; ///< a whole number from 0
    void mustBeObject() const;
    void mustBeArray() const;

    /// Its string, which must be there, not be empty and hold no NUL: a name.
    [[nodiscard]] QString name() const;

    /// A string, or an array of strings: the forms of a key in versions 1 and 2.
    [[nodiscard]] std::vector<Node> oneOrMore() const;

    /// A string, number or boolean as text ("true", "false"); nothing where it is null or does not exist.
    [[nodiscard]] std::optional<QByteArray> scalar() const;

private:
    bool mustBe(JsonValue::Kind kind) const;

    DescriptorNotes *m_notes;
    const JsonValue *m_value;
    QString m_where;
};

} // namespace seedbed
