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

    /// Refuses a file of rows that is another file of the package or its databases too, when all resources are read.
    void checkFiles();

private:
    void readNames(const Node &node, Resource &resource);
    void readTable(const Node &node, Resource &resource);
    void readDatabase(const Node &node, Resource &resource);
    void readSource(const Node &node, const Node &path, const Node &data, Resource &resource);
    void claimFile(const Node &path, const QString &file);
    [[nodiscard]] bool isOfDatabase(const QString &file) const;
    Node resolved(const Node &node);

    Package &m_package;
    std::vector<Node> m_schemas; // of the package's resources
    QSet<QString> m_names;
    QSet<QString> m_databases;        // in lower case: many file systems know no other
    QHash<QString, Node> m_files;     // of rows
    QHash<QString, Node> m_jsonFiles; // of schemas and dialects
};

} // namespace seedbed
