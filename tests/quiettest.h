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
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
};

} // namespace seedbed
