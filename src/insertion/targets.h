// SPDX-License-Identifier: MIT
#pragma once

// The targets of a run, worked on all at once, as each may have to wait for another program's lock.

#include "base/result.h"
#include "base/threadcrew.h"
#include "insertion/target.h"
#include "package/package.h"

#include <QList>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace seedbed {

/// One target for each resource of a package, with what was found in it.
/// Thread: one; several help with the work itself, as many as the system allows.
class Targets final
{
public:
    /// \a atOnce: how many are worked on at once.
    Targets(const std::shared_ptr<const Package> &package, const TargetOptions &options, int atOnce);

    [[nodiscard]] Target &at(int table) { return *place(table).target; }
    /// What inspect() found; nothing where there is an error.
    [[nodiscard]] const Inspection &inspection(int table) const { return place(table).inspection; }
    /// Why the last inspect() or prepare() failed.
    [[nodiscard]] const std::optional<Error> &error(int table) const { return place(table).error; }
    /// All errors as one: the first one's kind, a line for each.
    [[nodiscard]] std::optional<Error> firstError() const;
    /// That inspect() found a database locked until the limit, which says nothing about its rows.
    [[nodiscard]] std::optional<Error> lockError() const;
    /// The rows that inspect() found, per table.
    [[nodiscard]] QList<ExistingRows> rows() const;

    /// Looks at nothing; what it finds is in error().
    void checkNames();
    void inspect();
    /// \a rowCounts: of each target, how many rows are going to be sent; those with none are left alone.
    void prepare(const QList<qsizetype> &rowCounts);
    /// Does \a work for every target, several at once.
    void forEach(const std::function<void(int)> &work);

private:
    struct Place {
        int table = -1;
        std::unique_ptr<Target> target;
        Inspection inspection;
        std::optional<Error> error;
    };

    [[nodiscard]] Place &place(int table) { return m_places[static_cast<size_t>(table)]; }
    [[nodiscard]] const Place &place(int table) const { return m_places[static_cast<size_t>(table)]; }
    void refuseShared();
    void forEachPlace(const std::function<void(Place &)> &work);

    std::shared_ptr<const Package> m_package;
    const QString m_into;
    std::vector<Place> m_places;
    ThreadCrew m_crew;
};

} // namespace seedbed
