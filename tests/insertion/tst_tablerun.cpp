// SPDX-License-Identifier: MIT
// One table's insertion over a target made for the test: how many insertions are in flight, how rows are dealt out,
// and what becomes of them when connections or rows fail.

#include "fixtures.h"
#include "insertion/tablerun.h"
#include "quiettest.h"

#include <QHash>
#include <QScopeGuard>
#include <QSet>
#include <QThread>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <new>
#include <thread>

using namespace seedbed;

namespace {

using Write = std::function<BatchAnswer(RowPositions)>;

class TestWriter final : public Writer
{
public:
    explicit TestWriter(Write write)
        : m_write(std::move(write))
    {
    }
    BatchAnswer write(const Batch &batch) override { return m_write(batch.rows); }
    void skip(qsizetype) override { }

private:
    Write m_write;
};

// A stored row with the values of one of the package's.
class SameRow final : public StoredRow
{
public:
    SameRow(const Table &rows, qint32 position)
        : m_rows(rows)
        , m_position(position)
    {
    }
    Value value(int) const override { return {}; }
    bool holds(int field, QByteArrayView cell) const override { return m_rows.cell(m_position, field) == cell; }

private:
    const Table &m_rows;
    const qint32 m_position;
};

class TestTarget final : public Target
{
public:
    explicit TestTarget(Write write)
        : m_write(std::move(write))
    {
    }
    Result<Inspection> inspect() override { return Inspection {}; }
    Result<void> prepare(qsizetype) override { return {}; }
    Result<void> scan(const QList<RowVisitor> &) override { return {}; }
    Result<void> find(const Table &rows, RowPositions positions, const FoundVisitor &visitor,
                      const std::stop_token &) override
    {
        if (m_isUnreadable)
            return failure(Error::Kind::Unwritable, QStringLiteral("cannot be read"));
        for (const qint32 position : positions) {
            if (m_there.contains(position))
                visitor(position, SameRow(rows, position));
        }
        return {};
    }
    Result<std::unique_ptr<Writer>> openWriter(const Table &, WorkerLane &) override
    {
        if (m_opening && m_isFirst.exchange(false))
            m_opening();
        const std::scoped_lock lock(m_mutex);
        m_threads.insert(QThread::currentThread());
        if (m_threads.size() > m_connections)
            return failure(m_openError, QStringLiteral("no more connections"));
        return std::make_unique<TestWriter>(m_write);
    }
    void finish() override { }
    bool stayedLocked() const override { return false; }
    Result<void> checkName() const override { return {}; }
    bool mayHaveChanged() const override { return false; }
    bool isReplaced() const override { return false; }

    /// What find() finds.
    void setThere(const QSet<qint32> &positions) { m_there = positions; }
    void setUnreadable() { m_isUnreadable = true; }
    void setConnections(qsizetype most, Error::Kind error = Error::Kind::Unwritable)
    {
        m_connections = most;
        m_openError = error;
    }
    /// What the first connection does before it opens.
    void setOpening(const std::function<void()> &opening) { m_opening = opening; }
    [[nodiscard]] qsizetype threads() const { return m_threads.size(); }

private:
    Write m_write;
    std::function<void()> m_opening;
    std::atomic<bool> m_isFirst = true;
    std::mutex m_mutex;
    QSet<QThread *> m_threads;
    qsizetype m_connections = 1000;
    Error::Kind m_openError = Error::Kind::Unwritable;
    QSet<qint32> m_there;
    bool m_isUnreadable = false;
};

BatchAnswer inserted(RowPositions)
{
    return BatchAnswer({ RowAnswer::Kind::Inserted, {} });
}

// Lets writers pass only when a number of them is inside at once.
class Meeting final
{
public:
    explicit Meeting(int size)
        : m_size(size)
    {
    }

