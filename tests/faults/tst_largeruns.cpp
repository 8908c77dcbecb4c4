// SPDX-License-Identifier: MIT
// A run of 3 x 5,000 rows that is killed at any moment, or whose disk is full: every file is whole, no row that was
// said to be committed is lost, none refers to nothing, and one more run brings the files to exactly what they are to
// hold.

#include "cli/commandrunner.h"
#include "found.h"
#include "quiettest.h"
#include "shop.h"
#include "testpaths.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <optional>
#include <utility>

using namespace seedbed;

class TestLargeRuns final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    // Thirty connections are made for the first time, and the program ends.
    void startsAndEnds()
    {
        const QRegularExpression logLine(QStringLiteral("^[0-9:.]+ (debug|info|warning): "));
        const int starts = IsFull ? 500 : 10;
        for (int start = 0; start < starts; ++start) {
            const QTemporaryDir folder;
            const CommandResult result = runCli({ QStringLiteral("run"), QStringLiteral("--verbose"),
                                                  QStringLiteral("--fail-on"), QStringLiteral("none") },
                                                folder.path());
            QCOMPARE(result.status, 0);
            QVERIFY2(result.out.contains("24 inserted, 6 skipped"), result.out);
            const QStringList lines = QString::fromUtf8(result.err).split(u'\n', Qt::SkipEmptyParts);
            QCOMPARE(lines.filter(QStringLiteral(" 10 connections,")).size(), 3);
            QCOMPARE(lines.filter(logLine), lines); // a warning of Qt's is no line of the log
        }
    }

    void killedAtAnyMoment()
    {
        // All of them take many minutes.
        const int wanted = IsFull ? 300 : 6;
        Shop shop;
        QVERIFY(shop.isReady());
        const auto [firstRows, whole] = timesOf(shop);
        QVERIFY(whole > 0);
        const quint32 seed = QRandomGenerator::system()->generate();
        QRandomGenerator random(seed);
        QStringList wrong;
        int kills = 0;
        int told = 0;   // kills before which rows were said to be committed
        int midway = 0; // kills that left a part of the rows
        // A few may all come too soon or too late.
        for (int attempt = 0; attempt < 20 * wanted && (kills < wanted || told < wanted / 3 || midway == 0);
             ++attempt) {
            shop.clear();
            QProcess process;
            shop.start(process);
            // Anywhere in an equal share of the run, or, every other one, of what follows the first rows.
            const bool hasRows = attempt % 2 == 1;
            if (hasRows)
                awaitRows(process);
            const double share = (attempt % wanted + random.generateDouble()) / wanted;
            const auto after = static_cast<int>((hasRows ? whole - firstRows : whole) * share);
            (void)process.waitForFinished(after);
            process.kill();
            const CommandResult result = waitFor(process);
            if (process.exitStatus() != QProcess::CrashExit)
                continue; // it was done
            ++kills;
            told += result.err.contains(Committed) ? 1 : 0;
            const Found found = shop.found();
            midway += found.count() > 0 && found.count() < Shop::AllRows ? 1 : 0;
            const QStringList texts = found.wrong() + found.lost(result.err) + wrongAfterOneMoreRun(shop);
            for (const QString &text : texts)
                wrong += QStringLiteral("seed %1, attempt %2, killed after %3 ms: %4")
                             .arg(seed)
                             .arg(attempt)
                             .arg(after)
                             .arg(text);
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        qInfo("%d kills, %d of them after rows were said to be committed, %d with a part of the rows in", kills, told,
              midway);
        QVERIFY(kills >= wanted);
        QVERIFY(told >= wanted / 3); // or hardly anything could have been lost
        QVERIFY(midway > 0);
    }

    // A small disk, which only a process of its own can see: what it shows is copied from there.
    void theDiskIsFull()
    {
        Shop shop;
        QVERIFY(shop.isReady());
        const QTemporaryDir shown;
        QVERIFY(writeFile(shown.filePath(QStringLiteral("script")), R"(
            set -eu
            mount -t tmpfs -o size=400k none "$INTO" || exit 77
            for turn in full roomy; do
                status=0
                "$CLI" run "$PACKAGE" --into "$INTO" --format json >"$SHOWN/$turn.json" 2>"$SHOWN/$turn.err" ||
                    status=$?
                echo $status >"$SHOWN/$turn.status"
                mkdir "$SHOWN/$turn"
                cp "$INTO"/*.db* "$SHOWN/$turn"
                mount -o remount,size=64m none "$INTO"
            done
        )"));
        const std::optional<QString> rights = rightsToMount();
        if (!rights)
            QSKIP("NOT tested: a disk that is full, as no process may have mounts of its own here");
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("CLI"), QStringLiteral(SEEDBED_CLI));
        environment.insert(QStringLiteral("PACKAGE"), shop.folder());
        environment.insert(QStringLiteral("INTO"), shop.into());
        environment.insert(QStringLiteral("SHOWN"), shown.path());
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral("unshare"),
                      { *rights, QStringLiteral("bash"), shown.filePath(QStringLiteral("script")) });
        const CommandResult script = waitFor(process);
        if (script.status == 77)
            QSKIP("NOT tested: a disk that is full, as none can be mounted here");
        QVERIFY2(script.status == 0, script.err);

        const auto turn = [&shown](const QString &name) {
            const auto file = [&](const char *suffix) {
                return readFile(shown.filePath(name + QLatin1String(suffix)));
            };
            return CommandResult { file(".status").trimmed().toInt(), file(".json"), file(".err") };
        };
        const CommandResult full = turn(QStringLiteral("full"));
        const Found inFull(shown.filePath(QStringLiteral("full")), shop.tables());
        QCOMPARE(inFull.wrong() + inFull.untrue(full), QStringList());
        QVERIFY2(inFull.count() > 0 && inFull.count() < Shop::AllRows, qPrintable(QString::number(inFull.count())));
        QCOMPARE(full.status, 1);
        QVERIFY(full.out.contains("database or disk is full"));

        const CommandResult roomy = turn(QStringLiteral("roomy"));
        QCOMPARE(roomy.status, 0);
        const Found inRoomy(shown.filePath(QStringLiteral("roomy")), shop.tables());
        QCOMPARE(inRoomy.wrong() + inRoomy.missing() + inRoomy.untrue(roomy), QStringList());
    }

private:
    static constexpr QByteArrayView Committed = " committed of rows ";
    static constexpr qsizetype MostLog = 1 << 20; // bytes
    const bool IsFull = qEnvironmentVariableIsSet("SEEDBED_ALL_FAULTS");

    /// Waits until a run says that rows were committed.
    static void awaitRows(QProcess &process)
    {
        process.setReadChannel(QProcess::StandardError);
        while (!process.peek(MostLog).contains(Committed) && process.waitForReadyRead())
            continue;
    }

    /// When a run said that its first rows were committed, and when it ended, in milliseconds; nothing where it failed.
    [[nodiscard]] static std::pair<double, double> timesOf(const Shop &shop)
    {
        QElapsedTimer timer;
        timer.start();
        QProcess process;
        shop.start(process);
        awaitRows(process);
        const auto firstRows = static_cast<double>(timer.elapsed());
        if (waitFor(process).status != 0)
            return {};
        return { firstRows, static_cast<double>(timer.elapsed()) };
    }

    /// With what unshare gives a process mounts of its own; nothing where it may not.
    [[nodiscard]] static std::optional<QString> rightsToMount()
    {
        for (const QString &rights : { QStringLiteral("-m"), QStringLiteral("-Urm") }) {
            QProcess process;
            process.start(QStringLiteral("unshare"), { rights, QStringLiteral("true") });
            if (waitFor(process).status == 0)
                return rights;
        }
        return std::nullopt;
    }

    [[nodiscard]] static QStringList wrongAfterOneMoreRun(const Shop &shop)
    {
        QProcess process;
        shop.start(process);
        return shop.wrongAfter(process);
    }
};

SEEDBED_TEST(TestLargeRuns, NoApplication)
#include "tst_largeruns.moc"
