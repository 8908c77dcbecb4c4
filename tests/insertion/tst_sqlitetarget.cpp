// SPDX-License-Identifier: MIT
// What is said of a database that is damaged, gone or not there yet when it is needed, and that nothing is made of it.

#include "databases.h"
#include "fixtures.h"
#include "insertion/inserter.h"
#include "insertion/storedtable.h"
#include "insertion/target.h"
#include "insertion/updatepreview.h"
#include "openumask.h"
#include "quiettest.h"
#include "validation/validator.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace seedbed;

namespace {

const QByteArray Things = R"({"name": "things", "schema": {"primaryKey": "id", "fields": [
    {"name": "id", "type": "integer"}, {"name": "name"}]}})";
const QString CreateThings = QStringLiteral("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT)");

constexpr int Rows = 500;

/// A folder, rows for a table in it, and the target that they go to.
class Place final
{
public:
    Place()
    {
        m_progress.begin(1);
        m_target =
            makeTarget(dataset.package, 0, { folder(), std::chrono::milliseconds(500), &m_progress, stop.get_token() });
    }

    [[nodiscard]] QString folder() const { return m_folder.filePath(QStringLiteral("into")); }
    [[nodiscard]] QString path() const { return folder() + QStringLiteral("/things.db"); }
    [[nodiscard]] QStringList files() const { return QDir(folder()).entryList(QDir::Files); }
    [[nodiscard]] const Resource &resource() const { return dataset.package->resources.constFirst(); }
    [[nodiscard]] const Table &rows() const { return dataset.tables.constFirst(); }
    [[nodiscard]] Target &target() const { return *m_target; }

    bool execute(const QStringList &statements) const
    {
        return QDir().mkpath(folder()) && seedbed::execute(path(), statements);
    }

    /// A table of so many rows that it takes many pages, of which all but the first are overwritten.
    bool makeDamaged() const
    {
        const QString fill = QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE "
                                            "i < %1) INSERT INTO things SELECT i, 'other name of ' || i FROM n");
        if (!execute({ QStringLiteral("PRAGMA page_size = 512"), CreateThings, fill.arg(Rows) }))
            return false;
        QFile file(path());
        constexpr qint64 Kept = 3 * 512; // the schema, the root of the table and a part of it
        return file.open(QIODevice::ReadWrite) && file.seek(Kept)
            && file.write(QByteArray(static_cast<qsizetype>(file.size() - Kept), '\xff')) > 0;
    }

    [[nodiscard]] Result<std::unique_ptr<Writer>> openWriter()
    {
        return m_target->openWriter(rows(), m_progress.timeline().addLanes(0, 1).front());
    }

    /// The positions that find() finds.
    [[nodiscard]] Result<QList<qint32>> find(const std::vector<qint32> &positions) const
    {
        QList<qint32> found;
        const auto see = [&found](qint32 position, const StoredRow &) { found.append(position); };
        const auto result = m_target->find(rows(), positions, see, stop.get_token());
        return result ? Result<QList<qint32>>(found) : tl::unexpected(result.error());
    }

    const Dataset dataset = datasetOf({ Things }, { manyRows() });
    std::stop_source stop;

private:
    static QByteArray manyRows()
    {
        QByteArray csv = "id,name\n";
        for (int row = 1; row <= Rows; ++row)
            csv += QByteArray::number(row) + ",name\n";
        return csv;
    }

    QTemporaryDir m_folder;
    RunProgress m_progress;
    std::unique_ptr<Target> m_target;
};

std::optional<Error> errorIn(const auto &result)
{
    return result ? std::nullopt : std::optional(result.error());
}

} // namespace

class tst_SqliteTarget final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareDatabaseDrivers(); }
    void damage_data();
    void damage();
    void aFolderThatWentAway();
    void aFileThatWentAway();
    void findsWhatIsThere_data();
    void findsWhatIsThere();
    void findRefusesWhatARunWould_data();
    void findRefusesWhatARunWould();
    void filesOfARunAreTheirOwnersOnly_data();
    void filesOfARunAreTheirOwnersOnly();
};

