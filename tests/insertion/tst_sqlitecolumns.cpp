// SPDX-License-Identifier: MIT
// What goes into a column comes out of it, exactly, whatever the column is declared as.

#include "insertion/sqlite/sqlitecolumns.h"
#include "quiettest.h"
#include "validation/cellcast.h"
#include "validation/cellrules.h"

#include <QTemporaryDir>

using namespace seedbed;

class tst_SqliteColumns final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void affinities_data();
    void affinities();
    void keepsValues_data();
    void keepsValues();
    void foreignValuesEqualNoCell();
    void whatOtherProgramsStore_data();
    void whatOtherProgramsStore();
    void realKeepsWholeNumbersUpTo_data();
    void realKeepsWholeNumbersUpTo();
    void columnsThatChangeTexts_data();
    void columnsThatChangeTexts();
    void quotesNames();
};

void tst_SqliteColumns::affinities_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<int>("affinity");
    const auto add = [](const char *type, Affinity affinity) {
        QTest::newRow(type) << QString::fromLatin1(type) << static_cast<int>(affinity);
    };
    add("INTEGER", Affinity::Integer);
    add("bigint unsigned", Affinity::Integer);
    add("varchar(255)", Affinity::Text);
    add("CLOB", Affinity::Text);
    add("", Affinity::Blob);
    add("BLOB", Affinity::Blob);
    add("double precision", Affinity::Real);
    add("FLOAT", Affinity::Real);
    add("decimal", Affinity::Numeric);
    add("date", Affinity::Numeric);
    add("bool", Affinity::Numeric);
    add("CHARINT", Affinity::Integer); // INT is looked for first
}

void tst_SqliteColumns::affinities()
{
    QFETCH(QString, type);
    QFETCH(int, affinity);
    QCOMPARE(static_cast<int>(affinityOf(type)), affinity);
}

void tst_SqliteColumns::keepsValues_data()
{
    QTest::addColumn<QString>("declared");
    QTest::addColumn<FieldType>("type");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("storage"); // SQLite's typeof()
    QTest::addColumn<QString>("shown");   // SQLite's own text of it
    const auto add = [](const char *declared, FieldType type, const char *text, const char *storage,
                        const char *shown) {
        QTest::addRow("%s %d %s", declared, static_cast<int>(type), text)
            << QString::fromLatin1(declared) << type << QByteArray(text) << QString::fromLatin1(storage)
            << QString::fromUtf8(shown);
    };
    add("NUMERIC", FieldType::Number, "1000.00", "integer", "1000");
    add("NUMERIC", FieldType::Number, "19.99", "real", "19.99");
    add("NUMERIC", FieldType::Number, "0.1", "real", "0.1");
    add("NUMERIC", FieldType::Number, "123456789012.345", "real", "123456789012.345");
    add("NUMERIC", FieldType::Number, "9007199254740993", "integer", "9007199254740993");
    add("NUMERIC", FieldType::Number, "1e30", "real", "1.0e+30");
    add("NUMERIC", FieldType::Number, "NaN", "text", "NaN");
    add("NUMERIC", FieldType::Number, "-INF", "text", "-INF");
    add("decimal", FieldType::Number, "19.99", "real", "19.99");
    add("REAL", FieldType::Number, "1000.00", "real", "1000.0");
    add("TEXT", FieldType::Number, "19.99", "text", "19.99");
    add("TEXT", FieldType::Number, "1000.00", "text", "1000");
    add("", FieldType::Number, "19.99", "real", "19.99");
    add("INTEGER", FieldType::Integer, "007", "integer", "7");
    add("INTEGER", FieldType::Integer, "-9223372036854775808", "integer", "-9223372036854775808");
    add("TEXT", FieldType::Integer, "42", "text", "42");
    add("bool", FieldType::Boolean, "true", "integer", "1");
    add("date", FieldType::Date, "2024-02-29", "text", "2024-02-29");
    add("TEXT", FieldType::String, "007", "text", "007");
    add("varchar(10)", FieldType::String, "", "text", "");
    add("TEXT", FieldType::String, "äöü \xf0\x9f\x8c\xb1 'quoted'; DROP TABLE t", "text",
        "äöü \xf0\x9f\x8c\xb1 'quoted'; DROP TABLE t");
}

