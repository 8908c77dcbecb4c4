// SPDX-License-Identifier: MIT
// Files that mean harm, or come from a broken program: a clear error, or the very text in the database; in bounded
// memory, and nothing of it is ever run.

#include "commandrunner.h"
#include "quiettest.h"
#include "testpaths.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <sys/resource.h>

using namespace seedbed;

namespace {

const QByteArray Package =
    R"({"name": "notes", "resources": [{"name": "notes", "path": "notes.csv", "encoding": "utf-8",
    "schema": {"primaryKey": "id", "fields": [{"name": "id", "type": "integer"}, {"name": "text"}]}}]})";

/// How much memory, in MiB, the largest of the processes had that were waited for so far.
int mostMemory()
{
    struct rusage usage {
    };
    (void)getrusage(RUSAGE_CHILDREN, &usage);
    return static_cast<int>(usage.ru_maxrss / 1024);
}

QByteArray asCell(const QString &text)
{
    return '"' + text.toUtf8().replace('"', "\"\"") + '"';
}

QString quoted(QString name)
{
    return u'"' + name.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

/// A package as above, whose rows go to \a table and have \a field as the second one.
QByteArray packageWith(const QString &table, const QString &field)
{
    QJsonObject package = QJsonDocument::fromJson(Package).object();
    QJsonObject notes = package.value(QStringLiteral("resources")).toArray().first().toObject();
    notes.insert(QStringLiteral("seedbed"), QJsonObject { { QStringLiteral("table"), table } });
    QJsonObject schema = notes.value(QStringLiteral("schema")).toObject();
    QJsonArray fields = schema.value(QStringLiteral("fields")).toArray();
    fields[1] = QJsonObject { { QStringLiteral("name"), field } };
    schema.insert(QStringLiteral("fields"), fields);
    notes.insert(QStringLiteral("schema"), schema);
    package.insert(QStringLiteral("resources"), QJsonArray { notes });
    return QJsonDocument(package).toJson();
}

QByteArray littleEndian(quint32 number, int bytes)
{
    QByteArray text;
    for (int byte = 0; byte < bytes; ++byte)
        text += static_cast<char>(number >> (8 * byte));
    return text;
}

/// A zip file with the rows of a table, stored as they are (PKWARE's APPNOTE.TXT, 4.3). The fields after the signature
/// are what may have no NUL.
QByteArray zipWith(quint32 version, quint32 flags)
{
    const QByteArray rows = "id,text\n1,a\n";
    const QByteArray name = "notes.csv";
    constexpr quint32 Sum = 0xae71f096; // of the rows
    const auto rowCount = static_cast<quint32>(rows.size());
    const auto nameSize = static_cast<quint32>(name.size());
    const QByteArray about = littleEndian(version, 2) + littleEndian(flags, 2) + littleEndian(0, 2) // stored
        + littleEndian(0x58'5d'50'00, 4) + littleEndian(Sum, 4) + littleEndian(rowCount, 4) + littleEndian(rowCount, 4)
        + littleEndian(nameSize, 2) + littleEndian(0, 2);
    const QByteArray file = "PK\x03\x04" + about + name + rows;
    const QByteArray directory = "PK\x01\x02" + littleEndian(version, 2) + about + QByteArray(14, '\0') + name;
    return file + directory + "PK\x05\x06" + littleEndian(0, 4) + littleEndian(1, 2) + littleEndian(1, 2)
        + littleEndian(static_cast<quint32>(directory.size()), 4) + littleEndian(static_cast<quint32>(file.size()), 4)
        + littleEndian(0, 2);
}

/// A package of one table, and what seedbed-cli makes of it.
class Notes final
{
public:
    explicit Notes(const QByteArray &csv, const QByteArray &package = Package)
    {
        m_isReady = writeFile(m_folder.filePath(QStringLiteral("datapackage.json")), package)
            && writeFile(m_folder.filePath(QStringLiteral("notes.csv")), csv);
    }

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] CommandResult run(const QStringList &options = {}) const
    {
        return runCli(QStringList { QStringLiteral("run"), QStringLiteral("."), QStringLiteral("--quiet") } + options,
                      m_folder.path());
    }
    [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    [[nodiscard]] QString ask(const QString &sql) const { return sqlite(path("notes.db"), sql); }

private:
    QTemporaryDir m_folder;
    bool m_isReady = false;
};

} // namespace

class TestCliHostile final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void isRefused_data();
    void isRefused();
    void isTheVeryText_data();
    void isTheVeryText();
    void namesAreQuoted_data();
    void namesAreQuoted();
    void namesAreRefused_data();
    void namesAreRefused();
    void manyColumns();
    void manyFields_data();
    void manyFields();
    void manyEmptyLines();
    void aLargeCell();
};

