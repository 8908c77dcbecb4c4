// SPDX-License-Identifier: MIT
#include "wholeruns.h"

#include "process.h"

#include <QDir>

#include <cstdio>

namespace seedbed {

namespace {

class Runner final
{
public:
    Runner(const Workplace &place, const Shop &shop)
        : m_place(place)
        , m_shop(shop)
        , m_log(QDir(place.data).filePath(QStringLiteral("run.log")))
    {
    }

    [[nodiscard]] Measured<Usage> ours(const QString &folder)
    {
        return checked(runTogether({ { { QDir(m_place.programs).filePath(QStringLiteral("seedbed-cli")),
                                         QStringLiteral("run"), m_shop.folder, QStringLiteral("--into"), folder },
                                       m_log } }),
                       folder, Filler::Seedbed);
    }

    [[nodiscard]] Measured<Usage> again(const QString &folder)
    {
        Measured<Usage> usage = ours(folder);
        const QString unchanged = QStringLiteral("0 inserted, %1 unchanged,").arg(3LL * m_shop.rows);
        if (usage && m_shop.brokenPercent == 0 && !fileText(m_log).contains(unchanged.toUtf8()))
            return unmeasured(QStringLiteral("a second run did not find all rows unchanged"));
        return usage;
    }

    [[nodiscard]] Measured<Usage> peer()
    {
        const Measured<QString> folder = emptyFolder(m_place, QStringLiteral("into-peer"));
        if (!folder)
            return unmeasured(folder.error());
        if (const Measured<void> made = makeTables(*folder); !made)
            return unmeasured(made.error());
        QList<Command> imports;
        for (const QString &table : Shop::tables()) {
            imports += Command { { QStringLiteral("sqlite3"), QDir(*folder).filePath(table + QStringLiteral(".db")),
                                   QStringLiteral(".mode csv"),
                                   QStringLiteral(".import --skip 1 \"%1\" %2").arg(m_shop.csv(table), table) },
                                 QDir(m_place.data).filePath(table + QStringLiteral("-import.log")),
                                 m_shop.brokenPercent > 0 };
        }
        return checked(runTogether(imports), *folder, Filler::Peer);
    }

private:
    [[nodiscard]] Measured<Usage> checked(const Measured<Usage> &usage, const QString &folder, Filler filler) const
    {
        if (!usage)
            return usage;
        if (const Measured<void> right = checkDatabases(folder, m_shop, filler); !right)
            return unmeasured(right.error());
        return usage;
    }

    const Workplace &m_place;
    const Shop &m_shop;
    const QString m_log;
};

Measured<void> runOurs(Runner &runner, const Workplace &place, const WholeRunPlan &plan, WholeRuns &runs)
{
    const Measured<QString> folder = emptyFolder(place, QStringLiteral("into"));
    if (!folder)
        return unmeasured(folder.error());
    const Measured<Usage> first = runner.ours(*folder);
    if (!first)
        return unmeasured(first.error());
    runs.first.add(first->seconds);
    runs.peakBytes.add(first->peakBytes);
    if (!plan.hasSecond)
        return {};
    const Measured<Usage> second = runner.again(*folder);
    if (!second)
        return unmeasured(second.error());
    runs.second.add(second->seconds);
    return {};
}

Measured<void> runPeer(Runner &runner, WholeRuns &runs)
{
    const Measured<Usage> peer = runner.peer();
    if (!peer)
        return unmeasured(peer.error());
    runs.peer.add(peer->seconds);
    return {};
}

} // namespace

Measured<WholeRuns> measureWholeRuns(const Workplace &place, const Shop &shop, const WholeRunPlan &plan)
{
    Runner runner(place, shop);
    WholeRuns runs;
    for (int i = 0; i < plan.repeats; ++i) {
        std::fprintf(stderr, "3 x %d rows, %d %% broken: run %d of %d\n", shop.rows, shop.brokenPercent, i + 1,
                     plan.repeats);
        Measured<void> done;
        if (plan.hasPeer && i % 2 == 1)
            done = runPeer(runner, runs);
        if (done)
            done = runOurs(runner, place, plan, runs);
        if (done && plan.hasPeer && i % 2 == 0)
            done = runPeer(runner, runs);
        if (!done)
            return unmeasured(done.error());
    }
    return runs;
}

} // namespace seedbed
