// SPDX-License-Identifier: MIT
// What workers tell of themselves: one thing at a time, in order, kept within bounds; and in whole runs what is true of
// a file that lets one connection write.

#include "databases.h"
#include "fixtures.h"
#include "insertion/inserter.h"
#include "quiettest.h"

#include <QTemporaryDir>

#include <algorithm>
#include <future>

using namespace seedbed;
using namespace std::chrono_literals;

namespace {

const QByteArray Things = R"({"name": "things", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}]}})";
const QByteArray Parts = R"({"name": "parts", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "thing", "type": "integer"}],
    "foreignKeys": [{"fields": "thing", "reference": {"resource": "things", "fields": "id"}}]}})";
constexpr int Workers = 10;

// Every part refers to the thing of its number.
Dataset thingsAndParts(int rows)
{
    QByteArray things = "id\n";
    QByteArray parts = "id,thing\n";
    for (int i = 1; i <= rows; ++i) {
        const QByteArray number = QByteArray::number(i);
        things += number + '\n';
        parts += number + ',' + number + '\n';
    }
    return datasetOf({ Things, Parts }, { things, parts });
}

Stretch::Time spentIn(WorkerState state, const TableTimeline &table)
{
    Stretch::Time spent { 0 };
    for (const QList<Stretch> &worker : table.workers) {
        for (const Stretch &stretch : worker)
            spent += stretch.in(state);
    }
    return spent;
}

qsizetype rowsOf(const QList<Stretch> &worker)
{
    qsizetype rows = 0;
    for (const Stretch &stretch : worker)
        rows += stretch.rows;
    return rows;
}

qsizetype rowsOf(const TableTimeline &table)
{
    qsizetype rows = 0;
    for (const QList<Stretch> &worker : table.workers)
        rows += rowsOf(worker);
    return rows;
}

// Of a stretch that stands for several things, all that was spent in the state counts.
Stretch::Time longestIn(WorkerState state, const TableTimeline &table)
{
    Stretch::Time longest { 0 };
    for (const QList<Stretch> &worker : table.workers) {
        for (const Stretch &stretch : worker)
            longest = std::max(longest, stretch.in(state));
    }
    return longest;
}

QString inMilliseconds(Stretch::Time turn, Stretch::Time parents, Stretch::Time opening)
{
    return QStringLiteral("turn %1 ms, parents %2 ms, opening %3 ms")
        .arg(turn / 1ms)
        .arg(parents / 1ms)
        .arg(opening / 1ms);
}

bool isAll() // of what takes long
{
    return qEnvironmentVariableIsSet("SEEDBED_ALL_FAULTS");
}

// A measure means something where nothing else runs; elsewhere only a worker that is passed over is found.
Stretch::Time mostWaiting()
{
    return isAll() ? 1s : 10s;
}

bool isInOrder(const QList<Stretch> &worker)
{
    const auto isWrong = [](const Stretch &one, const Stretch &next) { return next.begin < one.end; };
    return std::adjacent_find(worker.cbegin(), worker.cend(), isWrong) == worker.cend();
}

// All that the workers of a table wrote, by time: whether none began before another's end.
bool oneWritesAtATime(const TableTimeline &table)
{
    QList<Stretch> writing;
    for (const QList<Stretch> &worker : table.workers) {
        std::copy_if(worker.cbegin(), worker.cend(), std::back_inserter(writing),
                     [](const Stretch &stretch) { return stretch.state() == WorkerState::Writing; });
    }
    std::sort(writing.begin(), writing.end(), [](const Stretch &a, const Stretch &b) { return a.begin < b.begin; });
    return isInOrder(writing);
}

QList<Stretch> read(const WorkerLane &lane)
{
    return lane.tryRead().value_or(QList<Stretch>());
}

} // namespace

class tst_RunTimeline final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareDatabaseDrivers(); }
    void oneStateAtATime();
    void aWaitIsToldOfAfterwards();
    void thePeakIsOfThoseThatWrite();
    void aCommitIsSeen();
    void muchIsKeptWithinBounds();
    void longStretchesStayWhatTheyAre();
    void aRun_data();
    void aRun();
    void whatALockKeepsWaiting();
    void theWorkIsShared_data();
    void theWorkIsShared();
    void readWhileItIsWritten();
};

