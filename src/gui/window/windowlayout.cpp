// SPDX-License-Identifier: MIT
#include "gui/window/windowlayout.h"

#include "gui/files/settings.h"
#include "ui_mainwindow.h"

#include <QScreen>
#include <QToolButton>

namespace seedbed {

namespace {

constexpr int TitleBarHeight = 32; // about what a desktop needs for it
const QString LogLevelName = QStringLiteral("logLevel");

// How is searched.
QList<QToolButton *> findChoices(const Ui::MainWindow &ui)
{
    QList<QToolButton *> choices = ui.findBar->findChildren<QToolButton *>();
    choices.removeIf([](const QToolButton *button) { return !button->isCheckable(); });
    return choices;
}

} // namespace

void restoreLayout(QWidget &window, const Ui::MainWindow &ui, const Settings &settings)
{
    const QSize room = window.screen()->availableSize() - QSize(0, TitleBarHeight);
    window.resize(QSize(1280, 800).boundedTo(room));
    window.restoreGeometry(settings.layout(window.objectName()));
    ui.mainSplitter->setSizes({ 460, 290 }); // ten rows and the line for a new one
    ui.mainSplitter->setStretchFactor(0, 3); // a larger window gives room to both
    ui.mainSplitter->setStretchFactor(1, 2);
    ui.lowerSplitter->setSizes({ 600, 400 });
    for (QSplitter *splitter : { ui.mainSplitter, ui.lowerSplitter })
        splitter->restoreState(settings.layout(splitter->objectName()));
    for (QTabWidget *tabs : { ui.resultTabs, ui.logTabs }) {
        const QByteArray page = settings.layout(tabs->objectName());
        if (auto *widget = tabs->findChild<QWidget *>(QString::fromUtf8(page)); widget && tabs->indexOf(widget) >= 0)
            tabs->setCurrentWidget(widget);
    }
    for (QToolButton *choice : findChoices(ui))
        choice->setChecked(!settings.layout(choice->objectName()).isEmpty());
    if (const QByteArray level = settings.layout(LogLevelName); !level.isEmpty())
        ui.logPane->setLowestLevel(static_cast<LogEntry::Level>(level.toInt()));
}

void saveLayout(const QWidget &window, const Ui::MainWindow &ui, Settings &settings)
{
    settings.setLayout(window.objectName(), window.saveGeometry());
    for (const QSplitter *splitter : { ui.mainSplitter, ui.lowerSplitter })
        settings.setLayout(splitter->objectName(), splitter->saveState());
    for (const QTabWidget *tabs : { ui.resultTabs, ui.logTabs })
        settings.setLayout(tabs->objectName(), tabs->currentWidget()->objectName().toUtf8());
    for (const QToolButton *choice : findChoices(ui))
        settings.setLayout(choice->objectName(), choice->isChecked() ? QByteArrayLiteral("on") : QByteArray());
    settings.setLayout(LogLevelName, QByteArray::number(static_cast<int>(ui.logPane->lowestLevel())));
}

} // namespace seedbed
