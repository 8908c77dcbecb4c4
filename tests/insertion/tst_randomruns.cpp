// SPDX-License-Identifier: MIT
// Runs of random packages: tables that refer to others, to themselves and in circles, rows with wrong cells, keys and
// references, rows that are there already, databases that refuse some, any number of workers, any size of batches. What
// is in the files and what the report says are those of a plain reference that works on one row after the other. Some
// runs are stopped at any moment, in others another program holds a database for longer than is waited: of these the
// report says what the files show, and one more run comes to where the reference is.

#include "databases.h"
#include "insertion/inserter.h"
#include "quiettest.h"
#include "randomshop.h"

#include <QTemporaryDir>

#include <algorithm>
#include <array>
#include <future>
#include <numeric>
#include <type_traits>

using namespace seedbed;
using namespace std::chrono_literals;

namespace {

/// What comes between a run and its end.
enum class Mishap : quint8 { None, Stop, WriteLock, ExclusiveLock, Reader };

bool isLock(Mishap mishap)
{
    return mishap != Mishap::None && mishap != Mishap::Stop;
}

QString statementsOf(Mishap lock)
{
    return lock == Mishap::WriteLock    ? QStringLiteral("BEGIN IMMEDIATE")
        : lock == Mishap::ExclusiveLock ? QStringLiteral("BEGIN EXCLUSIVE")
                                        : QStringLiteral("BEGIN; SELECT count(*) FROM sqlite_master");
}

/// Of eight runs, by number, two are stopped and one is beside a lock, of one kind after the other.
Mishap mishapOf(int number)
{
    constexpr std::array Locks { Mishap::WriteLock, Mishap::ExclusiveLock, Mishap::Reader };
    if (number % 4 == 1)
        return Mishap::Stop;
    return number % 8 == 3 ? Locks.at(static_cast<size_t>(number) / 8 % Locks.size()) : Mishap::None;
}

/// The rows of a table that a run reports to be in its database, and the others, by position.
struct Told {
    std::set<qint64> in;
    std::map<qint64, QString> skipped; // with what the first reason is about, as in Ends
    std::map<qint64, QString> failed;
};

Told toldBy(const TableReport &report)
{
    Told told;
    for (const RejectedRow &row : report.rejected) {
        const Reason &reason = row.reasons.constFirst();
        const bool isCircle = reason.message.contains(QStringLiteral("leads to a circle"));
        auto &rows = row.outcome == RowOutcome::Skipped ? told.skipped : told.failed;
        rows[row.row - 1] = isCircle ? QStringLiteral("circle") : reason.rule;
    }
    for (qint64 row = 0; row < report.read; ++row) {
        const bool isCancelled = report.cancelled.contains(RowNumber { static_cast<quint64>(row) + 1 });
        if (!isCancelled && !told.skipped.contains(row) && !told.failed.contains(row))
            told.in.insert(row);
    }
    return told;
}

QString textOf(const std::map<qint64, QString> &rows)
{
    QStringList texts;
    for (const auto &[row, why] : rows)
        texts.append(QStringLiteral("%1 %2").arg(row + 1).arg(why));
    return texts.join(u',');
}

qsizetype lockedRowsIn(const RunReport &report)
{
    qsizetype rows = 0;
    for (const TableReport &table : report.tables) {
        rows += std::ranges::count_if(table.rejected, [](const RejectedRow &row) {
            return row.reasons.constFirst().message == QStringLiteral("database is locked");
        });
    }
    return rows;
}

std::set<qint64> wentIn(const Ends &ends)
{
    std::set<qint64> in = ends.inserted;
    in.insert(ends.unchanged.cbegin(), ends.unchanged.cend());
    return in;
}

/// Holds what a run reported, and the files, against the reference.
class Comparison final
{
public:
    Comparison(const RandomShop &shop, const std::vector<Ends> &ends, const RunReport &report, QString folder)
        : m_shop(shop)
        , m_ends(ends)
        , m_report(report)
        , m_folder(std::move(folder))
        , m_wrong(report.auditFindings)
    {
        check(report.isBalanced(), "the report is not balanced");
        for (const TableReport &table : report.tables)
            m_told.push_back(toldBy(table));
        for (size_t table = 0; table < ends.size(); ++table)
            compareFile(table);
    }

    /// The run came to the end of the reference. \a before: per table, the rows that went in in earlier runs.
    QStringList wrongAtTheEnd(const std::vector<qsizetype> &before)
    {
        for (size_t table = 0; table < m_ends.size(); ++table) {
            const Ends &end = m_ends[table];
            compare(table, "inserted", counts(table).inserted, std::ssize(end.inserted) - before[table]);
            compare(table, "unchanged", counts(table).unchanged, std::ssize(end.unchanged) + before[table]);
            compare(table, "skipped", textOf(m_told[table].skipped), textOf(end.skipped));
            compare(table, "failed", textOf(m_told[table].failed), textOf(end.failed));
            check(m_told[table].in == wentIn(end), "other rows are in than those of the reference");
        }
        return m_wrong;
    }

