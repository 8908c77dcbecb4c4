// SPDX-License-Identifier: MIT
// Text that looks like HTML, in every place that a package can have text: it is shown as it stands, wherever it is
// shown. Rich text would load the files that it names.

#include "gui/database/databaseview.h"
#include "gui/exchange/importdialog.h"
#include "gui/program.h"
#include "quiettest.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QTabWidget>
#include <QTextDocument>
#include <QTextEdit>
#include <QTreeView>

using namespace seedbed;

namespace {

const QString Hostile = QStringLiteral("<img src=x><b>bold</b>");

const QByteArray Descriptor = R"({"name": "hostile", "title": "<img src=x><b>bold</b> package", "resources": [
    {"name": "<img src=x><b>bold<b>", "title": "<img src=x><b>bold</b> people", "path": "people.csv", "seedbed": {
        "database": "<img src=x>.db"}, "schema": {"primaryKey": "id", "fields": [{"name": "id", "type": "integer"},
            {"name": "<img src=x><b>bold</b>", "constraints": {"enum": ["<img src=x><b>bold</b>", "a"]}},
            {"name": "boss", "type": "integer", "title": "<img src=x><b>bold</b> boss"}],
        "foreignKeys": [{"fields": "boss", "reference": {"resource": "", "fields": "id"}}]}}]})";

const QByteArray Rows = "id,<img src=x><b>bold</b>,boss\n"
                        "1,<img src=x><b>bold</b>,\n"
                        "2,<img src=x><b>wrong</b>,1\n"
                        "<img src=x><b>bold</b>,a,\n"
                        "4,a,2\n"
                        "5,\xE2\x80\xAEtxet,1\n"
                        "6,a,1,<img src=x>\n";

/// Whether the text would come alive where Qt decides by itself what is rich text. Text that was made into HTML on
/// purpose has its angle brackets escaped.
bool isAlive(const QString &text)
{
    return Qt::mightBeRichText(text) && text.contains(QStringLiteral("<img"));
}

/// How many cells of \a model show the text; those under others too.
int seenIn(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    int seen = 0;
    for (int row = 0; row < std::min(model.rowCount(parent), 100); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column)
            seen += model.index(row, column, parent).data().toString().contains(QStringLiteral("<img")) ? 1 : 0;
        seen += seenIn(model, model.index(row, 0, parent));
    }
    return seen;
}

void checkCells(const QAbstractItemModel &model, const QModelIndex &parent, const QString &name, QStringList &alive)
{
    for (int row = 0; row < std::min(model.rowCount(parent), 100); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            for (const int role : { Qt::ToolTipRole, Qt::WhatsThisRole }) {
                if (isAlive(index.data(role).toString()))
                    alive += name + QStringLiteral(": ") + index.data(role).toString();
            }
        }
        checkCells(model, model.index(row, 0, parent), name, alive);
    }
}

void checkModel(const QAbstractItemModel &model, const QString &name, QStringList &alive)
{
    checkCells(model, {}, name, alive);
    for (const Qt::Orientation orientation : { Qt::Horizontal, Qt::Vertical }) {
        const int count = orientation == Qt::Horizontal ? model.columnCount() : std::min(model.rowCount(), 100);
        for (int section = 0; section < count; ++section) {
            if (const QString tip = model.headerData(section, orientation, Qt::ToolTipRole).toString(); isAlive(tip))
                alive += name + QStringLiteral(" header: ") + tip;
        }
    }
}

QStringList aliveIn(const QWidget &widget)
{
    QStringList alive;
    const QString name = widget.objectName();
    if (isAlive(widget.toolTip()))
        alive += name + QStringLiteral(" tool tip: ") + widget.toolTip();
    if (isAlive(widget.whatsThis()))
        alive += name + QStringLiteral(" what's this: ") + widget.whatsThis();
    if (const auto *label = qobject_cast<const QLabel *>(&widget);
        label && label->textFormat() != Qt::PlainText && isAlive(label->text()))
        alive += name + QStringLiteral(" label: ") + label->text();
    if (const auto *box = qobject_cast<const QMessageBox *>(&widget);
        box && box->textFormat() != Qt::PlainText && (isAlive(box->text()) || isAlive(box->informativeText())))
        alive += name + QStringLiteral(" question: ") + box->text();
    for (const QAction *action : widget.actions()) {
        if (isAlive(action->toolTip()))
            alive += name + QStringLiteral(" action: ") + action->toolTip();
    }
    return alive;
}

/// What would be rendered in any window of the program; \a seen: how many cells of views show the text.
QStringList aliveEverywhere(int &seen)
{
    QStringList alive;
    for (const QWidget *top : QApplication::topLevelWidgets()) {
        alive += aliveIn(*top);
        for (const QWidget *widget : top->findChildren<QWidget *>())
            alive += aliveIn(*widget);
        for (const QAbstractItemView *view : top->findChildren<QAbstractItemView *>()) {
            if (!view->model())
                continue;
            checkModel(*view->model(), view->objectName(), alive);
            seen += seenIn(*view->model());
        }
        for (const QTextEdit *edit : top->findChildren<QTextEdit *>()) // QPlainTextEdit is another class
            alive += edit->toPlainText().contains(QStringLiteral("bold")) ? QStringList { edit->objectName() }
                                                                          : QStringList();
    }
    alive.removeDuplicates();
    return alive;
}

} // namespace

