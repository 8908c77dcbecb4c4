// SPDX-License-Identifier: MIT
#include "fixtures.h"
#include "openumask.h"
#include "quiettest.h"
#include "rows/recovery.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTemporaryDir>

#include <sys/stat.h>

using namespace seedbed;

namespace {

const QByteArray People = R"({"name": "people", "schema": {"fields": [{"name": "id"}, {"name": "name"}]},
                             "dialect": {"delimiter": ";", "header": false}})";
const QByteArray Words = R"({"name": "words", "schema": {"fields": [{"name": "word"}]}})";

Dataset dataset(const QByteArray &people = "1;Alice\n2;Bob\n")
{
    return datasetOf({ People, Words }, { people, "word\none\n" });
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool isDamaged(const QString &path, const Package &package)
{
    const Result<EditedTables> read = readRecovery(path, package);
    return !read && read.error().kind == Error::Kind::Unreadable && read.error().message.contains(path);
}

} // namespace

class TestRecovery : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void tablesThatWereEditedAreFound()
    {
        const Dataset saved = dataset();
        Dataset now = saved;
        EditedTables edited = tablesEditedSince(saved.tables, now.tables);
        QCOMPARE(edited.size(), 2);
        QVERIFY(!edited.at(0) && !edited.at(1));
        now.tables[1].setCell(0, 0, "uno");
        edited = tablesEditedSince(saved.tables, now.tables);
        QVERIFY(!edited.at(0));
        QCOMPARE(edited.at(1)->cell(0, 0), QByteArrayView("uno"));
        now.tables[0].remove(1, 1);
        QVERIFY(tablesEditedSince(saved.tables, now.tables).at(0));
    }

    void whatIsWrittenIsRead_data()
    {
        QTest::addColumn<QByteArray>("people");
        QTest::newRow("rows") << QByteArray("1;Alice\n2;Bob\n");
        QTest::newRow("no rows") << QByteArray();
        QTest::newRow("quotes and lines") << QByteArray("1;\"a \"\"b\"\"\nc\"\n2;\" x,;\t\"\n");
        QTest::newRow("empty cells") << QByteArray(";\n;\"\"\n");
        QTest::newRow("ragged") << QByteArray("1\n2;Bob;more;and more\n");
    }

    void whatIsWrittenIsRead()
    {
        QFETCH(QByteArray, people);
        const OpenUmask umask;
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.recovery"));
        const Dataset edited = dataset(people);
        const QDateTime moment = QDateTime::currentDateTime();
        QVERIFY(writeRecovery(path, *edited.package, moment, { edited.tables.at(0), std::nullopt }));
        QCOMPARE(QFile::permissions(path) & ForOthers, QFile::Permissions());

        const Result<RecoveryHead> head = readRecoveryHead(path);
        QVERIFY(head);
        QCOMPARE(head->descriptorPath, edited.package->descriptorPath);
        QCOMPARE(head->edited.toMSecsSinceEpoch(), moment.toMSecsSinceEpoch());
        const Result<EditedTables> read = readRecovery(path, *edited.package);
        QVERIFY(read);
        QCOMPARE(read->size(), 2);
        QVERIFY(!read->at(1));
        const seedbed::Table &before = edited.tables.at(0);
        const seedbed::Table &after = *read->at(0);
        QCOMPARE(after.rowCount(), before.rowCount());
        for (qsizetype row = 0; row < before.rowCount(); ++row) {
            QCOMPARE(after.row(row).cells, before.row(row).cells);
            const auto raggedBefore = before.ragged(before.rowId(row));
            const auto raggedAfter = after.ragged(after.rowId(row));
            QCOMPARE(raggedAfter.has_value(), raggedBefore.has_value());
            if (raggedBefore)
                QCOMPARE(raggedAfter->extra, raggedBefore->extra);
        }
    }

    void damageIsNoticedWhereverItIs()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.recovery"));
        const Dataset edited = dataset();
        QVERIFY(
            writeRecovery(path, *edited.package, QDateTime::currentDateTime(), { edited.tables.at(0), std::nullopt }));
        const QByteArray whole = contentOf(path);
        const auto put = [&path](const QByteArray &content) {
            QFile file(path);
            return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
        };
        for (qsizetype at = 0; at < whole.size(); ++at) {
            QByteArray changed = whole;
            changed[at] = static_cast<char>(changed.at(at) ^ 1);
            QVERIFY(put(changed));
            QVERIFY2(isDamaged(path, *edited.package), qPrintable(QString::number(at)));
            QVERIFY(put(whole.first(at)));
            QVERIFY2(isDamaged(path, *edited.package), qPrintable(QString::number(at)));
        }
        QVERIFY(put(whole));
        QVERIFY(readRecovery(path, *edited.package));
    }

    void aSignedFileMaySayWhatCannotBe_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<bool>("isHeadWhole");
        QTest::addColumn<bool>("isWhole");
        const QByteArray who = R"("package": "/p/datapackage.json")";
        const QByteArray when = R"("edited": "2026-01-02T03:04:05.006Z")";
        const auto add = [](const char *name, const QByteArrayList &members, bool isHeadWhole, bool isWhole) {
            QTest::newRow(name) << '{' + members.join(", ") + '}' << isHeadWhole << isWhole;
        };
        const auto withBytes = [](const QByteArray &bytes) {
            return R"("tables": [{"name": "words", "bytes": )" + bytes + "}]";
        };
        add("as it is written", { who, when, withBytes("9") }, true, true);
        add("no package", { when, withBytes("9") }, false, true);
        add("no moment", { who, withBytes("9") }, false, true);
        add("a moment that is none", { who, R"("edited": "today")", withBytes("9") }, false, true);
        add("no tables, and rows of one", { who, when }, false, false);
        add("a package that is no path", { R"("package": "file:/p/datapackage.json")", when, withBytes("9") }, false,
            true);
        add("a package beside whoever reads", { R"("package": "datapackage.json")", when, withBytes("9") }, false,
            true);
        add("a key twice", { who, who, when, withBytes("9") }, false, false);
        add("tables that are none", { who, when, R"("tables": {"words": 9})" }, false, false);
        add("a table that is none", { who, when, R"("tables": [9])" }, true, false);
        add("bytes that are no number", { who, when, withBytes(R"("9")") }, true, false);
        add("bytes beyond all numbers", { who, when, withBytes("1e300") }, true, false);
        add("bytes that add up to less than none",
            { who, when,
              R"("tables": [{"name": "words", "bytes": 9223372036854775807}, {"name": "people", "bytes": 11}])" },
            true, false);
        add("nested without end", { who, when, withBytes("9"), R"("x": )" + QByteArray(100'000, '[') }, false, false);
        add("fewer bytes than none", { who, when, withBytes("-1") }, true, false);
        add("more bytes than there are", { who, when, withBytes("10") }, true, false);
    }

    void aSignedFileMaySayWhatCannotBe()
    {
        QFETCH(QByteArray, head);
        QFETCH(bool, isHeadWhole);
        QFETCH(bool, isWhole);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.recovery"));
        const Dataset edited = dataset();
        QVERIFY(writeRecovery(path, *edited.package, QDateTime::currentDateTime(), {}));
        const QByteArray first = contentOf(path).split('\n').first();
        const QByteArray rest = head + "\nword\none\n";
        const QByteArray sum = QCryptographicHash::hash(rest, QCryptographicHash::Sha256).toHex();
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write(first.chopped(sum.size()) + sum + '\n' + rest) > 0);
        file.close();
        QCOMPARE(readRecoveryHead(path).has_value(), isHeadWhole);
        QCOMPARE(isDamaged(path, *edited.package), !isWhole);
    }

    void otherFilesAreNotRead_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : { "a pipe", "a link to a device", "a link out of the folder", "10 GiB of nothing" })
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }

    void otherFilesAreNotRead()
    {
        QFETCH(QString, kind);
        const QTemporaryDir folder;
        const QTemporaryDir elsewhere;
        const QString path = folder.filePath(QStringLiteral("a.recovery"));
        const Dataset edited = dataset();
        const QString outside = elsewhere.filePath(QStringLiteral("a.recovery"));
        const EditedTables tables { edited.tables.at(0), std::nullopt };
        QVERIFY(writeRecovery(outside, *edited.package, QDateTime::currentDateTime(), tables));
        if (kind == u"a pipe")
            QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
        else if (kind == u"a link to a device")
            QVERIFY(QFile::link(QStringLiteral("/dev/zero"), path));
        else if (kind == u"a link out of the folder")
            QVERIFY(QFile::link(outside, path));
        else
            QVERIFY(QFile::copy(outside, path) && QFile::resize(path, qint64(10) << 30));
        QCOMPARE(readRecoveryHead(path).has_value(), kind.startsWith(u"10 GiB")); // its beginning is right
        QVERIFY(isDamaged(path, *edited.package));                                // and at once
    }

    void aPackageThatIsAnotherNowIsNotFilled()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.recovery"));
        const Dataset edited = dataset();
        QVERIFY(
            writeRecovery(path, *edited.package, QDateTime::currentDateTime(), { edited.tables.at(0), std::nullopt }));
        QVERIFY(isDamaged(path, *datasetOf({ Words }, { "word\n" }).package)); // no such table
        QByteArray otherFields = People;
        otherFields.replace("{\"name\": \"name\"}", "{\"name\": \"surname\"}");
        QVERIFY(isDamaged(path, *datasetOf({ otherFields }, { "" }).package));
    }

    void whatCannotBeWrittenIsNamed()
    {
        const QString path = QStringLiteral("/nowhere/at/all/a.recovery");
        const Dataset edited = dataset();
        const Result<void> written =
            writeRecovery(path, *edited.package, QDateTime::currentDateTime(), { edited.tables.at(0), std::nullopt });
        QVERIFY(!written);
        QCOMPARE(written.error().kind, Error::Kind::Unwritable);
        QVERIFY(written.error().message.contains(path));
        QVERIFY(!readRecoveryHead(path));
        QVERIFY(isDamaged(path, *edited.package));
    }
};

SEEDBED_TEST(TestRecovery, QCoreApplication)
#include "tst_recovery.moc"