void tst_RunTimeline::oneStateAtATime()
{
    InFlightGauge writing;
    WorkerLane lane(WorkerLane::Clock::now(), writing);
    QVERIFY(read(lane).isEmpty());
    {
        const WorkerLane::Stay opening(lane, WorkerState::Opening);
        const WorkerLane::Stay locked(lane, WorkerState::WaitingForLock);
        QCOMPARE(read(lane).last().state(), WorkerState::WaitingForLock); // it is not over yet
    }
    {
        const WorkerLane::Stay stay(lane, WorkerState::Writing);
    }
    lane.addRows(7);
    const QList<Stretch> stretches = read(lane);
    QList<std::optional<WorkerState>> states;
    for (const Stretch &stretch : stretches)
        states.append(stretch.state());
    QCOMPARE(states,
             (QList<std::optional<WorkerState>> { WorkerState::Opening, WorkerState::WaitingForLock,
                                                  WorkerState::Opening, WorkerState::Writing }));
    QVERIFY(isInOrder(stretches));
    QCOMPARE(stretches.at(1).begin, stretches.at(0).end);
    QCOMPARE(stretches.at(2).begin, stretches.at(1).end);
    QCOMPARE(stretches.last().rows, 7);
}

void tst_RunTimeline::aWaitIsToldOfAfterwards()
{
    InFlightGauge writing;
    const auto zero = WorkerLane::Clock::now() - 10s;
    WorkerLane lane(zero, writing);
    {
        const WorkerLane::Stay stay(lane, WorkerState::Writing, zero + 1s);
        const WorkerLane::Stay locked(lane, WorkerState::WaitingForLock, zero + 3s);
    }
    QCOMPARE(read(lane).at(0).begin, Stretch::Time(1s));
    QCOMPARE(read(lane).at(0).in(WorkerState::Writing), Stretch::Time(2s));
    QCOMPARE(read(lane).at(1).begin, Stretch::Time(3s));
}

void tst_RunTimeline::thePeakIsOfThoseThatWrite()
{
    RunTimeline timeline;
    timeline.begin(1);
    std::deque<WorkerLane> &lanes = timeline.addLanes(0, 3);
    {
        const WorkerLane::Stay one(lanes[0], WorkerState::Writing);
        const WorkerLane::Stay waits(lanes[1], WorkerState::WaitingForTurn);
        const WorkerLane::Stay locked(lanes[0], WorkerState::WaitingForLock);
        const WorkerLane::Stay other(lanes[2], WorkerState::Writing);
    }
    QList<TableTimeline> tables;
    timeline.read(tables);
    QCOMPARE(tables.first().workers.size(), 3);
    QCOMPARE(tables.first().peakWriting, 1);
    const WorkerLane::Stay one(lanes[0], WorkerState::Writing);
    const WorkerLane::Stay two(lanes[1], WorkerState::Writing);
    timeline.read(tables);
    QCOMPARE(tables.first().peakWriting, 2);
}

void tst_RunTimeline::aCommitIsSeen()
{
    RunTimeline timeline;
    timeline.begin(2);
    WorkerLane &lane = timeline.addLanes(1, 2)[1];
    QVERIFY(!timeline.isCommitting());
    {
        const WorkerLane::Commit commit(lane);
        QVERIFY(timeline.isCommitting());
    }
    QVERIFY(!timeline.isCommitting());
}

