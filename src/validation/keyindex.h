// SPDX-License-Identifier: MIT
#pragma once

// From the code of a key to the rows that have it.

#include "validation/keycode.h"

#include <QHash>
#include <QList>
#include <QRandomGenerator>
#include <QSet>

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <stop_token>
#include <utility>
#include <vector>

namespace seedbed {

/// Rows by the low half of their keys' codes. Integers that lie close to each other are the places of an array; other
/// codes are hashed, with open addressing and secrets of the index, so that no file can choose integers that meet in
/// the same slots. Whether two rows with the same low half have the same key is asked of the
/// owner, who may have the whole codes, or can make them.
/// Thread: any; made by one.
class KeyIndex final
{
public:
    /// \a lows: of all rows. \a hasKey(row): whether the row is to be found. \a isSame(a, b): whether two rows with the
    /// same low half have the same key. Cost: linear in the rows. Returns early, with nothing of worth, if a stop is
    /// asked.
    template <typename HasKey, typename IsSame>
    void build(const QList<quint64> &lows, KeyCoding coding, HasKey hasKey, IsSame isSame,
               const std::stop_token &stop = {});

    /// The first row with this low half for which \a isRight(row), or -1.
    template <typename IsRight>
    [[nodiscard]] qint32 first(quint64 low, IsRight isRight) const;

    /// The next row with the same key, or -1.
    [[nodiscard]] qint32 next(qint32 row) const { return m_next.isEmpty() ? -1 : m_next.value(row, -1); }

    /// The rows whose key later rows have too: the first of each such key. Some of them if a stop is asked.
    [[nodiscard]] QList<qint32> repeated(const std::stop_token &stop = {}) const;

private:
    __extension__ using Wide = unsigned __int128;

    /// Both halves of a product: each bit of it depends on all bits of its factors.
    [[nodiscard]] static quint64 folded(quint64 a, quint64 b)
    {
        const Wide product = static_cast<Wide>(a) * b;
        return static_cast<quint64>(product) ^ static_cast<quint64>(product >> 64);
    }
    /// As wyhash (github.com/wangyi-fudan/wyhash) does it.
    [[nodiscard]] quint64 mixed(quint64 low) const
    {
        return folded(folded(low ^ m_secrets[0], m_secrets[1]) ^ m_secrets[2], m_secrets[3]);
    }
    [[nodiscard]] size_t slotOf(quint64 low) const { return static_cast<size_t>(mixed(low) >> m_shift); }
    void chooseSecrets();
    template <typename HasKey>
    void findRange(const QList<quint64> &lows, KeyCoding coding, HasKey hasKey);

    bool m_isDense = false;
    qint64 m_least = 0;                  // of the integers, where dense
    int m_shift = 0;                     // where hashed
    std::array<quint64, 4> m_secrets {}; // the same; the factors are odd
    QList<qint32> m_rows;                // per integer from m_least on, or per slot: the first row with the key, or -1
    QList<quint64> m_lows;               // where hashed
    QHash<qint32, qint32> m_next;
};

template <typename HasKey>
void KeyIndex::findRange(const QList<quint64> &lows, KeyCoding coding, HasKey hasKey)
{
    qint64 least = std::numeric_limits<qint64>::max();
    qint64 most = std::numeric_limits<qint64>::min();
    for (qsizetype row = 0; row < lows.size(); ++row) {
        if (!hasKey(static_cast<qint32>(row)))
            continue;
        least = std::min(least, static_cast<qint64>(lows.at(row)));
        most = std::max(most, static_cast<qint64>(lows.at(row)));
    }
    constexpr quint64 Spread = 4; // how many places a row may cost
    const quint64 range = static_cast<quint64>(most) - static_cast<quint64>(least);
    m_isDense =
        coding == KeyCoding::Integer && least <= most && range < Spread * (static_cast<quint64>(lows.size()) + 16);
    m_least = least;
    const auto places = m_isDense ? range + 1 : std::bit_ceil(static_cast<quint64>(lows.size()) * 2 + 2);
    m_shift = 65 - static_cast<int>(std::bit_width(places));
    m_rows.fill(-1, static_cast<qsizetype>(places));
    if (!m_isDense)
        chooseSecrets();
}

inline void KeyIndex::chooseSecrets()
{
    for (quint64 &secret : m_secrets)
        secret = QRandomGenerator::global()->generate64();
    m_secrets[1] |= 1;
    m_secrets[3] |= 1;
}

template <typename HasKey, typename IsSame>
void KeyIndex::build(const QList<quint64> &lows, KeyCoding coding, HasKey hasKey, IsSame isSame,
                     const std::stop_token &stop)
{
    m_next.clear();
    findRange(lows, coding, hasKey);
    m_lows = m_isDense ? QList<quint64>() : lows;
    qint32 *const rows = m_rows.data();
    const quint64 *const codes = lows.constData();
    const size_t mask = static_cast<size_t>(m_rows.size()) - 1;
    // From the last row to the first, so that each chain runs in the order of the rows.
    for (auto row = static_cast<qint32>(lows.size()) - 1; row >= 0; --row) {
        if (!hasKey(row))
            continue;
        if (stop.stop_requested())
            return;
        const quint64 low = codes[row];
        size_t slot = m_isDense ? static_cast<size_t>(low - static_cast<quint64>(m_least)) : slotOf(low);
        while (!m_isDense && rows[slot] >= 0 && !(codes[rows[slot]] == low && isSame(rows[slot], row)))
            slot = (slot + 1) & mask;
        if (rows[slot] >= 0)
            m_next.insert(row, rows[slot]);
        rows[slot] = row;
    }
}

template <typename IsRight>
qint32 KeyIndex::first(quint64 low, IsRight isRight) const
{
    if (m_rows.isEmpty())
        return -1;
    if (m_isDense) {
        const quint64 place = low - static_cast<quint64>(m_least);
        return place < static_cast<quint64>(m_rows.size()) ? m_rows.at(static_cast<qsizetype>(place)) : -1;
    }
    const qint32 *const rows = m_rows.constData();
    const size_t mask = static_cast<size_t>(m_rows.size()) - 1;
    for (size_t slot = slotOf(low); rows[slot] >= 0; slot = (slot + 1) & mask) {
        if (m_lows.at(rows[slot]) == low && isRight(rows[slot]))
            return rows[slot];
    }
    return -1;
}

inline QList<qint32> KeyIndex::repeated(const std::stop_token &stop) const
{
    QList<qint32> heads;
    QSet<qint32> later;
    for (auto it = m_next.cbegin(); it != m_next.cend() && !stop.stop_requested(); ++it)
        later.insert(*it);
    for (auto it = m_next.cbegin(); it != m_next.cend() && !stop.stop_requested(); ++it) {
        if (!later.contains(it.key()))
            heads.append(it.key());
    }
    std::sort(heads.begin(), heads.end());
    return heads;
}

} // namespace seedbed
