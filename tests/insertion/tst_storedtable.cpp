// SPDX-License-Identifier: MIT
#include "databases.h"
#include "fixtures.h"
#include "insertion/inserter.h"
#include "insertion/storedtable.h"
#include "quiettest.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace seedbed;

namespace {

const QString PlainTable = QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT)");

// Rows 1, 2, … under ids with gaps, some of them below 0.
QStringList manyRows(int count, const QString &table)
{
    return { table,
             QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1) "
                            "INSERT INTO users SELECT i * 3 - 5000, 'row ' || i, NULL FROM n")
                 .arg(count) };
}

class Place
{
public:
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("users.db")); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QStringList files() const { return QDir(folder()).entryList(QDir::Files, QDir::Name); }

    [[nodiscard]] Result<StoredTable> look(const std::stop_token &stop = {}) const
    {
        return lookAt(users, folder(), stop);
    }
    [[nodiscard]] QStringList names(const StoredTable &table, qint64 first, qint64 count) const
    {
        const auto rows = readRows(users, folder(), table, first, count);
        QStringList texts;
        for (const StoredTexts &row : rows.value_or(QList<StoredTexts>()))
            texts += row.at(1).text;
        return texts;
    }

    const Resource users = sampleDataset().package->resources.at(0);

private:
    QTemporaryDir m_folder;
};

} // namespace

class tst_StoredTable final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareDatabaseDrivers(); }
    void tellsValuesApart();
    void readsAnyPage_data();
    void readsAnyPage();
    void countsToTheMark();
    void cutsLongTexts();
    void saysWhyThereIsNothing_data();
    void saysWhyThereIsNothing();
    void showsWhatARunWouldRefuse_data();
    void showsWhatARunWouldRefuse();
    void readsNoView();
    void readsBesideAWriter();
    void isLockedOut();
    void holdsNothing();
    void leavesAWalDatabaseAsItIs();
    void aChangeThatWasLeftInItsMidst();
    void aFileThatWentAway();
    void aLink();
    void stops();
};

void tst_StoredTable::tellsValuesApart()
{
    const Place place;
    QVERIFY(execute(place.path(),
                    { QStringLiteral("CREATE TABLE users (id INTEGER PRIMARY KEY, name, email TEXT, more)"),
                      QStringLiteral("INSERT INTO users VALUES (2, 'b', '', 0.1), (1, NULL, 'NULL', x'0102')") }));
    const auto table = place.look();
    QVERIFY2(table, qPrintable(table ? QString() : table.error().message));
    QCOMPARE(table->columns,
             (QStringList { QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("email"),
                            QStringLiteral("more") }));
    QCOMPARE(table->rowCount, 2);
    QCOMPARE(table->objection, QString());
    const auto rows = readRows(place.users, place.folder(), *table, 0, 10);
    QVERIFY(rows);
    using Kind = StoredText::Kind;
    const QList<StoredTexts> expected { { { Kind::Number, QStringLiteral("1") },
                                          { Kind::Null, {} },
                                          { Kind::Text, QStringLiteral("NULL") },
                                          { Kind::Blob, QStringLiteral("2 bytes") } },
                                        { { Kind::Number, QStringLiteral("2") },
                                          { Kind::Text, QStringLiteral("b") },
                                          { Kind::Text, QStringLiteral("") },
                                          { Kind::Number, QStringLiteral("0.1") } } };
    QCOMPARE(*rows, expected);
}

void tst_StoredTable::readsAnyPage_data()
{
    QTest::addColumn<QString>("table");
    QTest::addColumn<bool>("hasMarks");
    QTest::newRow("row ids") << PlainTable << true;
    QTest::newRow("a column of that name")
        << QStringLiteral("CREATE TABLE users (\"_ROWID_\" INTEGER PRIMARY KEY, name TEXT, email TEXT)") << true;
    QTest::newRow("without row ids") << PlainTable + QStringLiteral(" WITHOUT ROWID") << false;
    QTest::newRow("all names taken") << QStringLiteral("CREATE TABLE users (rowid INTEGER, _rowid_ TEXT, oid TEXT)")
                                     << false;
}

