// SPDX-License-Identifier: MIT
#pragma once

// Reads datapackage.json. A descriptor that breaks the standard is refused with the JSON path of what is wrong;
// what is allowed but not checked here (another type, another format) is accepted with a warning.

#include "base/readlimits.h"
#include "base/result.h"
#include "package/package.h"

#include <QHash>

namespace seedbed {

/// The path of the sample package that is compiled in.
[[nodiscard]] QString samplePackagePath();

/// Reads the package at \a path: a datapackage.json, or a folder with one.
/// Errors: Unreadable, with the file, and the line or the JSON path ("$.resources[0].schema.fields[1].type").
[[nodiscard]] Result<Package> readPackage(const QString &path, const ReadLimits &limits = {});

/// Understands the text of a descriptor. \a descriptorPath names it in errors and is where its paths start from.
[[nodiscard]] Result<Package> parsePackage(const QByteArray &json, const QString &descriptorPath,
                                           const ReadLimits &limits = {});

/// The JSON files that the descriptor names for schemas and dialects of its tables, relative to its folder.
[[nodiscard]] QStringList referencedFiles(const Package &package);

/// The descriptor's text with the inline `data` of some resources replaced: \a rows holds, per resource position,
/// cells in field order (null: absent). Everything else of the descriptor is kept as it was written, but for
/// white space.
[[nodiscard]] Result<QByteArray> descriptorWithRows(const Package &package,
                                                    const QHash<int, QList<QList<QByteArray>>> &rows);

} // namespace seedbed
