// SPDX-License-Identifier: MIT
#include "gui/exchange/importrows.h"

#include "gui/document/editcommands.h"

#include <QCoreApplication>

#include <algorithm>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ImportRows)
};

bool clearsTable(const QList<TableImport> &imports, int table)
{
    return std::ranges::any_of(imports, [table](const TableImport &i) { return i.table == table && i.replaces; });
}

} // namespace

bool haveRoom(const Document &document, const QList<TableImport> &imports, qsizetype mostRows)
{
    for (int table = 0; table < document.tableCount(); ++table) {
        qsizetype rows = clearsTable(imports, table) ? 0 : document.table(table).rowCount();
        for (const TableImport &import : imports)
            rows += import.table == table ? import.rows.rowCount() : 0;
        if (rows > mostRows)
            return false;
    }
    return true;
}

void importRows(Document &document, const QList<TableImport> &imports)
{
    qsizetype rows = 0;
    for (const TableImport &import : imports)
        rows += import.rows.rowCount();
    const QString name = Text::tr("Import %Ln Row(s)", nullptr, static_cast<int>(rows));
    QList<QUndoCommand *> steps;
    for (int table = 0; table < document.tableCount(); ++table) {
        const qsizetype there = document.table(table).rowCount();
        const bool clears = there > 0 && clearsTable(imports, table);
        if (clears)
            steps.append(new RemoveRows(document, table, QList<RowSpan> { { 0, there } }));
        qsizetype end = clears ? 0 : there;
        for (const TableImport &import : imports) {
            if (import.table != table || import.rows.isEmpty())
                continue;
            steps.append(new InsertRows(document, table, end, import.rows, name));
            end += import.rows.rowCount();
        }
    }
    if (steps.isEmpty())
        return;
    document.undoStack().beginMacro(name);
    for (QUndoCommand *step : steps)
        document.undoStack().push(step);
    document.undoStack().endMacro();
}

} // namespace seedbed
