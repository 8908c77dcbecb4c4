// SPDX-License-Identifier: MIT
#include "gui/window/conflicts.h"

#include "gui/document/document.h"
#include "gui/files/settings.h"
#include "ui_mainwindow.h"

#include <QCoreApplication>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Conflicts)
};

void fill(QComboBox &box)
{
    const auto add = [&box](const QString &text, const QString &tip) {
        box.addItem(text);
        box.setItemData(box.count() - 1, tip, Qt::ToolTipRole);
    };
    // In the order of ConflictPolicy.
    add(Text::tr("Skip"), Text::tr("Leave what is in the database"));
    add(Text::tr("Update"), Text::tr("Give the row in the database the values of the table"));
    add(Text::tr("Fail"), Text::tr("Write nothing at all if there is such a row"));
}

void showChanges(const Ui::MainWindow &ui, const Document &document)
{
    qsizetype rows = 0;
    for (const TableChanges &table : document.changes())
        rows += table.rows;
    if (const std::optional<Error> &error = document.changesError())
        ui.changesPanel->showError(document.package(), *error);
    else
        ui.changesPanel->setChanges(document.package(), document.changes(), document.onConflict());
    ui.resultTabs->setTabText(ui.resultTabs->indexOf(ui.changesPanel),
                              rows > 0 ? Text::tr("Changes (%L1)").arg(rows) : Text::tr("Changes"));
}

} // namespace

void connectConflicts(const Ui::MainWindow &ui, Document &document, Settings &settings)
{
    fill(*ui.conflictBox);
    ui.conflictBox->setCurrentIndex(static_cast<int>(settings.onConflict()));
    document.setOnConflict(settings.onConflict());
    const auto show = [ui, &document] { showChanges(ui, document); };
    const auto choose = [&document, &settings, show](int index) {
        settings.setOnConflict(static_cast<ConflictPolicy>(index));
        document.setOnConflict(static_cast<ConflictPolicy>(index));
        show();
    };
    QObject::connect(ui.conflictBox, &QComboBox::currentIndexChanged, &document, choose);
    QObject::connect(ui.conflictBox, &QComboBox::activated, ui.changesPanel, [ui] {
        if (ui.conflictBox->currentIndex() == static_cast<int>(ConflictPolicy::Update))
            ui.resultTabs->setCurrentWidget(ui.changesPanel);
    });
    QObject::connect(&document, &Document::changesFound, ui.changesPanel, show);
    QObject::connect(&document, &Document::reset, ui.changesPanel, show);
    QObject::connect(ui.changesPanel, &ChangesPanel::cellWanted, ui.paneSplitter,
                     [panes = ui.paneSplitter](int table, RowId row, const QString &field) {
                         panes->showCell(table, row, field);
                     });
    show();
}

} // namespace seedbed
