// SPDX-License-Identifier: MIT
#include "base/regularfile.h"
#include "quiettest.h"

#include <QDir>
#include <QTemporaryDir>

#include <sys/stat.h>

using namespace seedbed;

namespace {

bool write(const QString &path, const QByteArray &content, QIODevice::OpenMode mode = QIODevice::WriteOnly)
{
    QFile file(path);
    return file.open(mode) && file.write(content) == content.size();
}

QString reasonOf(const QString &path, const QString &folder = {})
{
    RegularFile file(path);
    const auto opened = file.openToRead(folder);
    return opened ? QString() : opened.error();
}

} // namespace

class TestRegularFile final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { renew(); }
    void cleanup() { renew(); }

    void aFileIsRead()
    {
        QVERIFY(write(path("a"), "one\ntwo\n"));
        RegularFile file(path("a"));
        QVERIFY(file.openToRead(m_folder->path()));
        QCOMPARE(file.fileName(), path("a"));
        QCOMPARE(file.size(), 8);
        QCOMPARE(file.readLine(), QByteArray("one\n"));
        QCOMPARE(file.pos(), 4);
        QCOMPARE(file.readAll(), QByteArray("two\n"));
        QVERIFY(file.atEnd() && file.seek(4));
        QCOMPARE(file.read(100), QByteArray("two\n"));
        QVERIFY(!file.hasChanged());
    }

    void otherFilesAreNot_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("reason");
        QTest::newRow("pipe") << QStringLiteral("pipe") << QStringLiteral("it is a pipe, not a file");
        QTest::newRow("link to a pipe") << QStringLiteral("link") << QStringLiteral("it is a pipe, not a file");
        QTest::newRow("folder") << QStringLiteral(".") << QStringLiteral("it is a folder, not a file");
        QTest::newRow("device") << QStringLiteral("/dev/zero") << QStringLiteral("it is a device, not a file");
        QTest::newRow("nothing") << QStringLiteral("nothing") << QStringLiteral("No such file or directory");
        QTest::newRow("no name") << QString() << QStringLiteral("its name is empty or holds a NUL");
    }

    void otherFilesAreNot()
    {
        QFETCH(QString, file);
        QCOMPARE(::mkfifo(QFile::encodeName(path("pipe")).constData(), 0600), 0);
        QVERIFY(QFile::link(path("pipe"), path("link")));
        const QString name = file.isEmpty() ? file : QDir(m_folder->path()).absoluteFilePath(file);
        QTEST(reasonOf(name), "reason"); // and no hang
    }

    void linksMayNotLeadOut_data()
    {
        QTest::addColumn<QString>("link");
        QTest::addColumn<QString>("target");
        QTest::addColumn<bool>("staysInside");
        const auto add = [](const char *name, const char *link, const char *target, bool staysInside) {
            QTest::newRow(name) << QString::fromLatin1(link) << QString::fromLatin1(target) << staysInside;
        };
        add("to a file inside", "p/a", "b", true);
        add("through a folder above", "p/a", "../p/b", true);
        add("to a file outside", "p/a", "../outside/c", false);
        add("to a folder whose name begins alike", "p/a", "../pp/c", false);
        add("a folder on the way", "p/sub", "../outside", false);
        add("a folder on the way, inside", "p/sub", "real", true);
    }

    void linksMayNotLeadOut()
    {
        QFETCH(QString, link);
        QFETCH(QString, target);
        QFETCH(bool, staysInside);
        const QDir folder(m_folder->path());
        for (const char *sub : { "p/real", "outside", "pp" })
            QVERIFY(folder.mkpath(QLatin1String(sub)));
        for (const char *file : { "p/b", "p/real/c", "outside/c", "pp/c" })
            QVERIFY(write(path(file), "x"));
        QVERIFY(QFile::link(target, folder.filePath(link)));
        QVERIFY(QFile::link(QStringLiteral("p"), path("alias"))); // the folder itself may be reached by a link
        const QString file = link.endsWith(u"sub") ? QStringLiteral("/sub/c") : QStringLiteral("/a");
        for (const char *start : { "p", "alias" }) {
            const QString reason = reasonOf(path(start) + file, path(start));
            QCOMPARE(reason.isEmpty(), staysInside);
            QCOMPARE(reason.startsWith(u"a link leads out of the folder, to "), !staysInside);
        }
    }

    void aFileThatGrowsHasAnEnd()
    {
        QVERIFY(write(path("a"), "12345678"));
        for (const QIODevice::OpenMode mode :
             { QIODevice::OpenMode(QIODevice::ReadOnly), QIODevice::ReadOnly | QIODevice::Unbuffered }) {
            RegularFile file(path("a"));
            QVERIFY(file.openToRead({}, mode));
            const qint64 size = file.size();
            QCOMPARE(file.read(4), QByteArray("1234"));
            QVERIFY(write(path("a"), QByteArray(100'000, 'x'), QIODevice::Append));
            QCOMPARE(file.size(), size);
            QCOMPARE(file.readAll().size(), size - 4);
            QCOMPARE(file.read(1), QByteArray());
            QVERIFY(file.atEnd() && file.hasChanged());
        }
    }

    void aFileThatShrinksHasAnEnd()
    {
        QVERIFY(write(path("a"), QByteArray(100'000, 'x')));
        RegularFile file(path("a"));
        QVERIFY(file.openToRead());
        QVERIFY(QFile::resize(path("a"), 5));
        QVERIFY(file.hasChanged());
        const auto content = file.readUpTo(1 << 20);
        QVERIFY(!content);
        QCOMPARE(content.error(), QStringLiteral("another program wrote to it meanwhile; wait until that is done"));
    }

    void sizesHaveALimit()
    {
        QVERIFY(write(path("a"), QByteArray(1024, 'x')));
        for (const qint64 most : { 1023, 1024 }) {
            RegularFile file(path("a"));
            QVERIFY(file.openToRead());
            const auto content = file.readUpTo(most);
            QCOMPARE(content.has_value(), most == 1024);
            if (content)
                QCOMPARE(content->size(), 1024);
            else
                QCOMPARE(content.error(), QStringLiteral("it is larger than 1023 bytes"));
        }
    }

    void placesAreWhereLinksLead()
    {
        const QDir folder(m_folder->path());
        const QString here = folder.canonicalPath();
        QVERIFY(folder.mkpath(QStringLiteral("a/b")));
        QVERIFY(QFile::link(QStringLiteral("a/b"), path("link")));
        QVERIFY(QFile::link(QStringLiteral("link/new"), path("dangling")));
        QVERIFY(QFile::link(QStringLiteral("circle"), path("circle")));
        QCOMPARE(placeOf(path("a")), here + QStringLiteral("/a"));
        QCOMPARE(placeOf(path("link/x/y")), here + QStringLiteral("/a/b/x/y"));
        QCOMPARE(placeOf(path("link/../x")), here + QStringLiteral("/a/x")); // as the kernel has it
        QCOMPARE(placeOf(path("dangling")), here + QStringLiteral("/a/b/new"));
        QVERIFY(placeOf(path("circle")).startsWith(here)); // and an end
    }

private:
    /// Has a new folder for the next test.
    void renew() { m_folder = std::make_unique<QTemporaryDir>(); }

    [[nodiscard]] QString path(const char *name) const { return m_folder->filePath(QLatin1String(name)); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

SEEDBED_TEST(TestRegularFile, QCoreApplication)
#include "tst_regularfile.moc"
