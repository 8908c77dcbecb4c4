// SPDX-License-Identifier: MIT
#pragma once

// The program as a test meets it: the real window, its widgets found by name, with settings of its own.

#include "gui/grid/gridview.h"
#include "gui/look/applytheme.h"
#include "gui/look/elidedlabel.h"
#include "gui/look/englishplurals.h"
#include "gui/panes/tablepane.h"
#include "gui/run/reportpanel.h"
#include "gui/window/mainwindow.h"
#include "insertion/inserter.h"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace seedbed {

enum Position { Users, Products, Orders }; // of the tables of the sample

/// The program as main() builds it, with settings and databases of its own.
struct Program {
    explicit Program(const Dataset &dataset, const QString &databases)
        : document(Dataset { std::make_shared<const Package>(), {}, {} })
        , window(document, settings)
    {
        document.setDataset(dataset);
        document.setTarget(databases);
        window.resize(1280, 760);
        window.show();
        window.activateWindow();
    }

    template <typename T>
    T *find(const QString &name)
    {
        T *widget = window.findChild<T *>(name);
        Q_ASSERT_X(widget, "Program::find", qPrintable(name));
        return widget;
    }

    GridView *grid(const QString &resource)
    {
        return find<TablePane>(resource + QStringLiteral("Pane"))->findChild<GridView *>(QStringLiteral("gridView"));
    }
    TableModel *model(const QString &resource) { return qobject_cast<TableModel *>(grid(resource)->model()); }
    /// How many rows of the table are shown.
    int rows(const QString &resource) { return model(resource)->shownRowCount(); }
    QString text(const QString &resource, const QString &label)
    {
        return find<TablePane>(resource + QStringLiteral("Pane"))->findChild<ElidedLabel *>(label)->text();
    }
    QString number(int table, ProgressModel::Column column)
    {
        return find<QTableView>(QStringLiteral("progressView"))->model()->index(table, column).data().toString();
    }
    QString headline() { return find<ReportPanel>(QStringLiteral("reportPanel"))->headline(); }
    QAbstractItemModel *rejects() { return find<QTableView>(QStringLiteral("rejectsView"))->model(); }

    /// Opens the editor of a cell and types \a keys over what is in it.
    void type(const QString &resource, int row, int column, const QString &keys)
    {
        GridView *view = grid(resource);
        view->setFocus();
        view->setCurrentIndex(view->model()->index(row, column));
        QTest::keyClick(view, Qt::Key_F2);
        QTest::keyClicks(editor(), keys);
    }
    bool isEditing() { return openEditor() != nullptr; }
    QLineEdit *editor()
    {
        Q_ASSERT_X(isEditing(), "Program::editor", "no cell is being edited");
        return openEditor();
    }
    /// Null where there is none. One that was closed lives until the event loop comes round.
    QLineEdit *openEditor()
    {
        for (QLineEdit *line : window.findChildren<QLineEdit *>(QStringLiteral("cellEditor"))) {
            if (line->isVisible())
                return line;
        }
        return nullptr;
    }

    void trigger(const QString &action) { find<QAction>(action)->trigger(); }
    bool isRunning() { return find<QAction>(QStringLiteral("stopAction"))->isEnabled(); }

    QTemporaryDir folder;
    QSettings store { folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat };
    Settings settings { store, folder.filePath(QStringLiteral("data")) };
    Document document;
    MainWindow window;
};

/// As the sample, with \a count rows a table, a tenth of the products wrong.
inline Dataset manyRows(int count)
{
    Dataset dataset = sampleDataset();
    dataset.tables = { seedbed::Table(3), seedbed::Table(3), seedbed::Table(4) };
    for (int row = 1; row <= count; ++row) {
        const QByteArray id = QByteArray::number(row);
        dataset.tables[Users].append(QList<QByteArray> { id, "Somebody", "user" + id + "@example.com" });
        dataset.tables[Products].append(QList<QByteArray> { id, "Something", row % 10 == 0 ? "-1" : "9.50" });
        dataset.tables[Orders].append(QList<QByteArray> { id, id, id, "1" });
    }
    return dataset;
}

/// What main() does before it builds the window.
inline void prepareProgram()
{
    static EnglishPlurals plurals;
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("Seedbed"));
    QCoreApplication::setApplicationName(QStringLiteral("seedbed"));
    QCoreApplication::installTranslator(&plurals);
    QLocale::setDefault(QLocale::c());
    prepareDatabaseDrivers();
    applyTheme(ThemeChoice::Light);
}

} // namespace seedbed
