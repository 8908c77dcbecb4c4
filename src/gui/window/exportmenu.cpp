// SPDX-License-Identifier: MIT
#include "gui/window/exportmenu.h"

#include "gui/exchange/exports.h"
#include "ui_mainwindow.h"

#include <QCoreApplication>
#include <QMenu>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::ExportMenu)
};

QAction *addAction(QMenu &menu, const QString &text, const QString &name)
{
    QAction *action = menu.addAction(text);
    action->setObjectName(name);
    return action;
}

} // namespace

void connectExports(const Ui::MainWindow &ui, Document &document, RunController &run, QWidget &window)
{
    auto *exports = new Exports(document, run, window);
    QMenu &menu = *ui.exportMenu;
    QAction *current = addAction(menu, Text::tr("&Current Table…"), QStringLiteral("exportTableAction"));
    QObject::connect(current, &QAction::triggered, exports,
                     [exports, panes = ui.paneSplitter] { exports->askForFile(panes->currentTable()); });
    QMenu *all = menu.addMenu(Text::tr("&All Tables as"));
    for (const ExportFormat format : ExportFormats) {
        QObject::connect(all->addAction(Text::tr("%1…").arg(nameOf(format))), &QAction::triggered, exports,
                         [exports, format] { exports->askForFolder(format); });
    }
    QAction *rejects = addAction(menu, Text::tr("&Rejected Rows…"), QStringLiteral("exportRejectsAction"));
    QObject::connect(rejects, &QAction::triggered, exports, &Exports::askForRejectsFolder);

    const auto updateActions = [exports, &document, current, all, rejects] {
        const bool isWhole = document.tableCount() > 0 && !document.isLoading();
        current->setEnabled(isWhole);
        all->setEnabled(isWhole);
        rejects->setEnabled(exports->hasRejects());
    };
    QObject::connect(&document, &Document::reset, exports, updateActions);
    QObject::connect(&document, &Document::loadingEnded, exports, updateActions);
    QObject::connect(exports, &Exports::rejectsChanged, exports, updateActions);
    updateActions();

    LogPane *log = ui.logPane;
    QObject::connect(exports, &Exports::written, log,
                     [log](const QString &sentence) { log->model().append(LogEntry::Level::Info, sentence); });
    QObject::connect(exports, &Exports::failed, log, [log, tabs = ui.logTabs](const Error &error) {
        log->model().append(LogEntry::Level::Error, error.message);
        tabs->setCurrentWidget(log);
    });
    const auto look = [exports]() -> std::optional<Work> {
        return exports->isWorking() ? std::optional(Work { Text::tr("Exporting") }) : std::nullopt;
    };
    ui.progressStrip->add({ look, [exports] { exports->cancel(); } });
    QObject::connect(exports, &Exports::started, ui.progressStrip, &ProgressStrip::wake);
}

} // namespace seedbed