void TestCliHostile::isRefused_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QByteArray>("message");
    const auto add = [](const char *name, const QByteArray &csv, const char *message) {
        QTest::newRow(name) << csv << QByteArray(message);
    };
    add("NUL", QByteArray("id,text\n1,a\0b\n", 13), "notes.csv line 2, byte 4: a NUL character");
    add("lone surrogate", "id,text\n1,a\xED\xA0\x80\n", "notes.csv line 2, byte 4: not valid UTF-8");
    add("cut character", "id,text\n1,a\n2,\xE2\x82", "notes.csv line 3, byte 3: not valid UTF-8");
    add("overlong", "id,text\n1,\xC0\xAF\n", "notes.csv line 2, byte 3: not valid UTF-8");
    add("beyond Unicode", "id,text\n1,\xF4\x90\x80\x80\n", "notes.csv line 2, byte 3: not valid UTF-8");
    add("UTF-16 without mark", QByteArray("i\0d\0,\0t\0\n\0", 10), "notes.csv line 1, byte 2: a NUL character");
    add("zip", zipWith(20, 0),
        "notes.csv line 1, byte 6: a NUL character; remove it, or see whether this is another kind of file");
    add("zip with a line break at first", zipWith(10, 0),
        "notes.csv line 2, byte 1: a NUL character; remove it, or see whether this is another kind of file");
    add("zip with a late NUL", zipWith(0x0314, 0x0806),
        "notes.csv line 1, byte 9: a NUL character; remove it, or see whether this is another kind of file");
    add("open quote", "id,text\n1,\"a\n2,b\n", "notes.csv line 2");
    add("no header", "", "notes.csv");
}

void TestCliHostile::isRefused()
{
    QFETCH(QByteArray, csv);
    QFETCH(QByteArray, message);
    const Notes notes(csv);
    QVERIFY(notes.isReady());
    const CommandResult result = notes.run();
    QCOMPARE(result.status, 3);
    QVERIFY2(result.err.contains(message), result.err);
    QVERIFY(!QFile::exists(notes.path("notes.db")));
}

void TestCliHostile::isTheVeryText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("SQL") << QByteArray("'); DROP TABLE notes; --");
    QTest::newRow("another quote") << QByteArray("\"; ATTACH 'x.db' AS x; --");
    QTest::newRow("HTML") << QByteArray("<img src=x onerror=alert(1)><b>bold</b>&amp;");
    QTest::newRow("formula") << QByteArray("=cmd|' /C calc'!A0");
    QTest::newRow("control characters") << QByteArray("a\x01\x07\x1B[31mred\x7F\x08z");
    QTest::newRow("bidirectional") << QByteArray("abc\xE2\x80\xAE"
                                                 "fed\xE2\x80\xAC\xE2\x81\xA6x\xE2\x81\xA9");
    QTest::newRow("placeholders") << QByteArray("%1 %2 %n %L1 ?1 :id $x");
    QTest::newRow("noncharacter") << QByteArray("\xEF\xBF\xBF\xEF\xB7\x90");
    QTest::newRow("marks without end") << QByteArray("a") + QByteArray("\xCC\x81").repeated(5000);
}

