// SPDX-License-Identifier: MIT
#include "gui/program.h"
#include "quiettest.h"

#include <QApplication>
#include <QFileDialog>
#include <QMessageBox>
#include <QSignalSpy>
#include <QToolButton>

using namespace seedbed;

namespace {

constexpr int Rows = 20'000;
const QString UsersName = QStringLiteral("users");

QByteArray savedName(const QString &folder, qsizetype row)
{
    const Result<Dataset> dataset = readDataset(folder);
    return dataset ? dataset->tables.at(Users).cell(row, 1).toByteArray() : dataset.error().message.toUtf8();
}

/// A package in a folder of its own, shown in the window.
struct SavedProgram {
    explicit SavedProgram(int rows)
        : program(write(rows), databases.path())
    {
    }

    Dataset write(int rows)
    {
        const Result<Dataset> dataset = saveDatasetAs(manyRows(rows), folder.path());
        return dataset ? *dataset : Dataset();
    }

    void editName(const QByteArray &name) { program.document.setCell(Users, 0, 1, name, EditSession::None); }
    bool isUnsaved() { return program.window.isWindowModified(); }
    QWidget *message() { return program.window.findChild<QWidget *>(QStringLiteral("fileMessage")); }

    QTemporaryDir folder;
    QTemporaryDir databases;
    Program program;
};

} // namespace

