// SPDX-License-Identifier: MIT
#include "quiettest.h"
#include "rows/csv/csvsniffer.h"

#include <QBuffer>
#include <QStringEncoder>

using namespace seedbed;

namespace {

QByteArray encoded(const QString &text, QStringConverter::Encoding encoding, bool hasMark = false)
{
    return QStringEncoder(encoding, hasMark ? QStringConverter::Flag::WriteBom : QStringConverter::Flag::Default)(text);
}

const QStringList Names { QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("price"), QString() };

QStringList words(const char *text)
{
    return QString::fromUtf8(text).split(u',');
}

} // namespace

class TestCsvSniffer final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void guessesDelimiterAndQuote_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<char>("delimiter");
        QTest::addColumn<char>("quote");
        QTest::addColumn<bool>("header");
        const auto add = [](const char *name, const char *text, char delimiter, char quote, bool header) {
            QTest::newRow(name) << QByteArray(text) << delimiter << quote << header;
        };
        add("comma", "id,name,price\n1,Ann,2\n", ',', '"', true);
        add("semicolon", "id;name;price\n1;Ann, B.;2,50\n2;Bob, C.;3,50\n", ';', '"', true);
        add("tab", "id\tname\tprice\n1\tAnn, B.; C.\t2,50\n", '\t', '"', true);
        add("pipe", "id|name|price\n1|Ann|2\n", '|', '"', true);
        add("semicolons in a quoted cell", "id,name,price\n1,\"a;b;c;d\",2\n", ',', '"', true);
        add("semicolons in every row", "id,name\n1,a;b\n2,c;d\n", ',', '"', true);
        add("decimal commas without a header", "1;2,50;3,50\n2;4,50;5,50\n", ';', '"', false);
        add("apostrophes", "id,name\n1,'Ann, B.'\n2,'Bob'\n", ',', '\'', true);
        add("an apostrophe in a name", "id,name\n1,O'Neill\n2,'tis\n", ',', '"', true);
        add("quotes that are none", "id\tname\n1\t\"Big\" Bob\n", '\t', CsvForm::NoQuote, true);
        add("unknown names", "foo;bar\n1;2\n", ';', '"', true);
        add("no header", "1;Ann\n2;Bob\n", ';', '"', false);
        add("a name among numbers", "id,2024\n1,5\n", ',', '"', true);
        add("the same twice", "Ann,Ann\nBob,Bob\n", ',', '"', false);
        add("a gap", "Ann,,x\nBob,y,z\n", ',', '"', false);
        add("one column", "name\nAnn\n", ',', '"', true);
        add("CRLF", "id;name\r\n1;Ann\r\n", ';', '"', true);
        add("empty", "", ',', '"', false);
        add("one cell", "17", ',', '"', false);
    }

    void guessesDelimiterAndQuote()
    {
        QFETCH(QByteArray, text);
        const CsvForm form = guessForm({ text, true }, Names);
        QTEST(form.dialect.delimiter, "delimiter");
        QTEST(form.dialect.quoteChar, "quote");
        QTEST(form.dialect.header, "header");
    }

    void guessesTheEncoding_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Encoding>("encoding");
        const QString text = QStringLiteral("id;name\n1;Jürgen €\n");
        const QByteArray windows = "id;name\n1;J\xFCrgen \x80\n";
        QTest::newRow("UTF-8") << text.toUtf8() << Encoding::Utf8;
        QTest::newRow("UTF-8 with a mark") << "\xEF\xBB\xBF" + text.toUtf8() << Encoding::Utf8;
        QTest::newRow("UTF-16 LE") << encoded(text, QStringConverter::Utf16LE, true) << Encoding::Utf16LittleEndian;
        QTest::newRow("UTF-16 BE") << encoded(text, QStringConverter::Utf16BE, true) << Encoding::Utf16BigEndian;
        QTest::newRow("UTF-16 LE, no mark") << encoded(text, QStringConverter::Utf16LE) << Encoding::Utf16LittleEndian;
        QTest::newRow("UTF-16 BE, no mark") << encoded(text, QStringConverter::Utf16BE) << Encoding::Utf16BigEndian;
        QTest::newRow("Windows") << windows << Encoding::Windows1252;
    }

    void guessesTheEncoding()
    {
        QFETCH(QByteArray, text);
        QFETCH(Encoding, encoding);
        const CsvHead head { text, true };
        const CsvForm form = guessForm(head, Names);
        QCOMPARE(form.encoding, encoding);
        QCOMPARE(form.dialect.delimiter, ';');
        const CsvPreview preview = previewOf(head, form, 10);
        QCOMPARE(preview.columns, words("id,name"));
        QCOMPARE(preview.rows, QList<QStringList> { words("1,J\u00FCrgen \u20AC") });
    }

    void readsTheHeadOfALongFile()
    {
        QByteArray text = "id;name\n";
        while (text.size() < 3 * CsvHead::MostBytes)
            text += "1;\u00FC\u00FC\u00FC\u00FC\u00FC\n"; // cut in a character, wherever that is
        for (int shift = 0; shift < 4; ++shift) {
            text.prepend("\n");
            QBuffer file(&text);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const CsvHead head = CsvHead::of(file);
            QVERIFY(!head.isWhole);
            QCOMPARE(head.bytes.size(), CsvHead::MostBytes);
            QCOMPARE(file.pos(), 0);
            const CsvForm form = guessForm(head, Names);
            QCOMPARE(form.encoding, Encoding::Utf8);
            QCOMPARE(previewOf(head, form, 5).rows.size(), 5);
            const CsvPreview all = previewOf(head, form, text.size());
            QVERIFY(all.rows.constLast().size() == 2); // the cut row is not among them
            QCOMPARE(all.rows.constLast().at(1).size(), 5);
        }
    }

    void previewsWithoutAHeader()
    {
        const CsvHead head { "1,Ann\n2,Bob\n3,Cid", true };
        CsvForm form;
        form.dialect.header = false;
        const CsvPreview preview = previewOf(head, form, 2);
        QCOMPARE(preview.columns, words("Column 1,Column 2"));
        QCOMPARE(preview.rows, (QList<QStringList> { words("1,Ann"), words("2,Bob") }));
        QVERIFY(previewOf({ "", true }, form, 2).columns.isEmpty());
    }
};

SEEDBED_TEST(TestCsvSniffer, NoApplication)
#include "tst_csvsniffer.moc"
