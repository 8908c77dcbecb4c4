// SPDX-License-Identifier: MIT
#pragma once

// The bar beneath the grids with which cells are found in all tables, and their texts replaced.

#include "gui/finding/cellfinder.h"
#include "gui/finding/problemwalk.h"

#include <QPointer>
#include <QWidget>

#include <memory>
#include <optional>

namespace Ui {
class FindBar;
}

namespace seedbed {

class PaneSplitter;

/// Looks for what is typed in it while it is open. What it finds is shown in the panes, whatever they filter.
/// Thread: GUI thread.
class FindBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(QWidget *parent = nullptr);
    ~FindBar() override;

    /// To be called once. Both must outlive the bar, or be its siblings.
    void watch(Document &document, PaneSplitter &panes);

    void openToFind();
    void openToReplace();
    /// From the current cell on; opens the bar where it is closed.
    void findNext() { find(Direction::Forwards); }
    void findPrevious() { find(Direction::Backwards); }

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void connectWidgets();
    void setReplacing(bool isReplacing);
    void open();
    void close();
    void ask();
    void find(Direction direction);
    void step(Direction direction);
    void replace();
    void replaceAll();
    void takeAnswer();
    void updateView();
    [[nodiscard]] QString foundText() const;
    void allowReplacing();

    std::unique_ptr<Ui::FindBar> m_ui;
    Document *m_document = nullptr;
    PaneSplitter *m_panes = nullptr;
    std::unique_ptr<CellFinder> m_finder;
    std::optional<Direction> m_wanted; // the step to be taken when the answer is there
    QString m_note;                    // what has just happened
    QPointer<QWidget> m_before;        // what had the focus
};

} // namespace seedbed
