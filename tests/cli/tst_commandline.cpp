// SPDX-License-Identifier: MIT
#include "cli/commandline.h"
#include "cli/runcommand.h"
#include "quiettest.h"

#include <QDir>

using namespace seedbed;

namespace {

const QList<Command> &commands()
{
    static const QList<Command> all { runCommand(), validateCommand() };
    return all;
}

QStringList words(const QString &line)
{
    return line.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

class TestCommandLine final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void actions_data();
    void actions();
    void defaults();
    void settings();
    void lastOneHolds();
    void wordsAfterTwoDashes();
    void emptyPackage();
    void lockTimeout_data();
    void lockTimeout();
    void nearest_data();
    void nearest();
    void helpNamesEveryOption();
};

void TestCommandLine::refuses_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("message");

    const auto row = [](const char *line, const char *message) {
        QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(message);
    };
    row("", "a command is missing; the commands are: run, validate. See seedbed-cli --help.");
    row("rnu", "unknown command \"rnu\"; did you mean \"run\"?");
    row("validte", "unknown command \"validte\"; did you mean \"validate\"?");
    row("describe", "unknown command \"describe\"; the commands are: run, validate. See seedbed-cli --help.");
    row("generate --rows 5", "unknown command \"generate\"; the commands are: run, validate. See seedbed-cli --help.");
    row("help runn", "unknown command \"runn\"; did you mean \"run\"?");
    row("--into x run",
        "the command comes first, then --into; the commands are: run, validate. "
        "See seedbed-cli --help.");
    row("run --wrokers 3", "unknown option --wrokers; did you mean --workers?");
    row("run --wrokers=3", "unknown option --wrokers; did you mean --workers?");
    row("run --on-conflict", "--on-conflict needs a value: --on-conflict skip|update|fail");
    row("run --on-conflict replace", "--on-conflict must be skip, update or fail, not \"replace\".");
    row("run --on-conflict Update", "--on-conflict must be skip, update or fail, not \"Update\".");
    row("validate -x", "unknown option -x. See seedbed-cli validate --help.");
    row("run a b", "one PACKAGE at a time: \"a\" and \"b\" were given. See seedbed-cli run --help.");
    row("run --into", "--into needs a value: --into DIR");
    row("run --into --quiet", "--into needs a value: --into DIR");
    row("run --into=", "--into needs a value: --into DIR");
    row("run --quiet=yes", "--quiet takes no value. Write --quiet alone.");
    row("run --workers 0", "--workers must be a whole number from 1 to 64, not \"0\".");
    row("run --workers 65", "--workers must be a whole number from 1 to 64, not \"65\".");
    row("run --workers -1", "--workers must be a whole number from 1 to 64, not \"-1\".");
    row("run --workers 1.5", "--workers must be a whole number from 1 to 64, not \"1.5\".");
    row("run --workers ten", "--workers must be a whole number from 1 to 64, not \"ten\".");
    row("run --batch 0", "--batch must be a whole number from 1, not \"0\".");
    row("run --batch 99999999999999999999", "--batch must be a whole number from 1, not \"99999999999999999999\".");
    row("run --format csv", "--format must be text or json, not \"csv\".");
    row("run --format JSON", "--format must be text or json, not \"JSON\".");
    row("run --fail-on never", "--fail-on must be none, failed or skipped, not \"never\".");
    row("run --max-columns 0", "--max-columns must be a whole number from 1 to 1000000, not \"0\".");
    row("run --max-columns 1000001", "--max-columns must be a whole number from 1 to 1000000, not \"1000001\".");
    row("run --max-cell large",
        "--max-cell must be a number of bytes from 1, or of K, M or G, up to 1G: 4M, not \"large\".");
    row("run --max-line 2G", "--max-line must be a number of bytes from 1, or of K, M or G, up to 1G: 4M, not \"2G\".");
    row("run --lock-timeout soon", "--lock-timeout must be seconds from 0 to 86400, not \"soon\".");
    row("run --lock-timeout -1", "--lock-timeout must be seconds from 0 to 86400, not \"-1\".");
    row("run --lock-timeout nan", "--lock-timeout must be seconds from 0 to 86400, not \"nan\".");
    row("run --lock-timeout inf", "--lock-timeout must be seconds from 0 to 86400, not \"inf\".");
    row("run --lock-timeout 86401", "--lock-timeout must be seconds from 0 to 86400, not \"86401\".");
}

void TestCommandLine::refuses()
{
    QFETCH(QString, line);
    const auto invocation = parseCommandLine(words(line), commands());
    QVERIFY(!invocation);
    QTEST(invocation.error().message, "message");
}

void TestCommandLine::actions_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("action");
    QTest::addColumn<int>("command");

    const auto row = [](const char *line, Invocation::Action action, int command) {
        QTest::newRow(line) << QString::fromUtf8(line) << static_cast<int>(action) << command;
    };
    row("--help", Invocation::Action::ShowHelp, -1);
    row("-h", Invocation::Action::ShowHelp, -1);
    row("help", Invocation::Action::ShowHelp, -1);
    row("help run", Invocation::Action::ShowHelp, 0);
    row("help validate", Invocation::Action::ShowHelp, 1);
    row("run --help", Invocation::Action::ShowHelp, 0);
    row("validate --workers 3 -h", Invocation::Action::ShowHelp, 1);
    row("--version", Invocation::Action::ShowVersion, -1);
    row("run --version", Invocation::Action::ShowVersion, 0);
    row("run", Invocation::Action::Execute, 0);
    row("validate", Invocation::Action::Execute, 1);
}

