// SPDX-License-Identifier: MIT
#pragma once

// The base of every test class: a Qt warning in a test function fails it.

#include <QObject>
#include <QRegularExpression>
#include <QTest>

namespace seedbed {

class QuietTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        // The offscreen platform says so of every window that is shown; it is not about the program.
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
    }
};

} // namespace seedbed