void TestCliHostile::isTheVeryText()
{
    QFETCH(QByteArray, text);
    QByteArray quoted = text;
    quoted.replace('"', "\"\"");
    // The second row is skipped: its text stands in a report.
    const Notes notes("id,text\n1,\"" + quoted + "\"\nx,\"" + quoted + "\"\n");
    QVERIFY(notes.isReady());
    const CommandResult result = notes.run({ QStringLiteral("--fail-on"), QStringLiteral("none") });
    QCOMPARE(result.status, 0);
    QCOMPARE(notes.ask(QStringLiteral("SELECT id, hex(text) FROM notes")),
             QStringLiteral("1|") + QString::fromLatin1(text.toHex().toUpper()));
}

void TestCliHostile::namesAreQuoted_data()
{
    QTest::addColumn<QString>("table");
    QTest::addColumn<QString>("field");
    QTest::newRow("SQL") << QStringLiteral("no\"tes'; DROP TABLE x; --") << QStringLiteral("te\"xt'); DROP");
    QTest::newRow("keywords") << QStringLiteral("select") << QStringLiteral("order");
    QTest::newRow("other quotes") << QStringLiteral("[a]`b`") << QStringLiteral("`[x]");
    QTest::newRow("placeholders") << QStringLiteral("%1 ?1 %2") << QStringLiteral("%3 :id %1");
}

void TestCliHostile::namesAreQuoted()
{
    QFETCH(QString, table);
    QFETCH(QString, field);
    const Notes notes("id," + asCell(field) + "\n1,a\n", packageWith(table, field));
    QVERIFY(notes.isReady());
    const CommandResult result = notes.run();
    QVERIFY2(result.status == 0, result.err);
    QCOMPARE(notes.ask(QStringLiteral("SELECT count(*), name FROM sqlite_master")), QStringLiteral("1|") + table);
    QCOMPARE(notes.ask(QStringLiteral("SELECT id, %2 FROM %1").arg(quoted(table), quoted(field))),
             QStringLiteral("1|a"));
}

void TestCliHostile::namesAreRefused_data()
{
    QTest::addColumn<QString>("table");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QByteArray>("message");
    const QString plain = QStringLiteral("x");
    QTest::newRow("SQLite's own table") << QStringLiteral("sqlite_notes") << plain
                                        << QByteArray("are kept for the database itself");
    QTest::newRow("NUL in a table") << QStringLiteral("a") + QChar() << plain << QByteArray("datapackage.json");
    QTest::newRow("NUL in a field") << plain << QStringLiteral("a") + QChar() << QByteArray("datapackage.json");
}

void TestCliHostile::namesAreRefused()
{
    QFETCH(QString, table);
    QFETCH(QString, field);
    QFETCH(QByteArray, message);
    const Notes notes("id,x\n1,a\n", packageWith(table, field));
    QVERIFY(notes.isReady());
    const CommandResult result = notes.run();
    QCOMPARE(result.status, 3);
    QVERIFY2(result.err.contains("datapackage.json"), result.err);
    QVERIFY2(result.err.contains(message), result.err);
    QVERIFY(!QFile::exists(notes.path("notes.db")));
}

void TestCliHostile::manyColumns()
{
    QByteArray header = "id,text";
    QByteArray row = "1,a";
    for (int column = 0; column < 10'000; ++column) {
        header += ",c" + QByteArray::number(column);
        row += ",x";
    }
    const Notes notes(header + '\n' + row + '\n');
    QVERIFY(notes.isReady());
    const CommandResult result = notes.run();
    QCOMPARE(result.status, 3);
    QVERIFY2(result.err.contains("notes.csv line 1: there are more than 2000 cells; "), result.err);
    const CommandResult allowed = notes.run({ QStringLiteral("--max-columns"), QStringLiteral("20000") });
    QCOMPARE(allowed.status, 3);
    QVERIFY2(allowed.err.contains("notes.csv line 1: the column \"c0\" is no field of notes"), allowed.err);
    QVERIFY2(allowed.err.size() < 20'000, allowed.err); // not ten thousand names
}

void TestCliHostile::manyFields_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("as many as SQLite takes") << 2000 << true;
    QTest::newRow("one more") << 2001 << false;
    QTest::newRow("ten thousand") << 10'000 << false;
}