void tst_StoredTable::readsAnyPage()
{
    QFETCH(QString, table);
    constexpr int Rows = 20'000;
    const Place place;
    QVERIFY(execute(place.path(), manyRows(Rows, table)));
    const auto found = place.look();
    QVERIFY(found);
    QCOMPARE(found->rowCount, Rows);
    QTEST(!found->marks.isEmpty(), "hasMarks");
    for (const int first : { 0, 1, 4095, 4096, 4097, 12'000, Rows - 1 }) {
        const QStringList expected { QStringLiteral("row %1").arg(first + 1), QStringLiteral("row %1").arg(first + 2) };
        QCOMPARE(place.names(*found, first, 2), expected.first(std::min(2, Rows - first)));
    }
    QCOMPARE(place.names(*found, Rows, 2), QStringList());
    QCOMPARE(place.names(*found, 4000, 500).size(), 500);
}

void tst_StoredTable::countsToTheMark()
{
    const Place place;
    QVERIFY(execute(place.path(), manyRows(StoredTable::RowsPerMark, PlainTable)));
    const auto full = place.look();
    QVERIFY(full);
    QCOMPARE(full->rowCount, StoredTable::RowsPerMark);
    QCOMPARE(place.names(*full, StoredTable::RowsPerMark - 1, 10).size(), 1);
    QVERIFY(execute(place.path(), { QStringLiteral("INSERT INTO users VALUES (100000, 'last', NULL)") }));
    const auto more = place.look();
    QVERIFY(more);
    QCOMPARE(more->rowCount, StoredTable::RowsPerMark + 1);
    QCOMPARE(place.names(*more, StoredTable::RowsPerMark, 10), QStringList { QStringLiteral("last") });
}

void tst_StoredTable::cutsLongTexts()
{
    const Place place;
    const QString pairs = QString::fromUtf8("\U0001F331").repeated(600); // of two characters each
    QVERIFY(execute(place.path(),
                    { PlainTable,
                      QStringLiteral("INSERT INTO users VALUES (1, '%1', '%2'), (2, '%3', 'x%4')")
                          .arg(QString(1000, u'a'), QString(1001, u'ä'), QString(5000, u'b'), pairs) }));
    const auto table = place.look();
    QVERIFY(table);
    const auto rows = readRows(place.users, place.folder(), *table, 0, 2);
    QVERIFY(rows);
    QCOMPARE(rows->at(0).at(1).text, QString(1000, u'a'));
    QCOMPARE(rows->at(0).at(2).text, QString(1000, u'ä') + u'…');
    QCOMPARE(rows->at(1).at(1).text, QString(1000, u'b') + u'…');
    QCOMPARE(rows->at(1).at(2).text, u'x' + pairs.first(998) + u'…'); // no half of a pair
    const auto whole = readRows(place.users, place.folder(), *table, 0, 2, LongTexts::Whole);
    QVERIFY(whole);
    QCOMPARE(whole->at(0).at(2).text, QString(1001, u'ä'));
    QCOMPARE(whole->at(1).at(2).text, u'x' + pairs);
}

void tst_StoredTable::saysWhyThereIsNothing_data()
{
    QTest::addColumn<QString>("message");
    QTest::newRow("no file") << QStringLiteral("users.db is not there yet; the first run makes it");
    QTest::newRow("empty file") << QStringLiteral("users.db has no table users yet; the first run makes it");
    QTest::newRow("no table") << QStringLiteral("users.db has no table users yet; the first run makes it");
    QTest::newRow("folder") << QStringLiteral("users.db is not a file");
    QTest::newRow("not a database") << QStringLiteral("users.db is not a SQLite database");
}

void tst_StoredTable::saysWhyThereIsNothing()
{
    const Place place;
    const QByteArray state = QTest::currentDataTag();
    if (state == "no table")
        QVERIFY(execute(place.path(), { QStringLiteral("CREATE TABLE others (id)") }));
    else if (state == "folder")
        QVERIFY(QDir().mkpath(place.path()));
    else if (state != "no file") {
        QFile file(place.path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(state == "empty file" ? 0 : 5000, 'x'));
    }
    const QStringList before = place.files();
    const auto table = place.look();
    QVERIFY(!table);
    QTEST(table.error().message, "message");
    QCOMPARE(place.files(), before);
}

void tst_StoredTable::showsWhatARunWouldRefuse_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("objection");
    QTest::newRow("other columns") << QStringLiteral("CREATE TABLE users AS SELECT 1 AS id, 'A' AS full_name")
                                   << QStringLiteral("lacks the columns: name, email");
}

void tst_StoredTable::showsWhatARunWouldRefuse()
{
    QFETCH(QString, sql);
    QFETCH(QString, objection);
    const Place place;
    QVERIFY(execute(place.path(), { sql }));
    const auto table = place.look();
    QVERIFY2(table, qPrintable(table ? QString() : table.error().message));
    QVERIFY2(table->objection.contains(objection), qPrintable(table->objection));
    QCOMPARE(table->rowCount, 1);
    QCOMPARE(place.names(*table, 0, 1), QStringList { QStringLiteral("A") });
}

void tst_StoredTable::readsNoView()
{
    const Place place;
    // It would never end.
    QVERIFY(execute(place.path(),
                    { QStringLiteral("CREATE VIEW users AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 "
                                     "FROM n) SELECT id, 'A' AS name, 'a@b.example' AS email FROM n") }));
    const auto table = place.look();
    QVERIFY(!table);
    QVERIFY2(table.error().message.contains(QStringLiteral("users is a view")), qPrintable(table.error().message));
    StoredTable asked;
    asked.columns = { QStringLiteral("id") };
    QVERIFY(!readRows(place.users, place.folder(), asked, 0, 10));
}

void tst_StoredTable::readsBesideAWriter()
{
    const Place place;
    QVERIFY(execute(place.path(), manyRows(10, PlainTable)));
    const ForeignProcess writer(place.path(), QStringLiteral("BEGIN IMMEDIATE; DELETE FROM users"));
    QVERIFY(writer.holds());
    const auto table = place.look();
    QVERIFY(table);
    QCOMPARE(table->rowCount, 10); // what is not committed is not there
}