    // Whether the others came before a time-out.
    bool meet()
    {
        std::unique_lock lock(m_mutex);
        ++m_inside;
        m_arrived.notify_all();
        return m_arrived.wait_for(lock, std::chrono::seconds(20), [this] { return m_inside >= m_size; });
    }

private:
    const int m_size;
    std::mutex m_mutex;
    std::condition_variable m_arrived;
    int m_inside = 0;
};

const QByteArray Things = R"({"name": "things", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}]}})";

Dataset things(int rows)
{
    QByteArray csv = "id\n";
    for (int i = 1; i <= rows; ++i)
        csv += QByteArray::number(i) + '\n';
    return datasetOf({ Things }, { csv });
}

// All that a TableRun needs, for the only table of a dataset.
struct Setting {
    explicit Setting(const Dataset &dataset, const RunOptions &runOptions = {})
        : Setting(dataset, runOptions, nothingExists(dataset))
    {
    }
    Setting(const Dataset &dataset, const RunOptions &runOptions, const QList<ExistingRows> &existing)
        : options(runOptions)
        , validation(validate(dataset, existing, 1, {}, nullptr, runOptions.onConflict))
        , plan(planOf(validation, runOptions))
        , board({ dataset.tables.first().rowCount() })
    {
        progress.begin(1);
    }
    [[nodiscard]] TableRun::Shared shared() { return { validation, options, board, progress, stop.get_token() }; }

    RunOptions options;
    Validation validation;
    RunPlan plan;
    CommitBoard board;
    RunProgress progress;
    std::stop_source stop;
};

} // namespace

class tst_TableRun final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void tenAreInFlight_data();
    void tenAreInFlight();
    void neverMoreThanBatches();
    void oneConnectionAWorker();
    void everyRowOnce();
    void failedConnectionsLeaveTheRestToOthers();
    void noConnectionAtAll_data();
    void noConnectionAtAll();
    void answers_data();
    void answers();
    void lostAnswers_data();
    void lostAnswers();
    void lostUpdates_data();
    void lostUpdates();
    void aWorkerWithoutMemory_data();
    void aWorkerWithoutMemory();
    void theStartLineIsGivenUpOnAStop();
    void workersThatAreNotThereAreNotAwaited();
    void whoIsNeverStartedEnds();
    void stopCancelsTheRest();
    void levelsAreNotMixed();
};

void tst_TableRun::tenAreInFlight_data()
{
    QTest::addColumn<int>("workers");
    for (const int workers : { 1, 3, 10, 16 })
        QTest::addRow("%d workers", workers) << workers;
}

void tst_TableRun::tenAreInFlight()
{
    QFETCH(int, workers);
    RunOptions options;
    options.workers = workers;
    Setting setting(things(workers + 2), options);
    // No write returns before as many are inside as there are workers: it is not the gauge alone that says so.
    Meeting meeting(workers);
    std::atomic<int> alone = 0;
    TestTarget target([&](RowPositions rows) {
        if (!meeting.meet())
            ++alone;
        return inserted(rows);
    });
    TableRun run(setting.shared(), 0, setting.plan.tables.front(), target);
    run.start();
    run.wait();
    QCOMPARE(alone.load(), 0);
    QCOMPARE(run.peakInFlight(), workers);
    QCOMPARE(run.outcome().counts.inserted, workers + 2);
}

void tst_TableRun::neverMoreThanBatches()
{
    Setting setting(things(4));
    TestTarget target(inserted);
    TableRun run(setting.shared(), 0, setting.plan.tables.front(), target);
    run.start();
    run.wait();
    QCOMPARE(run.peakInFlight(), 4);
}

void tst_TableRun::oneConnectionAWorker()
{
    Setting setting(things(100));
    TestTarget target(inserted);
    TableRun run(setting.shared(), 0, setting.plan.tables.front(), target);
    run.start();
    run.wait();
    QCOMPARE(target.threads(), 10);
    QCOMPARE(run.openedWorkers(), 10);
}

void tst_TableRun::everyRowOnce()
{
    RunOptions options;
    options.batchRows = 7;
    Setting setting(things(1000), options);
    std::mutex mutex;
    QHash<qint32, int> seen;
    TestTarget target([&](RowPositions rows) {
        const std::scoped_lock lock(mutex);
        for (const qint32 row : rows)
            ++seen[row];
        return inserted(rows);
    });
    TableRun run(setting.shared(), 0, setting.plan.tables.front(), target);
    run.start();
    run.wait();
    QCOMPARE(seen.size(), 1000);
    QVERIFY(std::all_of(seen.cbegin(), seen.cend(), [](int times) { return times == 1; }));
    QCOMPARE(run.outcome().in.count(), 1000);
}

void tst_TableRun::failedConnectionsLeaveTheRestToOthers()
{
    Setting setting(things(50));
    TestTarget target(inserted);
    target.setConnections(3);
    TableRun run(setting.shared(), 0, setting.plan.tables.front(), target);
    run.start();
    run.wait();
    QCOMPARE(run.openedWorkers(), 3);
    QCOMPARE(run.outcome().counts.inserted, 50);
}