void tst_SqliteTarget::damage_data()
{
    QTest::addColumn<QString>("reader");
    for (const char *reader : { "inspect", "scan", "find", "look", "rows", "preview", "targets" })
        QTest::newRow(reader) << QString::fromLatin1(reader);
}

void tst_SqliteTarget::damage()
{
    QFETCH(QString, reader);
    Place place;
    QVERIFY(place.makeDamaged());
    const auto errorOf = [&]() -> std::optional<Error> {
        if (reader == QLatin1String("inspect"))
            return errorIn(place.target().inspect());
        if (reader == QLatin1String("scan"))
            return errorIn(place.target().scan({ [](const StoredRow &) {} }));
        if (reader == QLatin1String("find"))
            return errorIn(place.find({ Rows - 1 }));
        if (reader == QLatin1String("look"))
            return errorIn(lookAt(place.resource(), place.folder()));
        if (reader == QLatin1String("rows")) {
            StoredTable table;
            table.columns = { QStringLiteral("id"), QStringLiteral("name") };
            return errorIn(readRows(place.resource(), place.folder(), table, 0, Rows));
        }
        if (reader == QLatin1String("preview")) {
            const ExistingRows others = existingRows(place.dataset, 0, "id,name\n500,other\n");
            const Validation validation = validate(place.dataset, { others }, 1);
            return errorIn(previewUpdates(validation, place.folder(), std::chrono::seconds(1), 10));
        }
        return errorIn(readTargets(*place.dataset.package, place.folder(), std::chrono::seconds(1)));
    };
    const std::optional<Error> error = errorOf();
    QVERIFY(error);
    QVERIFY(error->kind == Error::Kind::Unwritable || error->kind == Error::Kind::Unreadable);
    QVERIFY2(error->message.contains(QStringLiteral("things.db: "))
                 && error->message.contains(QStringLiteral("malformed")),
             qPrintable(error->message));
    QCOMPARE(place.files(), QStringList { QStringLiteral("things.db") });
}

void tst_SqliteTarget::aFolderThatWentAway()
{
    Place place;
    QVERIFY(QDir().mkpath(place.folder()));
    QVERIFY(place.target().inspect());
    QVERIFY(QDir(place.folder()).removeRecursively());
    const auto prepared = place.target().prepare(1);
    QVERIFY(!prepared);
    QCOMPARE(prepared.error().kind, Error::Kind::Unwritable);
    QVERIFY2(prepared.error().message.startsWith(place.path()), qPrintable(prepared.error().message));
    QVERIFY(!place.openWriter());
    QVERIFY(!QDir(place.folder()).exists());
}

// What was prepared is not made anew by looking at it.
void tst_SqliteTarget::aFileThatWentAway()
{
    Place place;
    QVERIFY(QDir().mkpath(place.folder()));
    QVERIFY(place.target().inspect());
    QVERIFY(place.target().prepare(1));
    QVERIFY(!place.target().isReplaced());
    QVERIFY(place.openWriter());
    QVERIFY(QDir(place.folder()).removeRecursively() && QDir().mkpath(place.folder()));
    QVERIFY(place.target().isReplaced());
    const auto writer = place.openWriter();
    QVERIFY(!writer);
    QCOMPARE(writer.error().message,
             QStringLiteral("things.db was deleted or replaced by another program during the run"));
    const auto scanned = place.target().scan({ [](const StoredRow &) {} });
    QVERIFY(!scanned);
    QCOMPARE(scanned.error().message, writer.error().message);
    place.target().finish();
    QCOMPARE(place.files(), QStringList());
}

