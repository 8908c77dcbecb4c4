// SPDX-License-Identifier: MIT
#include "rows/datasetreader.h"

#include "base/memorylimit.h"
#include "base/threadcrew.h"
#include "rows/csv/tablereader.h"
#include "rows/inlinetable.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QThread>

#include <algorithm>
#include <chrono>
#include <numeric>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Dataset)
};

/// How often a table tells what it has.
constexpr std::chrono::milliseconds PublishInterval(30);

/// More than one, so that a table need not wait for another one's end to show its first rows.
constexpr int WorkersPerCore = 4;

} // namespace

DatasetReader::DatasetReader(std::shared_ptr<const Package> package, const ReadLimits &limits, ReadProgress *progress,
                             std::stop_token stop)
    : m_package(std::move(package))
    , m_limits(limits)
    , m_progress(progress)
    , m_stop(std::move(stop))
    , m_firstFailed(static_cast<int>(m_package->resources.size()))
    , m_tables(static_cast<std::size_t>(m_package->resources.size()))
{
}

Result<QList<Table>> DatasetReader::read()
{
    QList<qint64> bytes;
    for (int i = 0; i < m_package->resources.size(); ++i)
        bytes.append(resource(i).inlineRows ? 0 : QFileInfo(pathOf(i)).size());
    if (m_progress)
        m_progress->begin(m_package, bytes);
    std::vector<int> order(m_tables.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&bytes](int a, int b) { return bytes.at(a) > bytes.at(b); });

    ThreadCrew workers(WorkersPerCore * QThread::idealThreadCount() - 1);
    workers.forEach(order, [this](int table) { readInWorker(table); });

    QList<Table> tables;
    for (Result<Table> &table : m_tables) {
        if (!table)
            return tl::unexpected<Error>(table.error());
        tables.append(std::move(*table));
    }
    return tables;
}

QString DatasetReader::pathOf(int table) const
{
    return QDir(m_package->folder()).filePath(resource(table).path);
}

void DatasetReader::readInWorker(int table)
{
    Result<Table> &result = m_tables.at(static_cast<std::size_t>(table));
    result = readTable(table);
    if (!result)
        noteFailure(table);
}

Result<Table> DatasetReader::readTable(int table)
{
    if (const auto &inlineRows = resource(table).inlineRows) {
        if (inlineRows->size() > m_limits.rows)
            return failure(Error::Kind::Unreadable, tooManyRows(resource(table).name, m_limits));
        const Table rows = tableFromInlineRows(*inlineRows, resource(table).schema);
        if (m_progress)
            m_progress->publish(table, ReadProgress::State::Finished, 0, rows.rowCount(), rows);
        return rows;
    }
    RegularFile file(pathOf(table));
    const auto opened = file.openToRead(m_package->folder(), QIODevice::ReadOnly | QIODevice::Unbuffered);
    if (!opened)
        return unreadable(table, opened.error());
    Result<Table> rows = readFile(table, file); // in blocks, which are buffer enough
    const bool isStop = !rows && rows.error().kind == Error::Kind::Stopped;
    if (isStop || !file.hasChanged())
        return rows;
    return failure(Error::Kind::Unreadable,
                   Text::tr("%1 was changed by another program while it was read; try again when that is done")
                       .arg(QDir::toNativeSeparators(file.fileName())));
}

tl::unexpected<Error> DatasetReader::unreadable(int table, const QString &reason) const
{
    return failure(Error::Kind::Unreadable,
                   Text::tr("%1 cannot be read: %2; put the rows of %3 there, or change its path in %4")
                       .arg(QDir::toNativeSeparators(pathOf(table)), reason, resource(table).name,
                            QDir::toNativeSeparators(m_package->descriptorPath)));
}

Result<Table> DatasetReader::readFile(int table, RegularFile &file)
{
    TableReader reader(file, resource(table), resource(table).path, m_limits);
    const auto publish = [&](ReadProgress::State state, qsizetype rowCount, const Table &rows) {
        if (m_progress)
            m_progress->publish(table, state, reader.bytesRead(), rowCount, rows);
    };
    publish(ReadProgress::State::Reading, 0, reader.tableSoFar());
    QElapsedTimer sinceLast;
    sinceLast.start();
    bool hasRows = false; // the first ones are told of as soon as they are there
    while (!isStopped(table)) {
        if (!hasMemoryFor(0))
            return tl::unexpected<Error>(notEnoughMemory());
        const Result<bool> block = reader.readBlock();
        if (!block)
            return tl::unexpected<Error>(block.error());
        if (!*block) {
            Table rows = reader.take();
            publish(ReadProgress::State::Finished, rows.rowCount(), rows);
            return rows;
        }
        const bool areFirst = !hasRows && !reader.tableSoFar().isEmpty();
        if (areFirst || sinceLast.hasExpired(PublishInterval.count())) {
            publish(ReadProgress::State::Reading, reader.rowCount(), reader.tableSoFar());
            hasRows = hasRows || areFirst;
            sinceLast.start();
        }
    }
    return failure(Error::Kind::Stopped, Text::tr("the reading of %1 was stopped").arg(resource(table).path));
}

bool DatasetReader::isStopped(int table) const
{
    return m_stop.stop_requested() || m_firstFailed < table;
}

void DatasetReader::noteFailure(int table)
{
    int first = m_firstFailed;
    while (table < first && !m_firstFailed.compare_exchange_weak(first, table)) { }
    if (m_progress)
        m_progress->fail(table);
}

} // namespace seedbed
