// SPDX-License-Identifier: MIT
#pragma once

// The workers of the latest run as lanes over time, while it goes on and after it: a finding, a legend, the lanes.

#include "gui/document/document.h"
#include "gui/lanes/lanesarea.h"
#include "gui/look/elidedlabel.h"
#include "gui/run/runcontroller.h"

#include <QElapsedTimer>
#include <QTabWidget>
#include <QToolButton>

namespace seedbed {

/// Looks at what the workers tell while somebody looks at it, and at no other time.
/// Thread: GUI thread.
class LanesView final : public QWidget
{
    Q_OBJECT

public:
    /// Both are there for as long as the view can be seen.
    LanesView(RunController &run, const Document &document, QWidget *parent = nullptr);

    /// The buttons that zoom: for the bar of the tabs that the view is in.
    [[nodiscard]] QWidget &tools() { return *m_tools; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    QToolButton *addButton(const QString &name, const QString &text, const QString &tip);
    void begin();
    void clear();
    void follow();
    void look();
    void updateZoom();

    RunController &m_run;
    const Document &m_document;
    QList<LaneTable> m_tables; // of the latest run, unless another package was opened since; without what was done
    QElapsedTimer m_sinceLook;
    ElidedLabel *m_finding;
    QWidget *m_tools;
    QToolButton *m_zoomOut;
    QToolButton *m_zoomIn;
    QToolButton *m_fit;
    LanesArea *m_area;
};

/// Gives \a tabs a page with the lanes.
void addLanes(QTabWidget &tabs, RunController &run, const Document &document);

} // namespace seedbed
