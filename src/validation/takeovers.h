// SPDX-License-Identifier: MIT
#pragma once

// Updates in which one row takes a unique value that another row gives up: which rows depend on which, and in what
// order they can be written.

#include <functional>
#include <vector>

#include <QtGlobal>

namespace seedbed {

/// The takeovers of one table. Rows are given by position.
/// Thread: one.
class Takeovers final
{
public:
    /// \a row may have its value of \a field only if \a holder, which has it in the target, is updated to another one.
    struct Takeover {
        qint32 row = 0;
        qint32 holder = 0;
        int field = 0;
    };
    using IsWrong = std::function<bool(qint32 row)>;

    void add(const Takeover &takeover) { m_takeovers.push_back(takeover); }
    [[nodiscard]] bool isEmpty() const { return m_takeovers.empty(); }

    /// Calls \a refuse for each takeover whose holder is wrong, or is so once its own takeovers were refused: \a refuse
    /// makes the row wrong. Cost: linear in the takeovers.
    void refuse(const IsWrong &isWrong, const std::function<void(const Takeover &)> &refuse) const;

    /// The rows that depend on each other and are not wrong: each after those that hold its values, and at the end
    /// those that exchange values in a circle.
    [[nodiscard]] std::vector<qint32> rowsInOrder(const IsWrong &isWrong) const;

private:
    std::vector<Takeover> m_takeovers;
};

} // namespace seedbed
