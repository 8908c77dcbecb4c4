// SPDX-License-Identifier: MIT
#include "gui/database/databasewatch.h"
#include "insertion/databases.h"
#include "insertion/inserter.h"
#include "insertion/storedtable.h"
#include "quiettest.h"
#include "rows/dataset.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace seedbed;

namespace {

const QString UsersTable = QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT)");
const QString AddRow = QStringLiteral("INSERT INTO users (name) VALUES ('A')");
constexpr int SomeTime = 800; // milliseconds: several times as long as what is coalesced

// Whether it is told of, which may be in several parts where writing takes long.
bool isTold(QSignalSpy &changed)
{
    if (changed.isEmpty() && !changed.wait(60000))
        return false;
    while (changed.wait(SomeTime)) { }
    changed.clear();
    return true;
}

} // namespace

class TestDatabaseWatch : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareDatabaseDrivers(); }

    void tellsOfEveryKindOfChange_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::newRow("journal") << QStringLiteral("DELETE");
        QTest::newRow("write-ahead log") << QStringLiteral("WAL");
    }

    void tellsOfEveryKindOfChange()
    {
        QFETCH(QString, mode);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("later/users.db"));
        DatabaseWatch watch;
        QSignalSpy changed(&watch, &DatabaseWatch::changed);
        watch.watch(path);
        QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("later")));
        QVERIFY(!changed.wait(SomeTime)); // a folder is no database
        QVERIFY(execute(path, { QStringLiteral("PRAGMA journal_mode=%1").arg(mode), UsersTable }));
        QVERIFY(isTold(changed));

        SqliteConnection other(path, SqliteConnection::Mode::ReadWrite); // stays open: so does its log
        for (int change = 0; change < 3; ++change) {
            QVERIFY(other.execute(AddRow).isOk());
            QVERIFY(isTold(changed));
        }
    }

    void tellsOnceOfManyChanges()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("users.db"));
        QVERIFY(execute(path, { UsersTable }));
        DatabaseWatch watch;
        QSignalSpy changed(&watch, &DatabaseWatch::changed);
        watch.watch(path);
        QVERIFY(execute(path, QStringList(10, AddRow)));
        QVERIFY(changed.wait(60000));
        QCOMPARE(changed.count(), 1);
    }

    void followsAFileThatIsReplaced()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("users.db"));
        QVERIFY(execute(path, { UsersTable }));
        DatabaseWatch watch;
        QSignalSpy changed(&watch, &DatabaseWatch::changed);
        watch.watch(path);
        QVERIFY(QFile::remove(path));
        QVERIFY(isTold(changed));
        QVERIFY(execute(path, { UsersTable }));
        QVERIFY(isTold(changed));
        QVERIFY(execute(path, { AddRow }));
        QVERIFY(isTold(changed));
        watch.watch({});
        QVERIFY(execute(path, { AddRow }));
        QVERIFY(!changed.wait(SomeTime));
    }

    void doesNotHearItsOwnEcho()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("users.db"));
        QVERIFY(execute(path, { UsersTable, AddRow, QStringLiteral("PRAGMA journal_mode=WAL") }));
        DatabaseWatch watch;
        QSignalSpy changed(&watch, &DatabaseWatch::changed);
        watch.watch(path);
        QVERIFY(lookAt(sampleDataset().package->resources.at(0), folder.path())); // makes and removes a log
        QVERIFY(!changed.wait(SomeTime));
    }
};

SEEDBED_TEST(TestDatabaseWatch, QApplication)
#include "tst_databasewatch.moc"
