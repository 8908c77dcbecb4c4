// SPDX-License-Identifier: MIT
#include "measures.h"

#include "process.h"

#include <QDir>
#include <QFileInfo>

#include <cstdio>

namespace seedbed {

namespace {

/// Lines "name number".
QHash<QString, double> numbersIn(const QByteArray &text)
{
    QHash<QString, double> numbers;
    for (const QByteArray &line : text.split('\n')) {
        const qsizetype space = line.lastIndexOf(' ');
        bool isNumber = false;
        const double number = line.mid(space + 1).toDouble(&isNumber);
        if (space > 0 && isNumber)
            numbers.insert(QString::fromUtf8(line.left(space)), number);
    }
    return numbers;
}

} // namespace

Measures::Measures(Workplace place, const Effort &effort, QStringList wanted)
    : m_place(std::move(place))
    , m_effort(effort)
    , m_wanted(std::move(wanted))
{
}

QList<Measures::Measure> Measures::all()
{
    return {
        { QStringLiteral("end-to-end"), QStringLiteral("from CSV to database, all checked"), &Measures::endToEnd },
        { QStringLiteral("broken"), QStringLiteral("the same, 5 % of the rows broken"), &Measures::broken },
        { QStringLiteral("insertion"), QStringLiteral("insertion alone"), &Measures::insertion },
        { QStringLiteral("validation"), QStringLiteral("validation alone"), &Measures::validation },
        { QStringLiteral("reading"), QStringLiteral("reading CSV, per core"), &Measures::reading },
        { QStringLiteral("memory"), QStringLiteral("peak memory / bytes of the files"), &Measures::memory },
        { QStringLiteral("growth"), QStringLiteral("time per row, many / few rows"), &Measures::growth },
        { QStringLiteral("window"), QStringLiteral("the window"), &Measures::window },
        { QStringLiteral("cancel"), QStringLiteral("from Ctrl+C to the end"), &Measures::cancelling },
        { QStringLiteral("small"), QStringLiteral("the sample's 30 rows"), &Measures::smallRun },
        { QStringLiteral("second-run"), QStringLiteral("a second run / the first"), &Measures::secondRun },
    };
}

QStringList Measures::names()
{
    QStringList names;
    for (const Measure &measure : all())
        names += measure.name;
    return names;
}

QList<Line> Measures::take()
{
    QList<Line> lines;
    for (const Measure &measure : all()) {
        if (!m_wanted.contains(measure.name))
            continue;
        std::fprintf(stderr, "== %s\n", qPrintable(measure.name));
        const Measured<QList<Line>> taken = (this->*measure.take)();
        lines += taken ? *taken : QList<Line> { troubleLine(measure.what, taken.error()) };
    }
    for (const QString &folder : QDir(m_place.data).entryList({ QStringLiteral("into*") }, QDir::Dirs))
        QDir(QDir(m_place.data).filePath(folder)).removeRecursively();
    return lines;
}

QString Measures::program(const char *name) const
{
    return QDir(m_place.programs).filePath(QLatin1String(name));
}

const Measured<WholeRuns> &Measures::wholeRuns()
{
    if (!m_wholeRuns) {
        const Measured<Shop> shop = makeShop(m_place, m_effort.rows);
        m_wholeRuns = shop
            ? measureWholeRuns(m_place, *shop, { m_effort.repeats, isWanted("second-run"), isWanted("end-to-end") })
            : unmeasured(shop.error());
    }
    return *m_wholeRuns;
}

Measured<QList<Line>> Measures::endToEnd()
{
    const Measured<WholeRuns> &runs = wholeRuns();
    if (!runs)
        return unmeasured(runs.error());
    const double ours = runs->first.median();
    const double peer = runs->peer.median();
    return QList<Line> { ratioLine(QStringLiteral("from CSV to database, all checked / sqlite3 .import"),
                                   secondsText(ours), secondsText(peer), ours / peer, 1.0),
                         ratioLine(QStringLiteral("  the same, first milestone"), secondsText(ours), secondsText(peer),
                                   ours / peer, 1.3) };
}

Measured<QList<Line>> Measures::broken()
{
    const Measured<Shop> shop = makeShop(m_place, m_effort.rows, 5);
    if (!shop)
        return unmeasured(shop.error());
    const Measured<WholeRuns> runs = measureWholeRuns(m_place, *shop, { m_effort.repeats, false, true });
    if (!runs)
        return unmeasured(runs.error());
    const double ours = runs->first.median();
    const double peer = runs->peer.median();
    return QList<Line> { ratioLine(QStringLiteral("  the same, 5 % of the rows broken"), secondsText(ours),
                                   secondsText(peer), ours / peer, {}) };
}

Measured<QHash<QString, double>> Measures::runParts(const QStringList &arguments) const
{
    const QString log = QDir(m_place.data).filePath(QStringLiteral("parts.log"));
    const Measured<Usage> usage = runTogether({ { QStringList { program("bench_parts") } + arguments, log } });
    if (!usage)
        return unmeasured(usage.error());
    return numbersIn(fileText(log));
}

Measured<Measures::Parts> Measures::measureParts() const
{
    const Measured<Shop> shop = makeShop(m_place, m_effort.rows);
    if (!shop)
        return unmeasured(shop.error());
    Parts parts;
    for (int i = 0; i < 2 * m_effort.repeats; ++i) {
        std::fprintf(stderr, "parts: run %d of %d\n", i + 1, 2 * m_effort.repeats);
        // ours, peer, peer, ours, …
        const bool isOurs = i % 4 == 0 || i % 4 == 3;
        const Measured<QString> folder = emptyFolder(m_place, QStringLiteral("into-parts"));
        if (!folder)
            return unmeasured(folder.error());
        const Measured<QHash<QString, double>> numbers =
            runParts({ isOurs ? QStringLiteral("insert") : QStringLiteral("loop"), shop->folder, *folder });
        if (!numbers)
            return unmeasured(numbers.error());
        if (const Measured<void> right = checkDatabases(*folder, *shop, isOurs ? Filler::Seedbed : Filler::Peer);
            !right)
            return unmeasured(right.error());
        if (!isOurs)
            parts.loop.add(numbers->value(QStringLiteral("loop")));
        for (auto number = numbers->begin(); isOurs && number != numbers->end(); ++number)
            parts.ours[number.key()].add(number.value());
    }
    return parts;
}

const Measured<Measures::Parts> &Measures::parts()
{
    if (!m_parts)
        m_parts = measureParts();
    return *m_parts;
}

Measured<QList<Line>> Measures::insertion()
{
    const Measured<Parts> &measured = parts();
    if (!measured)
        return unmeasured(measured.error());
    const double ours = measured->ours.value(QStringLiteral("insert")).median();
    const double audited = measured->ours.value(QStringLiteral("insert-and-audit")).median();
    const double loop = measured->loop.median();
    return QList<Line> { ratioLine(QStringLiteral("insertion alone / minimal loop over the C interface"),
                                   secondsText(ours), secondsText(loop), ours / loop, 1.15),
                         ratioLine(QStringLiteral("  the same, and reading back what is there"), secondsText(audited),
                                   secondsText(loop), audited / loop, {}) };
}

Measured<QList<Line>> Measures::validation()
{
    const Measured<Parts> &measured = parts();
    if (!measured)
        return unmeasured(measured.error());
    const double ours = measured->ours.value(QStringLiteral("validate")).median();
    const double insert = measured->ours.value(QStringLiteral("insert")).median();
    const double loop = measured->loop.median();
    // Ours is what a user waits for; whichever of the two is the faster is the stricter.
    return QList<Line> { ratioLine(QStringLiteral("validation alone / our insertion alone"), secondsText(ours),
                                   secondsText(insert), ours / insert, 0.25),
                         ratioLine(QStringLiteral("validation alone / minimal loop"), secondsText(ours),
                                   secondsText(loop), ours / loop, 0.25) };
}

Measured<QList<Line>> Measures::memory()
{
    const Measured<WholeRuns> &runs = wholeRuns();
    if (!runs)
        return unmeasured(runs.error());
    const Measured<Shop> shop = makeShop(m_place, m_effort.rows);
    if (!shop)
        return unmeasured(shop.error());
    const double peak = runs->peakBytes.median();
    return QList<Line> { ratioLine(QStringLiteral("peak memory / bytes of the three files"), megabytesText(peak),
                                   megabytesText(shop->bytes()), peak / shop->bytes(), 2.5) };
}

Measured<QList<Line>> Measures::secondRun()
{
    const Measured<WholeRuns> &runs = wholeRuns();
    if (!runs)
        return unmeasured(runs.error());
    const double first = runs->first.median();
    const double second = runs->second.median();
    return QList<Line> { ratioLine(QStringLiteral("a second run, nothing changed / the first"), secondsText(second),
                                   secondsText(first), second / first, 0.6) };
}

Measured<QList<Line>> Measures::growth()
{
    Samples perRow[2];
    for (int i = 0; i < 2 * m_effort.repeats; ++i) { // few, many, few, many, …
        const int rows = i % 2 == 0 ? m_effort.fewRows : m_effort.manyRows;
        const Measured<Shop> shop = makeShop(m_place, rows);
        if (!shop)
            return unmeasured(shop.error());
        const Measured<WholeRuns> runs = measureWholeRuns(m_place, *shop, { 1, false, false });
        if (!runs)
            return unmeasured(runs.error());
        perRow[i % 2].add(runs->first.median() / (3.0 * rows));
    }
    const double few = perRow[0].median();
    const double many = perRow[1].median();
    const auto text = [](double seconds) { return QStringLiteral("%1 µs").arg(seconds * 1e6, 0, 'f', 3); };
    return QList<Line> { ratioLine(
        QStringLiteral("time per row, 3 x %L1 rows / 3 x %L2 rows").arg(m_effort.manyRows).arg(m_effort.fewRows),
        text(many), text(few), many / few, 1.15) };
}

} // namespace seedbed
