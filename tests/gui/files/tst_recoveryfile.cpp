// SPDX-License-Identifier: MIT
// Which recovery files a program takes for abandoned, and that it leaves no lock files behind.

#include "gui/files/recoveryfile.h"
#include "quiettest.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <sys/stat.h>

using namespace seedbed;

namespace {

bool writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

} // namespace

class TestRecoveryFile final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void whatAKilledProgramLeftIsTaken_data()
    {
        QTest::addColumn<QByteArray>("lock");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("garbage") << QByteArray("\0\n\xff", 3);
        QTest::newRow("this very process") << QByteArray::number(QCoreApplication::applicationPid()) + "\nme\nhost\n";
        QTest::newRow("process 1 elsewhere") << QByteArray("1\nseedbed\nelsewhere\n");
    }

    void whatAKilledProgramLeftIsTaken()
    {
        QFETCH(QByteArray, lock);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.recovery"));
        QVERIFY(writeFile(path, "edits") && writeFile(path + QStringLiteral(".lock"), lock));
        auto taken = RecoveryFile::takeAbandoned(folder.path());
        QCOMPARE(taken.size(), size_t(1));
        QCOMPARE(taken.front()->path(), path);
        QVERIFY(RecoveryFile::takeAbandoned(folder.path()).empty()); // it is held now
        taken.clear();
        QStringList files { QStringLiteral("a.recovery") };
        if (lock.startsWith('\0')) // what is no lock's is somebody's, and stays
            files += QStringLiteral("a.recovery.lock");
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), files);
    }

    void whatAnotherOneHoldsIsLeftAlone()
    {
        const QTemporaryDir folder;
        auto own = RecoveryFile::make(folder.path());
        QVERIFY(own);
        QVERIFY(writeFile((*own)->path(), "edits"));
        QVERIFY(RecoveryFile::takeAbandoned(folder.path()).empty());
        (*own)->remove();
        own->reset();
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList());
    }

    void aPipeForALockHoldsNobodyUp()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.recovery"));
        QVERIFY(writeFile(path, "edits"));
        QCOMPARE(::mkfifo(QFile::encodeName(path + QStringLiteral(".lock")).constData(), 0600), 0);
        QVERIFY(RecoveryFile::takeAbandoned(folder.path()).empty());
    }
};

SEEDBED_TEST(TestRecoveryFile, QCoreApplication)
#include "tst_recoveryfile.moc"
