// SPDX-License-Identifier: MIT
#include "rows/rowidlist.h"

#include "quiettest.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace seedbed;

class TestRowIdList final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void beginsEmpty();
    void followingIds();
    void insertedAmid();
    void removalJoinsRuns();
    void randomOperations();
};

namespace {

QList<quint64> numbersOf(const RowIdList &ids)
{
    QList<quint64> numbers;
    for (qsizetype i = 0; i < ids.size(); ++i)
        numbers.append(static_cast<quint64>(ids.at(i)));
    return numbers;
}

} // namespace

void TestRowIdList::beginsEmpty()
{
    const RowIdList ids;
    QCOMPARE(ids.size(), 0);
    QCOMPARE(ids.indexOf(RowId { 1 }), -1);
    QVERIFY(ids.isAscending());
    QCOMPARE(ids.sliced(0, 0).size(), 0);
}

void TestRowIdList::followingIds()
{
    const RowIdList ids(RowId { 5 }, 3);
    QCOMPARE(numbersOf(ids), (QList<quint64> { 5, 6, 7 }));
    QCOMPARE(ids.indexOf(RowId { 4 }), -1);
    QCOMPARE(ids.indexOf(RowId { 5 }), 0);
    QCOMPARE(ids.indexOf(RowId { 7 }), 2);
    QCOMPARE(ids.indexOf(RowId { 8 }), -1);
    QVERIFY(ids.isAscending());
}

void TestRowIdList::insertedAmid()
{
    RowIdList ids(RowId { 1 }, 4);
    ids.insert(2, RowIdList(RowId { 9 }, 2));
    QCOMPARE(numbersOf(ids), (QList<quint64> { 1, 2, 9, 10, 3, 4 }));
    QVERIFY(!ids.isAscending());
    QCOMPARE(ids.indexOf(RowId { 10 }), 3);
    QCOMPARE(ids.indexOf(RowId { 3 }), 4);
    QCOMPARE(ids.indexOf(RowId { 5 }), -1);
    QCOMPARE(numbersOf(ids.sliced(3, 2)), (QList<quint64> { 10, 3 }));
}

void TestRowIdList::removalJoinsRuns()
{
    RowIdList ids(RowId { 1 }, 4);
    ids.insert(2, RowIdList(RowId { 9 }, 2));
    ids.remove(2, 2);
    QCOMPARE(numbersOf(ids), (QList<quint64> { 1, 2, 3, 4 }));
    QVERIFY(ids.isAscending());
    ids.remove(1, 1);
    QCOMPARE(ids.indexOf(RowId { 2 }), -1);
    QCOMPARE(ids.indexOf(RowId { 4 }), 2);
    QVERIFY(ids.isAscending());
}

void TestRowIdList::randomOperations()
{
    QRandomGenerator random(11);
    for (int round = 0; round < 200; ++round) {
        RowIdList ids;
        QList<quint64> reference;
        quint64 next = 1;
        for (int step = 0; step < 40; ++step) {
            const qsizetype at = random.bounded(static_cast<int>(reference.size()) + 1);
            const qsizetype count = random.bounded(4);
            if (random.bounded(3) == 0) {
                const qsizetype removed = std::min(count, reference.size() - at);
                ids.remove(at, removed);
                reference.remove(at, removed);
            } else {
                next += random.bounded(2u);
                ids.insert(at, RowIdList(RowId { next }, count));
                for (qsizetype i = 0; i < count; ++i)
                    reference.insert(at + i, next++);
            }
        }
        QCOMPARE(numbersOf(ids), reference);
        QCOMPARE(ids.isAscending(), std::is_sorted(reference.cbegin(), reference.cend()));
        for (quint64 id = 0; id <= next; ++id)
            QCOMPARE(ids.indexOf(RowId { id }), reference.indexOf(id));
    }
}

SEEDBED_TEST(TestRowIdList, NoApplication)
#include "tst_rowidlist.moc"
