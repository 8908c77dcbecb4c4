// SPDX-License-Identifier: MIT
// One part of a run by itself, through the library; prints a line "name seconds" for each part.
//   bench_parts insert PACKAGE INTO    reads, validates, inserts; the files must be absent
//   bench_parts loop PACKAGE INTO      the peer: a minimal loop over SQLite's C interface puts in the same rows
//   bench_parts read PACKAGE FILE      reads; and passes over FILE, which the package reads, with memchr

#include "insertion/inserter.h"
#include "minimalloop.h"
#include "phasewatch.h"
#include "validation/validator.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QThread>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>

using namespace seedbed;

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Of all threads of this process, so that work is not cheaper for being spread.
double cpuSeconds()
{
    timespec time {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

int fail(const QString &why)
{
    std::fprintf(stderr, "bench_parts: %s\n", qPrintable(why));
    return 1;
}

void print(const char *name, double seconds)
{
    std::printf("%s %.6f\n", name, seconds);
}

int insert(const QString &path, const QString &into)
{
    const Result<Dataset> dataset = readDataset(path);
    if (!dataset)
        return fail(dataset.error().message);
    const auto targets = readTargets(*dataset->package, into, std::chrono::seconds(30));
    if (!targets)
        return fail(targets.error().message);
    {
        const Clock::time_point begin = Clock::now();
        const Validation validation = validate(*dataset, *targets, QThread::idealThreadCount());
        print("validate", secondsSince(begin));
        for (int table = 0; table < dataset->tables.size(); ++table) {
            if (validation.tables.value(table).count(RowState::Valid) != dataset->tables.at(table).rowCount())
                return fail(QStringLiteral("not all rows are valid"));
        }
    }
    RunOptions options;
    options.into = into;
    const PhaseTimes times = watchRun(*dataset, options);
    if (times.insertedRows < 0)
        return fail(times.trouble);
    print("insert", times.inserting);
    print("insert-and-audit", times.inserting + times.auditing);
    return 0;
}

int loop(const QString &path, const QString &into)
{
    const Result<Dataset> dataset = readDataset(path);
    if (!dataset)
        return fail(dataset.error().message);
    const Clock::time_point begin = Clock::now();
    if (const QString trouble = insertMinimally(*dataset, into); !trouble.isEmpty())
        return fail(trouble);
    print("loop", secondsSince(begin));
    return 0;
}

int read(const QString &path, const QString &csv)
{
    const double begin = cpuSeconds();
    const Result<Dataset> dataset = readDataset(path);
    const double end = cpuSeconds();
    if (!dataset)
        return fail(dataset.error().message);
    print("read", end - begin);

    QFile file(csv);
    if (!file.open(QIODevice::ReadOnly))
        return fail(file.errorString());
    const QByteArray text = file.readAll();
    qsizetype lines = 0;
    const double passBegin = cpuSeconds();
    const char *const last = text.constData() + text.size();
    for (const char *at = text.constData(); at < last; ++lines) {
        const void *next = std::memchr(at, '\n', static_cast<std::size_t>(last - at));
        if (next == nullptr)
            break;
        at = static_cast<const char *>(next) + 1;
    }
    print("memchr", cpuSeconds() - passBegin);
    if (dataset->tables.first().rowCount() != lines - 1) // without the header
        return fail(QStringLiteral("%1 rows were read of %2 lines").arg(dataset->tables.first().rowCount()).arg(lines));
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (argc == 4) {
        prepareDatabaseDrivers();
        if (arguments.at(1) == QLatin1String("insert"))
            return insert(arguments.at(2), QDir(arguments.at(3)).absolutePath());
        if (arguments.at(1) == QLatin1String("loop"))
            return loop(arguments.at(2), arguments.at(3));
        if (arguments.at(1) == QLatin1String("read"))
            return read(arguments.at(2), arguments.at(3));
    }
    std::fputs("usage: bench_parts insert|loop PACKAGE INTO | read PACKAGE FILE\n", stderr);
    return 2;
}
