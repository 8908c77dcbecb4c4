// SPDX-License-Identifier: MIT
#include "validation/targetholders.h"

namespace seedbed {

TargetHolders::TargetHolders(const ExistingRows &existing)
    : m_existing(existing)
    , m_anyStays(static_cast<size_t>(existing.lookupCount()))
    , m_staying(static_cast<size_t>(existing.lookupCount()))
{
}

bool TargetHolders::anyStays(qsizetype lookup, qint32 head, const Question &stays)
{
    const std::scoped_lock lock(m_mutex);
    QHash<qint32, bool> &answers = m_anyStays[static_cast<size_t>(lookup)];
    if (const auto known = answers.constFind(head); known != answers.cend())
        return *known;
    qint32 row = head;
    while (row >= 0 && !stays(row))
        row = m_existing.next(lookup, row);
    answers.insert(head, row >= 0);
    return row >= 0;
}

bool TargetHolders::anothersStays(qsizetype lookup, qint32 head, const std::optional<KeyCode> &own,
                                  const Question &stays)
{
    const std::scoped_lock lock(m_mutex);
    QHash<qint32, Staying> &answers = m_staying[static_cast<size_t>(lookup)];
    auto known = answers.constFind(head);
    if (known == answers.cend())
        known = answers.insert(head, findStaying(lookup, head, stays));
    const bool isFirstOwn = own && known->first >= 0 && m_existing.identity(known->first) == own;
    return (isFirstOwn ? known->other : known->first) >= 0;
}

TargetHolders::Staying TargetHolders::findStaying(qsizetype lookup, qint32 head, const Question &stays) const
{
    Staying found;
    for (qint32 row = head; row >= 0 && found.other < 0; row = m_existing.next(lookup, row)) {
        if (found.first >= 0 && m_existing.identity(row) == m_existing.identity(found.first))
            continue;
        if (stays(row))
            (found.first < 0 ? found.first : found.other) = row;
    }
    return found;
}

void TargetHolders::clear()
{
    const std::scoped_lock lock(m_mutex);
    for (QHash<qint32, bool> &answers : m_anyStays)
        answers.clear();
    for (QHash<qint32, Staying> &answers : m_staying)
        answers.clear();
}

} // namespace seedbed
