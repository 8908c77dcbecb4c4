// SPDX-License-Identifier: MIT
#pragma once

// A set of numbers of one kind, kept as ranges: what is said of a million rows in a row takes no more room than one.

#include <QList>

#include <algorithm>

namespace seedbed {

/// Numbers that follow each other. \a Number: an enum class over an integer.
/// Thread: any (a value).
template <typename Number>
struct NumberRange {
    Number first {};
    Number last {}; ///< included

    [[nodiscard]] qsizetype count() const
    {
        return static_cast<qsizetype>(static_cast<quint64>(last) - static_cast<quint64>(first) + 1);
    }
    friend bool operator==(const NumberRange &, const NumberRange &) = default;
};

/// Numbers, each once. Cost: the logarithm of the number of ranges to ask; linear in it to change the middle; none to
/// speak of to add numbers in ascending order.
/// Thread: any (a value).
template <typename Number>
class RangeSet final
{
public:
    using Range = NumberRange<Number>;

    void add(Number number) { add(Range { number, number }); }
    void add(Range range);
    /// Cost: linear in the ranges of both, or in those of \a other where all of it comes after what there is.
    void add(const RangeSet &other);
    void remove(Number number);
    /// Cost: linear in the ranges of both.
    void remove(const RangeSet &other);
    void clear() { m_ranges.clear(); }

    [[nodiscard]] bool contains(Number number) const;
    [[nodiscard]] bool isEmpty() const { return m_ranges.isEmpty(); }
    /// How many numbers there are. Cost: linear in the number of ranges.
    [[nodiscard]] qsizetype count() const;
    /// Ascending; no two of them touch.
    [[nodiscard]] const QList<Range> &ranges() const { return m_ranges; }

    friend bool operator==(const RangeSet &, const RangeSet &) = default;

private:
    [[nodiscard]] static quint64 value(Number number) { return static_cast<quint64>(number); }
    /// Whether nothing lies between the end of a and the start of b.
    [[nodiscard]] static bool reaches(const Range &a, const Range &b) { return value(a.last) + 1 >= value(b.first); }

    QList<Range> m_ranges;
};

template <typename Number>
void RangeSet<Number>::add(Range range)
{
    if (m_ranges.isEmpty() || value(range.first) > value(m_ranges.constLast().last) + 1) {
        m_ranges.append(range);
        return;
    }
    // [begin, end): those that the new one overlaps or touches.
    const auto begin =
        std::partition_point(m_ranges.begin(), m_ranges.end(), [&](const Range &r) { return !reaches(r, range); });
    const auto end = std::partition_point(begin, m_ranges.end(), [&](const Range &r) { return reaches(range, r); });
    if (begin == end) {
        m_ranges.insert(begin, range);
        return;
    }
    begin->first = std::min(begin->first, range.first);
    begin->last = std::max((end - 1)->last, range.last);
    m_ranges.erase(begin + 1, end);
}

template <typename Number>
void RangeSet<Number>::add(const RangeSet &other)
{
    if (other.isEmpty())
        return;
    if (m_ranges.isEmpty() || m_ranges.constLast().first <= other.m_ranges.constFirst().first) {
        for (const Range &range : other.m_ranges)
            add(range);
        return;
    }
    // Put in among the others one by one, each would move all that follow.
    RangeSet merged;
    merged.m_ranges.reserve(m_ranges.size() + other.m_ranges.size());
    auto mine = m_ranges.cbegin();
    auto theirs = other.m_ranges.cbegin();
    while (mine != m_ranges.cend() || theirs != other.m_ranges.cend()) {
        const bool isMine =
            theirs == other.m_ranges.cend() || (mine != m_ranges.cend() && mine->first <= theirs->first);
        merged.add(isMine ? *mine++ : *theirs++);
    }
    *this = merged;
}

template <typename Number>
void RangeSet<Number>::remove(Number number)
{
    const auto found =
        std::partition_point(m_ranges.begin(), m_ranges.end(), [number](const Range &r) { return r.last < number; });
    if (found == m_ranges.end() || found->first > number)
        return;
    const Range before { found->first, Number { value(number) - 1 } };
    const Range after { Number { value(number) + 1 }, found->last };
    const bool hasBefore = found->first < number;
    const bool hasAfter = number < found->last;
    if (hasBefore || hasAfter)
        *found = hasBefore ? before : after;
    else
        m_ranges.erase(found);
    if (hasBefore && hasAfter)
        m_ranges.insert(found + 1, after);
}

template <typename Number>
void RangeSet<Number>::remove(const RangeSet &other)
{
    RangeSet left;
    auto theirs = other.m_ranges.cbegin();
    for (Range rest : std::as_const(m_ranges)) {
        while (theirs != other.m_ranges.cend() && theirs->last < rest.first)
            ++theirs;
        bool isGone = false;
        for (auto gone = theirs; !isGone && gone != other.m_ranges.cend() && gone->first <= rest.last; ++gone) {
            if (rest.first < gone->first)
                left.m_ranges.append({ rest.first, Number { value(gone->first) - 1 } });
            isGone = rest.last <= gone->last;
            if (!isGone)
                rest.first = Number { value(gone->last) + 1 };
        }
        if (!isGone)
            left.m_ranges.append(rest);
    }
    *this = left;
}

template <typename Number>
bool RangeSet<Number>::contains(Number number) const
{
    const auto found =
        std::partition_point(m_ranges.cbegin(), m_ranges.cend(), [number](const Range &r) { return r.last < number; });
    return found != m_ranges.cend() && found->first <= number;
}

template <typename Number>
qsizetype RangeSet<Number>::count() const
{
    qsizetype count = 0;
    for (const Range &range : m_ranges)
        count += range.count();
    return count;
}

} // namespace seedbed
