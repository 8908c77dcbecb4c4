// SPDX-License-Identifier: MIT
#pragma once

// Descriptors for the tests of their reader: whole ones around the part that a test is about.

#include "package/descriptor.h"

namespace seedbed {

inline const QString file = QStringLiteral("/nowhere/datapackage.json");

inline Result<Package> parse(const QByteArray &json)
{
    return parsePackage(json, file);
}

/// A descriptor with one resource, whose members other than the name are these.
inline QByteArray withResource(const QByteArray &members)
{
    return R"({"resources": [{"name": "a", )" + members + "}]}";
}

inline QByteArray withSchema(const QByteArray &members)
{
    return withResource(R"("path": "a.csv", "schema": {)" + members + "}");
}

/// A descriptor with one field, whose members other than the name are these.
inline QByteArray withField(const QByteArray &members)
{
    return withSchema(R"("primaryKey": "f", "fields": [{"name": "f", )" + members + "}]");
}

inline QByteArray withDialect(const QByteArray &members)
{
    return withResource(R"("path": "a.csv", "schema": {"primaryKey": "f", "fields": [{"name": "f"}]}, "dialect": {)"
                        + members + "}");
}

inline QByteArray withData(const QByteArray &data)
{
    return withResource(R"("schema": {"primaryKey": "x", "fields": [{"name": "x"}, {"name": "y"}]}, "data": )" + data);
}

} // namespace seedbed
