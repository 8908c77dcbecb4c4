// SPDX-License-Identifier: MIT
#include "gui/run/logmodel.h"
#include "quiettest.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QSignalSpy>

using namespace seedbed;

namespace {

QStringList texts(const QAbstractItemModel &model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row)
        lines.append(model.index(row, LogModel::Text).data().toString());
    return lines;
}

QList<LogEntry> lines(int first, int count)
{
    QList<LogEntry> entries;
    for (int i = first; i < first + count; ++i)
        entries.append({ QDateTime::currentDateTimeUtc(), LogEntry::Level::Info, QString::number(i) });
    return entries;
}

} // namespace

class TestLogModel : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void oldestLinesGo()
    {
        LogModel model(nullptr, 3);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.append(lines(1, 2));
        QCOMPARE(texts(model), QStringLiteral("1 2").split(QLatin1Char(' ')));
        model.append(lines(3, 2));
        QCOMPARE(texts(model), QStringLiteral("2 3 4").split(QLatin1Char(' ')));
        model.append(lines(5, 7));
        QCOMPARE(texts(model), QStringLiteral("9 10 11").split(QLatin1Char(' ')));
    }

    void nothingTellsNothing()
    {
        LogModel model;
        const QSignalSpy inserted(&model, &LogModel::rowsInserted);
        model.append(QList<LogEntry>());
        QCOMPARE(inserted.count(), 0);
    }

    void filtersByLevel()
    {
        LogModel model;
        LogFilter filter;
        const QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        filter.setSourceModel(&model);
        model.append(LogEntry::Level::Debug, QStringLiteral("debug"));
        model.append(LogEntry::Level::Info, QStringLiteral("info"));
        model.append(LogEntry::Level::Warning, QStringLiteral("warning"));
        model.append(LogEntry::Level::Error, QStringLiteral("error"));
        QCOMPARE(texts(filter), QStringLiteral("info warning error").split(QLatin1Char(' ')));
        filter.setLowest(LogEntry::Level::Debug);
        QCOMPARE(filter.rowCount(), 4);
        filter.setLowest(LogEntry::Level::Error);
        QCOMPARE(texts(filter), QStringLiteral("error").split(QLatin1Char(' ')));
        model.clear();
        QCOMPARE(filter.rowCount(), 0);
    }

    void aLineIsOneLine()
    {
        LogModel model;
        model.append(LogEntry::Level::Info, QStringLiteral("a\nb"));
        QCOMPARE(texts(model), QStringList(QStringLiteral("a b")));
    }
};

SEEDBED_TEST(TestLogModel, QApplication)
#include "tst_logmodel.moc"
