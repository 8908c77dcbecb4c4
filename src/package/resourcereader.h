// SPDX-License-Identifier: MIT
#pragma once

// Reads the resources of a descriptor, one after the other, into a package
// (datapackage.org/standard/data-resource).

#include "package/descriptornode.h"
#include "package/package.h"

#include <QHash>
#include <QSet>

namespace seedbed {

/// The name with its first letter as a capital: a title where none is given.
[[nodiscard]] QString withCapital(const QString &name);

/// Adds tables to a package, and keeps what they must not share.
/// Thread: one for each reading.
class ResourceReader final
{
public:
    explicit ResourceReader(Package &package)
        : m_package(package)
    {
    }

    /// Adds the resource that \a node describes; leaves it out, with a warning, where it is no table.
    void read(const Node &node);

    /// Reads the foreign keys of all resources, when all are read.
    void readForeignKeys();

private:
    void readNames(const Node &node, Resource &resource);
    void readTable(const Node &node, Resource &resource);
    void readDatabase(const Node &node, Resource &resource);
    void readSource(const Node &node, const Node &path, const Node &data, Resource &resource);
    void claimFile(const Node &path, const QString &file);
    Node resolved(const Node &node) const;

    Package &m_package;
    std::vector<Node> m_schemas; // of the package's resources
    QSet<QString> m_names;
    QSet<QString> m_databases; // in lower case: many file systems know no other
    QSet<QString> m_files;
};

} // namespace seedbed