class TestHostileText final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        prepareProgram();
        const auto write = [this](const char *name, const QByteArray &text) {
            QFile file(m_folder.filePath(QLatin1String(name)));
            return file.open(QFile::WriteOnly) && file.write(text) == text.size();
        };
        QVERIFY(write("datapackage.json", Descriptor) && write("people.csv", Rows));
        QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("<img src=x>")));
    }

    void whatIsTakenForAlive()
    {
        QVERIFY(isAlive(Hostile));
        QVERIFY(!isAlive(plainToolTip(Hostile)));
        QVERIFY(!isAlive(QStringLiteral("a < b")));
    }

    void isShownAsItStands()
    {
        const Result<Dataset> dataset = readDataset(m_folder.path());
        QVERIFY2(dataset, dataset ? "" : qPrintable(dataset.error().message));
        Program program(*dataset, m_folder.filePath(QStringLiteral("<img src=x>")));
        QTRY_COMPARE(program.document.readyRows(), 1);
        int seen = 0;
        QCOMPARE(aliveEverywhere(seen).join(u'\n'), QString());
        QVERIFY(seen >= 3); // in the grid

        program.trigger(QStringLiteral("runAction"));
        QTRY_VERIFY(!program.isRunning());
        QCOMPARE(program.rejects()->rowCount(), 5);
        for (const char *action : { "findAction", "switchRowsAction", "aboutAction" }) {
            program.trigger(QLatin1String(action));
        }
        program.document.setCell(0, 0, 1, "a", EditSession::None); // undo has a text
        program.document.removeRows(0, { { 0, 1 } });
        int seenAfter = 0;
        QCOMPARE(aliveEverywhere(seenAfter).join(u'\n'), QString());
        QVERIFY(seenAfter > seen); // in the report and the log too
    }

    void whatIsInTheDatabaseIsText()
    {
        const Result<Dataset> dataset = readDataset(m_folder.path());
        QVERIFY(dataset);
        const QTemporaryDir databases;
        Program program(*dataset, databases.path());
        QTRY_COMPARE(program.document.readyRows(), 1);
        program.trigger(QStringLiteral("runAction"));
        QTRY_VERIFY(!program.isRunning());
        program.find<QAbstractButton>(QStringLiteral("inDatabaseButton"))->click();
        const auto *view = program.find<DatabaseView>(QStringLiteral("databaseView"));
        QVERIFY(view->isVisible());
        QTRY_COMPARE(seenIn(*view->model()), 1);
        QCOMPARE(view->model()->headerData(1, Qt::Horizontal).toString(), Hostile);
        int seen = 0;
        QCOMPARE(aliveEverywhere(seen).join(u'\n'), QString());
    }

    void problemsAreText()
    {
        const Result<Dataset> dataset = readDataset(m_folder.path());
        QVERIFY(dataset);
        const QTemporaryDir databases;
        Program program(*dataset, databases.path());
        QTRY_COMPARE(program.document.readyRows(), 1);
        auto *view = program.find<QTreeView>(QStringLiteral("problemsView"));
        program.find<QTabWidget>(QStringLiteral("resultTabs"))
            ->setCurrentWidget(program.find<QWidget>(QStringLiteral("problemsPanel")));
        QVERIFY(view->isVisible());
        QTRY_VERIFY(view->model()->rowCount() > 0);
        view->expandAll();
        QVERIFY(seenIn(*view->model()) > 0);
        int seen = 0;
        QCOMPARE(aliveEverywhere(seen).join(u'\n'), QString());
    }

    void whatIsToBeImportedIsText()
    {
        const Result<Dataset> dataset = readDataset(m_folder.path());
        QVERIFY(dataset);
        const QTemporaryDir files;
        const QString path = files.filePath(QStringLiteral("<img src=x>.csv"));
        QVERIFY(QFile::copy(m_folder.filePath(QStringLiteral("people.csv")), path));
        Program program(*dataset, m_folder.filePath(QStringLiteral("<img src=x>")));
        program.trigger(QStringLiteral("importAction"));
        auto *chooser = program.window.findChild<QFileDialog *>();
        Q_EMIT chooser->filesSelected({ path, m_folder.filePath(QStringLiteral("people.csv")) }); // so there is a list
        delete chooser;
        const auto *dialog = program.window.findChild<ImportDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        const auto *button = dialog->findChild<QPushButton *>(QStringLiteral("importButton"));
        QTRY_VERIFY(button->isEnabled());
        QVERIFY(seenIn(*dialog->findChild<QTableView *>(QStringLiteral("previewView"))->model()) > 0);
        QVERIFY(seenIn(*dialog->findChild<QListWidget *>(QStringLiteral("fileListWidget"))->model()) > 0);
        int seen = 0;
        QCOMPARE(aliveEverywhere(seen).join(u'\n'), QString());
    }

    void questionsAreText()
    {
        const Result<Dataset> dataset = readDataset(m_folder.path());
        QVERIFY(dataset);
        Program program(*dataset, m_folder.filePath(QStringLiteral("<img src=x>")));
        program.document.setCell(0, 0, 1, "a", EditSession::None);
        program.window.close(); // asks whether to save
        auto *box = program.window.findChild<QMessageBox *>();
        QVERIFY(box);
        int seen = 0;
        QCOMPARE(aliveEverywhere(seen).join(u'\n'), QString());
        box->reject();
    }

private:
    QTemporaryDir m_folder;
};

SEEDBED_TEST(TestHostileText, QApplication)
#include "tst_hostiletext.moc"