    /// The run came to no such end: but it is on the way to it, and what is in refers to what is in.
    QStringList wrongOnTheWay(Mishap mishap)
    {
        check(m_report.stayedLocked || lockedRowsIn(m_report) == 0, "that a database stayed locked is not told");
        for (size_t table = 0; table < m_ends.size(); ++table) {
            const Told &told = m_told[table];
            const Ends &end = m_ends[table];
            compare(table, "in", counts(table).inserted + counts(table).unchanged, std::ssize(told.in));
            check(std::ranges::includes(wentIn(end), told.in), "a row is in that the reference refuses");
            check(areTrue(table), "a row refers to nothing");
            // Of a database that cannot even be read less is known.
            check(mishap == Mishap::ExclusiveLock || std::ranges::includes(end.skipped, told.skipped),
                  "a row is skipped without the reason");
            check(isLock(mishap) || std::ranges::includes(end.failed, told.failed), "a row failed without the reason");
        }
        return m_wrong;
    }

private:
    [[nodiscard]] const OutcomeCounts &counts(size_t table) const
    {
        return m_report.tables.at(static_cast<qsizetype>(table)).counts;
    }
    [[nodiscard]] const RandomRow &rowAt(size_t table, qint64 row) const
    {
        return m_shop.tables()[table].rows[static_cast<size_t>(row)];
    }

    void check(bool isRight, const char *otherwise)
    {
        if (!isRight)
            m_wrong += QString::fromLatin1(otherwise);
    }

    template <typename T>
    void compare(size_t table, const char *what, const T &actual, const std::type_identity_t<T> &expected)
    {
        if (actual != expected)
            m_wrong +=
                QStringLiteral("t%1 %2: %3, not %4").arg(table).arg(QLatin1String(what)).arg(actual).arg(expected);
    }

    // What was there before, and what the report says is in.
    void compareFile(size_t number)
    {
        const RandomTable &table = m_shop.tables()[number];
        std::map<int, QString> expected;
        for (const auto &[id, row] : table.there)
            expected[id] = row.stored();
        for (const qint64 row : m_told[number].in)
            expected[rowAt(number, row).id] = rowAt(number, row).stored();
        QStringList lines;
        for (const auto &[id, line] : expected)
            lines += line;
        const QString path = m_folder + u'/' + table.file();
        QStringList stored; // a stopped run may have left a file without its table
        if (QFile::exists(path) && ask(path, QStringLiteral("SELECT count(*) FROM sqlite_master")).first() != u"0")
            stored = ask(path, QStringLiteral("SELECT * FROM t%1 ORDER BY id").arg(number));
        compare(number, "rows", stored.join(u' '), lines.join(u' '));
    }

    [[nodiscard]] bool areTrue(size_t table) const
    {
        return std::ranges::all_of(m_told[table].in, [&](qint64 position) {
            const RandomRow &row = rowAt(table, position);
            for (size_t reference = 0; reference < row.references.size(); ++reference) {
                const auto parent = static_cast<size_t>(m_shop.tables()[table].parents[reference]);
                if (row.references[reference] && !hasKey(parent, *row.references[reference]))
                    return false;
            }
            return true;
        });
    }

    [[nodiscard]] bool hasKey(size_t table, int key) const
    {
        return m_shop.tables()[table].there.contains(key)
            || std::ranges::any_of(m_told[table].in, [&](qint64 row) { return rowAt(table, row).id == key; });
    }

    const RandomShop &m_shop;
    const std::vector<Ends> &m_ends;
    const RunReport &m_report;
    const QString m_folder;
    std::vector<Told> m_told;
    QStringList m_wrong;
};

qsizetype insertedSoFar(const RunProgress &progress, qsizetype tables)
{
    qsizetype rows = 0;
    for (int table = 0; table < tables; ++table)
        rows += progress.progress(table).counts.inserted;
    return rows;
}

/// A run that is stopped when so many rows are in, and a little later than that.
Result<RunReport> runAndStop(const Dataset &dataset, const RunOptions &options, qsizetype rows,
                             std::chrono::microseconds later)
{
    RunProgress progress;
    progress.begin(static_cast<int>(dataset.tables.size())); // it is looked at before the run begins
    std::stop_source stop;
    auto running = std::async(std::launch::async, [&] { return run(dataset, options, progress, stop.get_token()); });
    while (insertedSoFar(progress, dataset.tables.size()) < rows) {
        if (running.wait_for(100us) == std::future_status::ready)
            break;
    }
    (void)running.wait_for(later);
    stop.request_stop();
    return running.get();
}

/// A run during which another program holds the database at \a path.
Result<RunReport> runBesideLock(const Dataset &dataset, RunOptions options, const QString &path, Mishap lock)
{
    const ForeignProcess holder(path, statementsOf(lock));
    if (!holder.holds())
        return failure(Error::Kind::Unreadable, QStringLiteral("no lock could be taken"));
    options.lockTimeout = 50ms;
    RunProgress progress;
    return run(dataset, options, progress, {});
}

/// How many rows came to which end in all runs.
struct Totals {
    qsizetype inserted = 0;
    qsizetype unchanged = 0;
    qsizetype skipped = 0;
    qsizetype circular = 0;
    qsizetype failed = 0;
    qsizetype cancelled = 0;
    qsizetype locked = 0;
    int stoppedMidway = 0;

