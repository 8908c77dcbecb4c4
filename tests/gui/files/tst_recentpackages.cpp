// SPDX-License-Identifier: MIT
#include "gui/look/applytheme.h"
#include "gui/program.h"
#include "openumask.h"
#include "quiettest.h"

#include <QApplication>
#include <QMenu>

using namespace seedbed;

namespace {

/// The entries of File > Open Recent as somebody finds them who opens it.
QList<QAction *> entries(Program &program)
{
    auto *menu = program.find<QMenu>(QStringLiteral("recentMenu"));
    Q_EMIT menu->aboutToShow();
    QList<QAction *> actions;
    for (QAction *action : menu->actions()) {
        if (action->isSeparator())
            break;
        actions.append(action);
    }
    return actions;
}

} // namespace

class TestRecentPackages : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareProgram(); }

    void thoseOpenedAreListed()
    {
        QTemporaryDir folder;
        const QString first = folder.filePath(QStringLiteral("first"));
        const QString second = folder.filePath(QStringLiteral("a & b"));
        QVERIFY(saveDatasetAs(manyRows(3), first));
        QVERIFY(saveDatasetAs(manyRows(5), second));
        Program program(sampleDataset(), folder.path());
        QCOMPARE(entries(program).size(), 1); // that says so
        QVERIFY(!entries(program).constFirst()->isEnabled());
        program.window.open(first);
        QTRY_VERIFY(entries(program).constFirst()->isEnabled()); // each when all of it is read
        QCOMPARE(program.document.table(Users).rowCount(), 3);
        program.window.open(second);
        QTRY_COMPARE(entries(program).size(), 2);
        QCOMPARE(program.document.table(Users).rowCount(), 5);
        program.trigger(QStringLiteral("revertAction")); // the sample is not one of them
        QCOMPARE(entries(program).size(), 2);
        QVERIFY(entries(program).at(0)->text().endsWith(QLatin1String("a && b")));
        QVERIFY(entries(program).at(1)->text().endsWith(QLatin1String("first")));
        entries(program).at(1)->trigger();
        QTRY_COMPARE(program.document.table(Users).rowCount(), 3);
        QTRY_VERIFY(entries(program).at(0)->text().endsWith(QLatin1String("first")));
        QCOMPARE(entries(program).size(), 2);
    }

    void whatIsGoneCannotBeChosen()
    {
        QTemporaryDir folder;
        Program program(sampleDataset(), folder.path());
        program.settings.addRecentPackage(folder.filePath(QStringLiteral("gone/datapackage.json")));
        QCOMPARE(entries(program).size(), 1);
        QVERIFY(!entries(program).constFirst()->isEnabled());
        QVERIFY(entries(program).constFirst()->toolTip().contains(QLatin1String("not there")));
        program.trigger(QStringLiteral("clearRecentAction"));
        QVERIFY(program.settings.recentPackages().isEmpty());
    }

    void tenAreRememberedByTheirOwnerOnly_data()
    {
        QTest::addColumn<bool>("wasThere");
        QTest::newRow("new file") << false;
        QTest::newRow("a file that anybody could read") << true;
    }

    void tenAreRememberedByTheirOwnerOnly()
    {
        QFETCH(bool, wasThere);
        const OpenUmask umask;
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("of/settings.ini"));
        if (wasThere) {
            QVERIFY(QDir().mkpath(QFileInfo(file).path()));
            QFile before(file);
            QVERIFY(before.open(QFile::WriteOnly) && before.write("[General]\ntheme=dark\n") > 0);
            QVERIFY(before.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther));
        }
        {
            QSettings store(file, QSettings::IniFormat);
            Settings settings(store);
            for (int i = 1; i <= 12; ++i)
                settings.addRecentPackage(QStringLiteral("/package %1/datapackage.json").arg(i));
            settings.addRecentPackage(QStringLiteral("/package 5/datapackage.json"));
        }
        QSettings store(file, QSettings::IniFormat);
        QCOMPARE(QFile::permissions(file) & ForOthers, QFile::Permissions());
        const QStringList paths = Settings(store).recentPackages();
        QCOMPARE(Settings(store).theme() == ThemeChoice::Dark, wasThere); // what was in it stays
        QCOMPARE(paths.size(), 10);
        QCOMPARE(paths.at(0), QStringLiteral("/package 5/datapackage.json"));
        QCOMPARE(paths.at(1), QStringLiteral("/package 12/datapackage.json"));
        QCOMPARE(paths.at(9), QStringLiteral("/package 3/datapackage.json"));
    }

    void runningLeavesThemBe()
    {
        QTemporaryDir folder;
        Program program(sampleDataset(), folder.path());
        const QAction *menu = program.find<QMenu>(QStringLiteral("recentMenu"))->menuAction();
        QTRY_COMPARE(program.document.readyRows(), 24);
        QVERIFY(menu->isEnabled());
        program.trigger(QStringLiteral("runAction"));
        QVERIFY(!menu->isEnabled());
        QTRY_VERIFY(menu->isEnabled());
    }
};

SEEDBED_TEST(TestRecentPackages, QApplication)
#include "tst_recentpackages.moc"
