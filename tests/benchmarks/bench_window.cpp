// SPDX-License-Identifier: MIT

// Does the window ever stall? A script is played in the real window, without a display, while a timer measures the gaps
// between two turns of the event loop.
//   bench_window PACKAGE [MOMENT…]: the moments to play, by the beginning of their names; all, if none is given.

#include "gapmeter.h"
#include "gui/document/document.h"
#include "gui/files/settings.h"
#include "gui/grid/gridview.h"
#include "gui/look/englishplurals.h"
#include "gui/look/theme.h"
#include "gui/model/tablemodel.h"
#include "gui/window/mainwindow.h"
#include "insertion/inserter.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <functional>

using namespace seedbed;

namespace {

struct Step {
    QString name;
    std::function<void()> begin;
    std::function<bool()> isDone; // asked at every turn of the event loop
};

/// The program, and what is done with it.
class Script final : public QObject
{
public:
    explicit Script(const QString &package)
        : m_package(package)
        , m_document(Dataset { std::make_shared<const Package>(), {}, {} })
        , m_window(m_document, m_settings)
    {
        m_window.resize(1280, 760);
        m_window.show();
        qApp->installEventFilter(this);
        connect(&m_meter, &GapMeter::turned, this, &Script::turn);
        addSteps();
    }

    void play(const QStringList &wanted)
    {
        m_steps.removeIf([&](const Step &step) {
            return step.name != QLatin1String("open") && step.name != QLatin1String("load") && !wanted.isEmpty()
                && std::ranges::none_of(wanted, [&](const QString &name) { return step.name.startsWith(name); });
        });
        m_meter.start();
        beginStep();
    }

    void printSum() const
    {
        GapMeter::Moment worst;
        for (const GapMeter::Moment &moment : m_meter.moments()) {
            if (moment.largest > worst.largest && !moment.name.startsWith(QLatin1Char('(')))
                worst = moment;
        }
        std::printf("first rows after %.0f ms\nlargest gap %.1f ms (%.1f of it cpu), %.2f s into %s\n", m_firstRows,
                    worst.largest, worst.largestCpu, worst.when, qPrintable(worst.name));
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && m_firstRows == 0) {
            const auto *grid = qobject_cast<GridView *>(watched->parent());
            if (grid && grid->model() && grid->model()->rowCount() > 0)
                m_firstRows = m_meter.now() - m_opened;
        }
        return QObject::eventFilter(watched, event);
    }

private:
    void addSteps();
    void addEditSteps();
    void addScrollStep();
    void addOrderSteps();
    void addPasteSteps();
    void addBlockSteps();
    void addFindSteps();
    [[nodiscard]] QItemSelection block();
    [[nodiscard]] QString copyOfTheRows() const;

    template <typename T>
    T *inFirstPane(const QString &name)
    {
        const QString pane = m_document.resource(0).name + QStringLiteral("Pane");
        return m_window.findChild<QWidget *>(pane)->findChild<T *>(name);
    }
    GridView *grid() { return inFirstPane<GridView>(QStringLiteral("gridView")); }
    void trigger(const QString &action) { m_window.findChild<QAction *>(action)->trigger(); }
    bool isRunning() { return m_window.findChild<QAction *>(QStringLiteral("stopAction"))->isEnabled(); }
    bool isIdle() { return !m_document.isValidating(); }
    TableModel *model() { return qobject_cast<TableModel *>(grid()->model()); }
    qsizetype rows() const { return m_document.table(0).rowCount(); }

    void endMoment(const QString &next)
    {
        m_meter.begin(next);
        const QList<GapMeter::Moment> &moments = m_meter.moments();
        if (moments.size() < 2)
            return void(std::printf("%-28s %9s %11s %9s %9s %6s\n", "moment", "lasted s", "largest ms", "of it cpu",
                                    "when s", "> 50"));
        const GapMeter::Moment &moment = moments.at(moments.size() - 2);
        std::printf("%-28s %9.2f %11.1f %9.1f %9.2f %6d\n", qPrintable(moment.name), moment.seconds, moment.largest,
                    moment.largestCpu, moment.when, moment.over50);
        std::fflush(stdout);
    }

    void beginStep()
    {
        m_turns = 0;
        endMoment(m_steps.constFirst().name);
        m_steps.constFirst().begin();
    }

    void turn()
    {
        ++m_turns;
        if (!m_steps.constFirst().isDone())
            return;
        m_steps.removeFirst();
        if (m_steps.isEmpty()) {
            endMoment(QStringLiteral("(end)"));
            return QApplication::exit(0);
        }
        beginStep();
    }

    QString m_package;
    QTemporaryDir m_folder;
    QSettings m_store { m_folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat };
    Settings m_settings { m_store, m_folder.filePath(QStringLiteral("data")) };
    Document m_document;
    MainWindow m_window;
    GapMeter m_meter;
    QList<Step> m_steps;
    int m_turns = 0;
    int m_index = 0;      // of the history before an edit
    qsizetype m_rows = 0; // of the first table, before anything was pasted
    double m_opened = 0;
    double m_firstRows = 0;
};

