// SPDX-License-Identifier: MIT
// Tables and rejected rows into files, in the real window.

#include "gui/exchange/exports.h"
#include "gui/program.h"
#include "gui/run/logmodel.h"
#include "quiettest.h"

#include <QApplication>
#include <QFileDialog>
#include <QMenu>
#include <QSignalSpy>

using namespace seedbed;

namespace {

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("absent");
}

/// What the log says, line by line.
QString logOf(Program &program)
{
    const QAbstractItemModel &model = *program.find<QTableView>(QStringLiteral("logView"))->model();
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row)
        lines.append(model.index(row, LogModel::Text).data().toString());
    return lines.join(u'\n');
}

/// Answers the file dialog that is open.
void answer(Program &program, const QString &path, const QString &filter = {})
{
    auto *dialog = program.window.findChild<QFileDialog *>();
    QVERIFY(dialog);
    for (const QString &name : dialog->nameFilters()) {
        if (!filter.isEmpty() && name.contains(filter))
            dialog->selectNameFilter(name);
    }
    Q_EMIT dialog->fileSelected(path);
    dialog->close();
}

} // namespace

class TestExports final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareProgram(); }

    void exportsTheCurrentTable()
    {
        const QTemporaryDir folder;
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        program.grid(QStringLiteral("products"))->setFocus();
        const QString path = folder.filePath(QStringLiteral("p.csv"));
        program.trigger(QStringLiteral("exportTableAction"));
        answer(program, path);
        QTRY_VERIFY(logOf(program).contains(path + QStringLiteral(": 10 rows written")));
        QVERIFY(read(path).startsWith("id,name,price\n1,"));
        QVERIFY(!logOf(program).contains(QStringLiteral("apostrophe")));
    }

    void saysWhatWasDefused()
    {
        const QTemporaryDir folder;
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        program.document.setCell(Products, 0, 1, "=1+1", EditSession::None);
        program.grid(QStringLiteral("products"))->setFocus();
        const QString path = folder.filePath(QStringLiteral("p.csv"));
        program.trigger(QStringLiteral("exportTableAction"));
        answer(program, path, QStringLiteral("spreadsheets"));
        QTRY_VERIFY(logOf(program).contains(QStringLiteral("; 1 apostrophe put before")));
        QVERIFY(read(path).contains("1,'=1+1,"));
        QVERIFY(read(path).contains(",-50.00\n"));
    }

    void exportsAllTables()
    {
        const QTemporaryDir folder;
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        const auto exportJson = [&] {
            for (QAction *action : program.find<QMenu>(QStringLiteral("exportMenu"))->findChildren<QAction *>()) {
                if (action->text() == QStringLiteral("JSON…"))
                    action->trigger();
            }
            answer(program, folder.path());
        };
        exportJson();
        QTRY_VERIFY(logOf(program).contains(QStringLiteral("orders.json: 10 rows written")));
        QVERIFY(read(folder.filePath(QStringLiteral("users.json"))).startsWith("[\n{"));
        exportJson(); // over nothing
        QTRY_VERIFY(logOf(program).contains(QStringLiteral("users.json is there already")));
    }

    void tellsOfTheFilesBeforeTheOneThatFailed()
    {
        const QTemporaryDir folder;
        QTemporaryDir databases;
        Dataset dataset = sampleDataset();
        Package package = *dataset.package;
        package.resources[Orders].name = QString(300, u'o'); // more than a file's name can be
        dataset.package = std::make_shared<const Package>(package);
        Program program(dataset, databases.path());
        program.window.findChild<Exports *>()->exportTables(folder.path(), ExportFormat::Json);
        QTRY_VERIFY(logOf(program).contains(QStringLiteral("cannot be written")));
        QVERIFY(logOf(program).contains(QStringLiteral("users.json: 10 rows written")));
        QVERIFY(logOf(program).contains(QStringLiteral("products.json: 10 rows written")));
    }

    void whatIsBegunAfterCancellingIsWritten()
    {
        const QTemporaryDir folder;
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        Exports &exports = *program.window.findChild<Exports *>();
        const QSignalSpy failed(&exports, &Exports::failed);
        const QSignalSpy written(&exports, &Exports::written);
        // The first may be done before it can be cancelled; the others wait for it.
        for (int i = 0; i < 20; ++i)
            exports.exportTables(folder.filePath(QString::number(i)), ExportFormat::Csv);
        exports.cancel();
        exports.exportTable(Users, folder.filePath(QStringLiteral("u.csv")), ExportFormat::Csv);
        QTRY_VERIFY(!exports.isWorking());
        QVERIFY(failed.count() > 0);
        QVERIFY(!written.isEmpty());
        QVERIFY(written.constLast().constFirst().toString().contains(QStringLiteral("u.csv: 10 rows written")));
    }

    void exportsWhatDidNotGoIn()
    {
        const QTemporaryDir folder;
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        auto *action = program.find<QAction>(QStringLiteral("exportRejectsAction"));
        QVERIFY(!action->isEnabled());
        program.trigger(QStringLiteral("runAction"));
        QTRY_VERIFY(action->isEnabled());
        program.document.setCell(Users, 7, 1, "edited since", EditSession::None);
        program.trigger(QStringLiteral("exportRejectsAction"));
        answer(program, folder.path());
        QTRY_VERIFY(logOf(program).contains(QStringLiteral("orders.csv: rejected rows written")));
        const QByteArray users = read(folder.filePath(QStringLiteral("users.csv")));
        QVERIFY(users.startsWith("id,name,email,_row,_reasons\n8,"));
        QVERIFY(!users.contains("edited since")); // it was not in the run
        program.document.setDataset(sampleDataset());
        QVERIFY(!action->isEnabled());
    }
};

SEEDBED_TEST(TestExports, QApplication)
#include "tst_exports.moc"
