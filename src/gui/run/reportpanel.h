// SPDX-License-Identifier: MIT
#pragma once

// What a run does and did: a summary, a line per table, and every row that did not go in.

#include "base/result.h"
#include "gui/run/progressmodel.h"
#include "gui/run/rejectsmodel.h"

#include <QWidget>

#include <memory>

namespace Ui {
class ReportPanel;
}

namespace seedbed {

/// The report of the latest run.
/// Thread: GUI thread.
class ReportPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit ReportPanel(QWidget *parent = nullptr);
    ~ReportPanel() override;

    /// Nothing has run yet on the tables of \a package.
    void setPackage(const Package &package);
    void begin(bool isDryRun);
    void follow(const RunUpdate &update);
    void showReport(const RunReport &report);
    /// A run that could not be, or databases that cannot be read.
    void showError(const Error &error);

    /// Whether what a run did is shown.
    [[nodiscard]] bool hasReport() const { return m_hasReport; }
    /// What the summary says, in one line.
    [[nodiscard]] QString headline() const;

Q_SIGNALS:
    /// The user wants to see the cell at fault. \a field: its name, or empty for the whole row.
    void cellWanted(int table, seedbed::RowId row, const QString &field);

protected:
    void changeEvent(QEvent *event) override;

private:
    void fitTables();
    void fitProgress();
    void jump(const QModelIndex &index);

    std::unique_ptr<Ui::ReportPanel> m_ui;
    ProgressModel m_progress;
    RejectsModel m_rejects;
    bool m_hasReport = false;
    bool m_isDryRun = false; // of the run that is followed
};

} // namespace seedbed
