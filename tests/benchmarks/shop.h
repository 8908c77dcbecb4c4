// SPDX-License-Identifier: MIT
#pragma once

// The data that is measured on, made once and kept; and the look into the databases after every timed run: a run that
// did nothing would be the fastest of all.

#include "measured.h"

#include <QString>
#include <QStringList>

namespace seedbed {

/// Where things are.
struct Workplace {
    QString programs; ///< the folder of seedbed-cli, makeshop and bench_parts
    QString data;     ///< a folder that may be filled; on the disk that is to be measured
};

/// A package of three tables that makeshop wrote.
struct Shop {
    QString folder;
    int rows = 0; ///< of each table
    int brokenPercent = 0;

    [[nodiscard]] static const QStringList &tables();
    [[nodiscard]] QString csv(const QString &table) const;
    [[nodiscard]] double bytes() const; ///< of the three files
    /// A descriptor beside the shop's own that has its first resource alone.
    [[nodiscard]] Measured<QString> usersOnly() const;
};

/// Makes the shop, unless it is there from an earlier time.
[[nodiscard]] Measured<Shop> makeShop(const Workplace &place, int rows, int brokenPercent = 0);

/// Makes the folder new and empty.
[[nodiscard]] Measured<QString> emptyFolder(const Workplace &place, const QString &name);

/// Makes the three files in \a folder with the tables that seedbed-cli would make, empty.
[[nodiscard]] Measured<void> makeTables(const QString &folder);

/// Who filled a database: one that checks the rows, or one that takes them all.
enum class Filler : quint8 { Seedbed, Peer };

/// That the databases in \a folder hold what they should: every row of every table, with the sums that the keys have.
/// Of broken tables at least what must be right in them; and not all, if Seedbed was to check them.
[[nodiscard]] Measured<void> checkDatabases(const QString &folder, const Shop &shop, Filler filler);

} // namespace seedbed
