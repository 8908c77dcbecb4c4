// SPDX-License-Identifier: MIT
#pragma once

// How the fuzz targets draw their choices from the beginning of an input.

#include <QByteArrayView>

#include <cstdint>
#include <iterator>

namespace seedbed {

/// An input: some bytes that each choose something, and the rest, which is a text.
/// Thread: any.
class FuzzInput final
{
public:
    FuzzInput(const uint8_t *data, size_t size)
        : m_rest(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size))
    {
    }

    /// The next byte; 0 where there is none.
    [[nodiscard]] unsigned choice()
    {
        if (m_rest.isEmpty())
            return 0;
        const auto byte = static_cast<unsigned char>(m_rest.front());
        m_rest = m_rest.sliced(1);
        return byte;
    }

    /// One of \a all, which is not empty.
    template <typename Range>
    [[nodiscard]] auto oneOf(const Range &all)
    {
        return *(std::begin(all) + static_cast<qsizetype>(choice() % std::size(all)));
    }

    /// Ends where the input does, so that who reads beyond it is seen.
    [[nodiscard]] QByteArrayView rest() const { return m_rest; }

private:
    QByteArrayView m_rest;
};

} // namespace seedbed
