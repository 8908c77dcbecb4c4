// SPDX-License-Identifier: MIT
// Children wait for their parents' rows.

#include "insertion/commitboard.h"
#include "quiettest.h"

#include <atomic>
#include <future>

using namespace seedbed;

class tst_CommitBoard final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void answersWhatIsSettled();
    void waitsForTheRow();
    void stopEndsWaiting();
};

void tst_CommitBoard::answersWhatIsSettled()
{
    CommitBoard board({ 2, 3 });
    board.settle({ 0, 1 }, CommitBoard::State::Committed);
    board.settle({ 1, 2 }, CommitBoard::State::Failed, QStringLiteral("disk full"));
    QCOMPARE(board.await({ 0, 1 }, {}), CommitBoard::State::Committed);
    QCOMPARE(board.await({ 1, 2 }, {}), CommitBoard::State::Failed);
    QCOMPARE(board.message({ 1, 2 }), QStringLiteral("disk full"));
    QCOMPARE(board.message({ 0, 1 }), QString());
}

void tst_CommitBoard::waitsForTheRow()
{
    CommitBoard board({ 2 });
    std::atomic<bool> isWaiting = false;
    auto waiting = std::async(std::launch::async, [&] {
        isWaiting = true;
        return board.await({ 0, 1 }, {});
    });
    QTRY_VERIFY(isWaiting);
    board.settle({ 0, 0 }, CommitBoard::State::Committed);
    board.announce();
    QVERIFY(waiting.wait_for(std::chrono::seconds(0)) != std::future_status::ready);
    board.settle({ 0, 1 }, CommitBoard::State::Committed);
    board.announce();
    QCOMPARE(waiting.get(), CommitBoard::State::Committed);
}

void tst_CommitBoard::stopEndsWaiting()
{
    CommitBoard board({ 1 });
    std::stop_source stop;
    auto waiting = std::async(std::launch::async, [&] { return board.await({ 0, 0 }, stop.get_token()); });
    stop.request_stop();
    QCOMPARE(waiting.get(), CommitBoard::State::Cancelled);
}

SEEDBED_TEST(tst_CommitBoard, QCoreApplication)
#include "tst_commitboard.moc"