void TestCommandLine::actions()
{
    QFETCH(QString, line);
    const auto invocation = parseCommandLine(words(line), commands());
    QVERIFY(invocation);
    QTEST(static_cast<int>(invocation->action), "action");
    QTEST(static_cast<int>(invocation->command), "command");
}

void TestCommandLine::defaults()
{
    const auto invocation = parseCommandLine(words(QStringLiteral("run")), commands());
    QVERIFY(invocation);
    const Settings &settings = invocation->settings;
    QCOMPARE(settings.package, QString());
    QCOMPARE(settings.run.workers, 10);
    QCOMPARE(settings.run.batchRows, 0);
    QCOMPARE(settings.run.lockTimeout, std::chrono::seconds(60));
    QCOMPARE(settings.run.onConflict, ConflictPolicy::Skip);
    QVERIFY(!settings.run.allowTriggers);
    QVERIFY(settings.format == ReportFormat::Text);
    QVERIFY(settings.failOn == FailOn::Failed);
    QVERIFY(settings.verbosity == Verbosity::Normal);
}

void TestCommandLine::settings()
{
    const auto invocation =
        parseCommandLine(words(
                             QStringLiteral("run --workers 64 shop --batch=7 --into out --format json --output r.json "
                                            "--fail-on skipped --rejects bad --quiet --on-conflict update "
                                            "--allow-triggers")),
                         commands());
    QVERIFY(invocation);
    const Settings &settings = invocation->settings;
    QCOMPARE(settings.package, QStringLiteral("shop"));
    QCOMPARE(settings.run.workers, 64);
    QCOMPARE(settings.run.batchRows, 7);
    QCOMPARE(settings.run.into, QDir::current().absoluteFilePath(QStringLiteral("out")));
    QVERIFY(settings.format == ReportFormat::Json);
    QCOMPARE(settings.output, QStringLiteral("r.json"));
    QVERIFY(settings.failOn == FailOn::Skipped);
    QCOMPARE(settings.run.onConflict, ConflictPolicy::Update);
    QVERIFY(settings.run.allowTriggers);
    QCOMPARE(settings.rejects, QStringLiteral("bad"));
    QVERIFY(settings.verbosity == Verbosity::Quiet);
}

void TestCommandLine::lastOneHolds()
{
    const auto invocation =
        parseCommandLine(words(QStringLiteral("run --workers 2 --quiet --workers 1 --verbose")), commands());
    QVERIFY(invocation);
    QCOMPARE(invocation->settings.run.workers, 1);
    QVERIFY(invocation->settings.verbosity == Verbosity::Verbose);
}

void TestCommandLine::wordsAfterTwoDashes()
{
    const auto invocation = parseCommandLine(words(QStringLiteral("run --quiet -- --verbose")), commands());
    QVERIFY(invocation);
    QCOMPARE(invocation->settings.package, QStringLiteral("--verbose"));
    QVERIFY(invocation->settings.verbosity == Verbosity::Quiet);
}

void TestCommandLine::emptyPackage()
{
    const auto invocation = parseCommandLine({ QStringLiteral("run"), QString() }, commands());
    QVERIFY(!invocation);
    QVERIFY2(invocation.error().message.startsWith(QStringLiteral("PACKAGE is empty.")),
             qPrintable(invocation.error().message));
}

void TestCommandLine::lockTimeout_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<qint64>("milliseconds");

    QTest::newRow("none") << QStringLiteral("0") << qint64(0);
    QTest::newRow("whole") << QStringLiteral("12") << qint64(12000);
    QTest::newRow("decimal") << QStringLiteral("0.25") << qint64(250);
    QTest::newRow("a day") << QStringLiteral("86400") << qint64(86400000);
}

void TestCommandLine::lockTimeout()
{
    QFETCH(QString, value);
    const auto invocation =
        parseCommandLine({ QStringLiteral("run"), QStringLiteral("--lock-timeout"), value }, commands());
    QVERIFY(invocation);
    QTEST(static_cast<qint64>(invocation->settings.run.lockTimeout.count()), "milliseconds");
}

void TestCommandLine::nearest_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("expected");

    QTest::newRow("same") << QStringLiteral("run") << QStringLiteral("run");
    QTest::newRow("swapped") << QStringLiteral("rnu") << QStringLiteral("run");
    QTest::newRow("one left out") << QStringLiteral("valdate") << QStringLiteral("validate");
    QTest::newRow("two wrong of eight") << QStringLiteral("walidade") << QStringLiteral("validate");
    QTest::newRow("three wrong of eight") << QStringLiteral("walitade") << QString();
    QTest::newRow("two wrong of three") << QStringLiteral("gum") << QString();
    QTest::newRow("empty") << QString() << QString();
}

void TestCommandLine::nearest()
{
    QFETCH(QString, word);
    QTEST(seedbed::nearest(word, { QStringLiteral("run"), QStringLiteral("validate") }), "expected");
}

void TestCommandLine::helpNamesEveryOption()
{
    for (const Command &command : commands()) {
        QVERIFY(helpText(commands()).contains(command.description));
        for (const Option &option : command.options)
            QVERIFY2(helpText(command).contains(option.name + QLatin1Char(' ')), qPrintable(option.name));
    }
}

SEEDBED_TEST(TestCommandLine, QCoreApplication)
#include "tst_commandline.moc"
