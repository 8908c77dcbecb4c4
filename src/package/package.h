// SPDX-License-Identifier: MIT
#pragma once

// A Data Package (datapackage.org, version 2): which tables there are, where their rows come from and which database
// they go to. Reading the descriptor is package/descriptor.h; reading the rows is rows/dataset.h.

#include "package/tableschema.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace seedbed {

/// How a resource's CSV file is written (datapackage.org/standard/table-dialect).
/// Thread: any (a value).
struct Dialect {
    char delimiter = ',';
    char quoteChar = '"';
    bool header = true;

    friend bool operator==(const Dialect &, const Dialect &) = default;
};

/// One table of a package.
/// Thread: any (a value).
struct Resource {
    QString name;
    QString title; ///< for people: the descriptor's title, or the name with a capital
    QString path;  ///< the CSV file, relative to the package's folder; empty where the rows are inline
    /// Inline rows as cells in the order of the fields; an absent or null value is a null QByteArray.
    std::optional<QList<QList<QByteArray>>> inlineRows;
    Dialect dialect;
    TableSchema schema;
    QString database; ///< the file name of its database: "<name>.db", unless the descriptor says otherwise
    QString table;    ///< the table in that database: the name, unless the descriptor says otherwise

    friend bool operator==(const Resource &, const Resource &) = default;
};

/// Several tables that belong together.
/// Thread: any (a value).
struct Package {
    QString name;
    QString title;
    QString descriptorPath; ///< the absolute path of datapackage.json; begins with ":/" for the built-in sample
    QByteArray descriptor;  ///< the file's bytes, so that writing it back loses nothing
    QList<Resource> resources;
    QStringList warnings; ///< what was accepted but is not checked, each a sentence

    /// The folder of the descriptor: paths of resources are relative to it.
    [[nodiscard]] QString folder() const;

    /// Whether this is the sample that is compiled in.
    [[nodiscard]] bool isBuiltIn() const;

    /// The position of the resource with this name, or -1.
    [[nodiscard]] int indexOf(const QString &resourceName) const;

    friend bool operator==(const Package &, const Package &) = default;
};

} // namespace seedbed
