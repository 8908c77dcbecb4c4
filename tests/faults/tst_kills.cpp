// SPDX-License-Identifier: MIT
// A run of 3 x 5,000 rows that is killed at any moment: every file is whole, no row that was said to be committed is
// lost, none refers to nothing, and one more run brings the files to exactly what they are to hold.

#include "cli/commandrunner.h"
#include "quiettest.h"
#include "runlog.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <algorithm>

using namespace seedbed;

namespace {

const QByteArray Package = R"({"name": "shop", "resources": [
    {"name": "users", "path": "users.csv", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "email", "constraints": {"unique": true}}]}},
    {"name": "products", "path": "products.csv", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "price", "type": "number"}]}},
    {"name": "orders", "path": "orders.csv", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "user", "type": "integer"}, {"name": "product", "type": "integer"}],
        "foreignKeys": [{"fields": "user", "reference": {"resource": "users", "fields": "id"}},
                        {"fields": "product", "reference": {"resource": "products", "fields": "id"}}]}}]})";
constexpr int RowCount = 5000; // of each table
const QStringList Tables { QStringLiteral("users"), QStringLiteral("products"), QStringLiteral("orders") };

/// The rows of a table as lines, the cells parted by \a separator.
QByteArray linesOf(const QString &table, char separator)
{
    QByteArray lines;
    for (int row = 1; row <= RowCount; ++row) {
        const QByteArray number = QByteArray::number(row);
        lines += number + separator;
        if (table == Tables.at(0))
            lines += "user" + number + "@example.com\n";
        else if (table == Tables.at(1))
            lines += number + ".25\n";
        else
            lines +=
                QByteArray::number(RowCount + 1 - row) + separator + QByteArray::number(row * 7 % RowCount + 1) + '\n';
    }
    return lines;
}

/// A package, and a folder for its databases, which can be made anew.
class Shop final
{
public:
    Shop()
    {
        const QByteArrayList headers { "id,email\n", "id,price\n", "id,user,product\n" };
        m_isReady = writeFile(m_folder.filePath(QStringLiteral("datapackage.json")), Package);
        for (int table = 0; table < Tables.size(); ++table) {
            m_isReady = m_isReady
                && writeFile(m_folder.filePath(Tables.at(table) + QStringLiteral(".csv")),
                             headers.at(table) + linesOf(Tables.at(table), ','));
        }
        clear();
    }

    [[nodiscard]] bool isReady() const { return m_isReady && m_into->isValid(); }
    void clear() { m_into = std::make_unique<QTemporaryDir>(m_folder.filePath(QStringLiteral("into"))); }
    [[nodiscard]] QString path(const QString &table) const { return m_into->filePath(table + QStringLiteral(".db")); }

    void start(QProcess &process) const
    {
        prepareCli(process,
                   { QStringLiteral("run"), m_folder.path(), QStringLiteral("--into"), m_into->path(),
                     QStringLiteral("--verbose") },
                   m_folder.path());
        process.start(QIODevice::ReadOnly);
    }

    [[nodiscard]] bool hasTable(const QString &table) const
    {
        return QFile::exists(path(table))
            && sqlite(path(table), QStringLiteral("SELECT count(*) FROM sqlite_master")) == QLatin1String("1");
    }
    [[nodiscard]] qsizetype countIn(const QString &table) const
    {
        return hasTable(table) ? sqlite(path(table), QStringLiteral("SELECT count(*) FROM ") + table).toLongLong() : 0;
    }
    /// Orders that refer to nothing.
    [[nodiscard]] qsizetype orphans() const
    {
        if (countIn(Tables.at(2)) == 0)
            return 0;
        return sqlite(path(Tables.at(2)),
                      QStringLiteral(
                          "ATTACH '%1' AS u; ATTACH '%2' AS p; SELECT count(*) FROM orders WHERE user NOT IN "
                          "(SELECT id FROM u.users) OR product NOT IN (SELECT id FROM p.products)")
                          .arg(path(Tables.at(0)), path(Tables.at(1))))
            .toLongLong();
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<QTemporaryDir> m_into;
    bool m_isReady = false;
};

} // namespace

class TestKills final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void killedAtAnyMoment()
    {
        // All of them take many minutes.
        const int kills = qEnvironmentVariableIsSet("SEEDBED_ALL_FAULTS") ? 300 : 6;
        Shop shop;
        QVERIFY(shop.isReady());
        QElapsedTimer timer;
        timer.start();
        {
            QProcess process;
            shop.start(process);
            QCOMPARE(waitFor(process).status, 0);
        }
        const auto whole = static_cast<double>(timer.elapsed());
        const quint32 seed = QRandomGenerator::system()->generate();
        QRandomGenerator random(seed);
        QStringList wrong;
        int midway = 0;
        for (int kill = 0; kill < kills; ++kill) {
            shop.clear();
            QProcess process;
            shop.start(process);
            // Anywhere in an equal share of the run.
            const auto after = static_cast<int>(whole * (kill + random.generateDouble()) / kills);
            (void)process.waitForFinished(after);
            process.kill();
            const CommandResult result = waitFor(process);
            const QString what = QStringLiteral("seed %1, killed after %2 of %3 ms: ").arg(seed).arg(after).arg(whole);
            qsizetype there = 0;
            for (const QString &table : Tables) {
                const qsizetype count = shop.countIn(table);
                const qsizetype committed = committedIn(result.err, table);
                there += count;
                if (committed > count)
                    wrong += what + QStringLiteral("%1 of %2 lost").arg(committed - count).arg(table);
            }
            midway += there > 0 && there < Tables.size() * RowCount ? 1 : 0;
            if (const qsizetype orphans = shop.orphans(); orphans > 0)
                wrong += what + QStringLiteral("%1 orders refer to nothing").arg(orphans);
            wrong += wrongAfterOneMoreRun(shop, what);
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        qInfo("%d kills, %d of them with a part of the rows in", kills, midway);
        QVERIFY(midway > 0);
    }

private:
    [[nodiscard]] static QStringList wrongAfterOneMoreRun(const Shop &shop, const QString &what)
    {
        QStringList wrong;
        for (const QString &table : Tables) {
            if (shop.hasTable(table)
                && sqlite(shop.path(table), QStringLiteral("PRAGMA integrity_check")) != QLatin1String("ok"))
                wrong += what + QStringLiteral("%1 is damaged").arg(table);
        }
        QProcess process;
        shop.start(process);
        const CommandResult result = waitFor(process);
        if (result.status != 0)
            wrong += what + QStringLiteral("one more run: %1").arg(QString::fromUtf8(result.err));
        for (const QString &table : Tables) {
            const QString rows = sqlite(shop.path(table), QStringLiteral("SELECT * FROM %1 ORDER BY id").arg(table));
            if (rows != QString::fromLatin1(linesOf(table, '|').trimmed()))
                wrong += what + QStringLiteral("%1 has not the rows it is to have after one more run").arg(table);
        }
        return wrong;
    }
};

QTEST_APPLESS_MAIN(TestKills)
#include "tst_kills.moc"