class TestSaving : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareProgram(); }

    void anEditMeanwhileIsUnsaved()
    {
        SavedProgram shop(Rows);
        FileActions &files = *shop.program.window.findChild<FileActions *>();
        QSignalSpy saved(&files, &FileActions::saved);
        shop.editName("First");
        shop.program.trigger(QStringLiteral("saveAction"));
        QVERIFY(files.saver().isSaving()); // the window did not wait for it
        QVERIFY(shop.isUnsaved());
        shop.editName("Second");
        QTRY_COMPARE(saved.count(), 1);
        QVERIFY(shop.isUnsaved());
        QCOMPARE(savedName(shop.folder.path(), 0), "First");
        shop.program.trigger(QStringLiteral("undoAction"));
        QVERIFY(!shop.isUnsaved());
        shop.program.trigger(QStringLiteral("undoAction"));
        QVERIFY(shop.isUnsaved());
    }

    void typingOnWhileItSavesIsUnsaved()
    {
        SavedProgram shop(Rows);
        shop.program.type(UsersName, 0, 1, QStringLiteral("Fi"));
        shop.program.trigger(QStringLiteral("saveAction"));
        QTest::keyClicks(shop.program.editor(), QStringLiteral("rst"));
        FileActions &files = *shop.program.window.findChild<FileActions *>();
        QTRY_VERIFY(!files.saver().isSaving());
        QVERIFY(shop.isUnsaved());
        QCOMPARE(savedName(shop.folder.path(), 0), "Fi");
        shop.program.trigger(QStringLiteral("saveAction"));
        QTRY_VERIFY(!shop.isUnsaved());
        QCOMPARE(savedName(shop.folder.path(), 0), "First");
    }

    void savingTwiceSavesTheLatter()
    {
        SavedProgram shop(Rows);
        shop.editName("First");
        shop.program.trigger(QStringLiteral("saveAction"));
        shop.editName("Second");
        shop.program.trigger(QStringLiteral("saveAction"));
        QTRY_VERIFY(!shop.isUnsaved());
        QCOMPARE(savedName(shop.folder.path(), 0), "Second");
    }

    void anotherProgramsChangesAreNotOverwritten()
    {
        SavedProgram shop(3);
        const auto changeOrders = [&shop] { // which this window has not edited
            QFile file(shop.folder.filePath(QStringLiteral("orders.csv")));
            return file.open(QIODevice::Append) && file.write("77,1,1,1\n") > 0;
        };
        const auto orders = [&shop] {
            QFile file(shop.folder.filePath(QStringLiteral("orders.csv")));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        const auto box = [&] { return shop.program.window.findChild<QMessageBox *>(QStringLiteral("overwriteBox")); };
        QVERIFY(changeOrders());
        shop.editName("First");
        shop.program.trigger(QStringLiteral("saveAction"));
        QVERIFY(box());
        QVERIFY2(box()->text().startsWith(QStringLiteral("Another program has changed orders.csv since")),
                 qPrintable(box()->text()));
        QTest::keyClick(box(), Qt::Key_Return); // nothing is lost by that
        QTRY_VERIFY(!box());
        QVERIFY(shop.isUnsaved());
        QVERIFY(orders().contains("77,1,1,1"));
        shop.program.trigger(QStringLiteral("saveAction"));
        QVERIFY(box());
        box()->buttons().constLast()->click();
        QTRY_VERIFY(!shop.isUnsaved());
        QVERIFY(!orders().contains("77,1,1,1"));
        shop.editName("Second");
        shop.program.trigger(QStringLiteral("saveAction")); // what this window wrote itself is no change
        QVERIFY(!box());
        QTRY_VERIFY(!shop.isUnsaved());
        QCOMPARE(savedName(shop.folder.path(), 0), "Second");
    }

    void savingElsewhereKeepsTheDatabases()
    {
        QTemporaryDir folder;
        SavedProgram shop(Rows);
        FileActions &files = *shop.program.window.findChild<FileActions *>();
        const QSignalSpy saved(&files, &FileActions::saved);
        const QSignalSpy moved(&shop.program.document, &Document::targetChanged);
        shop.program.trigger(QStringLiteral("runAction"));
        shop.program.trigger(QStringLiteral("saveAsAction"));
        auto *dialog = shop.program.window.findChild<QFileDialog *>();
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(folder.path());
        dialog->close();
        QTRY_COMPARE(saved.count(), 1);
        QCOMPARE(shop.program.document.package().folder(), folder.path());
        QCOMPARE(shop.program.document.target(), shop.databases.path());
        QCOMPARE(moved.count(), 0);
        QCOMPARE(shop.program.settings.target(shop.program.document.package()), shop.databases.path());
        QTRY_VERIFY(shop.program.document.counts(Users).in > 0);
        shop.program.trigger(QStringLiteral("stopAction"));
        QTRY_VERIFY(!shop.program.isRunning());
    }

    void closingWaits()
    {
        SavedProgram shop(Rows);
        shop.editName("First");
        shop.program.trigger(QStringLiteral("saveAction"));
        QVERIFY(!shop.program.window.close());
        QVERIFY(!shop.program.window.findChild<QMessageBox *>(QStringLiteral("unsavedBox"))); // it is being saved
        QTRY_VERIFY(!shop.program.window.isVisible());
        QCOMPARE(savedName(shop.folder.path(), 0), "First");
    }

    void closingAsksForWhatCameWhileItSaved()
    {
        SavedProgram shop(Rows);
        shop.editName("First");
        shop.program.trigger(QStringLiteral("saveAction"));
        shop.editName("Second");
        QVERIFY(!shop.program.window.close());
        const auto box = [&] { return shop.program.window.findChild<QMessageBox *>(QStringLiteral("unsavedBox")); };
        QTRY_VERIFY(box());
        QTest::mouseClick(box()->button(QMessageBox::Save), Qt::LeftButton);
        QTRY_VERIFY(!shop.program.window.isVisible());
        QCOMPARE(savedName(shop.folder.path(), 0), "Second");
    }

    void whatCannotBeWrittenIsToldInALine()
    {
        SavedProgram shop(10);
        QVERIFY(QFile::remove(shop.folder.filePath(QStringLiteral("users.csv"))));
        QVERIFY(QDir(shop.folder.path()).mkdir(QStringLiteral("users.csv"))); // which no file can replace
        shop.editName("First");
        shop.program.trigger(QStringLiteral("saveAction"));
        QTRY_VERIFY(shop.message());
        QVERIFY(shop.isUnsaved());
        auto *label = shop.message()->findChild<QLabel *>(QStringLiteral("messageLabel"));
        QVERIFY(label->text().contains(QLatin1String("users.csv")));
        QVERIFY(shop.message()->isVisible());
        shop.program.trigger(QStringLiteral("undoAction"));
        QVERIFY(shop.isUnsaved()); // who knows what is in the files
        QVERIFY(QDir(shop.folder.path()).rmdir(QStringLiteral("users.csv")));
        shop.program.trigger(QStringLiteral("redoAction"));
        shop.program.trigger(QStringLiteral("saveAction"));
        QTRY_VERIFY(!shop.isUnsaved());
        QTRY_VERIFY(!shop.message());
        QCOMPARE(savedName(shop.folder.path(), 0), "First");
    }

    void aMessageCanBeClosed()
    {
        SavedProgram shop(10);
        shop.program.window.open(shop.folder.filePath(QStringLiteral("absent.json")));
        QTRY_VERIFY(shop.message());
        auto *close = shop.message()->findChild<QToolButton *>(QStringLiteral("closeButton"));
        QCOMPARE(close->focusPolicy(), Qt::TabFocus);
        QTest::mouseClick(close, Qt::LeftButton);
        QTRY_VERIFY(!shop.message());
        QVERIFY(!shop.program.find<QWidget>(QStringLiteral("messageBar"))->isVisible());
    }
};

SEEDBED_TEST(TestSaving, QApplication)
#include "tst_saving.moc"
