// SPDX-License-Identifier: MIT
#include "validation/takeovers.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace seedbed {

void Takeovers::refuse(const IsWrong &isWrong, const std::function<void(const Takeover &)> &refuse) const
{
    QHash<qint32, std::vector<const Takeover *>> ofHolder;
    std::vector<qint32> wrong;
    for (const Takeover &takeover : m_takeovers) {
        ofHolder[takeover.holder].push_back(&takeover);
        if (isWrong(takeover.holder))
            wrong.push_back(takeover.holder);
    }
    QSet<qint32> told;
    while (!wrong.empty()) {
        const qint32 holder = wrong.back();
        wrong.pop_back();
        if (told.contains(holder))
            continue;
        told.insert(holder);
        for (const Takeover *takeover : ofHolder.value(holder)) {
            refuse(*takeover);
            wrong.push_back(takeover->row);
        }
    }
}

std::vector<qint32> Takeovers::rowsInOrder(const IsWrong &isWrong) const
{
    QHash<qint32, int> waitsFor; // per row: how many holders
    QHash<qint32, std::vector<qint32>> takers;
    std::vector<qint32> rows;
    for (const auto &[row, holder, field] : m_takeovers) {
        if (isWrong(row))
            continue;
        ++waitsFor[row];
        takers[holder].push_back(row);
        rows.insert(rows.end(), { row, holder });
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    const auto waits = [&waitsFor](qint32 row) { return waitsFor.value(row) > 0; };

    std::vector<qint32> ordered;
    std::copy_if(rows.cbegin(), rows.cend(), std::back_inserter(ordered), std::not_fn(waits));
    for (size_t i = 0; i < ordered.size(); ++i) {
        for (const qint32 row : takers.value(ordered[i])) {
            if (--waitsFor[row] == 0)
                ordered.push_back(row);
        }
    }
    std::copy_if(rows.cbegin(), rows.cend(), std::back_inserter(ordered), waits);
    return ordered;
}

} // namespace seedbed
