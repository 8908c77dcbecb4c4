// SPDX-License-Identifier: MIT
#include "package/descriptor.h"
#include "quiettest.h"
#include "rows/packagefiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <unistd.h>

using namespace seedbed;

namespace {

const QByteArray Descriptor = R"({"name": "p", "resources": [{"name": "users", "path": "rows/users.csv",
    "schema": "users.schema.json", "dialect": "dialect.json"}]})";

bool write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly)
        && file.write(content) == content.size();
}

} // namespace

class TestPackageFiles final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void whatWouldBeOverwrittenIsNamed_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("lost"); // the end of its path; empty: nothing
        const auto add = [](const char *path, const char *lost) {
            QTest::newRow(path) << QString::fromLatin1(path) << QString::fromLatin1(lost);
        };
        for (const char *file :
             { "p/datapackage.json", "p/rows/users.csv", "p/users.schema.json", "p/dialect.json", "into/users.db",
               "into/users.db-wal", "into/users.db-shm", "into/users.db-journal", "into/.seedbed.lock" })
            add(file, file);
        add("p/./rows/../datapackage.json", "p/datapackage.json");
        add("link", "into/users.db");
        add("folder/users.db", "into/users.db"); // not there yet
        add("linked/users.csv", "p/rows/users.csv");
        add("hardlink", "p/rows/users.csv");
        add("other.db", "other.db");
        add("other.db-wal", "other.db-wal");
        add("copy.txt", "copy.txt"); // a database by what is in it
        add("report.txt", "");
        add("users.db", "");
        add("into/users.csv", "");
        add("into/orders.db", "");
        add("new/folder/report.txt", "");
    }

    void whatWouldBeOverwrittenIsNamed()
    {
        QFETCH(QString, path);
        QFETCH(QString, lost);
        const QTemporaryDir temporary;
        const QDir folder(temporary.path());
        const auto in = [&folder](const char *name) { return folder.filePath(QLatin1String(name)); };
        QVERIFY(folder.mkpath(QStringLiteral("into")));
        const QByteArray schema = R"({"fields": [{"name": "id"}]})";
        QVERIFY(write(in("p/datapackage.json"), Descriptor) && write(in("p/users.schema.json"), schema)
                && write(in("p/dialect.json"), "{}") && write(in("p/rows/users.csv"), "id\n"));
        QVERIFY(write(in("other.db"), QByteArray("SQLite format 3\0...", 19))
                && QFile::copy(in("other.db"), in("copy.txt")) && write(in("report.txt"), "old"));
        QVERIFY(QFile::link(QStringLiteral("into/users.db"), in("link"))
                && QFile::link(QStringLiteral("into"), in("folder"))
                && QFile::link(QStringLiteral("p/rows"), in("linked")));
        QCOMPARE(::link(QFile::encodeName(in("p/rows/users.csv")).constData(),
                        QFile::encodeName(in("hardlink")).constData()),
                 0);
        const auto package = readPackage(in("p"));
        QVERIFY(package);
        const auto found = PackageFiles(*package, in("into")).overwrittenBy(folder.filePath(path));
        QCOMPARE(found.has_value(), !lost.isEmpty());
        QVERIFY2(!found || found->endsWith(lost), qPrintable(found.value_or(QString())));
    }
};

SEEDBED_TEST(TestPackageFiles, QCoreApplication)
#include "tst_packagefiles.moc"