void tst_TableRun::noConnectionAtAll_data()
{
    QTest::addColumn<Error::Kind>("error");
    QTest::addColumn<QString>("message");
    QTest::newRow("none can be opened") << Error::Kind::Unwritable << QStringLiteral("no more connections");
    QTest::newRow("locked") << Error::Kind::Locked << QStringLiteral("database is locked");
}

void tst_TableRun::noConnectionAtAll()
{
    QFETCH(Error::Kind, error);
    QFETCH(QString, message);
    Setting setting(things(50));
    TestTarget target(inserted);
    target.setConnections(0, error);
    TableRun run(setting.shared(), 0, setting.plan.tables.front(), target);
    run.start();
    run.wait();
    QCOMPARE(run.outcome().counts.failed, 50);
    QCOMPARE(run.outcome().rejected.first().reasons.first().message, message);
    QCOMPARE(setting.board.await({ 0, 49 }, {}), CommitBoard::State::Failed);
}

void tst_TableRun::answers_data()
{
    QTest::addColumn<RowAnswer>("answer");
    QTest::addColumn<ConflictPolicy>("onConflict");
    QTest::addColumn<OutcomeCounts>("counts");
    QTest::addColumn<CommitBoard::State>("state");
    QTest::addColumn<QString>("message"); // empty: the row is not rejected
    using Kind = RowAnswer::Kind;
    using State = CommitBoard::State;
    const auto add = [](const char *name, const RowAnswer &answer, const OutcomeCounts &counts, State state,
                        const QString &message = {}, ConflictPolicy onConflict = ConflictPolicy::Skip) {
        QTest::newRow(name) << answer << onConflict << counts << state << message;
    };
    const QString conflict = QStringLiteral("id 1 is in things.db with other values");
    add("inserted", { Kind::Inserted, {} }, { .inserted = 1 }, State::Committed);
    add("unchanged", { Kind::Unchanged, {} }, { .unchanged = 1 }, State::Committed);
    add("updated", { Kind::Updated, {} }, { .updated = 1 }, State::Committed);
    add("conflict", { Kind::Conflict, {} }, { .skipped = 1 }, State::Failed, conflict);
    add("conflict that fails", { Kind::Conflict, {} }, { .failed = 1 }, State::Failed, conflict, ConflictPolicy::Fail);
    add("failed", { Kind::Failed, QStringLiteral("why") }, { .failed = 1 }, State::Failed, QStringLiteral("why"));
    add("stopped", { Kind::Stopped, {} }, { .cancelled = 1 }, State::Cancelled);
}

// Of two rows, the first one's answer is the one that counts here.
void tst_TableRun::answers()
{
    QFETCH(RowAnswer, answer);
    QFETCH(ConflictPolicy, onConflict);
    QFETCH(OutcomeCounts, counts);
    QFETCH(QString, message);
    RunOptions options;
    options.batchRows = 2;
    options.onConflict = onConflict;
    Setting setting(things(2), options);
    const RowAnswer other { RowAnswer::Kind::Failed, QStringLiteral("not this one") };
    TestTarget target([&](RowPositions) { return BatchAnswer({ answer, other }); });
    TableRun run(setting.shared(), 0, setting.plan.tables.front(), target);
    run.start();
    run.wait();
    const BatchOutcome &outcome = run.outcome();
    ++counts.failed;
    QCOMPARE(outcome.counts, counts);
    QTEST(setting.board.state({ 0, 0 }), "state");
    const RowId first = setting.validation.dataset.tables.constFirst().rowId(0);
    QCOMPARE(outcome.in.contains(first), counts.inserted + counts.unchanged + counts.updated == 1);
    QCOMPARE(outcome.cancelled.count(), counts.cancelled);
    QCOMPARE(outcome.rejected.size(), message.isEmpty() ? 1 : 2);
    if (message.isEmpty())
        return;
    QCOMPARE(outcome.rejected.constFirst().row, 1);
    QCOMPARE(outcome.rejected.constFirst().outcome, counts.skipped > 0 ? RowOutcome::Skipped : RowOutcome::Failed);
    QCOMPARE(outcome.rejected.constFirst().reasons.constFirst().message, message);
    QCOMPARE(setting.board.message({ 0, 0 }), message);
}