void tst_RunTimeline::muchIsKeptWithinBounds()
{
    constexpr int Batches = 20'000;
    InFlightGauge writing;
    const auto zero = WorkerLane::Clock::now() - 1h;
    WorkerLane lane(zero, writing);
    // Of every 100 ms it waits 60 and writes 30; the end of a Stay is now, so each is begun in the one before.
    std::deque<WorkerLane::Stay> stays;
    for (int batch = 0; batch < Batches; ++batch) {
        stays.emplace_back(lane, WorkerState::WaitingForTurn, zero + batch * 100ms);
        stays.emplace_back(lane, WorkerState::Writing, zero + batch * 100ms + 60ms);
        lane.addRows(3);
        if (batch % 500 == 0)
            QVERIFY(read(lane).size() <= static_cast<qsizetype>(WorkerLane::MostStretches) + 1);
    }
    const QList<Stretch> stretches = read(lane);
    QVERIFY(stretches.size() > static_cast<qsizetype>(WorkerLane::MostStretches) / 3);
    QVERIFY(isInOrder(stretches));
    qsizetype rows = 0;
    Stretch::Time waited { 0 };
    for (const Stretch &stretch : stretches) {
        rows += stretch.rows;
        waited += stretch.in(WorkerState::WaitingForTurn);
        QVERIFY(stretch.in(WorkerState::WaitingForTurn) + stretch.in(WorkerState::Writing) <= stretch.length());
    }
    QCOMPARE(rows, 3 * Batches);
    QCOMPARE(waited, Stretch::Time(Batches * 60ms));
}

void tst_RunTimeline::longStretchesStayWhatTheyAre()
{
    InFlightGauge writing;
    const auto zero = WorkerLane::Clock::now() - 1h;
    WorkerLane lane(zero, writing);
    std::deque<WorkerLane::Stay> stays;
    stays.emplace_back(lane, WorkerState::WaitingForLock, zero);
    for (size_t i = 0; i < 3 * WorkerLane::MostStretches; ++i)
        stays.emplace_back(lane, i % 2 == 0 ? WorkerState::Writing : WorkerState::WaitingForTurn, zero + 30s + i * 1ms);
    const Stretch first = read(lane).first();
    QCOMPARE(first.state(), WorkerState::WaitingForLock);
    QCOMPARE(first.length(), Stretch::Time(30s));
    QVERIFY(!read(lane).at(1).state());
}

void tst_RunTimeline::aRun_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<qsizetype>("batchRows");
    QTest::newRow("a row at a time") << 300 << qsizetype(1);
    QTest::newRow("as computed") << 5000 << qsizetype(0);
}

void tst_RunTimeline::aRun()
{
    QFETCH(int, rows);
    QFETCH(qsizetype, batchRows);
    const QTemporaryDir folder;
    RunOptions options;
    options.into = folder.path();
    options.batchRows = batchRows;
    RunProgress progress;
    const auto report = run(thingsAndParts(rows), options, progress, {});
    QVERIFY(report);
    QList<TableTimeline> tables;
    progress.timeline().read(tables);
    QCOMPARE(tables.size(), 2);
    for (qsizetype i = 0; i < tables.size(); ++i) {
        const TableTimeline &table = tables.at(i);
        QCOMPARE(table.workers.size(), Workers);
        QCOMPARE(rowsOf(table), report->tables.at(i).counts.inserted);
        QCOMPARE(rowsOf(table), rows);
        QCOMPARE(table.peakWriting, 1);
        QVERIFY(oneWritesAtATime(table));
        QVERIFY(spentIn(WorkerState::Writing, table) > 0ns);
        QVERIFY(spentIn(WorkerState::WaitingForTurn, table) > 0ns);
        QVERIFY(spentIn(WorkerState::WaitingForLock, table) == 0ns);
        for (const QList<Stretch> &worker : table.workers) {
            QVERIFY(isInOrder(worker));
            QCOMPARE(worker.first().state(), WorkerState::Opening);
        }
    }
    QVERIFY(spentIn(WorkerState::WaitingForParents, tables.first()) == 0ns);

    RunProgress dry;
    options.isDryRun = true;
    QVERIFY(run(thingsAndParts(rows), options, dry, {}));
    dry.timeline().read(tables);
    for (const TableTimeline &table : std::as_const(tables))
        QVERIFY(table.workers.isEmpty());
}

