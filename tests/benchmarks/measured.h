// SPDX-License-Identifier: MIT
#pragma once

// What a measurement returns: numbers, or a sentence why there are none.

#include <QString>

#include <algorithm>
#include <tl/expected.hpp>
#include <vector>

namespace seedbed {

template <typename T>
using Measured = tl::expected<T, QString>;

[[nodiscard]] inline tl::unexpected<QString> unmeasured(const QString &why)
{
    return tl::unexpected<QString>(why);
}

/// One number, taken several times.
class Samples final
{
public:
    void add(double value) { m_values.push_back(value); }

    [[nodiscard]] double median() const
    {
        std::vector<double> sorted = m_values;
        std::sort(sorted.begin(), sorted.end());
        const std::size_t half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

private:
    std::vector<double> m_values;
};

} // namespace seedbed
