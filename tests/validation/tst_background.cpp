// SPDX-License-Identifier: MIT
// Long work lets the thread of the window go first.

#include "quiettest.h"
#include "validation/background.h"

#include <QTest>

#include <thread>

#include <sys/resource.h>

using namespace seedbed;

class tst_Background final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void isOfItsThreadAndThoseItStarts();
};

void tst_Background::isOfItsThreadAndThoseItStarts()
{
    const auto niceness = [] { return getpriority(PRIO_PROCESS, 0); }; // of the calling thread
    const int before = niceness();
    int inside = before;
    int started = before;
    std::thread([&] {
        enterBackground();
        inside = niceness();
        std::thread([&] { started = niceness(); }).join();
    }).join();
    QVERIFY(inside > before || before >= 15);
    QCOMPARE(started, inside);
    QCOMPARE(niceness(), before);
}

QTEST_GUILESS_MAIN(tst_Background)
#include "tst_background.moc"
