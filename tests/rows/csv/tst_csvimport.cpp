// SPDX-License-Identifier: MIT
#include "fixtures.h"
#include "quiettest.h"
#include "rows/csv/csvimport.h"

#include <QBuffer>
#include <QStringEncoder>

using namespace seedbed;

namespace {

const QByteArray Products = R"({"name": "products", "schema": {"fields": [{"name": "id", "type": "integer"},
    {"name": "name"}, {"name": "price", "type": "number"}]}})";

TableSchema products()
{
    return datasetOf({ Products }, { "id,name,price\n" }).package->resources.constFirst().schema;
}

Result<seedbed::Table> import(QByteArray text, const ImportRecipe &recipe, ImportProgress *progress = nullptr,
                              const std::stop_token &stop = {})
{
    QBuffer file(&text);
    file.open(QIODevice::ReadOnly);
    return importCsv(file, products(), recipe, QStringLiteral("p.csv"), progress, stop);
}

/// A file that can be read up to some place.
class BrokenFile final : public QIODevice
{
public:
    explicit BrokenFile(const QByteArray &text)
        : m_text(text)
    {
        open(ReadOnly | Unbuffered);
    }
    [[nodiscard]] qint64 size() const override { return 2 * m_text.size(); }

protected:
    qint64 readData(char *data, qint64 maxSize) override
    {
        const qint64 count = std::min<qint64>(maxSize, m_text.size() - pos());
        if (count <= 0) {
            setErrorString(QStringLiteral("bad sector"));
            return -1;
        }
        std::copy_n(m_text.constData() + pos(), count, data);
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    const QByteArray m_text;
};

ImportRecipe recipeFor(char delimiter, const ColumnMapping &fields)
{
    ImportRecipe recipe;
    recipe.form.dialect.delimiter = delimiter;
    recipe.fields = fields;
    return recipe;
}

using Cells = QList<QByteArrayList>;

Cells cellsOf(const Result<seedbed::Table> &rows)
{
    if (!rows)
        return { { rows.error().message.toUtf8() } };
    Cells cells;
    for (qsizetype row = 0; row < rows->rowCount(); ++row)
        cells.append(rows->row(row).cells);
    return cells;
}

QStringList words(const char *text)
{
    return QString::fromUtf8(text).split(u',');
}

} // namespace

