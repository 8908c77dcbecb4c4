// SPDX-License-Identifier: MIT
#pragma once

// The base of every test class: a Qt warning in a test function fails it. And how long tests wait for what is to come:
// so long that a machine that is busy with something else is no failure.

#include "testprogram.h"

#include <QCoreApplication>
#include <QObject>
#include <QRegularExpression>
#include <QTest>

#undef QTRY_VERIFY
#undef QTRY_VERIFY2
#undef QTRY_COMPARE
#define QTRY_VERIFY(expression) QTRY_VERIFY_WITH_TIMEOUT(expression, 60000)
#define QTRY_VERIFY2(expression, message) QTRY_VERIFY2_WITH_TIMEOUT(expression, message, 60000)
#define QTRY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, 60000)

namespace seedbed {

class QuietTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        // The offscreen platform says so of windows and tooltips that are shown; it is not about the program.
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support (propagateSizeHints|raise))")));
    }
};

} // namespace seedbed