void tst_StoredTable::isLockedOut()
{
    const Place place;
    QVERIFY(execute(place.path(), manyRows(10, PlainTable)));
    ForeignProcess other(place.path(), QStringLiteral("BEGIN EXCLUSIVE"));
    QVERIFY(other.holds());
    const auto locked = place.look();
    QVERIFY(!locked);
    QCOMPARE(locked.error().kind, Error::Kind::Locked);
    QVERIFY2(locked.error().message.startsWith(QStringLiteral("users.db is locked by another program")),
             qPrintable(locked.error().message));
    other.release();
    QVERIFY(place.look());
}

void tst_StoredTable::holdsNothing()
{
    const Place place;
    QVERIFY(execute(place.path(), manyRows(10, PlainTable)));
    const auto table = place.look();
    QVERIFY(table);
    QCOMPARE(place.names(*table, 0, 1).size(), 1);
    const ForeignProcess other(place.path(), QStringLiteral("BEGIN EXCLUSIVE"));
    QVERIFY(other.holds());
}

void tst_StoredTable::leavesAWalDatabaseAsItIs()
{
    const Place place;
    QVERIFY(execute(place.path(), manyRows(10, PlainTable) << QStringLiteral("PRAGMA journal_mode=WAL")));
    QCOMPARE(place.files(), QStringList { QStringLiteral("users.db") });
    const QDateTime before = QFileInfo(place.path()).lastModified();
    const auto table = place.look();
    QVERIFY(table);
    QCOMPARE(place.names(*table, 9, 1), QStringList { QStringLiteral("row 10") });
    QCOMPARE(place.files(), QStringList { QStringLiteral("users.db") });
    QCOMPARE(QFileInfo(place.path()).lastModified(), before);

    const SqliteConnection writer(place.path(), SqliteConnection::Mode::ReadWrite);
    SqliteStatement insert(writer, QStringLiteral("INSERT INTO users VALUES (100000, 'last', '')"));
    QVERIFY(!insert.step() && insert.status().isOk());
    const auto more = place.look();
    QVERIFY(more);
    QCOMPARE(more->rowCount, 11); // what is in the log alone
    QVERIFY(place.files().contains(QStringLiteral("users.db-wal")));
}

void tst_StoredTable::aChangeThatWasLeftInItsMidst()
{
    const Place place;
    QVERIFY(execute(place.path(), manyRows(10, PlainTable)));
    ForeignProcess crashed(place.path(),
                           QStringLiteral("PRAGMA cache_size = 2; BEGIN; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
                                          "SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO users SELECT i, "
                                          "printf('%0100d', i), NULL FROM n"));
    QVERIFY(crashed.holds());
    crashed.kill();
    const QStringList before = place.files();
    const auto table = place.look();
    QVERIFY(!table);
    QCOMPARE(table.error().kind, Error::Kind::Unreadable);
    QVERIFY2(table.error().message.startsWith(QStringLiteral("users.db was left in the middle of a change")),
             qPrintable(table.error().message));
    QCOMPARE(place.files(), before); // whoever may write puts it right
}

void tst_StoredTable::aFileThatWentAway()
{
    const Place place;
    QVERIFY(execute(place.path(), manyRows(10, PlainTable)));
    const auto table = place.look();
    QVERIFY(table);
    QVERIFY(QFile::remove(place.path()));
    const auto rows = readRows(place.users, place.folder(), *table, 0, 10);
    QVERIFY(!rows);
    QCOMPARE(rows.error().message, QStringLiteral("users.db is not there yet; the first run makes it"));
    QCOMPARE(place.files(), QStringList());
}

// A run would refuse it: nothing of what it leads to is shown, and nothing changes there.
void tst_StoredTable::aLink()
{
    const Place elsewhere;
    QVERIFY(execute(elsewhere.path(), manyRows(10, PlainTable)));
    const Place place;
    QVERIFY(QFile::link(elsewhere.path(), place.path()));
    const auto table = place.look();
    QVERIFY(!table);
    QCOMPARE(table.error().kind, Error::Kind::Unreadable);
    QCOMPARE(table.error().message,
             QStringLiteral("users.db is a link to %1, which a run refuses").arg(elsewhere.path()));
    QVERIFY(!readRows(place.users, place.folder(), *elsewhere.look(), 0, 10));
    QCOMPARE(elsewhere.files(), QStringList { QStringLiteral("users.db") });
}

void tst_StoredTable::stops()
{
    const Place place;
    QVERIFY(execute(place.path(), manyRows(10, PlainTable)));
    std::stop_source stop;
    stop.request_stop();
    const auto table = place.look(stop.get_token());
    QVERIFY(!table);
    QCOMPARE(table.error().kind, Error::Kind::Stopped);
}

SEEDBED_TEST(tst_StoredTable, QCoreApplication)
#include "tst_storedtable.moc"