class TestCsvImport final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void aFileThatCannotBeReadToItsEnd()
    {
        BrokenFile file("id,name,price\n1,a,2\n2,b,3\n3,c");
        const auto rows =
            importCsv(file, products(), recipeFor(',', { 0, 1, 2 }), QStringLiteral("p.csv"), nullptr, {});
        QVERIFY(!rows);
        QVERIFY2(rows.error().message.contains(QStringLiteral("bad sector")), qPrintable(rows.error().message));
    }

    void mapsColumns()
    {
        const QByteArray text = "price;foo;id\n1,50;x;7\n2;y;8\n";
        QCOMPARE(cellsOf(import(text, recipeFor(';', { 2, NoField, 0 }))),
                 Cells({ { "7", "", "1,50" }, { "8", "", "2" } }));
    }

    void readsWithoutAHeader()
    {
        ImportRecipe recipe = recipeFor(',', { 1, 0 });
        recipe.form.dialect.header = false;
        QCOMPARE(cellsOf(import("Ann,1\nBob,2\n", recipe)), Cells({ { "1", "Ann", "" }, { "2", "Bob", "" } }));
    }

    void putsPointsIntoNumbersOnly()
    {
        ImportRecipe recipe = recipeFor(';', { 0, 1, 2 });
        recipe.hasDecimalComma = true;
        const QByteArray text = "id;name;price\n1,5;1,5;1.234,50\n2;1.234,5;1234,5\n3;x;1,234,5\n";
        QCOMPARE(cellsOf(import(text, recipe)),
                 Cells({ { "1,5", "1,5", "1234.50" }, { "2", "1.234,5", "1234.5" }, { "3", "x", "1,234,5" } }));
    }

    void marksRaggedRows()
    {
        const auto rows = import("id,name,price\n1,Ann\n2,Bob,3,more\n4,Cid,5\n", recipeFor(',', { 0, 1, 2 }));
        QCOMPARE(cellsOf(rows), Cells({ { "1", "Ann", "" }, { "2", "Bob", "3" }, { "4", "Cid", "5" } }));
        QCOMPARE(rows->row(0).ragged, (RaggedRow { 2, 2, {} }));
        QCOMPARE(rows->row(1).ragged, (RaggedRow { 3, 4, { "more" } }));
        QVERIFY(!rows->row(2).ragged);
    }

    void aRowThatLacksOnlyUnusedColumnsIsWhole()
    {
        QCOMPARE(import("id,name,foo\n1,Ann\n", recipeFor(',', { 0, 1, NoField }))->raggedCount(), 0);
    }

    void readsEveryEncoding_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Encoding>("encoding");
        const QString text = QStringLiteral("id,name\n1,Jürgen €\n");
        QTest::newRow("UTF-8") << text.toUtf8() << Encoding::Utf8;
        QTest::newRow("mark") << "\xEF\xBB\xBF" + text.toUtf8() << Encoding::Utf8;
        QTest::newRow("Windows") << QByteArray("id,name\n1,J\xFCrgen \x80\n") << Encoding::Windows1252;
        QStringEncoder little(QStringConverter::Utf16LE);
        QStringEncoder big(QStringConverter::Utf16BE);
        QStringEncoder marked(QStringConverter::Utf16BE, QStringConverter::Flag::WriteBom);
        QTest::newRow("UTF-16 LE") << QByteArray(little(text)) << Encoding::Utf16LittleEndian;
        QTest::newRow("UTF-16 BE") << QByteArray(big(text)) << Encoding::Utf16BigEndian;
        QTest::newRow("UTF-16 BE with a mark") << QByteArray(marked(text)) << Encoding::Utf16BigEndian;
    }

    void readsEveryEncoding()
    {
        QFETCH(QByteArray, text);
        QFETCH(Encoding, encoding);
        ImportRecipe recipe = recipeFor(',', { 0, 1 });
        recipe.form.encoding = encoding;
        QCOMPARE(cellsOf(import(text, recipe)), Cells({ { "1", "J\u00FCrgen \u20AC", "" } }));
    }

    void readsALongFileOfWindows()
    {
        QByteArray text = "id,name\n";
        for (int row = 0; row < 100'000; ++row)
            text += "1,J\xFCrgen \x80\n";
        ImportRecipe recipe = recipeFor(',', { 0, 1 });
        recipe.form.encoding = Encoding::Windows1252;
        ImportProgress progress;
        const Result<seedbed::Table> rows = import(text, recipe, &progress);
        QCOMPARE(rows->rowCount(), 100'000);
        for (qsizetype row = 0; row < rows->rowCount(); row += 997)
            QCOMPARE(rows->cell(row, 1), QByteArrayView("J\u00FCrgen \u20AC"));
        QCOMPARE(progress.bytesInAll.load(), text.size());
        QCOMPARE(progress.bytesRead.load(), text.size());
    }

    void saysWhatIsWrong()
    {
        const Result<seedbed::Table> rows = import("id,name\n1,J\xFCrgen\n", recipeFor(',', { 0, 1 }));
        QVERIFY(!rows);
        QCOMPARE(rows.error().message, QStringLiteral("p.csv line 2, byte 4: not valid UTF-8; save the file as UTF-8"));
    }

    void stops()
    {
        std::stop_source stop;
        stop.request_stop();
        const Result<seedbed::Table> rows = import("id\n1\n", recipeFor(',', { 0 }), nullptr, stop.get_token());
        QVERIFY(!rows);
        QCOMPARE(rows.error().kind, Error::Kind::Stopped);
    }

    void guessesTheDecimalComma()
    {
        const auto cells = [](const char *text) { return QString::fromUtf8(text).split(u';'); };
        const CsvPreview preview { words("id,name,price"), { cells("1;2,5;3"), cells("1;x;1,234") } };
        QVERIFY(!guessDecimalComma(preview, products(), { 0, 1, 2 }));
        CsvPreview shown = preview;
        shown.rows.append(cells("1;x;2,5"));
        QVERIFY(guessDecimalComma(shown, products(), { 0, 1, 2 }));
        QVERIFY(!guessDecimalComma(shown, products(), { 0, 1, NoField }));
    }
};

SEEDBED_TEST(TestCsvImport, NoApplication)
#include "tst_csvimport.moc"