void tst_TableRun::lostAnswers_data()
{
    QTest::addColumn<bool>("isReadable");
    QTest::addColumn<bool>("isStopped");
    QTest::newRow("found or not") << true << false;
    QTest::newRow("after a stop too") << true << true;
    QTest::newRow("the file cannot be read") << false << false;
}

void tst_TableRun::lostAnswers()
{
    QFETCH(bool, isReadable);
    QFETCH(bool, isStopped);
    RunOptions options;
    options.batchRows = 3;
    Setting setting(things(3), options);
    TestTarget target([&](RowPositions) {
        if (isStopped)
            setting.stop.request_stop();
        const RowAnswer unknown { RowAnswer::Kind::Unknown, QStringLiteral("disk I/O error") };
        return BatchAnswer({ { RowAnswer::Kind::Inserted, {} }, unknown, unknown });
    });
    target.setThere({ 0, 1 });
    if (!isReadable)
        target.setUnreadable();
    TableRun run(setting.shared(), 0, setting.plan.tables.front(), target);
    run.start();
    run.wait();
    QCOMPARE(setting.board.state({ 0, 1 }), CommitBoard::State::Failed); // nothing is built on it
    run.decideUnknown();
    QCOMPARE(run.outcome().counts.inserted, isReadable ? 2 : 1);
    QCOMPARE(run.outcome().counts.failed, isReadable ? 1 : 2);
    QCOMPARE(run.outcome().counts.sum(), 3);
    const QString message = run.outcome().rejected.constLast().reasons.constFirst().message;
    QCOMPARE(run.outcome().rejected.constLast().row, 3);
    QVERIFY(message.startsWith(QStringLiteral("disk I/O error")));
    QCOMPARE(message.contains(QStringLiteral("cannot be told: cannot be read")), !isReadable);
}

void tst_TableRun::lostUpdates_data()
{
    QTest::addColumn<bool>("isThere");
    QTest::addColumn<OutcomeCounts>("counts");
    QTest::newRow("it came through") << true << OutcomeCounts { .inserted = 1, .updated = 1 };
    QTest::newRow("it did not") << false << OutcomeCounts { .inserted = 1, .failed = 1 };
}

// The first row is there with another name, the second one is new.
void tst_TableRun::lostUpdates()
{
    QFETCH(bool, isThere);
    QFETCH(OutcomeCounts, counts);
    const QByteArray named = R"({"name": "named", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "name"}]}})";
    const Dataset dataset = datasetOf({ named }, { "id,name\n1,a\n2,b\n" });
    RunOptions options;
    options.onConflict = ConflictPolicy::Update;
    Setting setting(dataset, options, { existingRows(dataset, 0, "id,name\n1,other\n") });
    TestTarget target([](RowPositions) { return BatchAnswer({ RowAnswer::Kind::Unknown, QStringLiteral("lost") }); });
    target.setThere(isThere ? QSet<qint32> { 0, 1 } : QSet<qint32> { 1 });
    TableRun run(setting.shared(), 0, setting.plan.tables.front(), target);
    run.start();
    run.wait();
    run.decideUnknown();
    QCOMPARE(run.outcome().counts, counts);
}

void tst_TableRun::aWorkerWithoutMemory_data()
{
    QTest::addColumn<bool>("isEvery");
    QTest::newRow("one of them") << false;
    QTest::newRow("all of them") << true;
}

// What it was about to write counts as what the target shows; the rest is for others, as long as there are some.
void tst_TableRun::aWorkerWithoutMemory()
{
    QFETCH(bool, isEvery);
    RunOptions options;
    options.workers = 4;
    options.batchRows = 5;
    Setting setting(things(100), options);
    TestTarget target([&](RowPositions rows) {
        if (isEvery || rows.front() == 10)
            throw std::bad_alloc();
        return inserted(rows);
    });
    target.setThere({ 10, 11 }); // the others of the batch are not
    TableRun run(setting.shared(), 0, setting.plan.tables.front(), target);
    run.start();
    run.wait();
    for (const qint32 position : { 10, 11, 12 })
        QCOMPARE(setting.board.await({ 0, position }, {}), CommitBoard::State::Failed); // nobody waits for ever
    run.decideUnknown();
    QVERIFY(!run.isBroken());
    QCOMPARE(run.outcome().counts.sum(), 100);
    QCOMPARE(run.outcome().counts.inserted, isEvery ? 2 : 97);
    QCOMPARE(run.outcome().counts.failed, isEvery ? 98 : 3);
    QCOMPARE(run.outcome().rejected.constFirst().reasons.constFirst().message, QStringLiteral("not enough memory"));
}

