// SPDX-License-Identifier: MIT
// The service that validates while somebody types: the last request is answered, and only that.

#include "fixtures.h"
#include "quiettest.h"
#include "validation/validationservice.h"

#include <QSignalSpy>

using namespace seedbed;

class tst_ValidationService final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void answersTheLastRequest();
    void answersAgain();
    void cancelledRequestsGetNoAnswer_data();
    void cancelledRequestsGetNoAnswer();
    void canBeDestroyedAtWork();
};

void tst_ValidationService::answersTheLastRequest()
{
    ValidationService service;
    std::shared_ptr<const Validation> answer;
    int answers = 0;
    connect(&service, &ValidationService::finished, this, [&](const std::shared_ptr<const Validation> &validation) {
        answer = validation;
        ++answers;
    });
    Dataset dataset = sampleDataset();
    service.request(dataset, nothingExists(dataset));
    dataset.tables[0].setCell(7, 2, "other@example.com");
    service.request(dataset, nothingExists(dataset));
    QVERIFY(service.isBusy());
    QTRY_VERIFY(!service.isBusy());
    QCOMPARE(answers, 1);
    QCOMPARE(answer->dataset.tables.at(0).cell(7, 2), QByteArrayView("other@example.com"));
    QCOMPARE(answer->tables.at(0).count(RowState::Wrong), 1);
}

void tst_ValidationService::answersAgain()
{
    ValidationService service;
    QSignalSpy spy(&service, &ValidationService::finished);
    const Dataset dataset = sampleDataset();
    for (int i = 1; i <= 3; ++i) {
        service.request(dataset, nothingExists(dataset));
        QTRY_COMPARE(spy.size(), i);
    }
}

void tst_ValidationService::cancelledRequestsGetNoAnswer_data()
{
    QTest::addColumn<bool>("isAtWork");
    QTest::newRow("during the pause before it") << false;
    QTest::newRow("at work") << true;
}

void tst_ValidationService::cancelledRequestsGetNoAnswer()
{
    QFETCH(bool, isAtWork);
    ValidationService service;
    QSignalSpy spy(&service, &ValidationService::finished);
    Dataset dataset = sampleDataset();
    QCOMPARE(service.progress(), nullptr);
    for (int i = 0; i < 50'000; ++i)
        dataset.tables[0].append(QList<QByteArray> { "x", "y", "z" });
    service.request(dataset, nothingExists(dataset));
    QVERIFY(service.progress() != nullptr);
    if (isAtWork)
        QTRY_VERIFY(service.progress()->rows.load() > 0);
    service.cancel();
    QVERIFY(!service.isBusy());
    QCOMPARE(service.progress(), nullptr);
    const Dataset small = sampleDataset();
    service.request(small, nothingExists(small));
    QTRY_VERIFY(!service.isBusy());
    QCOMPARE(spy.size(), 1);
    const auto answer = spy.constFirst().constFirst().value<std::shared_ptr<const Validation>>();
    QCOMPARE(answer->dataset.tables.at(0).rowCount(), small.tables.at(0).rowCount());
}

void tst_ValidationService::canBeDestroyedAtWork()
{
    QSignalSpy *spy = nullptr;
    {
        ValidationService service;
        spy = new QSignalSpy(&service, &ValidationService::finished);
        const Dataset dataset = sampleDataset();
        service.request(dataset, nothingExists(dataset));
        QTRY_VERIFY(!service.isBusy());
        service.request(dataset, nothingExists(dataset));
    }
    QCOMPARE(spy->size(), 1);
    delete spy;
}

SEEDBED_TEST(tst_ValidationService, QCoreApplication)
#include "tst_validationservice.moc"
