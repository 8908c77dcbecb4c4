// SPDX-License-Identifier: MIT
// Positions of rows have 32 bits: more rows than a limit are refused wherever rows are read.

#include "base/readlimits.h"
#include "quiettest.h"
#include "rows/csv/csvimport.h"
#include "rows/dataset.h"

#include <QBuffer>
#include <QTemporaryDir>

#include <limits>

using namespace seedbed;

namespace {

ReadLimits limitsOf(qsizetype rows)
{
    ReadLimits limits;
    limits.rows = rows;
    return limits;
}

bool write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

class TestRowLimit final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void twoPositionsAddUp()
    {
        constexpr auto Last = static_cast<qint64>(ReadLimits::MostRows) - 1;
        QVERIFY(Last + Last <= std::numeric_limits<qint32>::max());
        QCOMPARE(ReadLimits().rows, ReadLimits::MostRows);
        QCOMPARE(ReadLimits::none().rows, ReadLimits::MostRows);
    }

    void packagesHaveALimit_data()
    {
        QTest::addColumn<QByteArray>("rows");
        QTest::addColumn<QString>("name");
        QTest::newRow("a CSV file") << QByteArray(R"("path": "a.csv")") << QStringLiteral("a.csv");
        QTest::newRow("inline rows") << QByteArray(R"("data": [{"id": 1}, {"id": 2}, {"id": 3}])")
                                     << QStringLiteral("notes");
    }

    void packagesHaveALimit()
    {
        QFETCH(QByteArray, rows);
        QFETCH(QString, name);
        const QTemporaryDir folder;
        QVERIFY(write(folder.filePath(QStringLiteral("a.csv")), "id\n1\n2\n3\n")
                && write(folder.filePath(QStringLiteral("datapackage.json")),
                         R"({"name": "p", "resources": [{"name": "notes", )" + rows
                             + R"(, "schema": {"fields": [{"name": "id", "type": "integer"}]}}]})"));
        const auto whole = readDataset(folder.path(), nullptr, {}, limitsOf(3));
        QVERIFY(whole && whole->tables.constFirst().rowCount() == 3);
        const auto refused = readDataset(folder.path(), nullptr, {}, limitsOf(2));
        QVERIFY(!refused);
        QCOMPARE(refused.error().message,
                 name + QStringLiteral(" would have more than 2 rows; split it into several tables"));
    }

    void importsHaveALimit()
    {
        TableSchema schema;
        schema.fields.resize(1);
        ImportRecipe recipe;
        recipe.fields = { 0 };
        for (const qsizetype most : { 2, 3 }) {
            QBuffer buffer;
            buffer.setData("id\n1\n2\n3\n");
            QVERIFY(buffer.open(QIODevice::ReadOnly));
            const auto rows = importCsv(buffer, schema, recipe, QStringLiteral("a.csv"), nullptr, {}, limitsOf(most));
            QCOMPARE(rows.has_value(), most == 3);
            QVERIFY(rows || rows.error().message.startsWith(u"a.csv would have more than 2 rows"));
        }
    }
};

SEEDBED_TEST(TestRowLimit, QCoreApplication)
#include "tst_rowlimit.moc"
