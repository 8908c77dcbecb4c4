// SPDX-License-Identifier: MIT
// Files, drops and the clipboard into the tables, in the real window.

#include "gui/exchange/importdialog.h"
#include "gui/program.h"
#include "quiettest.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QListWidget>
#include <QMimeData>

using namespace seedbed;

namespace {

struct Folders {
    QTemporaryDir databases;
    QTemporaryDir files;
};

struct ImportProgram final : Folders, Program {
    ImportProgram()
        : Program(sampleDataset(), databases.path())
    {
    }

    QString write(const QString &name, const QByteArray &text)
    {
        const QString path = files.filePath(name);
        QFile file(path);
        (void)file.open(QIODevice::WriteOnly);
        file.write(text);
        return path;
    }
    void drop(const QStringList &paths, QWidget &where)
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString &path : paths)
            urls.append(QUrl::fromLocalFile(path));
        data.setUrls(urls);
        const QPoint place = where.mapTo(&window, where.rect().center());
        QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &enter);
        isDropTaken = enter.isAccepted();
        QDropEvent event(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &event);
    }
    /// Where a file is dropped that is to go to the table it is named after.
    QWidget &outside() { return *find<QWidget>(QStringLiteral("reportPanel")); }
    QWidget &pane(const QString &resource) { return *find<TablePane>(resource + QStringLiteral("Pane")); }

    ImportDialog *dialog() { return window.findChild<ImportDialog *>(); }
    template <typename T>
    T *inDialog(const char *name)
    {
        return dialog()->findChild<T *>(QLatin1String(name));
    }
    QPushButton *importButton() { return inDialog<QPushButton>("importButton"); }
    QString summary() { return inDialog<QLabel>("summaryLabel")->text(); }
    QString note() { return inDialog<QLabel>("noteLabel")->text(); }
    QAbstractItemModel *preview() { return inDialog<QTableView>("previewView")->model(); }
    QStringList fields()
    {
        QStringList names;
        for (int column = 0; column < preview()->columnCount(); ++column)
            names.append(preview()->index(0, column).data().toString());
        return names;
    }
    void choose(const char *box, int index)
    {
        inDialog<QComboBox>(box)->setCurrentIndex(index);
        Q_EMIT inDialog<QComboBox>(box)->activated(index);
    }
    void import()
    {
        QTRY_VERIFY(importButton()->isEnabled());
        importButton()->click();
        QTRY_VERIFY(!dialog());
    }
    QString cell(int table, qsizetype row, int column)
    {
        return QString::fromUtf8(document.table(table).cell(row, column));
    }
    QString undoText() { return find<QAction>(QStringLiteral("undoAction"))->text(); }

    bool isDropTaken = false;
};

QStringList words(const char *text)
{
    return QString::fromUtf8(text).split(u',');
}

} // namespace

