// SPDX-License-Identifier: MIT
#pragma once

// How the fuzz targets say that a promise is broken.

#include <QString>
#include <QtGlobal>

#include <cstdio>
#include <cstdlib>

namespace seedbed {

/// Ends the program where \a holds is false, which is what a fuzzer takes for a finding.
inline void require(bool holds, const char *promise)
{
    if (holds)
        return;
    std::fprintf(stderr, "Broken promise: %s\n", promise);
    std::abort();
}

/// From the first call on a warning of Qt is a finding.
inline void requireNoWarnings()
{
    [[maybe_unused]] static const auto before =
        qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &text) {
            std::fprintf(stderr, "Qt says: %s\n", qPrintable(text));
            std::abort();
        });
}

} // namespace seedbed
