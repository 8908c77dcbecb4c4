// SPDX-License-Identifier: MIT
// A database, or its folder, that is made read-only during a run: where the file is not yet open to write, its rows
// fail and say why; where it is open, all rows go in; the report says what the files show, and one more run with the
// permissions restored does what is left.

#include "cli/commandrunner.h"
#include "quiettest.h"
#include "runlog.h"
#include "shop.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>

#include <grp.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <optional>

using namespace seedbed;

namespace {

const QString Users = QStringLiteral("users");
const QString Products = QStringLiteral("products");
const QString Orders = QStringLiteral("orders");

constexpr QFile::Permissions Readable = QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther;
constexpr QFile::Permissions Anybodys = Readable | QFile::WriteOwner | QFile::WriteOther;

/// How many descriptors a process has of a file.
qsizetype descriptorsOf(const QString &path, qint64 process)
{
    const QDir descriptors(QStringLiteral("/proc/%1/fd").arg(process));
    const QFileInfoList files = descriptors.entryInfoList(QDir::Files | QDir::System);
    return std::count_if(files.cbegin(), files.cend(),
                         [&path](const QFileInfo &file) { return file.symLinkTarget() == path; });
}

/// What is started becomes a user whom permissions keep from something, which they do not do to root.
void becomeAnybody(QProcess &process)
{
    constexpr uid_t Nobody = 65534;
    if (::geteuid() != 0)
        return;
    process.setChildProcessModifier([] {
        if (::setgroups(0, nullptr) != 0 || ::setgid(Nobody) != 0 || ::setuid(Nobody) != 0)
            ::_exit(EXIT_FAILURE);
    });
}

/// Whether anybody can start the program, and so reach the folder where it was built.
bool canStartAsAnybody()
{
    QProcess process;
    prepareCli(process, { QStringLiteral("--version") }, QDir::rootPath());
    becomeAnybody(process);
    process.start(QIODevice::ReadOnly);
    return process.waitForStarted() && waitFor(process).status == 0;
}

/// All that the report says of the rows of a table that did not go in, each message followed by that of its cause.
QSet<QString> messagesOf(const CommandResult &result, const QString &table)
{
    QSet<QString> messages;
    const QJsonArray rejected = tableOf(result.json(), table)[QStringLiteral("rejected")].toArray();
    for (const QJsonValue &row : rejected) {
        const QJsonValue problem = row[QStringLiteral("problems")][0];
        messages.insert(problem[QStringLiteral("message")].toString() + u' '
                        + problem[QStringLiteral("cause")][QStringLiteral("message")].toString());
    }
    return messages;
}

void startAsAnybody(QProcess &process, const Shop &shop)
{
    for (const QString &folder : { shop.folder(), shop.into() })
        QFile::setPermissions(folder, Anybodys);
    becomeAnybody(process);
    shop.start(process);
}

/// Whether the databases but that of users are made and closed again.
bool isAllPrepared(const QProcess &process, const Shop &shop)
{
    const QStringList others { Products, Orders };
    return std::all_of(others.cbegin(), others.cend(), [&](const QString &table) {
        const QString path = shop.path(table);
        return QFileInfo(path).size() > 0 && descriptorsOf(path, process.processId()) == 0;
    });
}

/// Whether all products are in, and all workers of the other tables have their files.
bool isAllOpen(const QProcess &process, const Shop &shop, const QByteArray &log)
{
    constexpr int Workers = 10;
    const auto isOpen = [&](const QString &table) {
        return descriptorsOf(shop.path(table) + QStringLiteral("-wal"), process.processId()) >= Workers;
    };
    return keysCommitted(log, Products).size() == Shop::RowCount && isOpen(Users) && isOpen(Orders);
}

} // namespace

class TestMadeReadOnly final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void isTold_data()
    {
        QTest::addColumn<bool>("isFolder");
        QTest::addColumn<bool>("isOpen"); // all workers have their files, and only wait to write
        QTest::newRow("a file, before it is opened to write") << false << false;
        QTest::newRow("a file that is open") << false << true;
        QTest::newRow("the folder, before a file is opened to write") << true << false;
        QTest::newRow("the folder of files that are open") << true << true;
    }

    void isTold()
    {
        QFETCH(bool, isFolder);
        QFETCH(bool, isOpen);
        if (!canStartAsAnybody())
            QSKIP("NOT tested: files that are made read-only, as another user cannot start the program here");
        const Shop shop;
        QVERIFY(shop.isReady());
        const std::optional<CommandResult> result =
            closeDuringRun(shop, isFolder ? shop.into() : shop.path(Users), isOpen);
        QVERIFY(result);

        const Found found = shop.found();
        QCOMPARE(found.wrong() + found.untrue(*result), QStringList());
        for (const QString &table : { Users, Products, Orders }) {
            const bool isIn = isOpen || (!isFolder && table == Products);
            QCOMPARE(found.keys(table).size(), isIn ? Shop::RowCount : 0);
            const QSet<QString> messages = messagesOf(*result, table);
            QCOMPARE(messages.isEmpty(), isIn);
            const QString name = (isFolder ? table : Users) + QStringLiteral(".db");
            for (const QString &message : messages)
                QVERIFY2(message.contains(name), qPrintable(message));
        }
        // In a folder that is closed not every file can be read again at the end.
        const QJsonArray findings = result->json()[QStringLiteral("auditFindings")].toArray();
        QVERIFY2(findings.isEmpty()
                     || (isFolder && isOpen && findings[0].toString().contains(QLatin1String("products.db"))),
                 result->out);
        QCOMPARE(result->status, isOpen && findings.isEmpty() ? 0 : 1);
        QProcess again;
        startAsAnybody(again, shop);
        QCOMPARE(shop.wrongAfter(again), QStringList());
    }

private:
    // Another program's lock holds the run up meanwhile: with a log that is to be made the run waits before its workers
    // open the file, with one that is there they wait with it in their hands. Nothing where that did not come about.
    [[nodiscard]] static std::optional<CommandResult> closeDuringRun(const Shop &shop, const QString &path, bool isOpen)
    {
        const QString mode = isOpen ? QStringLiteral("wal") : QStringLiteral("delete");
        const QString users = shop.path(Users);
        const QString sql = QStringLiteral("PRAGMA journal_mode = %1; "
                                           "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE)");
        if (sqlite(users, sql.arg(mode)) != mode || !QFile::setPermissions(users, Anybodys))
            return std::nullopt;
        ForeignLock lock(users);
        QProcess process;
        process.setReadChannel(QProcess::StandardError);
        startAsAnybody(process, shop);
        QByteArray said;
        const auto isHeldUp = [&] {
            said += process.readAllStandardError();
            return said.contains("users.db: database is locked")
                && (isOpen ? isAllOpen(process, shop, said) : isAllPrepared(process, shop));
        };
        const QDeadlineTimer patience(std::chrono::minutes(1));
        while (!isHeldUp() && !patience.hasExpired())
            (void)process.waitForReadyRead(20);
        const bool isClosed = lock.isHeld() && !patience.hasExpired() && process.state() == QProcess::Running
            && QFile::setPermissions(path, Readable);
        lock.release();
        CommandResult result = waitFor(process);
        result.err = said + result.err;
        if (isClosed && QFile::setPermissions(path, Anybodys))
            return result;
        qWarning("%s", result.err.constData());
        return std::nullopt;
    }
};

SEEDBED_TEST(TestMadeReadOnly, NoApplication)
#include "tst_madereadonly.moc"
