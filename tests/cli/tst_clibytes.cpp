// SPDX-License-Identifier: MIT
// Arguments and a current folder that are not UTF-8: refused before anything is done, as Qt would take them for other
// files and folders.

#include "commandrunner.h"
#include "quiettest.h"
#include "testpaths.h"

#include <QDir>
#include <QTemporaryDir>

#include <cstdio>

using namespace seedbed;

namespace {

/// What the shell makes of \a script, in \a folder; "$1" is the command, and "$bytes" holds two that are not UTF-8.
CommandResult shell(const QString &script, const QString &folder)
{
    QProcess process;
    process.setProgram(QStringLiteral("/bin/sh"));
    process.setArguments({ QStringLiteral("-c"), QStringLiteral("bytes=$(printf 'a\\377\\376'); ") + script,
                           QStringLiteral("sh"), QStringLiteral(SEEDBED_CLI) });
    process.setWorkingDirectory(folder);
    process.start(QIODevice::ReadOnly);
    return waitFor(process);
}

QStringList entriesOf(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

} // namespace

class TestCliBytes final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void argumentsAreUtf8_data()
    {
        QTest::addColumn<QString>("arguments");
        for (const char *arguments : { "run --into \"$bytes\"", "run --into=\"$bytes\"", "run \"$bytes\"",
                                       "validate --output \"$bytes\"", "run --rejects \"$bytes\"", "\"$bytes\"" })
            QTest::newRow(arguments) << QString::fromLatin1(arguments);
    }

    void argumentsAreUtf8()
    {
        QFETCH(QString, arguments);
        const QTemporaryDir folder;
        const CommandResult result = shell(QStringLiteral("exec \"$1\" ") + arguments, folder.path());
        QCOMPARE(result.status, 2);
        QVERIFY2(result.err.contains("a\\xFF\\xFE\" is not valid UTF-8; rename "), result.err);
        QCOMPARE(result.out, QByteArray());
        QCOMPARE(entriesOf(folder.path()), QStringList());
    }

    void otherLanguagesAreTaken()
    {
        const QTemporaryDir folder;
        const CommandResult result =
            runCli({ QStringLiteral("validate"), QStringLiteral("--into"), QStringLiteral("größe-日本") },
                   folder.path());
        QVERIFY2(result.status == 0, result.err);
    }

    void theCurrentFolderIsUtf8_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<int>("status");
        QTest::newRow("used as it is") << QStringLiteral("run") << 2;
        QTest::newRow("a folder in it") << QStringLiteral("run --into x") << 2;
        QTest::newRow("a package in it") << QStringLiteral("run p --into /proc/none") << 2;
        QTest::newRow("a report in it") << QStringLiteral("validate --into /proc/none --output x") << 2;
        QTest::newRow("rejects in it") << QStringLiteral("run --into /proc/none --rejects x") << 2;
        QTest::newRow("not used") << QStringLiteral("run --into \"$top/into\"") << 0;
        QTest::newRow("help") << QStringLiteral("--help") << 0;
    }

    void theCurrentFolderIsUtf8()
    {
        QFETCH(QString, arguments);
        QFETCH(int, status);
        const QTemporaryDir folder;
        // A file system may refuse such names.
        const QString enter = QStringLiteral("top=$PWD; mkdir \"$bytes\" && cd \"$bytes\" || exit 77; ");
        const QString leave = QStringLiteral("; s=$?; ls -A; cd \"$top\" && rm -r \"$bytes\"; exit $s"); // Qt cannot
        const CommandResult result = shell(enter + QStringLiteral("\"$1\" ") + arguments + leave, folder.path());
        if (result.status == 77) {
            std::puts("NOT tested: a current folder that is not UTF-8, as none can be made here");
            return;
        }
        QVERIFY2(result.status == status, result.err);
        QVERIFY(status == 0 || result.err.contains("the current folder is gone, or its path is not valid UTF-8"));
        QVERIFY2(status == 0 || result.out.isEmpty(), result.out); // nothing was made there
        const QStringList made = arguments.contains(u"top") ? QStringList(QStringLiteral("into")) : QStringList();
        QCOMPARE(entriesOf(folder.path()), made);
    }

    void theCurrentFolderMayBeGone()
    {
        const QTemporaryDir folder;
        const CommandResult result =
            shell(QStringLiteral("mkdir x && cd x && rmdir ../x && exec \"$1\" run"), folder.path());
        QCOMPARE(result.status, 2);
        QVERIFY2(result.err.contains("the current folder is gone"), result.err);
        QCOMPARE(entriesOf(folder.path()), QStringList());
    }
};

SEEDBED_TEST(TestCliBytes, QCoreApplication)
#include "tst_clibytes.moc"
