// SPDX-License-Identifier: MIT
// Long work lets the thread of the window go first, and answers to it in its own time.

#include "base/background.h"
#include "quiettest.h"

#include <QTest>

#include <new>
#include <optional>
#include <thread>

#include <sys/resource.h>

using namespace seedbed;

class tst_Background final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void aThreadIsRefused(); // first: a stack that a thread left is taken again, whatever the limit
    void isOfItsThreadAndThoseItStarts();
    void theAnswerComesLater();
    void nobodyIsAnsweredWhoIsGone();
    void anExceptionIsAnAnswer();
    void anExceptionWithoutAnAnswerIsLogged();
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

void tst_Background::theAnswerComesLater()
{
    QThreadPool pool;
    const std::thread::id here = std::this_thread::get_id();
    std::thread::id there = here;
    std::thread::id answeredIn;
    int answer = 0;
    const auto work = [&there] {
        there = std::this_thread::get_id();
        return 7;
    };
    const auto take = [&answer, &answeredIn](int result) {
        answer = result;
        answeredIn = std::this_thread::get_id();
    };
    doInBackground(pool, *this, work, take);
    pool.waitForDone();
    QCOMPARE(answer, 0);
    QTRY_COMPARE(answer, 7);
    QVERIFY(there != here);
    QVERIFY(answeredIn == here);
}

void tst_Background::nobodyIsAnsweredWhoIsGone()
{
    QThreadPool pool;
    bool isAnswered = false;
    {
        QObject asker;
        doInBackground(
            pool, asker, [] { return 1; }, [&isAnswered](int) { isAnswered = true; });
        pool.waitForDone();
    }
    QCoreApplication::processEvents();
    QVERIFY(!isAnswered);
}

void tst_Background::anExceptionIsAnAnswer()
{
    QThreadPool pool;
    std::optional<Error> error;
    doInBackground(
        pool, *this, []() -> Result<int> { throw std::bad_alloc(); },
        [&error](const Result<int> &answer) { error = answer ? std::nullopt : std::optional(answer.error()); });
    QTRY_VERIFY(error);
    QVERIFY2(error->message.startsWith(QStringLiteral("not enough memory")), qPrintable(error->message));
}

void tst_Background::anExceptionWithoutAnAnswerIsLogged()
{
    QThreadPool pool;
    bool isAnswered = false;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("^not enough memory")));
    doInBackground(
        pool, *this, []() -> int { throw std::bad_alloc(); }, [&isAnswered](int) { isAnswered = true; });
    pool.waitForDone();
    int later = 0;
    doInBackground(
        pool, *this, [] { return 7; }, [&later](int answer) { later = answer; });
    QTRY_COMPARE(later, 7); // the pool goes on
    QVERIFY(!isAnswered);
}

// What must have an answer soon has it from the thread that asked; what may fail says why; nothing waits for ever.
void tst_Background::aThreadIsRefused()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("NOT tested: threads that are refused, as a sanitizer's own memory is beyond every limit");
#endif
    QThreadPool pool;
    std::optional<Error> error;
    int answer = 0;
    bool isDone = false;
    const auto takeResult = [&error](const Result<int> &result) {
        error = result ? std::nullopt : std::optional(result.error());
    };
    rlimit before {};
    QCOMPARE(::getrlimit(RLIMIT_AS, &before), 0);
    rlimit none = before;
    none.rlim_cur = 1'000'000; // less than is in use: no stack can be had
    QCOMPARE(::setrlimit(RLIMIT_AS, &none), 0);
    doInBackground(
        pool, *this, []() -> Result<int> { return 7; }, takeResult);
    doInBackground(
        pool, *this, [] { return 7; }, [&answer](int result) { answer = result; });
    doUnawaited(pool, [&isDone] { isDone = true; });
    QCOMPARE(::setrlimit(RLIMIT_AS, &before), 0);
    QVERIFY(isDone);
    QCOMPARE(answer, 0);
    QTRY_COMPARE(answer, 7);
    QTRY_VERIFY(error);
    QVERIFY2(error->message.startsWith(QStringLiteral("not enough threads")), qPrintable(error->message));
}

SEEDBED_TEST(tst_Background, QCoreApplication)
#include "tst_background.moc"
