// SPDX-License-Identifier: MIT
// A package is read from its folder and written into it, wherever links in it lead.

#include "quiettest.h"
#include "rows/dataset.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <sys/stat.h>
#include <unistd.h>

using namespace seedbed;

namespace {

const QByteArray Descriptor = R"({"name": "p", "resources": [{"name": "users", "path": "rows/users.csv",
    "schema": "schema.json"}, {"name": "notes", "path": "notes.csv", "schema": "schema.json"}]})";

bool write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly)
        && file.write(content) == content.size();
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestSavedLinks final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { renew(); }
    void cleanup() { renew(); }

    void whatLeadsOutIsNotRead_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file : { "p/rows/users.csv", "p/schema.json", "p/rows" })
            QTest::newRow(file) << QString::fromLatin1(file);
    }

    void whatLeadsOutIsNotRead()
    {
        QFETCH(QString, file);
        const QString there = m_folder->filePath(file);
        QVERIFY(QFile::rename(there, path("outside/moved")) && QFile::link(path("outside/moved"), there));
        const auto dataset = readDataset(path("p"));
        QVERIFY(!dataset);
        QVERIFY2(dataset.error().message.contains(QStringLiteral("a link leads out of the folder, to ")),
                 qPrintable(dataset.error().message));
    }

    void whatLeadsOutIsNotWritten_data()
    {
        QTest::addColumn<QString>("link");
        QTest::addColumn<QString>("target");
        const auto add = [](const char *name, const char *link, const char *target) {
            QTest::newRow(name) << QString::fromLatin1(link) << QString::fromLatin1(target);
        };
        add("a file", "rows/users.csv", "outside/theirs");
        add("a file that is not there", "rows/users.csv", "outside/new");
        add("a folder", "rows", "outside");
        add("a file in the main folder", "notes.csv", "outside/theirs");
    }

    void whatLeadsOutIsNotWritten()
    {
        QFETCH(QString, link);
        QFETCH(QString, target);
        Dataset dataset = edited();
        const QString there = path("p/") + link;
        QVERIFY(QDir().rename(there, path("moved")) && QFile::link(m_folder->filePath(target), there));
        const QStringList before = QDir(path("outside")).entryList(QDir::Files);
        const auto saved = saveDataset(dataset);
        QVERIFY(!saved);
        QCOMPARE(saved.error().kind, Error::Kind::Unwritable);
        QVERIFY2(saved.error().message.contains(u"a link leads out of the folder, to "),
                 qPrintable(saved.error().message));
        QCOMPARE(QDir(path("outside")).entryList(QDir::Files), before);
        QCOMPARE(read(path("outside/theirs")), QByteArray("id\n3\n"));
    }

    void aCopyStaysInItsFolder_data()
    {
        QTest::addColumn<QString>("link");
        for (const char *link : { "rows", "rows/users.csv", "schema.json", "datapackage.json" })
            QTest::newRow(link) << QString::fromLatin1(link);
    }

    void aCopyStaysInItsFolder()
    {
        QFETCH(QString, link);
        const QString there = path("copy/") + link;
        QVERIFY(QDir().mkpath(QFileInfo(there).path()));
        const QString target = link == u"rows" ? path("outside") : path("outside/theirs");
        QVERIFY(QFile::link(target, there));
        QVERIFY(!saveDatasetAs(edited(), path("copy")));
        QCOMPARE(QDir(path("outside")).entryList(QDir::Files), QStringList { QStringLiteral("theirs") });
        QCOMPARE(read(path("outside/theirs")), QByteArray("id\n3\n"));
    }

    void linksInsideAreFollowed()
    {
        QVERIFY(QFile::rename(path("p/notes.csv"), path("p/real.csv")));
        QVERIFY(QFile::link(QStringLiteral("real.csv"), path("p/notes.csv")));
        QVERIFY(QFile::link(QStringLiteral("p"), path("alias")));
        Dataset dataset = readDataset(path("alias")).value();
        dataset.tables[1].setCell(0, 0, "9");
        QVERIFY(saveDataset(dataset));
        QVERIFY(QFileInfo(path("p/notes.csv")).isSymLink());
        QCOMPARE(read(path("p/real.csv")), QByteArray("id\n9\n"));
        QVERIFY(saveDatasetAs(dataset, path("alias/new/copy")));
        QCOMPARE(read(path("p/new/copy/rows/users.csv")), QByteArray("id\n1\n"));
    }

    void noFileIsWrittenOverAnother_data()
    {
        QTest::addColumn<QString>("target");
        QTest::newRow("the descriptor") << QStringLiteral("datapackage.json");
        QTest::newRow("a schema") << QStringLiteral("schema.json");
        QTest::newRow("another table") << QStringLiteral("rows/users.csv");
        QTest::newRow("a database") << QStringLiteral("users.db");
        QTest::newRow("the log of a database") << QStringLiteral("notes.db-wal");
        QTest::newRow("the lock") << QStringLiteral(".seedbed.lock");
        QTest::newRow("a database of others") << QStringLiteral("theirs.txt");
    }

    void noFileIsWrittenOverAnother()
    {
        QFETCH(QString, target);
        Dataset dataset = edited();
        QVERIFY(write(path("p/theirs.txt"), QByteArray("SQLite format 3\0...", 19)));
        QVERIFY(QFile::remove(path("p/notes.csv")) && QFile::link(target, path("p/notes.csv")));
        const QByteArray before = read(path("p/") + target);
        const auto saved = saveDataset(dataset);
        QVERIFY(!saved);
        QVERIFY2(saved.error().message.startsWith(path("p/notes.csv") + QStringLiteral(" cannot be written: ")),
                 qPrintable(saved.error().message));
        if (target != u"rows/users.csv") // that one is written as itself
            QCOMPARE(read(path("p/") + target), before);
    }

    void aHardLinkToADatabaseIsRefused()
    {
        Dataset dataset = edited();
        QVERIFY(write(path("p/notes.db"), "")); // empty, as SQLite makes it
        QVERIFY(QFile::remove(path("p/notes.csv")));
        QCOMPARE(::link(QFile::encodeName(path("p/notes.db")).constData(),
                        QFile::encodeName(path("p/notes.csv")).constData()),
                 0);
        const auto saved = saveDataset(dataset);
        QVERIFY(!saved && saved.error().message.contains(u"notes.db, which belongs to a database"));
        QCOMPARE(read(path("p/notes.db")), QByteArray());
    }

    void aPipeIsNotReplaced()
    {
        Dataset dataset = edited();
        QVERIFY(QFile::remove(path("p/notes.csv")));
        QCOMPARE(::mkfifo(QFile::encodeName(path("p/notes.csv")).constData(), 0600), 0);
        const auto saved = saveDataset(dataset); // and no hang
        QVERIFY(!saved);
        QCOMPARE(saved.error().message,
                 path("p/notes.csv")
                     + QStringLiteral(
                         " cannot be written: it is a pipe, not a file; save the package in another folder"));
        struct stat facts {
        };
        QVERIFY(::stat(QFile::encodeName(path("p/notes.csv")).constData(), &facts) == 0 && S_ISFIFO(facts.st_mode));
    }

private:
    /// Has a new folder for the next test.
    void renew()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(write(path("p/datapackage.json"), Descriptor) && write(path("p/rows/users.csv"), "id\n1\n")
                && write(path("p/notes.csv"), "id\n2\n") && write(path("outside/theirs"), "id\n3\n")
                && write(path("p/schema.json"), R"({"fields": [{"name": "id"}]})"));
    }

    [[nodiscard]] QString path(const char *name) const { return m_folder->filePath(QLatin1String(name)); }

    /// The package with another row in both tables.
    [[nodiscard]] Dataset edited() const
    {
        Dataset dataset = readDataset(path("p")).value();
        for (Table &table : dataset.tables)
            table.setCell(0, 0, "7");
        return dataset;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

SEEDBED_TEST(TestSavedLinks, QCoreApplication)
#include "tst_savedlinks.moc"
