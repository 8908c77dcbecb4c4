// SPDX-License-Identifier: MIT
#include "gui/program.h"
#include "gui/window/shortcutoverview.h"
#include "gui/window/widgetkeys.h"
#include "quiettest.h"

#include <QApplication>
#include <QDialog>
#include <QLineEdit>
#include <QTableView>

#include <algorithm>

using namespace seedbed;

class TestShortcutOverview : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareProgram(); }

    void everyShortcutIsInItOnce()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        QList<QKeySequence> wanted;
        for (const QAction *action : program.window.findChildren<QAction *>())
            wanted += action->shortcuts();
        for (const WidgetKey &key : widgetKeys())
            wanted += key.keys;
        QList<QKeySequence> found;
        for (const Shortcut &shortcut : shortcutsOf(program.window)) {
            QVERIFY(!shortcut.keys.isEmpty());
            QVERIFY2(!shortcut.what.contains(u'&'), qPrintable(shortcut.what));
            found += shortcut.keys;
        }
        std::ranges::sort(wanted);
        std::ranges::sort(found);
        QCOMPARE(found, wanted);
    }

    void noKeyDoesTwoThings()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        QHash<QKeySequence, QString> uses;
        const auto use = [&uses](const QKeySequence &key, const QString &what) {
            const QString other = uses.value(key);
            uses.insert(key, what);
            return other.isEmpty() || key == QKeySequence(Qt::Key_Escape); // which stops a run, where there is one
        };
        QList<Shortcut> actions = shortcutsOf(program.window);
        actions.resize(actions.size() - widgetKeys().size());
        for (const Shortcut &shortcut : std::as_const(actions)) {
            for (const QKeySequence &key : shortcut.keys)
                QVERIFY2(use(key, shortcut.what), qPrintable(shortcut.what));
        }
        // Each widget has its own keys, beside those of actions.
        const QHash<QKeySequence, QString> ofActions = uses;
        QString where;
        for (const WidgetKey &own : widgetKeys()) {
            if (std::exchange(where, own.where) != own.where)
                uses = ofActions;
            for (const QKeySequence &key : own.keys)
                QVERIFY2(use(key, own.what), qPrintable(own.what));
        }
    }

    void itTellsWhereThingsAre()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        const QList<Shortcut> shortcuts = shortcutsOf(program.window);
        const auto has = [&](const QString &what, const QKeySequence &key) {
            return std::ranges::any_of(shortcuts,
                                       [&](const Shortcut &s) { return s.what == what && s.keys.contains(key); });
        };
        QVERIFY(has(QStringLiteral("File › Open Package"), Qt::CTRL | Qt::Key_O));
        QVERIFY(has(QStringLiteral("Help › Keyboard Shortcuts"), Qt::Key_F1));
        QVERIFY(has(QStringLiteral("In a table › Edit the cell"), Qt::Key_F2));
    }

    void itIsFiltered()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        QVERIFY(QTest::qWaitForWindowActive(&program.window, 60000));
        QTest::keyClick(&program.window, Qt::Key_F1);
        auto *dialog = program.find<QDialog>(QStringLiteral("shortcutOverview"));
        QVERIFY(dialog->isVisible());
        QVERIFY(!dialog->isModal());
        const auto *rows = dialog->findChild<QTableView *>(QStringLiteral("shortcutView"))->model();
        const int all = rows->rowCount();
        QVERIFY(all > 20);
        auto *filter = dialog->findChild<QLineEdit *>(QStringLiteral("shortcutFilter"));
        QTest::keyClicks(filter, QStringLiteral("ctrl+o"));
        QCOMPARE(rows->rowCount(), 1);
        QCOMPARE(rows->index(0, 0).data().toString(), QStringLiteral("File › Open Package"));
        filter->clear();
        QTest::keyClicks(filter, QStringLiteral("RUN"));
        QVERIFY(rows->rowCount() > 0 && rows->rowCount() < all);
        program.trigger(QStringLiteral("shortcutsAction")); // there is only one
        QCOMPARE(program.window.findChildren<QDialog *>(QStringLiteral("shortcutOverview")).size(), 1);
        QTest::keyClick(filter, Qt::Key_Escape);
        QTRY_VERIFY(!program.window.findChild<QDialog *>(QStringLiteral("shortcutOverview")));
    }
};

SEEDBED_TEST(TestShortcutOverview, QApplication)
#include "tst_shortcutoverview.moc"
