// SPDX-License-Identifier: MIT
#pragma once

// Finds what ends a cell of CSV, 64 bytes at a time: the one loop that sees every byte of a file.

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace seedbed {

/// The delimiters and line breaks of a text, asked for in ascending order.
/// Thread: one for each text.
class CellEnds final
{
public:
    explicit CellEnds(char delimiter)
        : m_delimiter(delimiter)
    {
    }

    /// [\a begin, \a end) must stay where it is while next() is called.
    void setText(const char *begin, const char *end)
    {
        m_block = begin;
        m_end = end;
        m_mask = begin == end ? 0 : maskOf(begin);
    }

    [[nodiscard]] bool isEnd(char c) const { return c == m_delimiter || c == '\n' || c == '\r'; }

    /// The first one at \a at or after it, or the end of the text. \a at: not before one that was asked for.
    [[nodiscard]] const char *next(const char *at)
    {
        for (;;) {
            if (at - m_block < BlockBytes) {
                if (const quint64 ahead = m_mask >> (at - m_block); ahead != 0)
                    return at + std::countr_zero(ahead);
                at = m_block + BlockBytes;
            }
            if (at >= m_end)
                return m_end;
            m_block = at;
            m_mask = maskOf(at);
        }
    }

private:
    static constexpr qptrdiff BlockBytes = 64;

    /// A bit for each byte of a block, the lowest for the first.
    [[nodiscard]] quint64 maskOf(const char *block) const
    {
        const qptrdiff left = m_end - block;
        if (left >= BlockBytes)
            return maskOfWhole(block);
        std::array<char, BlockBytes> padded {};
        std::memcpy(padded.data(), block, static_cast<std::size_t>(left));
        return maskOfWhole(padded.data()) & ((quint64(1) << left) - 1);
    }

    [[nodiscard]] quint64 maskOfWhole(const char *block) const
    {
        quint64 mask = 0;
#ifdef __SSE2__
        const __m128i delimiter = _mm_set1_epi8(m_delimiter);
        const __m128i lf = _mm_set1_epi8('\n');
        const __m128i cr = _mm_set1_epi8('\r');
        for (int i = 0; i < 4; ++i) {
            const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(block) + i);
            const __m128i breaks = _mm_or_si128(_mm_cmpeq_epi8(bytes, lf), _mm_cmpeq_epi8(bytes, cr));
            const __m128i ends = _mm_or_si128(breaks, _mm_cmpeq_epi8(bytes, delimiter));
            mask |= quint64(static_cast<quint32>(_mm_movemask_epi8(ends))) << (16 * i);
        }
#else
        for (int i = 0; i < BlockBytes; ++i)
            mask |= quint64(isEnd(block[i])) << i;
#endif
        return mask;
    }

    char m_delimiter;
    const char *m_block = nullptr;
    const char *m_end = nullptr;
    quint64 m_mask = 0;
};

} // namespace seedbed