void tst_SqliteColumns::keepsValues()
{
    QFETCH(QString, declared);
    QFETCH(FieldType, type);
    QFETCH(QByteArray, text);
    QFETCH(QString, storage);
    QFETCH(QString, shown);
    Field field;
    field.type = type;
    const Value value = *castCell(field, text);

    const QTemporaryDir folder;
    SqliteConnection connection(folder.filePath(QStringLiteral("t.db")), SqliteConnection::Mode::Create);
    QVERIFY(connection.openStatus().isOk());
    QVERIFY(connection.execute(QStringLiteral("CREATE TABLE t (c %1)").arg(declared)).isOk());
    {
        SqliteStatement insert(connection, QStringLiteral("INSERT INTO t VALUES (?1)"));
        bindValue(insert, 1, value, affinityOf(declared));
        QVERIFY(!insert.step());
        QVERIFY(insert.status().isOk());
        QCOMPARE(insert.changes(), 1);
    }
    SqliteStatement select(connection, QStringLiteral("SELECT c, typeof(c), CAST(c AS TEXT) FROM t"));
    QVERIFY(select.step());
    QCOMPARE(QString::fromUtf8(select.text(1)), storage);
    QCOMPARE(QString::fromUtf8(select.text(2)), shown);
    QVERIFY(storedValue(select.cell(0), field) == value);

    TableSchema schema;
    schema.fields = { field };
    schema.missingValues = {};
    const SqliteRow row(select, schema, { affinityOf(declared) });
    QVERIFY(row.value(0) == value);
    QVERIFY(row.holds(0, text));
    for (const QByteArray &other :
         { text + "1", "1" + text, text.left(text.size() - 1), QByteArray("abc"), QByteArray("8.25") })
        QCOMPARE(row.holds(0, other), valueOf(schema, 0, other) == value);
}

void tst_SqliteColumns::foreignValuesEqualNoCell()
{
    const QTemporaryDir folder;
    SqliteConnection connection(folder.filePath(QStringLiteral("t.db")), SqliteConnection::Mode::Create);
    SqliteStatement select(connection, QStringLiteral("SELECT 'abc', x'616263', NULL, 9e999"));
    QVERIFY(select.step());
    Field integer;
    integer.type = FieldType::Integer;
    Field string;
    QVERIFY(storedValue(select.cell(0), integer).text != "abc");
    QVERIFY(storedValue(select.cell(1), string) != Value::ofText("abc"));
    QVERIFY(storedValue(select.cell(2), string).isNull());
    Field number;
    number.type = FieldType::Number;
    // An infinity is one, whether another program stored it as a number or we did as a text.
    QVERIFY(storedValue(select.cell(3), number) == Value::ofNumber("INF"));

    TableSchema schema;
    schema.fields = { integer, string, string, number };
    const SqliteRow row(select, schema, QList<Affinity>(4, Affinity::Blob));
    QVERIFY(!row.holds(0, "abc"));
    QVERIFY(!row.holds(1, "abc"));
    QVERIFY(row.holds(2, ""));
    QVERIFY(!row.holds(2, "x"));
    QVERIFY(row.holds(3, "INF"));
}

void tst_SqliteColumns::whatOtherProgramsStore_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<FieldType>("type");
    QTest::addColumn<QByteArray>("cell"); // whose value it is
    const auto add = [](const char *sql, FieldType type, const char *cell) {
        QTest::addRow("%s %d", sql, static_cast<int>(type)) << QString::fromLatin1(sql) << type << QByteArray(cell);
    };
    add("7", FieldType::Integer, "7");
    add("7", FieldType::Number, "7.0");
    add("7", FieldType::String, "7");
    add("7.0", FieldType::Integer, "7");
    add("7.5", FieldType::Number, "7.50");
    add("7.5", FieldType::String, "7.5");
    add("-7.5e-7", FieldType::Number, "-0.00000075");
    add("'007'", FieldType::Integer, "7");
    add("'7.10'", FieldType::Number, "7.1");
    add("9e999", FieldType::Number, "INF");
    add("-9e999", FieldType::Number, "-INF");
    add("'1e2'", FieldType::Number, "100");
    add("''", FieldType::String, "");
}