class TestImports final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareProgram(); }
    void init()
    {
        // The offscreen platform says so of every window that pops up; it is not about the program.
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support )")));
    }

    void importsTheFilesThatAreChosen()
    {
        ImportProgram program;
        const QString path =
            program.write(QStringLiteral("Products.csv"), "Price;foo;ID\n\"1.234,50\";x;77\n2,5;y;78\n");
        program.trigger(QStringLiteral("importAction"));
        auto *files = program.window.findChild<QFileDialog *>();
        QVERIFY(files);
        Q_EMIT files->filesSelected({ path });
        files->close();
        QVERIFY(program.dialog());
        QCOMPARE(program.fields(), words("price,not used,id"));
        QVERIFY(!program.inDialog<QListWidget>("fileListWidget")->isVisible());
        QVERIFY(program.inDialog<QCheckBox>("commaCheckBox")->isChecked());
        QCOMPARE(program.preview()->index(1, 0).data().toString(), QStringLiteral("1234.50"));
        QTRY_COMPARE(program.summary(), QStringLiteral("2 rows will be added to Products"));
        QCOMPARE(program.note(), QStringLiteral("not used: “foo” · left empty: “name”"));
        QCOMPARE(program.importButton()->text(), QStringLiteral("Import 2 Rows"));
        program.import();
        QCOMPARE(program.document.table(Products).rowCount(), 12);
        QCOMPARE(program.cell(Products, 10, 0), QStringLiteral("77"));
        QCOMPARE(program.cell(Products, 10, 1), QString());
        QCOMPARE(program.cell(Products, 10, 2), QStringLiteral("1234.50"));
        QCOMPARE(program.cell(Products, 11, 2), QStringLiteral("2.5"));
        QCOMPARE(program.undoText(), QStringLiteral("&Undo Import 2 Rows"));
        QCOMPARE(program.document.undoStack().count(), 1);
        program.document.undoStack().undo();
        QCOMPARE(program.document.table(Products).rowCount(), 10);
        QVERIFY(program.document.undoStack().isClean());
    }

    void dropsAreMatchedByName()
    {
        ImportProgram program;
        const QString users = program.write(QStringLiteral("users (1).csv"), "id,name,email\n21,Ann,ann@example.com\n");
        const QString orders =
            program.write(QStringLiteral("ORDERS.tsv"), "id\tuser_id\tproduct_id\tquantity\n21\t21\t1\t1\n");
        program.drop({ orders, users }, program.outside());
        QVERIFY(program.isDropTaken);
        QVERIFY(program.dialog());
        auto *list = program.inDialog<QListWidget>("fileListWidget");
        QVERIFY(list->isVisible());
        QCOMPARE(list->item(0)->text(), QStringLiteral("ORDERS.tsv → Orders"));
        QCOMPARE(list->item(1)->text(), QStringLiteral("users (1).csv → Users"));
        program.import();
        QCOMPARE(program.cell(Orders, 10, 1), QStringLiteral("21"));
        QCOMPARE(program.cell(Users, 10, 2), QStringLiteral("ann@example.com"));
        QCOMPARE(program.undoText(), QStringLiteral("&Undo Import 2 Rows"));
        QCOMPARE(program.document.undoStack().count(), 1);
        program.document.undoStack().undo();
        QCOMPARE(program.document.table(Orders).rowCount(), 10);
        QCOMPARE(program.document.table(Users).rowCount(), 10);
        program.document.undoStack().redo();
        QCOMPARE(program.cell(Users, 10, 1), QStringLiteral("Ann"));
    }

    void aFileThatIsNotTickedIsLeftOut()
    {
        ImportProgram program;
        const QString users = program.write(QStringLiteral("users.csv"), "id,name,email\n21,Ann,ann@example.com\n");
        const QString broken = program.write(QStringLiteral("orders.csv"), QByteArray("id,user_id\n1,\0\n", 14));
        program.drop({ users, broken }, program.outside());
        auto *list = program.inDialog<QListWidget>("fileListWidget");
        list->setCurrentRow(1);
        QTRY_VERIFY(program.summary().startsWith(QStringLiteral("orders.csv line 2")));
        QVERIFY(!program.importButton()->isEnabled());
        list->item(1)->setCheckState(Qt::Unchecked);
        program.import();
        QCOMPARE(program.document.table(Users).rowCount(), 11);
        QCOMPARE(program.document.table(Orders).rowCount(), 10);
    }

    void aDropOnAPaneIsForItsTable()
    {
        ImportProgram program;
        const QString path = program.write(QStringLiteral("users.csv"), "id,name,price\n21,Ann,5\n");
        program.drop({ path }, program.pane(QStringLiteral("products")));
        QTRY_COMPARE(program.summary(), QStringLiteral("1 row will be added to Products"));
        program.choose("tableComboBox", Users);
        QTRY_COMPARE(program.summary(), QStringLiteral("1 row will be added to Users"));
        QCOMPARE(program.fields(), words("id,name,not used"));
        program.dialog()->reject();
        QCOMPARE(program.document.undoStack().count(), 0);
    }

    void packagesAndFoldersAreNotTaken()
    {
        ImportProgram program;
        program.drop({ program.write(QStringLiteral("datapackage.json"), "{}"), program.files.path() },
                     program.outside());
        QVERIFY(!program.isDropTaken);
        QVERIFY(!program.dialog());
    }

    void replaces()
    {
        ImportProgram program;
        const QString path =
            program.write(QStringLiteral("users.csv"), "id,name,email\n21,Ann,a@example.com\n22,Bob,b@example.com\n");
        const QByteArray before = program.document.table(Users).cell(0, 1).toByteArray();
        program.drop({ path }, program.outside());
        program.choose("modeComboBox", 1);
        QTRY_COMPARE(program.summary(), QStringLiteral("2 rows will take the place of the 10 in Users"));
        program.import();
        QCOMPARE(program.document.table(Users).rowCount(), 2);
        QCOMPARE(program.rows(QStringLiteral("users")), 2);
        QCOMPARE(program.cell(Users, 1, 1), QStringLiteral("Bob"));
        QCOMPARE(program.document.undoStack().count(), 1);
        QCOMPARE(program.undoText(), QStringLiteral("&Undo Import 2 Rows"));
        program.document.undoStack().undo();
        QCOMPARE(program.document.table(Users).rowCount(), 10);
        QCOMPARE(program.document.table(Users).cell(0, 1).toByteArray(), before);
    }

    void remembersTheChoicesOfATable()
    {
        ImportProgram program;
        const QByteArray text = "a;b;c\n31;Ann;5,5\n";
        program.drop({ program.write(QStringLiteral("products.csv"), text) }, program.outside());
        QCOMPARE(program.fields(), words("not used,not used,not used"));
        QVERIFY(program.summary().contains(QStringLiteral("No column is a field of Products")));
        QVERIFY(!program.importButton()->isEnabled());
        QVERIFY(program.preview()->setData(program.preview()->index(0, 0), 0, Qt::EditRole));
        QVERIFY(program.preview()->setData(program.preview()->index(0, 1), 2, Qt::EditRole));
        // The column that had the field has it no more.
        QVERIFY(program.preview()->setData(program.preview()->index(0, 2), 2, Qt::EditRole));
        QCOMPARE(program.fields(), words("id,not used,price"));
        program.inDialog<QCheckBox>("commaCheckBox")->click();
        program.choose("modeComboBox", 1);
        program.import();
        QCOMPARE(program.cell(Products, 0, 2), QStringLiteral("5.5"));

        program.drop({ program.write(QStringLiteral("products (2).csv"), text) }, program.outside());
        QCOMPARE(program.fields(), words("id,not used,price"));
        QVERIFY(program.inDialog<QCheckBox>("commaCheckBox")->isChecked());
        QCOMPARE(program.inDialog<QComboBox>("modeComboBox")->currentIndex(), 1);
        program.choose("tableComboBox", Users); // of which nothing is remembered
        QCOMPARE(program.inDialog<QComboBox>("modeComboBox")->currentIndex(), 0);
        program.dialog()->reject();
        QTRY_VERIFY(!program.dialog());

        // A file of another kind.
        program.drop({ program.write(QStringLiteral("products.csv"), "id,name,a\n1,x,2\n") }, program.outside());
        QCOMPARE(program.inDialog<QComboBox>("delimiterComboBox")->currentData().toInt(), int(','));
        QVERIFY(!program.inDialog<QCheckBox>("commaCheckBox")->isChecked());
    }

    void readsAnewByOtherChoices()
    {
        ImportProgram program;
        program.drop({ program.write(QStringLiteral("users.csv"), "id,name,email\n1,J\xC3\xBCrgen,j@example.com\n") },
                     program.outside());
        QCOMPARE(program.preview()->index(1, 1).data().toString(), QStringLiteral("Jürgen"));
        program.choose("encodingComboBox", 3);
        QCOMPARE(program.preview()->index(1, 1).data().toString(), QStringLiteral("JÃ¼rgen"));
        program.choose("encodingComboBox", 0);
        program.inDialog<QCheckBox>("headerCheckBox")->click();
        QCOMPARE(program.preview()->headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(),
                 QStringLiteral("Column 1"));
        QCOMPARE(program.fields(), words("id,name,email"));
        QTRY_COMPARE(program.summary(), QStringLiteral("2 rows will be added to Users"));
        program.choose("delimiterComboBox", 1);
        QCOMPARE(program.preview()->columnCount(), 1);
    }

    void rowsHaveTheNumbersOfTheLocale()
    {
        ImportProgram program;
        program.drop({ program.write(QStringLiteral("users.csv"), "id,name\n1,ann\n") }, program.outside());
        const auto number = [&program] {
            return program.preview()->headerData(1, Qt::Vertical, Qt::DisplayRole).toString();
        };
        QCOMPARE(number(), QStringLiteral("1"));
        QLocale::setDefault(QLocale(QLocale::Arabic, QLocale::Egypt));
        const QString arabic = number();
        QLocale::setDefault(QLocale::c());
        QCOMPARE(arabic, QStringLiteral("١"));
    }

    void aFieldIsChosenInTheFirstLine()
    {
        ImportProgram program;
        program.drop({ program.write(QStringLiteral("users.csv"), "id,login\n1,ann\n") }, program.outside());
        auto *view = program.inDialog<QTableView>("previewView");
        const QModelIndex cell = view->model()->index(0, 1);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, Qt::NoModifier, view->visualRect(cell).center());
        QTRY_VERIFY(program.inDialog<QComboBox>("fieldEditor"));
        auto *editor = program.inDialog<QComboBox>("fieldEditor");
        QCOMPARE(editor->count(), 4);
        editor->setCurrentIndex(2);
        Q_EMIT editor->activated(2);
        QTRY_COMPARE(program.fields(), words("id,name"));
    }

    void importsTheClipboard()
    {
        ImportProgram program;
        QGuiApplication::clipboard()->setText(QStringLiteral("id\tname\temail\n51\tAnn\tann@example.com\n"));
        program.trigger(QStringLiteral("importClipboardAction"));
        QTRY_COMPARE(program.summary(), QStringLiteral("1 row will be added to Users"));
        program.import();
        QCOMPARE(program.cell(Users, 10, 0), QStringLiteral("51"));
    }

    void anEmptyClipboardSaysSo()
    {
        ImportProgram program;
        QGuiApplication::clipboard()->clear();
        program.trigger(QStringLiteral("importClipboardAction"));
        QCOMPARE(program.summary(), QStringLiteral("Clipboard has no rows that can be read this way"));
        QVERIFY(!program.importButton()->isEnabled());
    }

    void saysWhichFileCannotBeRead()
    {
        ImportProgram program;
        const QString path = program.write(QStringLiteral("users.csv"), "id,name,email\n");
        program.drop({ path }, program.outside());
        QFile::remove(path);
        program.choose("delimiterComboBox", 1);
        QTRY_VERIFY(program.summary().contains(path));
        QVERIFY(!program.importButton()->isEnabled());
    }

    void nothingIsImportedWhileAPackageIsRead()
    {
        ImportProgram program;
        const Dataset sample = sampleDataset();
        const QString path = program.write(QStringLiteral("users.csv"), "id,name,email\n1,Ann,a@example.com\n");
        program.drop({ path }, program.outside());
        QVERIFY(program.dialog());
        program.document.beginLoading(sample);
        QVERIFY(!program.dialog());
        QVERIFY(!program.find<QAction>(QStringLiteral("importAction"))->isEnabled());
        program.drop({ path }, program.outside());
        QVERIFY(!program.isDropTaken);
        program.document.endLoading(sample);
        QVERIFY(program.find<QAction>(QStringLiteral("importAction"))->isEnabled());
        QVERIFY(program.find<QAction>(QStringLiteral("importClipboardAction"))->isEnabled());
    }

    void manyRowsAreOneStep()
    {
        constexpr int Rows = 200'000;
        ImportProgram program;
        QByteArray text = "id,name,email\n";
        for (int row = 0; row < Rows; ++row)
            text += QByteArray::number(row + 100) + ",Somebody,u" + QByteArray::number(row) + "@example.com\n";
        program.drop({ program.write(QStringLiteral("users.csv"), text) }, program.outside());
        QVERIFY(!program.importButton()->isEnabled());
        QTRY_VERIFY(program.importButton()->isEnabled());
        program.import();
        QCOMPARE(program.document.table(Users).rowCount(), Rows + 10);
        QCOMPARE(program.document.undoStack().count(), 1);
    }
};

SEEDBED_TEST(TestImports, QApplication)
#include "tst_imports.moc"
