// SPDX-License-Identifier: MIT
#pragma once

// Whether values that rows of a target have stay there, asked once per value, not once per row that asks: a target may
// have a hundred thousand rows with one value, where its column is not unique.

#include "validation/existingrows.h"

#include <QHash>

#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace seedbed {

/// The rows of a target that hold a value, and whether they give it up.
/// Thread: any.
class TargetHolders final
{
public:
    /// Of a row of the target, by position.
    using Question = std::function<bool(qint32 existing)>;

    /// \a existing outlives it.
    explicit TargetHolders(const ExistingRows &existing);

    /// Whether \a stays is true of \a head, the first row with a key of \a lookup, or of one of the others with that
    /// key. What was answered is answered again until clear().
    [[nodiscard]] bool anyStays(qsizetype lookup, qint32 head, const Question &stays);

    /// Whether \a stays is true of a row with the key of \a head whose identity is not \a own. Kept as anyStays() is,
    /// and apart from it.
    [[nodiscard]] bool anothersStays(qsizetype lookup, qint32 head, const std::optional<KeyCode> &own,
                                     const Question &stays);

    /// Forgets the answers: rows that were to give up a value may have become wrong.
    void clear();

private:
    /// Of the rows that stay: the first, and the first with another identity than that one. -1 where there is none.
    struct Staying {
        qint32 first = -1;
        qint32 other = -1;
    };
    [[nodiscard]] Staying findStaying(qsizetype lookup, qint32 head, const Question &stays) const;

    const ExistingRows &m_existing;
    std::mutex m_mutex;                            // guards what follows
    std::vector<QHash<qint32, bool>> m_anyStays;   // per lookup: by head
    std::vector<QHash<qint32, Staying>> m_staying; // the same
};

} // namespace seedbed
