// SPDX-License-Identifier: MIT
#include "gui/program.h"
#include "quiettest.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolButton>

using namespace seedbed;

namespace {

constexpr int Rows = 20'000;

/// The tables of \a whole as far as they may be read already.
QList<seedbed::Table> firstRows(const Dataset &whole, qsizetype rows)
{
    QList<seedbed::Table> tables;
    for (const seedbed::Table &table : whole.tables)
        tables.append(table.sliced(0, rows));
    return tables;
}

void writeNumbers(const QTemporaryDir &folder, int rows)
{
    QFile package(folder.filePath(QStringLiteral("datapackage.json")));
    QVERIFY(package.open(QFile::WriteOnly));
    package.write(R"({"name": "p", "resources": [{"name": "t", "path": "t.csv", "schema": {"primaryKey": "n",
                      "fields": [{"name": "n", "type": "integer"}]}}]})");
    QFile csv(folder.filePath(QStringLiteral("t.csv")));
    QVERIFY(csv.open(QFile::WriteOnly));
    QByteArray text = "n\n";
    for (int row = 1; row <= rows; ++row)
        text += QByteArray::number(row) + '\n';
    csv.write(text);
}

} // namespace

class TestOpening : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        prepareProgram();
        QVERIFY(saveDatasetAs(manyRows(Rows), m_package.path()));
    }

    void opensAPackage()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        program.window.open(m_package.path(), databases.path());
        QTRY_COMPARE(program.rows(QStringLiteral("orders")), Rows);
        QTRY_VERIFY(!program.document.isLoading());
        QTRY_COMPARE(program.document.counts(Products).wrong, Rows / 10);
        QCOMPARE(program.document.target(), databases.path());
        QVERIFY(program.find<QAction>(QStringLiteral("addRowAction"))->isEnabled());
    }

    void rowsGrowWhileTheyAreRead()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        const Dataset whole = manyRows(Rows);
        program.document.beginLoading({ whole.package, firstRows(whole, 100), {} });
        GridView *grid = program.grid(QStringLiteral("users"));
        const QAbstractItemModelTester tester(grid->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(program.rows(QStringLiteral("users")), 100);
        const QSignalSpy reset(&program.document, &Document::reset);
        program.document.grow(firstRows(whole, 9000));
        QCOMPARE(program.rows(QStringLiteral("users")), 9000);
        program.document.endLoading(whole);
        QCOMPARE(program.rows(QStringLiteral("users")), Rows);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(program.document.undoStack().count(), 0);
        QTRY_COMPARE(program.document.counts(Users).ready, Rows);
    }

    void partsGoOnFromEachOtherByFewRows()
    {
        constexpr qsizetype MostAtOnce = 200'000;
        constexpr qsizetype MostAtFirst = 10'000;
        QTemporaryDir folder;
        writeNumbers(folder, 450'000);
        PackageLoader loader;
        QList<Dataset> parts;
        connect(&loader, &PackageLoader::grown, this, [&parts](const Dataset &part) { parts.append(part); });
        std::optional<Dataset> whole;
        connect(&loader, &PackageLoader::loaded, this, [&whole](const Dataset &dataset) { whole = dataset; });
        loader.load(folder.path());
        QTRY_VERIFY(whole);
        QVERIFY(!loader.isLoading());
        QCOMPARE(whole->tables.constFirst().rowCount(), 450'000);
        QVERIFY(parts.size() >= 4);
        qsizetype before = 0;
        for (const Dataset &part : std::as_const(parts)) {
            const seedbed::Table &table = part.tables.constFirst();
            QVERIFY(table.rowCount() >= before);
            QVERIFY(table.rowCount() - before <= (before == 0 ? MostAtFirst : MostAtOnce));
            for (qsizetype row = 0; row < table.rowCount(); row += 997) {
                QCOMPARE(table.rowId(row), whole->tables.constFirst().rowId(row));
                QCOMPARE(table.cell(row, 0), whole->tables.constFirst().cell(row, 0));
            }
            before = table.rowCount();
        }
        QCOMPARE(before, 450'000);
    }

    // It takes no time; where a busy machine makes it long, it is tried again.
    void aShortPackageComesAtOnce()
    {
        QTemporaryDir folder;
        writeNumbers(folder, 300);
        for (int i = 0; i < 20; ++i) {
            PackageLoader loader;
            QSignalSpy loaded(&loader, &PackageLoader::loaded);
            const QSignalSpy grown(&loader, &PackageLoader::grown);
            loader.load(folder.path());
            QTRY_COMPARE(loaded.count(), 1);
            QCOMPARE(loaded.constFirst().constFirst().value<Dataset>().tables.constFirst().rowCount(), 300);
            if (grown.isEmpty())
                return;
        }
        QFAIL("it came in parts each time");
    }

    void readingCanBeCancelledAtAPart()
    {
        QTemporaryDir large;
        writeNumbers(large, 450'000);
        QTemporaryDir small;
        writeNumbers(small, 300);
        PackageLoader loader;
        const QSignalSpy grown(&loader, &PackageLoader::grown);
        const QSignalSpy loaded(&loader, &PackageLoader::loaded);
        connect(&loader, &PackageLoader::grown, &loader, &PackageLoader::cancel);
        loader.load(large.path());
        QTRY_COMPARE(grown.count(), 1);
        PackageLoader other; // while it reads, the first one could go on
        const QSignalSpy otherLoaded(&other, &PackageLoader::loaded);
        other.load(small.path());
        QTRY_COMPARE(otherLoaded.count(), 1);
        QVERIFY(!loader.isLoading());
        QCOMPARE(grown.count(), 1);
        QCOMPARE(loaded.count(), 0);
    }

    void anotherPackageCanBeAskedForAtAPart()
    {
        QTemporaryDir large;
        writeNumbers(large, 450'000);
        QTemporaryDir small;
        writeNumbers(small, 300);
        PackageLoader loader;
        QList<qsizetype> rows; // of each part and of the whole
        const auto note = [&rows](const Dataset &dataset) { rows.append(dataset.tables.constFirst().rowCount()); };
        connect(&loader, &PackageLoader::grown, this, [&](const Dataset &part) {
            note(part);
            if (rows.size() == 1)
                loader.load(small.path());
        });
        connect(&loader, &PackageLoader::loaded, this, note);
        loader.load(large.path());
        QTRY_VERIFY(!rows.isEmpty() && !loader.isLoading());
        QCOMPARE(rows.last(), 300);
        for (const qsizetype count : rows.sliced(1))
            QVERIFY(count <= 300);
    }

    void columnsFitTheRowsThatCome()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        const QByteArray longName = "Somebody with a name";
        Dataset whole = manyRows(Rows);
        whole.tables[Users].append(QList<QByteArray> { "1000000", longName, QByteArray(60, 'e') + "@example.com" });
        program.document.beginLoading({ whole.package, firstRows(whole, 0), {} });
        const GridView *grid = program.grid(QStringLiteral("users"));
        const auto hasRoomFor = [grid](const QByteArray &name) {
            return grid->columnWidth(1) > grid->fontMetrics().horizontalAdvance(QString::fromUtf8(name));
        };
        QVERIFY(!hasRoomFor("Somebody"));
        program.document.grow(firstRows(whole, 100));
        QVERIFY(hasRoomFor("Somebody"));
        QVERIFY(!hasRoomFor(longName));
        program.document.endLoading(whole);
        QVERIFY(hasRoomFor(longName));
        QTRY_COMPARE(grid->horizontalScrollBar()->maximum(), 0); // the long text gives way
    }

    void aNarrowPaneIsLentWidth()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        const Dataset few = manyRows(10);
        Dataset wide = few;
        wide.tables[Users].append(QList<QByteArray> { "11", "Somebody", QByteArray(60, 'e') + "@example.com" });
        const auto open = [&program](const Dataset &dataset) {
            program.document.beginLoading({ dataset.package, firstRows(dataset, 0), {} });
            program.document.endLoading(dataset);
        };
        const auto widthOf = [&program](const QString &pane) { return program.find<TablePane>(pane)->width(); };
        const QString users = QStringLiteral("usersPane");
        const QString products = QStringLiteral("productsPane");
        open(wide);
        QTRY_VERIFY(widthOf(users) > widthOf(products) + 20);
        QVERIFY(widthOf(products) >= program.find<TablePane>(products)->wantedWidth());
        open(few);
        QTRY_VERIFY(widthOf(users) <= widthOf(products) + 1);
    }

    void theBarStandsStill()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        const auto *run = program.find<QPushButton>(QStringLiteral("runButton"));
        QTRY_COMPARE(run->text(), QStringLiteral("Run Inserts (24 rows)"));
        const int width = run->minimumWidth();
        program.window.open(m_package.path(), databases.path());
        QTRY_COMPARE(program.document.counts(Users).ready, Rows);
        QCOMPARE(run->minimumWidth(), width);
        QVERIFY(run->sizeHint().width() <= width);
    }

    void nothingIsEditedMeanwhile()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        const Dataset whole = manyRows(200);
        program.document.beginLoading({ whole.package, firstRows(whole, 100), {} });
        GridView *grid = program.grid(QStringLiteral("users"));
        QVERIFY(!(grid->model()->flags(grid->model()->index(0, 1)) & Qt::ItemIsEditable));
        for (const char *action :
             { "runAction", "dryRunAction", "addRowAction", "removeRowsAction", "pasteRowsAction", "saveAction" })
            QVERIFY2(!program.find<QAction>(QString::fromLatin1(action))->isEnabled(), action);
        auto *pane = program.find<TablePane>(QStringLiteral("usersPane"));
        auto *add = pane->findChild<QToolButton *>(QStringLiteral("addButton"));
        QVERIFY(!add->isEnabled());
        QVERIFY(!add->toolTip().isEmpty());
        program.document.endLoading(whole);
        QVERIFY(grid->model()->flags(grid->model()->index(0, 1)) & Qt::ItemIsEditable);
        QVERIFY(program.find<QAction>(QStringLiteral("runAction"))->isEnabled());
        QVERIFY(add->isEnabled());
    }

    void nothingIsEditedBeforeTheFirstPart()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        FileActions &files = *program.window.findChild<FileActions *>();
        const auto check = [&program](bool isEditable) {
            for (const char *action : { "runAction", "dryRunAction", "undoAction", "addRowAction", "pasteAction",
                                        "importAction", "saveAction" })
                QVERIFY2(program.find<QAction>(QString::fromLatin1(action))->isEnabled() == isEditable, action);
            const TableModel *model = program.model(QStringLiteral("users"));
            QCOMPARE(model->flags(model->index(0, 1)).testFlag(Qt::ItemIsEditable), isEditable);
        };
        program.type(QStringLiteral("users"), 0, 1, QStringLiteral("Al"));
        check(true);
        files.openPackage(m_package.path());
        QVERIFY(!program.document.isLoading());
        check(false);
        QVERIFY(!program.isEditing());
        QTest::keyClick(program.grid(QStringLiteral("users")), Qt::Key_Delete);
        QTest::keyClicks(program.grid(QStringLiteral("users")), QStringLiteral("x"));
        QCOMPARE(program.document.table(Users).cell(0, 1), QByteArrayView("Al"));
        files.cancelOpening();
        check(true);
        files.openPackage(databases.filePath(QStringLiteral("nothing")));
        check(false);
        QTRY_VERIFY(!files.loader().isLoading());
        check(true);
        program.trigger(QStringLiteral("undoAction"));
        QCOMPARE(program.document.table(Users).cell(0, 1), QByteArrayView("Alice"));
    }

    void cancellingBringsBackWhatWasThere()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        FileActions &files = *program.window.findChild<FileActions *>();
        files.openPackage(m_package.path());
        QVERIFY(files.loader().isLoading());
        files.cancelOpening();
        QVERIFY(!files.loader().isLoading());
        QCOMPARE(program.document.package().title, QStringLiteral("Shop"));
        QCOMPARE(program.document.target(), databases.path());
        QCOMPARE(program.rows(QStringLiteral("users")), 10);
        QTRY_COMPARE(program.document.readyRows(), 24);
        QVERIFY(program.find<QAction>(QStringLiteral("addRowAction"))->isEnabled());
    }

    void thePackageAskedForLastIsShown()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        QTemporaryDir other;
        QVERIFY(saveDatasetAs(manyRows(30), other.path()));
        program.window.open(m_package.path(), databases.path());
        program.window.open(other.path(), databases.path());
        QTRY_COMPARE(program.rows(QStringLiteral("users")), 30);
        QTRY_COMPARE(program.document.readyRows(), 84); // three products are wrong, and so their orders
        QCOMPARE(program.document.table(Users).rowCount(), 30);
    }

    void whatCannotBeReadIsTold()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        program.window.open(databases.filePath(QStringLiteral("nothing")));
        QTRY_VERIFY(program.window.findChild<QWidget *>(QStringLiteral("fileMessage")));
        QCOMPARE(program.rows(QStringLiteral("users")), 10);
    }

    void validationCanBeCancelled()
    {
        QTemporaryDir databases;
        Program program(manyRows(Rows), databases.path());
        QTRY_VERIFY(!program.document.isValidating());
        program.document.setCell(Users, 0, 1, "", EditSession::None);
        QVERIFY(program.document.validationProgress());
        program.document.cancelValidation();
        QVERIFY(!program.document.validationProgress());
        const QSignalSpy validated(&program.document, &Document::marksChanged);
        program.document.setCell(Products, 0, 1, "Thing", EditSession::None); // begins anew
        QTRY_COMPARE(validated.count(), 1);
    }

private:
    QTemporaryDir m_package;
};

SEEDBED_TEST(TestOpening, QApplication)
#include "tst_opening.moc"
