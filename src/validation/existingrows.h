// SPDX-License-Identifier: MIT
#pragma once

// The rows that are in a target already, as far as validation asks about them: by codes, not by texts. Reading them is
// insertion/'s.

#include "package/package.h"
#include "validation/keycode.h"
#include "validation/keyindex.h"
#include "validation/storedform.h"
#include "validation/value.h"

#include <QList>

#include <memory>
#include <optional>
#include <utility>

namespace seedbed {

/// The fields of one table by whose values its rows are looked up: its identity, each unique field, and whatever
/// foreign keys refer to. The identity is the first.
[[nodiscard]] QList<QList<int>> lookupsOf(const Package &package, int table);

/// Rows of a target, found by the values of some of their fields.
/// Thread: any (a value; copies share what they hold).
class ExistingRows final
{
public:
    ExistingRows() = default;
    /// No rows yet, for the lookups of \a table.
    ExistingRows(const Package &package, int table);

    /// \a values: as many as fields.
    void add(const QList<Value> &values);
    /// To be called when all rows were added, before one is looked for. Cost: linear in the rows.
    void index();

    /// Says that the target could not be read: what is not found here may be there all the same.
    void setUnknown() { m_isUnknown = true; }
    [[nodiscard]] bool isUnknown() const { return m_isUnknown; }

    /// What the target would make of values; null where it keeps all of them.
    void setForm(std::shared_ptr<const StoredForm> form) { m_form = std::move(form); }
    [[nodiscard]] const StoredForm *form() const { return m_form.get(); }

    [[nodiscard]] qsizetype count() const { return m_rows.size(); }

    /// The place of \a fields among lookupsOf(); -1 where they are none, or there are no rows.
    [[nodiscard]] qsizetype lookup(const QList<int> &fields) const;
    /// How many lookups there are: as many as lookupsOf().
    [[nodiscard]] qsizetype lookupCount() const { return m_lookups.size(); }
    /// How the keys of a lookup are coded.
    [[nodiscard]] KeyCoding coding(qsizetype lookup) const { return m_lookups.at(lookup).coding; }
    /// The position of the first row with the key \a code, in the lookup's coding; -1 where there is none.
    [[nodiscard]] qint32 find(qsizetype lookup, const std::optional<KeyCode> &code) const;
    /// The code of the key that the row at \a position has, in the lookup's coding.
    [[nodiscard]] KeyCode code(qsizetype lookup, qint32 position) const { return m_lookups.at(lookup).at(position); }
    /// The next row with the same key, or -1.
    [[nodiscard]] qint32 next(qsizetype lookup, qint32 position) const
    {
        return m_lookups.at(lookup).index.next(position);
    }
    /// Whether there is a row with these values, as many as \a fields, which must be a lookup.
    [[nodiscard]] bool contains(const QList<int> &fields, const QList<Value> &values) const;

    /// Whether the row at \a position has the values with this digest, of the schema's otherFields() in their order.
    [[nodiscard]] bool hasValues(qint32 position, const KeyCode &digest) const { return m_rows.at(position) == digest; }
    /// The code of the identity of the row at \a position, in the coding of the first lookup; nothing where it has
    /// none.
    [[nodiscard]] std::optional<KeyCode> identity(qint32 position) const;

private:
    struct Lookup {
        QList<int> fields;
        KeyCoding coding = KeyCoding::Digest;
        QList<quint64> lows;
        QList<quint64> highs; // of digests
        QList<bool> hasKey;
        KeyIndex index;

        void add(const QList<Value> &values);
        [[nodiscard]] KeyCode at(qint32 row) const;
    };

    QList<Lookup> m_lookups;
    QList<int> m_otherFields;
    QList<KeyCode> m_rows; // a digest of the values of each row's other fields
    KeyDigest m_digest;    // for the row that is added
    bool m_isUnknown = false;
    std::shared_ptr<const StoredForm> m_form;
};

} // namespace seedbed