// One that is held up while it opens its connection holds the others up only until then.
void tst_TableRun::theStartLineIsGivenUpOnAStop()
{
    RunOptions options;
    options.workers = 3;
    options.batchRows = 1;
    Setting setting(things(30), options);
    std::atomic<bool> isHeldUp = true;
    TestTarget target(inserted); // which knows of no stop
    target.setOpening([&] {
        while (isHeldUp)
            std::this_thread::yield();
    });
    TableRun run(setting.shared(), 0, setting.plan.tables.front(), target);
    run.start();
    const auto letGo = qScopeGuard([&] { isHeldUp = false; });
    QTRY_COMPARE(run.openedWorkers(), 2);
    QCOMPARE(setting.board.state({ 0, 0 }), CommitBoard::State::Pending);
    setting.stop.request_stop();
    QTRY_COMPARE(setting.board.state({ 0, 0 }), CommitBoard::State::Committed);
    QTRY_COMPARE(setting.board.state({ 0, 1 }), CommitBoard::State::Committed);
    isHeldUp = false;
    run.wait();
    QCOMPARE(run.outcome().counts.inserted, 2);
    QCOMPARE(run.outcome().counts.cancelled, 28);
}

void tst_TableRun::workersThatAreNotThereAreNotAwaited()
{
    RunOptions options;
    options.workers = 10;
    Setting setting(things(40), options);
    TestTarget target(inserted);
    TableRun run(setting.shared(), 0, setting.plan.tables.front(), target);
    for (int i = 0; i < 3; ++i)
        QVERIFY(run.addWorker());
    run.start();
    run.wait();
    QCOMPARE(run.workers(), 3);
    QCOMPARE(target.threads(), 3);
    QCOMPARE(run.outcome().counts.inserted, 40);
}

void tst_TableRun::whoIsNeverStartedEnds()
{
    Setting setting(things(40));
    TestTarget target(inserted);
    TableRun run(setting.shared(), 0, setting.plan.tables.front(), target);
    while (run.addWorker()) { }
    QCOMPARE(run.workers(), setting.options.workers);
    QCOMPARE(target.threads(), 0);
}

void tst_TableRun::stopCancelsTheRest()
{
    RunOptions options;
    options.batchRows = 1;
    Setting setting(things(500), options);
    std::atomic<int> written = 0;
    TestTarget target([&](RowPositions rows) {
        if (++written == 40)
            setting.stop.request_stop();
        return inserted(rows);
    });
    TableRun run(setting.shared(), 0, setting.plan.tables.front(), target);
    run.start();
    run.wait();
    const OutcomeCounts counts = run.outcome().counts;
    QVERIFY(counts.cancelled > 0);
    QCOMPARE(counts.inserted, written.load()); // what was done is not dropped
    QCOMPARE(counts.sum(), 500);
    QVERIFY(run.outcome().rejected.isEmpty());
    QCOMPARE(run.outcome().cancelled.count(), counts.cancelled);
}

void tst_TableRun::levelsAreNotMixed()
{
    const QByteArray chain = R"({"name": "chain", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "up", "type": "integer"}],
        "foreignKeys": [{"fields": "up", "reference": {"resource": "", "fields": "id"}}]}})";
    // The last row is the root: the order of the file is the reverse of the only one possible.
    QByteArray csv = "id,up\n";
    constexpr int Length = 60;
    for (int i = 1; i <= Length; ++i)
        csv += QByteArray::number(i) + ',' + (i < Length ? QByteArray::number(i + 1) : QByteArray()) + '\n';
    Setting setting(datasetOf({ chain }, { csv }));
    std::mutex mutex;
    QList<qint32> order;
    TestTarget target([&](RowPositions rows) {
        const std::scoped_lock lock(mutex);
        for (const qint32 row : rows)
            order.append(row);
        return inserted(rows);
    });
    TableRun run(setting.shared(), 0, setting.plan.tables.front(), target);
    run.start();
    run.wait();
    QCOMPARE(order.size(), Length);
    QVERIFY(std::is_sorted(order.cbegin(), order.cend(), std::greater<>()));
}

SEEDBED_TEST(tst_TableRun, QCoreApplication)
#include "tst_tablerun.moc"