    void add(const std::vector<Ends> &ends)
    {
        for (const Ends &table : ends) {
            inserted += std::ssize(table.inserted);
            unchanged += std::ssize(table.unchanged);
            skipped += std::ssize(table.skipped);
            failed += std::ssize(table.failed);
            circular +=
                std::ranges::count(table.skipped, QStringLiteral("circle"), [](const auto &row) { return row.second; });
        }
    }

    void addMishap(const RunReport &report)
    {
        const OutcomeCounts all = report.totals();
        cancelled += all.cancelled;
        stoppedMidway += all.cancelled > 0 && all.inserted > 0 ? 1 : 0;
        locked += lockedRowsIn(report);
    }
};

} // namespace

class tst_RandomRuns final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareDatabaseDrivers(); }
    void areThoseOfThePlainReference();

private:
    [[nodiscard]] QStringList wrongIn(quint32 seed, Mishap mishap);

    Totals m_totals;
};

void tst_RandomRuns::areThoseOfThePlainReference()
{
    // All of them take some minutes.
    const int runs = qEnvironmentVariableIsSet("SEEDBED_ALL_FAULTS") ? 2000 : 60;
    const quint32 first = QRandomGenerator::system()->generate() % 1'000'000;
    for (int number = 0; number < runs; ++number) {
        const Mishap mishap = mishapOf(number);
        const quint32 seed = first + static_cast<quint32>(number);
        const QStringList wrong = wrongIn(seed, mishap);
        QVERIFY2(wrong.isEmpty(),
                 qPrintable(QStringLiteral("seed %1, mishap %2: %3")
                                .arg(seed)
                                .arg(static_cast<int>(mishap))
                                .arg(wrong.join(QStringLiteral("; ")))));
    }
    const Totals &all = m_totals;
    qInfo("%d runs from seed %u on: %lld rows inserted, %lld unchanged, %lld skipped (%lld for a circle), %lld failed; "
          "%d runs stopped midway, %lld rows cancelled, %lld kept out by a lock",
          runs, first, static_cast<long long>(all.inserted), static_cast<long long>(all.unchanged),
          static_cast<long long>(all.skipped), static_cast<long long>(all.circular), static_cast<long long>(all.failed),
          all.stoppedMidway, static_cast<long long>(all.cancelled), static_cast<long long>(all.locked));
    QVERIFY(all.inserted > runs);
    for (const qsizetype rows : { all.unchanged, all.skipped, all.circular, all.failed, all.cancelled, all.locked })
        QVERIFY(rows > 0);
    QVERIFY(all.stoppedMidway > 0);
}

// Two runs of a random package: with a mishap, which the second makes good; or without, and the second adds nothing.
QStringList tst_RandomRuns::wrongIn(quint32 seed, Mishap mishap)
{
    QRandomGenerator random(seed);
    const RandomShop shop(random);
    const Dataset dataset = shop.dataset();
    const QTemporaryDir folder;
    RunOptions options;
    options.into = folder.path();
    options.workers = random.bounded(1, 13);
    options.batchRows = random.bounded(0, 8);
    options.allowTriggers = true;
    const auto held = static_cast<size_t>(random.bounded(static_cast<int>(shop.tables().size())));
    if (!shop.prepare(folder.path(), isLock(mishap) ? std::optional(held) : std::nullopt))
        return { QStringLiteral("no databases could be made") };
    const std::vector<Ends> ends = shop.ends();
    const qsizetype inserted =
        std::accumulate(ends.cbegin(), ends.cend(), qsizetype(0),
                        [](qsizetype rows, const Ends &table) { return rows + std::ssize(table.inserted); });
    m_totals.add(ends);

    const auto runFirst = [&] {
        if (mishap == Mishap::Stop) {
            const std::chrono::microseconds later(random.bounded(3000));
            return runAndStop(dataset, options, random.bounded(inserted + 1), later);
        }
        if (isLock(mishap))
            return runBesideLock(dataset, options, folder.filePath(shop.tables()[held].file()), mishap);
        RunProgress progress;
        return run(dataset, options, progress, {});
    };
    const auto first = runFirst();
    if (!first)
        return { first.error().message };
    Comparison comparison(shop, ends, *first, folder.path());
    std::vector<qsizetype> before(ends.size(), 0);
    QStringList wrong = mishap == Mishap::None ? comparison.wrongAtTheEnd(before) : comparison.wrongOnTheWay(mishap);
    if (mishap != Mishap::None)
        m_totals.addMishap(*first);

    for (size_t table = 0; table < before.size(); ++table)
        before[table] = first->tables.at(static_cast<qsizetype>(table)).counts.inserted;
    RunProgress progress;
    const auto second = run(dataset, options, progress, {});
    if (!second)
        return { second.error().message };
    return wrong + Comparison(shop, ends, *second, folder.path()).wrongAtTheEnd(before);
}

SEEDBED_TEST(tst_RandomRuns, QCoreApplication)
#include "tst_randomruns.moc"
