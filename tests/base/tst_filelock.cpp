// SPDX-License-Identifier: MIT
// The lock of a file between threads and processes, and what may lie in its place.

#include "base/filelock.h"
#include "quiettest.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

using namespace seedbed;

// The other process is this very test, started with `--hold PATH`.

namespace {

const QString HoldOption = QStringLiteral("--hold");

int hold(const QString &path)
{
    const auto attempt = FileLock::tryLock(path);
    std::puts(attempt && attempt->lock ? "held" : "not held");
    std::fflush(stdout);
    (void)std::getchar(); // until the other end is closed
    return 0;
}

/// Another process with the lock.
class Holder final
{
public:
    explicit Holder(const QString &path)
    {
        m_process.start(QCoreApplication::applicationFilePath(), { QStringLiteral("tst_filelock"), HoldOption, path });
        m_isHolding = m_process.waitForReadyRead() && m_process.readAllStandardOutput() == "held\n";
    }
    ~Holder() { kill(); }
    Q_DISABLE_COPY_MOVE(Holder)

    [[nodiscard]] bool isHolding() const { return m_isHolding; }
    [[nodiscard]] QString process() const { return QString::number(m_process.processId()); }
    void end()
    {
        m_process.closeWriteChannel();
        m_process.waitForFinished();
    }
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

private:
    QProcess m_process;
    bool m_isHolding = false;
};

bool writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool makeSocket(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    std::strncpy(std::data(address.sun_path), name.constData(), sizeof address.sun_path - 1);
    const int file = ::socket(AF_UNIX, SOCK_STREAM, 0);
    const bool isMade = ::bind(file, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    ::close(file);
    return isMade;
}

using Make = std::function<bool(const QString &lock, const QString &other)>;

} // namespace

Q_DECLARE_METATYPE(Make)

class TestFileLock final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { cleanup(); }
    void cleanup() // for the next one
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral(".lock"));
    }

    void excludesWithinAProcess()
    {
        auto first = FileLock::tryLock(m_path);
        QVERIFY(first && first->lock);
        auto second = FileLock::tryLock(m_path);
        QVERIFY(second && !second->lock);
        QVERIFY2(second->holder.contains(QString::number(QCoreApplication::applicationPid())),
                 qPrintable(second->holder));
        first->lock.reset();
        QVERIFY(!QFile::exists(m_path));
        second = FileLock::tryLock(m_path);
        QVERIFY(second && second->lock);
    }

    void excludesAnotherProcess()
    {
        Holder holder(m_path);
        QVERIFY(holder.isHolding());
        const auto attempt = FileLock::tryLock(m_path);
        QVERIFY(attempt && !attempt->lock);
        const QString begin = QStringLiteral("tests_base (process %1 on ").arg(holder.process());
        QVERIFY2(attempt->holder.startsWith(begin), qPrintable(attempt->holder));
        holder.end();
        QCOMPARE(entries(), QStringList());
        const auto next = FileLock::tryLock(m_path);
        QVERIFY(next && next->lock);
    }

    void aKilledHolderHoldsNothing()
    {
        Holder holder(m_path);
        QVERIFY(holder.isHolding());
        holder.kill();
        QVERIFY(QFile::exists(m_path)); // with its name in it
        takesAtOnce();
    }

    void whatIsLeftHoldsNothing_data()
    {
        QTest::addColumn<QByteArray>("left");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("garbage") << QByteArray("\0\xff\xfe\n\n\n", 6);
        QTest::newRow("huge") << QByteArray(20'000'000, 'x');
        QTest::newRow("this very process") << QByteArray::number(QCoreApplication::applicationPid()) + "\nme\nhost\n";
        QTest::newRow("process 1 of another host") << QByteArray("1\nseedbed-cli\nelsewhere\n");
    }

    void whatIsLeftHoldsNothing()
    {
        QFETCH(QByteArray, left);
        QVERIFY(writeFile(m_path, left));
        takesAtOnce();
    }

    void aHolderIsShownAsPlainText_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("holder");
        QTest::newRow("known") << QByteArray("12\nprogram\nhost\n") << QStringLiteral("program (process 12 on host)");
        QTest::newRow("control characters") << QByteArray("12\npro\x1b[31m\x07gram\n\xe2\x80\xaehost\n")
                                            << QStringLiteral("pro[31mgram (process 12 on host)");
        QTest::newRow("placeholders") << QByteArray("12\n%2%3\n%1\n") << QStringLiteral("%2%3 (process 12 on %1)");
        QTest::newRow("long") << "12\n" + QByteArray(81, 'p') + "\nhost\n"
                              << QString(80, u'p') + QStringLiteral("… (process 12 on host)");
        QTest::newRow("longer than is read") << "12\n" + QByteArray(2'000'000, 'p') + "\nhost\n" << QString();
        QTest::newRow("empty") << QByteArray() << QString();
        QTest::newRow("cut off") << QByteArray("12\nprogram\nho") << QString();
        QTest::newRow("no number") << QByteArray("twelve\nprogram\nhost\n") << QString();
        QTest::newRow("no process") << QByteArray("-1\nprogram\nhost\n") << QString();
        QTest::newRow("no name") << QByteArray("12\n\x01\nhost\n") << QString();
    }

    void aHolderIsShownAsPlainText()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, holder);
        const auto lock = FileLock::tryLock(m_path);
        QVERIFY(lock && lock->lock);
        QVERIFY(writeFile(m_path, text));
        const auto attempt = FileLock::tryLock(m_path);
        QVERIFY(attempt && !attempt->lock);
        QCOMPARE(attempt->holder, holder);
    }

    void whatIsNoFileOfItsOwnIsRefused_data()
    {
        QTest::addColumn<Make>("make");
        QTest::newRow("link") << Make(
            [](const QString &lock, const QString &other) { return QFile::link(other, lock); });
        QTest::newRow("link to nothing") << Make([](const QString &lock, const QString &other) {
            return QFile::link(other + QStringLiteral(".absent"), lock);
        });
        QTest::newRow("hard link") << Make([](const QString &lock, const QString &other) {
            return ::link(QFile::encodeName(other).constData(), QFile::encodeName(lock).constData()) == 0;
        });
        QTest::newRow("pipe") << Make([](const QString &lock, const QString &) {
            return ::mkfifo(QFile::encodeName(lock).constData(), 0600) == 0;
        });
        QTest::newRow("folder") << Make([](const QString &lock, const QString &) { return QDir().mkdir(lock); });
        QTest::newRow("socket") << Make([](const QString &lock, const QString &) { return makeSocket(lock); });
    }

    void whatIsNoFileOfItsOwnIsRefused()
    {
        QFETCH(Make, make);
        const QString other = m_folder->filePath(QStringLiteral("other"));
        QVERIFY(writeFile(other, "of another program"));
        QVERIFY(make(m_path, other));
        const QStringList before = entries();
        const auto attempt = FileLock::tryLock(m_path);
        QVERIFY(!attempt);
        QCOMPARE(attempt.error().kind, Error::Kind::Unwritable);
        QVERIFY2(attempt.error().message.startsWith(m_path + QStringLiteral(": is a ")),
                 qPrintable(attempt.error().message));
        QVERIFY2(attempt.error().message.contains(QStringLiteral("remove ")), qPrintable(attempt.error().message));
        QCOMPARE(readFile(other), QByteArray("of another program"));
        QCOMPARE(entries(), before);
    }

    void aFolderThatIsNotThere()
    {
        const auto attempt = FileLock::tryLock(m_folder->filePath(QStringLiteral("absent/.lock")));
        QVERIFY(!attempt);
        QCOMPARE(attempt.error().kind, Error::Kind::Unwritable);
        QVERIFY(attempt.error().message.contains(QStringLiteral("absent/.lock: cannot be written")));
    }

    // Another one makes the file anew while it is waited for: who locks the old one has nothing.
    void oneAtATimeWhileTheFileComesAndGoes()
    {
        std::atomic<int> holders = 0;
        std::atomic<int> taken = 0;
        std::atomic<int> wrong = 0;
        std::vector<std::jthread> threads;
        constexpr int Threads = 4;
        constexpr int Each = 2000;
        for (int i = 0; i < Threads; ++i) {
            threads.emplace_back([&] {
                for (int mine = 0; mine < Each;) {
                    auto attempt = FileLock::tryLock(m_path);
                    if (!attempt)
                        ++wrong;
                    if (!attempt || !attempt->lock) {
                        std::this_thread::yield();
                        mine += attempt ? 0 : 1;
                        continue;
                    }
                    if (++holders != 1)
                        ++wrong;
                    std::this_thread::yield();
                    --holders;
                    ++taken;
                    ++mine;
                }
            });
        }
        threads.clear();
        QCOMPARE(wrong.load(), 0);
        QCOMPARE(taken.load(), Threads * Each);
        QCOMPARE(entries(), QStringList());
    }

    void theLockOfAnotherIsLeftAlone()
    {
        auto first = FileLock::tryLock(m_path);
        QVERIFY(first && first->lock);
        QVERIFY(QFile::remove(m_path)); // by a person, who thinks it dead
        const auto second = FileLock::tryLock(m_path);
        QVERIFY(second && second->lock);
        first->lock.reset();
        QVERIFY(QFile::exists(m_path));
        const auto third = FileLock::tryLock(m_path);
        QVERIFY(third && !third->lock);
    }

    void othersMayLockItToo()
    {
        const mode_t before = ::umask(0777); // those who share a folder, whatever theirs is
        const auto attempt = FileLock::tryLock(m_path);
        ::umask(before);
        QVERIFY(attempt && attempt->lock);
        struct stat facts {
        };
        QCOMPARE(::stat(QFile::encodeName(m_path).constData(), &facts), 0);
        QCOMPARE(facts.st_mode & 0777U, 0666U);
    }

private:
    [[nodiscard]] QStringList entries() const
    {
        return QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }

    void takesAtOnce() const
    {
        const QByteArray before = readFile(m_path);
        auto attempt = FileLock::tryLock(m_path);
        QVERIFY(attempt && attempt->lock);
        const QByteArray now = readFile(m_path);
        const bool isOwn = now.startsWith(QByteArray::number(QCoreApplication::applicationPid()) + '\n');
        QVERIFY(isOwn ? now.size() < 1024 : now == before);
        attempt->lock.reset();
        // What is no lock's is somebody's, and stays.
        if (isOwn)
            QCOMPARE(entries(), QStringList());
        else
            QCOMPARE(readFile(m_path), before);
        QVERIFY(isOwn || !before.isEmpty());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

namespace {

int holdOrTest(int argc, char *argv[])
{
    if (argc == 3 && QLatin1String(argv[1]) == HoldOption) {
        const QCoreApplication application(argc, argv);
        return hold(QCoreApplication::arguments().value(2));
    }
    return runTest<TestFileLock, QCoreApplication>(argc, argv);
}

} // namespace

SEEDBED_TEST_MAIN(&holdOrTest)

#include "tst_filelock.moc"
