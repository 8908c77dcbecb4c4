// SPDX-License-Identifier: MIT
#include "rows/rowidset.h"

#include "quiettest.h"

#include <QRandomGenerator>
#include <QTest>

#include <set>

using namespace seedbed;

class TestRowIdSet final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void ascendingIdsAreOneRange();
    void aRangeSwallowsThoseItTouches();
    void removalSplits();
    void randomOperations();
    void wholeSets();
};

void TestRowIdSet::ascendingIdsAreOneRange()
{
    RowIdSet set;
    QVERIFY(set.isEmpty());
    for (quint64 id = 5; id < 1000; ++id)
        set.add(RowId { id });
    QCOMPARE(set.ranges(), (QList<RowIdRange> { { RowId { 5 }, RowId { 999 } } }));
    QCOMPARE(set.count(), 995);
    QVERIFY(!set.contains(RowId { 4 }));
    QVERIFY(set.contains(RowId { 5 }));
    QVERIFY(set.contains(RowId { 999 }));
    QVERIFY(!set.contains(RowId { 1000 }));
}

void TestRowIdSet::aRangeSwallowsThoseItTouches()
{
    RowIdSet set;
    for (const quint64 id : { 1u, 3u, 5u, 20u })
        set.add(RowId { id });
    set.add(RowIdRange { RowId { 4 }, RowId { 7 } });
    QCOMPARE(set.ranges(),
             (QList<RowIdRange> {
                 { RowId { 1 }, RowId { 1 } }, { RowId { 3 }, RowId { 7 } }, { RowId { 20 }, RowId { 20 } } }));
}

void TestRowIdSet::removalSplits()
{
    RowIdSet set;
    set.add(RowIdRange { RowId { 1 }, RowId { 5 } });
    set.remove(RowId { 3 });
    QCOMPARE(set.ranges(), (QList<RowIdRange> { { RowId { 1 }, RowId { 2 } }, { RowId { 4 }, RowId { 5 } } }));
    set.remove(RowId { 1 });
    set.remove(RowId { 5 });
    set.remove(RowId { 9 });
    QCOMPARE(set.ranges(), (QList<RowIdRange> { { RowId { 2 }, RowId { 2 } }, { RowId { 4 }, RowId { 4 } } }));
    set.remove(RowId { 2 });
    set.remove(RowId { 4 });
    QVERIFY(set.isEmpty());
}

void TestRowIdSet::randomOperations()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 200; ++round) {
        RowIdSet set;
        std::set<quint64> reference;
        for (int step = 0; step < 60; ++step) {
            const quint64 first = random.bounded(1u, 40u);
            if (random.bounded(3) == 0) {
                set.remove(RowId { first });
                reference.erase(first);
                continue;
            }
            const quint64 last = first + random.bounded(4u);
            set.add(RowIdRange { RowId { first }, RowId { last } });
            for (quint64 id = first; id <= last; ++id)
                reference.insert(id);
        }
        QCOMPARE(set.count(), static_cast<qsizetype>(reference.size()));
        for (quint64 id = 1; id < 50; ++id)
            QCOMPARE(set.contains(RowId { id }), reference.contains(id));
        for (qsizetype i = 1; i < set.ranges().size(); ++i) {
            QVERIFY(static_cast<quint64>(set.ranges().at(i - 1).last) + 1
                    < static_cast<quint64>(set.ranges().at(i).first));
        }
    }
}

void TestRowIdSet::wholeSets()
{
    QRandomGenerator random(11);
    for (int round = 0; round < 500; ++round) {
        RowIdSet sum;
        RowIdSet oneByOne;
        for (int part = random.bounded(1, 5); part > 0; --part) {
            RowIdSet set;
            for (int i = random.bounded(6); i > 0; --i) {
                const quint64 first = random.bounded(1u, 40u);
                set.add(RowIdRange { RowId { first }, RowId { first + random.bounded(4u) } });
            }
            sum.add(set);
            for (const RowIdRange &range : set.ranges())
                oneByOne.add(range);
        }
        QVERIFY(sum == oneByOne);

        RowIdSet gone;
        for (int i = random.bounded(6); i > 0; --i) {
            const quint64 first = random.bounded(1u, 45u);
            gone.add(RowIdRange { RowId { first }, RowId { first + random.bounded(6u) } });
        }
        sum.remove(gone);
        for (quint64 id = 1; id < 60; ++id) {
            if (gone.contains(RowId { id }))
                oneByOne.remove(RowId { id });
        }
        QVERIFY(sum == oneByOne);
    }
}

SEEDBED_TEST(TestRowIdSet, QCoreApplication)
#include "tst_rowidset.moc"
