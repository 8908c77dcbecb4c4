// SPDX-License-Identifier: MIT
#pragma once

// The vectors of others that rules are held against. Their folder is no part of the program: where it is absent, their
// tests are skipped; where it is there, it is there as a whole.

#include "testpaths.h"

#include <QByteArray>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QString>

namespace seedbed {

constexpr char NoConformanceData[] = "NOT tested: the conformance data is not there: " SEEDBED_CONFORMANCE_DIR;

inline bool hasConformanceData()
{
    return QFileInfo::exists(QStringLiteral(SEEDBED_CONFORMANCE_DIR));
}

/// What is in a file of the data. Aborts the test program where it cannot be read.
inline QByteArray conformanceFile(const QString &name)
{
    QFile file(QStringLiteral(SEEDBED_CONFORMANCE_DIR "/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s: %s", qPrintable(file.fileName()), qPrintable(file.errorString()));
    return file.readAll();
}

/// The array in a JSON file of the data. Aborts the test program where there is none, or nothing in it.
inline QJsonArray conformanceVectors(const QString &name)
{
    QJsonParseError error;
    const QJsonArray vectors = QJsonDocument::fromJson(conformanceFile(name), &error).array();
    if (vectors.isEmpty())
        qFatal("%s: no vectors (%s)", qPrintable(name), qPrintable(error.errorString()));
    return vectors;
}

} // namespace seedbed
