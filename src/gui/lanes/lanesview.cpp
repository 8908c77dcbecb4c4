// SPDX-License-Identifier: MIT
#include "gui/lanes/lanesview.h"

#include "gui/lanes/laneslegend.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace seedbed {

namespace {

constexpr qint64 LookInterval = 100; // milliseconds

} // namespace

LanesView::LanesView(RunController &run, const Document &document, QWidget *parent)
    : QWidget(parent)
    , m_run(run)
    , m_document(document)
    , m_finding(new ElidedLabel(this))
    , m_tools(new QWidget(this))
    , m_zoomOut(
          addButton(QStringLiteral("zoomOutButton"), tr("−", "zoom out"), tr("Zoom out (-, or Ctrl and the wheel)")))
    , m_zoomIn(addButton(QStringLiteral("zoomInButton"), tr("+", "zoom in"), tr("Zoom in (+, or Ctrl and the wheel)")))
    , m_fit(addButton(QStringLiteral("fitButton"), tr("Fit"), tr("Show the whole run (0)")))
    , m_area(new LanesArea(this))
{
    m_finding->setObjectName(QStringLiteral("findingLabel"));
    m_finding->setAccessibleName(tr("What the lanes show"));
    m_area->setObjectName(QStringLiteral("lanesArea"));
    m_area->setAccessibleName(tr("Lanes of the workers over time"));
    setFocusProxy(m_area);
    auto *tools = new QHBoxLayout(m_tools);
    tools->setContentsMargins(0, 0, 0, 0);
    tools->setSpacing(4);
    for (QToolButton *button : { m_zoomOut, m_zoomIn, m_fit })
        tools->addWidget(button);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 8, 0, 0);
    all->setSpacing(4);
    all->addWidget(m_finding);
    all->addWidget(new LanesLegend(this));
    all->addWidget(m_area, 1);

    connect(m_zoomIn, &QToolButton::clicked, m_area, [this] { m_area->zoom(LanesArea::ZoomStep); });
    connect(m_zoomOut, &QToolButton::clicked, m_area, [this] { m_area->zoom(1 / LanesArea::ZoomStep); });
    connect(m_fit, &QToolButton::clicked, m_area, &LanesArea::fit);
    connect(m_area, &LanesArea::zoomed, this, &LanesView::updateZoom);
    connect(&m_run, &RunController::started, this, &LanesView::begin);
    connect(&m_run, &RunController::updated, this, &LanesView::follow);
    connect(&m_run, &RunController::finished, this, &LanesView::look);
    connect(&m_run, &RunController::refused, this, &LanesView::look);
    connect(&m_document, &Document::reset, this, &LanesView::clear);
    clear();
}

QToolButton *LanesView::addButton(const QString &name, const QString &text, const QString &tip)
{
    auto *button = new QToolButton(m_tools);
    button->setObjectName(name);
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    button->setMinimumSize(28, 24);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

void LanesView::begin()
{
    m_tables.clear();
    for (const Resource &resource : m_document.package().resources)
        m_tables.append({ resource.title, resource.database, {} });
    m_area->fit();
    look();
}

void LanesView::clear()
{
    m_tables.clear();
    look();
}

void LanesView::follow()
{
    if (m_sinceLook.elapsed() >= LookInterval)
        look();
}

void LanesView::look()
{
    if (!isVisible())
        return;
    m_sinceLook.start();
    QList<LaneTable> tables = m_tables;
    const QList<TableTimeline> timelines = m_tables.isEmpty() ? QList<TableTimeline>() : m_run.timelines();
    bool hasLanes = false;
    for (qsizetype table = 0; table < std::min(tables.size(), timelines.size()); ++table) {
        tables[table].timeline = timelines.at(table);
        hasLanes = hasLanes || !timelines.at(table).workers.isEmpty();
    }
    const QString finding = findingOf(tables);
    m_finding->setLine(finding);
    m_area->setAccessibleDescription(finding);
    m_area->setPlaceholder(m_tables.isEmpty()
                               ? tr("Run the inserts (Ctrl+R) to see what each connection to each database does, and "
                                    "what it waits for.")
                               : m_run.isRunning() ? tr("No connection has been opened to write so far.")
                                                   : tr("The latest run opened no connection to write."));
    m_area->setTables(hasLanes ? tables : QList<LaneTable>());
    updateZoom();
}

void LanesView::updateZoom()
{
    const bool hasLanes = !m_area->tables().isEmpty();
    m_zoomIn->setEnabled(hasLanes);
    m_zoomOut->setEnabled(hasLanes && !m_area->axis().isFitted());
    m_fit->setEnabled(hasLanes && !m_area->axis().isFitted());
}

void LanesView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    look();
}

void addLanes(QTabWidget &tabs, RunController &run, const Document &document)
{
    auto *lanes = new LanesView(run, document, &tabs);
    lanes->setObjectName(QStringLiteral("lanesView"));
    tabs.addTab(lanes, LanesView::tr("Lanes"));
    tabs.setCornerWidget(&lanes->tools());
    const auto updateView = [&tabs, lanes] { lanes->tools().setVisible(tabs.currentWidget() == lanes); };
    QObject::connect(&tabs, &QTabWidget::currentChanged, lanes, updateView);
    updateView();
    tabs.setTabToolTip(tabs.indexOf(lanes), LanesView::tr("What each connection does, over time"));
}

} // namespace seedbed
