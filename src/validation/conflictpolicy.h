// SPDX-License-Identifier: MIT
#pragma once

// What is to become of rows whose key is in the target with other values: as a value, and as the word that is written.

#include <QLatin1StringView>
#include <QString>

#include <array>
#include <optional>

namespace seedbed {

/// What a run does with a row whose key is in the target with other values.
enum class ConflictPolicy : quint8 {
    Skip,   ///< skips it
    Update, ///< gives the row that is there its values
    Fail,   ///< writes nothing at all
};

/// By their order.
constexpr std::array ConflictPolicyNames { QLatin1StringView("skip"), QLatin1StringView("update"),
                                           QLatin1StringView("fail") };

/// The policy's word: "skip", "update", "fail".
[[nodiscard]] constexpr QLatin1StringView nameOf(ConflictPolicy policy)
{
    return ConflictPolicyNames[static_cast<size_t>(policy)];
}

/// The policy with this word; nothing where there is none.
[[nodiscard]] inline std::optional<ConflictPolicy> conflictPolicyNamed(const QString &name)
{
    for (size_t i = 0; i < ConflictPolicyNames.size(); ++i) {
        if (name == ConflictPolicyNames[i])
            return static_cast<ConflictPolicy>(i);
    }
    return std::nullopt;
}

} // namespace seedbed