void tst_SqliteColumns::whatOtherProgramsStore()
{
    QFETCH(QString, sql);
    QFETCH(FieldType, type);
    QFETCH(QByteArray, cell);
    const QTemporaryDir folder;
    SqliteConnection connection(folder.filePath(QStringLiteral("t.db")), SqliteConnection::Mode::Create);
    SqliteStatement select(connection, QStringLiteral("SELECT ") + sql);
    QVERIFY(select.step());
    Field field;
    field.type = type;
    TableSchema schema;
    schema.fields = { field };
    schema.missingValues = {};
    QVERIFY(storedValue(select.cell(0), field) == valueOf(schema, 0, cell));
    for (const Affinity affinity :
         { Affinity::Integer, Affinity::Text, Affinity::Blob, Affinity::Real, Affinity::Numeric }) {
        const SqliteRow row(select, schema, { affinity });
        QVERIFY(row.holds(0, cell));
        QVERIFY(!row.holds(0, "8"));
        QVERIFY(!row.holds(0, "x"));
    }
}

void tst_SqliteColumns::realKeepsWholeNumbersUpTo_data()
{
    QTest::addColumn<Value>("value");
    QTest::addColumn<bool>("isKept");
    constexpr qint64 Most = 9007199254740992;
    QTest::newRow("the most") << Value::ofInteger(Most) << true;
    QTest::newRow("one more") << Value::ofInteger(Most + 1) << false;
    QTest::newRow("the least") << Value::ofInteger(-Most) << true;
    QTest::newRow("one less") << Value::ofInteger(-Most - 1) << false;
    QTest::newRow("the most as a number") << Value::ofNumber("9007199254740992") << true;
    QTest::newRow("one more as a number") << Value::ofNumber("9007199254740993") << false;
    QTest::newRow("one less as a number") << Value::ofNumber("-9007199254740993") << false;
    QTest::newRow("a fraction") << Value::ofNumber("0.1") << true;
    QTest::newRow("a text") << Value::ofText("9007199254740993") << true;
    QTest::newRow("none") << Value() << true;
}

void tst_SqliteColumns::realKeepsWholeNumbersUpTo()
{
    QFETCH(Value, value);
    QFETCH(bool, isKept);
    QCOMPARE(keepsValue(value, Affinity::Real), isKept);
    for (const Affinity other : { Affinity::Integer, Affinity::Text, Affinity::Blob, Affinity::Numeric })
        QVERIFY(keepsValue(value, other));
}

void tst_SqliteColumns::columnsThatChangeTexts_data()
{
    QTest::addColumn<FieldType>("type");
    QTest::addColumn<bool>("isText");
    QTest::newRow("string") << FieldType::String << true;
    QTest::newRow("text") << FieldType::Text << true;
    QTest::newRow("number") << FieldType::Number << false;
    QTest::newRow("date") << FieldType::Date << false;
}

void tst_SqliteColumns::columnsThatChangeTexts()
{
    QFETCH(FieldType, type);
    QFETCH(bool, isText);
    Field field;
    field.type = type;
    for (const Affinity affinity : { Affinity::Integer, Affinity::Real, Affinity::Numeric })
        QCOMPARE(wouldChangeTexts(field, affinity), isText);
    for (const Affinity affinity : { Affinity::Text, Affinity::Blob })
        QVERIFY(!wouldChangeTexts(field, affinity));
}

void tst_SqliteColumns::quotesNames()
{
    QCOMPARE(quoted(QStringLiteral("a\"b")), QStringLiteral("\"a\"\"b\""));
}

SEEDBED_TEST(tst_SqliteColumns, QCoreApplication)
#include "tst_sqlitecolumns.moc"