void TestCliHostile::manyFields()
{
    QFETCH(int, count);
    QFETCH(bool, isTaken);
    QByteArray fields = R"({"name": "id", "type": "integer"})";
    QByteArray header = "id";
    QByteArray row = "1";
    for (int field = 1; field < count; ++field) {
        const QByteArray name = 'c' + QByteArray::number(field);
        fields += R"(, {"name": ")" + name + "\"}";
        header += ',' + name;
        row += ",x";
    }
    const Notes notes(header + '\n' + row + '\n',
                      R"({"name": "notes", "resources": [{"name": "notes", "path": "notes.csv", "schema": {"primaryKey":
                      "id", "fields": [)"
                          + fields + "]}}]}");
    QVERIFY(notes.isReady());
    const CommandResult result = notes.run({ QStringLiteral("--max-columns"), QStringLiteral("20000") });
    QVERIFY2(!SEEDBED_LIMITS_MEMORY || mostMemory() < 100, qPrintable(QString::number(mostMemory())));
    if (isTaken) {
        QVERIFY2(result.status == 0, result.err);
        QCOMPARE(notes.ask(QStringLiteral("SELECT id, c1, c1999 FROM notes")), QStringLiteral("1|x|x"));
        return;
    }
    QCOMPARE(result.status, 3);
    const QByteArray message = "notes.db: table notes has " + QByteArray::number(count)
        + " fields, and SQLite takes 2000 columns at most; make several tables of them";
    QVERIFY2(result.err.contains(message), result.err);
    QVERIFY(!QFile::exists(notes.path("notes.db")));
}

void TestCliHostile::manyEmptyLines()
{
    const Notes notes("id,text\n1,a\n" + QByteArray(10'000'000, '\n') + "2,b\n");
    QVERIFY(notes.isReady());
    const CommandResult result = notes.run();
    QVERIFY2(result.status == 0, result.err);
    QVERIFY2(!SEEDBED_LIMITS_MEMORY || mostMemory() < 100, qPrintable(QString::number(mostMemory())));
    QCOMPARE(notes.ask(QStringLiteral("SELECT * FROM notes")), QStringLiteral("1|a\n2|b"));
}

void TestCliHostile::aLargeCell()
{
    const Notes notes("id,text\n1,a\n2,");
    QVERIFY(notes.isReady());
    QFile file(
        notes.path("notes.csv")); // piece by piece: a process that is begun counts its parent's memory as its own
    QVERIFY(file.open(QFile::Append));
    for (int piece = 0; piece < 100; ++piece)
        QCOMPARE(file.write(QByteArray(1 << 20, 'x')), 1 << 20);
    QCOMPARE(file.write("\n3,c\n"), 5);
    file.close();
    const CommandResult refused = notes.run();
    QCOMPARE(refused.status, 3);
    QVERIFY2(refused.err.contains("notes.csv line 3: the cell in column 2 is longer than 1 MiB; "), refused.err);
    QVERIFY2(refused.err.contains("(--max-cell)"), refused.err);
    QVERIFY2(!SEEDBED_LIMITS_MEMORY || mostMemory() < 100, qPrintable(QString::number(mostMemory())));
    const CommandResult line = notes.run({ QStringLiteral("--max-cell"), QStringLiteral("100M") });
    QCOMPARE(line.status, 3);
    QVERIFY2(line.err.contains("notes.csv line 3: the line is longer than 16 MiB; "), line.err);
    const CommandResult result = notes.run(
        { QStringLiteral("--max-cell"), QStringLiteral("100M"), QStringLiteral("--max-line"), QStringLiteral("1G") });
    QVERIFY2(result.status == 0, result.err);
    QVERIFY2(!SEEDBED_LIMITS_MEMORY || mostMemory() < 600, qPrintable(QString::number(mostMemory())));
    QCOMPARE(notes.ask(QStringLiteral("SELECT id, length(text) FROM notes")),
             QStringLiteral("1|1\n2|%1\n3|1").arg(100 << 20));
}

SEEDBED_TEST(TestCliHostile, QCoreApplication)
#include "tst_clihostile.moc"