void Script::addSteps()
{
    m_steps.append({ QStringLiteral("open"),
                     [this] {
                         m_opened = m_meter.now();
                         m_window.open(m_package, m_folder.filePath(QStringLiteral("databases")));
                     },
                     [this] { return m_document.tableCount() > 0 && rows() > 0; } });
    m_steps.append({ QStringLiteral("load"), [] {}, [this] { return !m_document.isLoading(); } });
    m_steps.append({ QStringLiteral("validate"), [] {}, [this] { return isIdle(); } });
    addScrollStep();
    addOrderSteps();
    addEditSteps();
    addPasteSteps();
    addBlockSteps();
    addFindSteps();
    m_steps.append({ QStringLiteral("dry run"), [this] { trigger(QStringLiteral("dryRunAction")); },
                     [this] { return !isRunning() && isIdle(); } });
    m_steps.append({ QStringLiteral("run inserts"), [this] { trigger(QStringLiteral("runAction")); },
                     [this] { return !isRunning() && isIdle(); } });
    m_steps.append({ QStringLiteral("run again"), [this] { trigger(QStringLiteral("runAction")); },
                     [this] { return !isRunning() && isIdle(); } });
    m_steps.append({ QStringLiteral("sample instead"), [this] { m_window.open({}); },
                     [this] { return m_document.package().isBuiltIn() && isIdle(); } });
}

void Script::addScrollStep()
{
    constexpr int Turns = 200;
    m_steps.append({ QStringLiteral("scroll"), [] {},
                     [this] {
                         QScrollBar &bar = *grid()->verticalScrollBar();
                         bar.setValue(static_cast<int>(static_cast<qint64>(bar.maximum()) * m_turns / Turns));
                         return m_turns == Turns;
                     } });
}

void Script::addEditSteps()
{
    constexpr int Keys = 60;
    m_steps.append({ QStringLiteral("type"),
                     [this] {
                         grid()->setFocus();
                         grid()->setCurrentIndex(grid()->model()->index(0, 1));
                         QTest::keyClick(grid(), Qt::Key_F2);
                     },
                     [this] {
                         auto *editor = m_window.findChild<QLineEdit *>(QStringLiteral("cellEditor"));
                         if (m_turns % 20 == 0 && m_turns <= 20 * Keys)
                             QTest::keyClick(editor, Qt::Key_A);
                         return m_turns > 20 * Keys && isIdle();
                     } });
    m_steps.append({ QStringLiteral("add a row"), [this] { trigger(QStringLiteral("addRowAction")); },
                     [this] { return isIdle(); } });
    m_steps.append(
        { QStringLiteral("remove half the rows"),
          [this] {
              const QAbstractItemModel &model = *grid()->model();
              grid()->selectionModel()->select({ model.index(0, 0),
                                                 model.index(model.rowCount() / 2, model.columnCount() - 1) },
                                               QItemSelectionModel::ClearAndSelect);
              trigger(QStringLiteral("removeRowsAction"));
          },
          [this] { return isIdle(); } });
    m_steps.append({ QStringLiteral("undo removing"), [this] { trigger(QStringLiteral("undoAction")); },
                     [this] { return isIdle(); } });
}

void Script::addOrderSteps()
{
    const auto isOrdered = [this] { return m_turns > 1 && !model()->isOrdering(); };
    const auto filter = [this](const QString &text) {
        inFirstPane<QLineEdit>(QStringLiteral("filterEdit"))->setText(text);
    };
    m_steps.append({ QStringLiteral("filter"), [filter] { filter(QStringLiteral("99")); }, isOrdered });
    m_steps.append({ QStringLiteral("filter off"), [filter] { filter({}); }, isOrdered });
    m_steps.append(
        { QStringLiteral("sort texts"), [this] { grid()->sortByColumn(2, Qt::AscendingOrder); }, isOrdered });
    m_steps.append(
        { QStringLiteral("sort numbers down"), [this] { grid()->sortByColumn(0, Qt::DescendingOrder); }, isOrdered });
    m_steps.append({ QStringLiteral("sort off"), [this] { grid()->sortByColumn(-1, Qt::AscendingOrder); }, isOrdered });
}

QString Script::copyOfTheRows() const
{
    const Table &table = m_document.table(0);
    QString text;
    for (qsizetype row = 0; row < table.rowCount(); ++row) {
        for (int column = 0; column < table.columnCount(); ++column)
            text += QString::fromUtf8(table.cell(row, column)) + QLatin1Char(column < 2 ? '\t' : '\n');
    }
    return text;
}