void tst_RunTimeline::whatALockKeepsWaiting()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("things.db"));
    // With a write-ahead log of its own the file needs no lock before the workers' first.
    QVERIFY(execute(path,
                    { QStringLiteral("PRAGMA journal_mode=WAL"),
                      QStringLiteral("CREATE TABLE things (id INTEGER PRIMARY KEY)") }));
    ForeignProcess holder(path, QStringLiteral("BEGIN IMMEDIATE"));
    QVERIFY(holder.holds());
    RunOptions options;
    options.into = folder.path();
    RunProgress progress;
    auto running = std::async(std::launch::async, [&] { return run(thingsAndParts(100), options, progress, {}); });
    QList<TableTimeline> tables;
    const auto waited = [&] {
        progress.timeline().read(tables);
        return tables.size() == 2 && spentIn(WorkerState::WaitingForLock, tables.first()) > 300ms
            && spentIn(WorkerState::WaitingForParents, tables.last()) > 300ms;
    };
    QTRY_VERIFY(waited()); // while it goes on
    QCOMPARE(spentIn(WorkerState::Writing, tables.last()), Stretch::Time(0));
    holder.release();
    QVERIFY(running.get());
    progress.timeline().read(tables);
    QCOMPARE(tables.first().peakWriting, 1);
    QVERIFY(oneWritesAtATime(tables.first()));
    QCOMPARE(rowsOf(tables.first()) + rowsOf(tables.last()), 200);
}

void tst_RunTimeline::theWorkIsShared_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<qsizetype>("batchRows");
    QTest::newRow("small batches") << 5000 << qsizetype(10);
    QTest::newRow("as computed") << 200'000 << qsizetype(0);
    QTest::newRow("as computed, with a rest") << 200'009 << qsizetype(0);
    if (isAll())
        QTest::newRow("as computed, in two rounds") << 600'000 << qsizetype(0);
}

void tst_RunTimeline::theWorkIsShared()
{
    QFETCH(int, rows);
    QFETCH(qsizetype, batchRows);
    const QTemporaryDir folder;
    RunOptions options;
    options.into = folder.path();
    options.batchRows = batchRows;
    RunProgress progress;
    QVERIFY(run(thingsAndParts(rows), options, progress, {}));
    QList<TableTimeline> tables;
    progress.timeline().read(tables); // nobody writes it any more: it is there to the last stretch
    QCOMPARE(tables.size(), 2);
    for (const TableTimeline &table : std::as_const(tables)) {
        QCOMPARE(table.workers.size(), Workers);
        QCOMPARE(rowsOf(table), rows);
        QCOMPARE(spentIn(WorkerState::WaitingForLock, table), Stretch::Time(0));
        const Stretch::Time turn = longestIn(WorkerState::WaitingForTurn, table);
        const Stretch::Time parents = longestIn(WorkerState::WaitingForParents, table);
        const Stretch::Time opening = longestIn(WorkerState::Opening, table); // and waiting until the others have
        QVERIFY2(std::max({ turn, parents, opening }) < mostWaiting(),
                 qPrintable(inMilliseconds(turn, parents, opening)));
        QList<qsizetype> shares;
        for (const QList<Stretch> &worker : table.workers)
            shares.append(rowsOf(worker));
        const auto [least, most] = std::minmax_element(shares.cbegin(), shares.cend());
        qInfo("%lld to %lld rows a worker; longest waits %s", static_cast<long long>(*least),
              static_cast<long long>(*most), qPrintable(inMilliseconds(turn, parents, opening)));
        QVERIFY2(*most <= 2 * *least, qPrintable(QStringLiteral("%1 and %2 rows").arg(*least).arg(*most)));
    }
}

void tst_RunTimeline::readWhileItIsWritten()
{
    const QTemporaryDir folder;
    RunOptions options;
    options.into = folder.path();
    options.batchRows = 1;
    RunProgress progress;
    auto running = std::async(std::launch::async, [&] { return run(thingsAndParts(200), options, progress, {}); });
    QList<TableTimeline> tables;
    qsizetype seen = 0;
    for (bool isOver = false; !isOver;) {
        isOver = running.wait_for(1ms) == std::future_status::ready;
        progress.timeline().read(tables);
        qsizetype rows = 0;
        for (const TableTimeline &table : std::as_const(tables)) {
            rows += rowsOf(table);
            for (const QList<Stretch> &worker : table.workers)
                QVERIFY(isInOrder(worker));
        }
        QVERIFY(rows >= seen);
        seen = rows;
    }
    QVERIFY(running.get());
    QCOMPARE(seen, 400);
}

SEEDBED_TEST(tst_RunTimeline, QCoreApplication)
#include "tst_runtimeline.moc"
