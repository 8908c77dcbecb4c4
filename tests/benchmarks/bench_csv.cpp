// SPDX-License-Identifier: MIT

// How fast a CSV file becomes a table, beside what no reader can do without: finding the line ends, and reading the
// file. Figures are to be compared within one run.

#include "rows/csv/tablereader.h"

#include <benchmark/benchmark.h>

#include <QBuffer>
#include <QFile>
#include <QTemporaryFile>

#include <algorithm>
#include <cstring>

using namespace seedbed;

namespace {

constexpr int RowCount = 500'000;

/// As users.csv of the sample, long.
QByteArray makeUsers(const QByteArray &name)
{
    QByteArray text = "id,name,email\n";
    for (int i = 1; i <= RowCount; ++i) {
        const QByteArray number = QByteArray::number(i);
        text += number + ',' + name + ",user" + number + "@example.com\n";
    }
    return text;
}

const QByteArray &plainUsers()
{
    static const QByteArray text = makeUsers("Alice Example-Smith");
    return text;
}

const QByteArray &quotedUsers()
{
    static const QByteArray text = makeUsers("\"Example, \"\"Alice\"\"\"");
    return text;
}

Resource users()
{
    Resource resource;
    resource.name = QStringLiteral("users");
    for (const QString &name : { QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("email") }) {
        Field field;
        field.name = name;
        resource.schema.fields.append(field);
    }
    return resource;
}

void count(benchmark::State &state, qint64 bytes)
{
    state.SetBytesProcessed(state.iterations() * bytes);
}

/// Reads a device into a table, in blocks of state.range(0) bytes.
void readTable(benchmark::State &state, QIODevice &device)
{
    const Resource resource = users();
    for (auto _ : state) {
        device.seek(0);
        TableReader reader(device, resource, QStringLiteral("users.csv"), ReadLimits(), state.range(0));
        Result<bool> block = true;
        while (block && *block)
            block = reader.readBlock();
        if (!block)
            return state.SkipWithError(qPrintable(block.error().message));
        benchmark::DoNotOptimize(reader.take());
    }
    count(state, device.size());
}

} // namespace

static void findLineEnds(benchmark::State &state)
{
    const QByteArray &text = plainUsers();
    for (auto _ : state) {
        qsizetype lines = 0;
        const char *end = text.cend();
        for (const char *at = text.cbegin(); at; ++lines) {
            at = static_cast<const char *>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
            at = at ? at + 1 : at;
        }
        benchmark::DoNotOptimize(lines);
    }
    count(state, text.size());
}
BENCHMARK(findLineEnds)->Unit(benchmark::kMillisecond);

static void countLineEnds(benchmark::State &state)
{
    const QByteArray &text = plainUsers();
    for (auto _ : state)
        benchmark::DoNotOptimize(std::count(text.cbegin(), text.cend(), '\n'));
    count(state, text.size());
}
BENCHMARK(countLineEnds)->Unit(benchmark::kMillisecond);

static void readTableFromMemory(benchmark::State &state)
{
    QBuffer device;
    device.setData(plainUsers());
    device.open(QIODevice::ReadOnly);
    readTable(state, device);
}
BENCHMARK(readTableFromMemory)->RangeMultiplier(4)->Range(1 << 14, 1 << 22)->Unit(benchmark::kMillisecond);

static void readTableFromFile(benchmark::State &state)
{
    QTemporaryFile file;
    if (!file.open() || file.write(plainUsers()) != plainUsers().size() || !file.flush())
        return state.SkipWithError("no temporary file can be written");
    QFile device(file.fileName());
    device.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    readTable(state, device);
}
BENCHMARK(readTableFromFile)->RangeMultiplier(4)->Range(1 << 14, 1 << 22)->Unit(benchmark::kMillisecond);

static void readQuotedTableFromMemory(benchmark::State &state)
{
    QBuffer device;
    device.setData(quotedUsers());
    device.open(QIODevice::ReadOnly);
    readTable(state, device);
}
BENCHMARK(readQuotedTableFromMemory)->Arg(CsvReader::DefaultBlockBytes)->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
