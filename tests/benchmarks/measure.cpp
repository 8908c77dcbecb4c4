// SPDX-License-Identifier: MIT
// Measures Seedbed beside its peers, in turn, and prints one table of ratios. Called by tools/bench.
//   measure [--quick] [--rows N] [--repeats N] [MEASURE…]
// Exit status: 0 if everything was measured, whether its goal is reached or not; 1 if something was not.

#include "measures.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <sqlite3.h>

using namespace seedbed;

namespace {

QString firstValueOf(const QString &path, const QString &key)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    for (const QString &line : lines) {
        if (line.startsWith(key))
            return line.section(u':', 1).simplified();
    }
    return {};
}

QString machine()
{
    const double kilobytes =
        firstValueOf(QStringLiteral("/proc/meminfo"), QStringLiteral("MemTotal")).section(u' ', 0, 0).toDouble();
    return QStringLiteral("%1, %2 cores, %3 GB; %4; SQLite %5, Qt %6, gcc %7")
        .arg(firstValueOf(QStringLiteral("/proc/cpuinfo"), QStringLiteral("model name")))
        .arg(QThread::idealThreadCount())
        .arg(kilobytes / 1e6, 0, 'f', 0)
        .arg(QSysInfo::prettyProductName(), QLatin1String(sqlite3_libversion()), QLatin1String(qVersion()),
             QLatin1String(__VERSION__));
}

void addOptions(QCommandLineParser &parser)
{
    parser.addHelpOption();
    parser.addOption(
        { QStringLiteral("quick"), QStringLiteral("fewer rows and repeats: under two minutes, and rough") });
    parser.addOption(
        { QStringLiteral("rows"), QStringLiteral("rows of each of the three tables (1000000)"), QStringLiteral("N") });
    parser.addOption(
        { QStringLiteral("repeats"), QStringLiteral("how often; the median counts (5)"), QStringLiteral("N") });
    parser.addPositionalArgument(QStringLiteral("measure"),
                                 QStringLiteral("of: %1 (all)").arg(Measures::names().join(QStringLiteral(", "))),
                                 QStringLiteral("[MEASURE…]"));
}

Effort effortOf(const QCommandLineParser &parser)
{
    Effort effort;
    if (parser.isSet(QStringLiteral("quick")))
        effort = { 200'000, 3, 100'000, 500'000 };
    if (parser.isSet(QStringLiteral("rows")))
        effort.rows = parser.value(QStringLiteral("rows")).toInt();
    if (parser.isSet(QStringLiteral("repeats")))
        effort.repeats = parser.value(QStringLiteral("repeats")).toInt();
    return effort;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    addOptions(parser);
    parser.process(application);
    const QStringList wanted =
        parser.positionalArguments().isEmpty() ? Measures::names() : parser.positionalArguments();
    const Effort effort = effortOf(parser);
    if (effort.rows < 1 || effort.repeats < 1) {
        std::fputs("--rows and --repeats must be whole numbers from 1\n", stderr);
        return 2;
    }
    for (const QString &name : wanted) {
        if (!Measures::names().contains(name)) {
            std::fprintf(stderr, "no measure is called %s; there are: %s\n", qPrintable(name),
                         qPrintable(Measures::names().join(QStringLiteral(", "))));
            return 2;
        }
    }
    const QString programs = QCoreApplication::applicationDirPath();
    Measures measures({ programs, QDir::cleanPath(programs + QStringLiteral("/../data")) }, effort, wanted);
    const QList<Line> lines = measures.take();
    std::printf("%s\n3 x %d rows, medians of %d, Seedbed and peer in turn\n\n%s", qPrintable(machine()), effort.rows,
                effort.repeats, qPrintable(tableText(lines)));
    const bool isWhole =
        std::all_of(lines.begin(), lines.end(), [](const Line &line) { return line.trouble.isEmpty(); });
    return isWhole ? 0 : 1;
}
