// SPDX-License-Identifier: MIT
// A database that may mean harm: what is in it calls nothing that reaches out of it, and nobody damages the file by
// SQL.

#include "databases.h"
#include "insertion/inserter.h"
#include "quiettest.h"

#include <QTemporaryDir>

using namespace seedbed;

namespace {

using Mode = SqliteConnection::Mode;

const QString Schema = QStringLiteral("SELECT sql FROM sqlite_master WHERE name = 'users'");
const QString CreateUsers = QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY)");

} // namespace

class tst_SqliteConnection final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareDatabaseDrivers(); }
    void trustsNoSchema_data() { addModes(); }
    void trustsNoSchema();
    void isDefensive_data() { addModes(); }
    void isDefensive();

private:
    static void addModes()
    {
        QTest::addColumn<Mode>("mode");
        QTest::newRow("read-only") << Mode::Look;
        QTest::newRow("read-write") << Mode::ReadWrite;
    }
};

// A table of SQLite's own that is not known to be harmless (here the pragmas') answers a statement, but not a view.
void tst_SqliteConnection::trustsNoSchema()
{
    QFETCH(Mode, mode);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.db"));
    const QString pragmas = QStringLiteral("SELECT user_version FROM pragma_user_version");
    QVERIFY(execute(path, { QStringLiteral("CREATE VIEW reaching AS ") + pragmas }));
    SqliteConnection connection(path, mode);
    QString answer;
    QVERIFY(connection.ask(QStringLiteral("PRAGMA trusted_schema"), answer).isOk());
    QCOMPARE(answer, QStringLiteral("0"));
    QVERIFY(connection.ask(pragmas, answer).isOk());
    const SqliteStatus status = connection.ask(QStringLiteral("SELECT * FROM reaching"), answer);
    QVERIFY(!status.isOk());
    QVERIFY2(status.message.contains(QStringLiteral("unsafe use of virtual table")), qPrintable(status.message));
}

void tst_SqliteConnection::isDefensive()
{
    QFETCH(Mode, mode);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("users.db"));
    QVERIFY(execute(path, { CreateUsers }));
    SqliteConnection connection(path, mode);
    QVERIFY(connection.execute(QStringLiteral("PRAGMA writable_schema = ON")).isOk()); // it is without effect
    const SqliteStatus status =
        connection.execute(QStringLiteral("UPDATE sqlite_master SET sql = 'CREATE TABLE users (gone)'"));
    QVERIFY2(status.message.contains(QStringLiteral("sqlite_master may not be modified")), qPrintable(status.message));
    QVERIFY(!connection.execute(QStringLiteral("DELETE FROM sqlite_master")).isOk());
    QCOMPARE(ask(path, Schema), QStringList { CreateUsers });
}

SEEDBED_TEST(tst_SqliteConnection, QCoreApplication)
#include "tst_sqliteconnection.moc"
