// SPDX-License-Identifier: MIT
#include "gui/window/shortcutoverview.h"

#include "gui/look/quiettable.h"
#include "gui/window/widgetkeys.h"

#include <QCoreApplication>
#include <QDialog>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenuBar>
#include <QSet>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ShortcutOverview)
};

/// The text of a menu or an action without the sign of its mnemonic.
QString plainText(QString text)
{
    for (qsizetype at = text.indexOf(QLatin1Char('&')); at >= 0; at = text.indexOf(QLatin1Char('&'), at + 1))
        text.remove(at, 1); // of two the second one stays
    return text.remove(QStringLiteral("…"));
}

QString entryText(const QString &menu, const QString &what)
{
    return menu.isEmpty() ? what : Text::tr("%1 › %2", "menu and its entry").arg(menu, what);
}

/// The shortcuts of actions, each action once.
class Collector
{
public:
    void addMenu(const QString &path, const QList<QAction *> &actions)
    {
        for (QAction *action : actions) {
            if (const QMenu *menu = action->menu())
                addMenu(entryText(path, plainText(menu->title())), menu->actions());
            else
                add(path, *action);
        }
    }

    void add(const QString &path, const QAction &action)
    {
        if (m_seen.contains(&action) || action.shortcuts().isEmpty())
            return;
        m_seen.insert(&action);
        m_shortcuts.append({ entryText(path, plainText(action.text())), action.shortcuts() });
    }

    [[nodiscard]] QList<Shortcut> shortcuts() const { return m_shortcuts; }

private:
    QSet<const QAction *> m_seen;
    QList<Shortcut> m_shortcuts;
};

QString keysText(const QList<QKeySequence> &keys)
{
    QStringList texts;
    for (const QKeySequence &key : keys)
        texts.append(key.toString(QKeySequence::NativeText));
    texts.removeDuplicates();
    return texts.join(Text::tr(", ", "between keys that do the same"));
}

QStandardItemModel *modelOf(const QList<Shortcut> &shortcuts, QObject *parent)
{
    auto *model = new QStandardItemModel(0, 2, parent);
    model->setHorizontalHeaderLabels({ Text::tr("What"), Text::tr("Keys") });
    for (const Shortcut &shortcut : shortcuts)
        model->appendRow({ new QStandardItem(shortcut.what), new QStandardItem(keysText(shortcut.keys)) });
    return model;
}

void showOverview(QMainWindow &window)
{
    const QString name = QStringLiteral("shortcutOverview");
    if (auto *shown = window.findChild<QDialog *>(name))
        return shown->activateWindow();
    auto *dialog = new QDialog(&window);
    dialog->setObjectName(name);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(Text::tr("Keyboard Shortcuts"));
    auto *filter = new QLineEdit(dialog);
    filter->setObjectName(QStringLiteral("shortcutFilter"));
    filter->setPlaceholderText(Text::tr("What it does, or its keys"));
    filter->setAccessibleName(Text::tr("Filter the shortcuts"));
    filter->setClearButtonEnabled(true);
    auto *rows = new QSortFilterProxyModel(dialog);
    rows->setSourceModel(modelOf(shortcutsOf(window), dialog));
    rows->setFilterCaseSensitivity(Qt::CaseInsensitive);
    rows->setFilterKeyColumn(-1);
    QObject::connect(filter, &QLineEdit::textChanged, rows, &QSortFilterProxyModel::setFilterFixedString);
    auto *view = new QuietTable(dialog);
    view->setObjectName(QStringLiteral("shortcutView"));
    view->setAccessibleName(dialog->windowTitle());
    view->setModel(rows);
    view->setPlaceholder(Text::tr("No shortcut has this text."));
    view->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    view->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(filter);
    layout->addWidget(view);
    dialog->resize(520, 600);
    dialog->show();
}

} // namespace

QList<Shortcut> shortcutsOf(const QMainWindow &window)
{
    Collector collector;
    if (const auto *bar = window.findChild<QMenuBar *>())
        collector.addMenu({}, bar->actions());
    for (const QAction *action : window.findChildren<QAction *>())
        collector.add({}, *action);
    QList<Shortcut> shortcuts = collector.shortcuts();
    for (const WidgetKey &key : widgetKeys())
        shortcuts.append({ entryText(key.where, key.what), key.keys });
    return shortcuts;
}

void addShortcutOverview(QMenu &menu, QMainWindow &window)
{
    auto *action =
        new QAction(QIcon::fromTheme(QStringLiteral("input-keyboard")), Text::tr("&Keyboard Shortcuts"), &menu);
    action->setObjectName(QStringLiteral("shortcutsAction"));
    action->setShortcut(QKeySequence(Qt::Key_F1));
    menu.insertAction(menu.actions().value(0), action);
    QObject::connect(action, &QAction::triggered, &window, [&window] { showOverview(window); });
}

} // namespace seedbed