void Script::addPasteSteps()
{
    const auto hasRows = [this](qsizetype factor) { return rows() == factor * m_rows && isIdle(); };
    m_steps.append({ QStringLiteral("(make a text)"),
                     [this] {
                         m_rows = rows();
                         grid()->setFocus();
                         QGuiApplication::clipboard()->setText(copyOfTheRows());
                     },
                     [this] { return m_turns > 1; } });
    m_steps.append({ QStringLiteral("paste all rows"), [this] { trigger(QStringLiteral("pasteRowsAction")); },
                     [hasRows] { return hasRows(2); } });
    m_steps.append({ QStringLiteral("undo pasting"), [this] { trigger(QStringLiteral("undoAction")); },
                     [hasRows] { return hasRows(1); } });
    m_steps.append({ QStringLiteral("redo pasting"), [this] { trigger(QStringLiteral("redoAction")); },
                     [hasRows] { return hasRows(2); } });
    m_steps.append({ QStringLiteral("undo it again"), [this] { trigger(QStringLiteral("undoAction")); },
                     [hasRows] { return hasRows(1); } });
}

QItemSelection Script::block()
{
    constexpr int Rows = 100'000;
    const QAbstractItemModel &model = *grid()->model();
    const int last = std::min(Rows, static_cast<int>(rows())) - 1;
    return { model.index(0, 0), model.index(last, model.columnCount() - 1) };
}

void Script::addBlockSteps()
{
    const auto edit = [this](const QString &name, const QString &action) {
        m_steps.append({ name,
                         [this, action] {
                             m_index = m_document.undoStack().index();
                             trigger(action);
                         },
                         [this] { return m_document.undoStack().index() != m_index && isIdle(); } });
        m_steps.append({ QStringLiteral("undo ") + name, [this] { trigger(QStringLiteral("undoAction")); },
                         [this] { return m_document.undoStack().index() == m_index && isIdle(); } });
    };
    m_steps.append({ QStringLiteral("copy 100,000 rows"),
                     [this] {
                         QGuiApplication::clipboard()->clear();
                         grid()->setFocus();
                         grid()->selectionModel()->select(block(), QItemSelectionModel::ClearAndSelect);
                         trigger(QStringLiteral("copyAction"));
                     },
                     [] { return !QGuiApplication::clipboard()->text().isEmpty(); } });
    edit(QStringLiteral("clear 100,000 rows"), QStringLiteral("cutAction"));
    m_steps.append({ QStringLiteral("(select another row)"),
                     [this] { grid()->setCurrentIndex(grid()->model()->index(1, 0)); }, [] { return true; } });
    edit(QStringLiteral("paste over 100,000 rows"), QStringLiteral("pasteAction"));
    edit(QStringLiteral("paste 100,000 new rows"), QStringLiteral("pasteRowsAction"));
    m_steps.append({ QStringLiteral("(select 100,000 rows)"),
                     [this] { grid()->selectionModel()->select(block(), QItemSelectionModel::ClearAndSelect); },
                     [] { return true; } });
    edit(QStringLiteral("fill down 100,000 rows"), QStringLiteral("fillDownAction"));
}

void Script::addFindSteps()
{
    const auto look = [this](const QString &text) {
        m_window.findChild<QLineEdit *>(QStringLiteral("findEdit"))->setText(text);
    };
    const auto isFound = [this] {
        return m_turns > 1
            && m_window.findChild<QLabel *>(QStringLiteral("foundLabel"))->text().contains(QStringLiteral("Users"));
    };
    const auto isReplaced = [this](int steps) { return m_document.undoStack().index() == m_index + steps && isIdle(); };
    m_steps.append({ QStringLiteral("find in every row"),
                     [this, look] {
                         m_index = m_document.undoStack().index();
                         trigger(QStringLiteral("replaceAction"));
                         look(QStringLiteral("example"));
                     },
                     isFound });
    m_steps.append({ QStringLiteral("go to the last"), [this] { trigger(QStringLiteral("findPreviousAction")); },
                     [this] { return m_turns > 20; } });
    m_steps.append({ QStringLiteral("replace all"),
                     [this] {
                         m_window.findChild<QLineEdit *>(QStringLiteral("replaceEdit"))->setText(QStringLiteral("u"));
                         m_window.findChild<QPushButton *>(QStringLiteral("replaceAllButton"))->click();
                     },
                     [isReplaced] { return isReplaced(1); } });
    m_steps.append({ QStringLiteral("undo replacing"), [this] { trigger(QStringLiteral("undoAction")); },
                     [isReplaced] { return isReplaced(0); } });
    m_steps.append({ QStringLiteral("find nothing"), [look] { look(QStringLiteral("no such text")); },
                     [this] { return m_turns > 100; } });
    m_steps.append({ QStringLiteral("next problem"), [this] { trigger(QStringLiteral("nextProblemAction")); },
                     [this] { return m_turns > 20; } });
}

} // namespace

int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2) {
        std::fprintf(stderr, "bench_window PACKAGE [MOMENT…]\n");
        return 2;
    }
    EnglishPlurals plurals;
    QApplication::installTranslator(&plurals);
    prepareDatabaseDrivers();
    applyTheme(ThemeChoice::Light);
    Script script(arguments.at(1));
    QTimer::singleShot(0, &script, [&] { script.play(arguments.sliced(2)); });
    const int status = QApplication::exec();
    script.printSum();
    return status;
}