void tst_SqliteTarget::findsWhatIsThere_data()
{
    QTest::addColumn<QStringList>("statements"); // that make the file; empty: none
    QTest::addColumn<std::vector<qint32>>("positions");
    QTest::addColumn<bool>("isStopped");
    QTest::addColumn<QList<qint32>>("found");
    const QStringList two { CreateThings, QStringLiteral("INSERT INTO things VALUES (2, 'x'), (4, NULL)") };
    const std::vector<qint32> all { 0, 1, 2, 3 };
    QTest::newRow("some") << two << all << false << QList<qint32> { 1, 3 };
    QTest::newRow("none asked for") << two << std::vector<qint32>() << false << QList<qint32>();
    QTest::newRow("after a stop") << two << all << true << QList<qint32>();
    QTest::newRow("no file") << QStringList() << all << false << QList<qint32>();
    QTest::newRow("no table") << QStringList { QStringLiteral("CREATE TABLE others (id)") } << all << false
                              << QList<qint32>();
}

void tst_SqliteTarget::findsWhatIsThere()
{
    QFETCH(QStringList, statements);
    QFETCH(std::vector<qint32>, positions);
    QFETCH(bool, isStopped);
    QFETCH(QList<qint32>, found);
    Place place;
    if (!statements.isEmpty())
        QVERIFY(place.execute(statements));
    if (isStopped)
        place.stop.request_stop();
    const QStringList before = place.files();
    const auto answer = place.find(positions);
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QCOMPARE(*answer, found);
    QCOMPARE(place.files(), before);
}

void tst_SqliteTarget::findRefusesWhatARunWould_data()
{
    QTest::addColumn<QString>("message");
    QTest::newRow("view") << QStringLiteral("is a view");
    QTest::newRow("link") << QStringLiteral("is a link to ");
}

void tst_SqliteTarget::findRefusesWhatARunWould()
{
    QFETCH(QString, message);
    const Place elsewhere;
    Place place;
    if (message == QLatin1String("is a view")) {
        QVERIFY(place.execute({ QStringLiteral("CREATE VIEW things AS SELECT 1 AS id, 'x' AS name") }));
    } else {
        QVERIFY(elsewhere.execute({ CreateThings }) && QDir().mkpath(place.folder()));
        QVERIFY(QFile::link(elsewhere.path(), place.path()));
    }
    const auto found = place.find({ 0 });
    QVERIFY(!found);
    QCOMPARE(found.error().kind, Error::Kind::Refused);
    QVERIFY2(found.error().message.contains(message), qPrintable(found.error().message));
}

void tst_SqliteTarget::filesOfARunAreTheirOwnersOnly_data()
{
    QTest::addColumn<qsizetype>("rowCount"); // that are said to come
    QTest::addColumn<QStringList>("files");
    QTest::newRow("write-ahead log") << qsizetype(Rows)
                                     << QStringList { QStringLiteral("things.db"), QStringLiteral("things.db-shm"),
                                                      QStringLiteral("things.db-wal") };
    QTest::newRow("rollback journal") << qsizetype(
        1'000'000) << QStringList { QStringLiteral("things.db"), QStringLiteral("things.db-journal") };
}

// In the middle of it, as somebody else would meet them.
void tst_SqliteTarget::filesOfARunAreTheirOwnersOnly()
{
    QFETCH(qsizetype, rowCount);
    QFETCH(QStringList, files);
    const OpenUmask umask;
    Place place;
    QVERIFY(QDir().mkpath(place.folder()));
    QVERIFY(place.target().inspect());
    QVERIFY(place.target().prepare(rowCount));
    SqliteConnection writing(place.path(), SqliteConnection::Mode::ReadWrite);
    QVERIFY(writing.execute(QStringLiteral("BEGIN")).isOk());
    QVERIFY(writing.execute(QStringLiteral("INSERT INTO things VALUES (1, 'x')")).isOk());
    QCOMPARE(place.files(), files);
    for (const QString &file : files)
        QCOMPARE(QFile::permissions(place.folder() + u'/' + file) & ForOthers, QFile::Permissions());
}

SEEDBED_TEST(tst_SqliteTarget, QCoreApplication)
#include "tst_sqlitetarget.moc"
