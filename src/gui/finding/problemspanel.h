// SPDX-License-Identifier: MIT
#pragma once

// What is wrong with the rows, those of a kind together: the tab beside the report.

#include "gui/finding/problemsmodel.h"

#include <QWidget>

#include <memory>
#include <set>
#include <utility>

namespace Ui {
class ProblemsPanel;
}

namespace seedbed {

class Document;

/// Follows the validations of a document.
/// Thread: GUI thread.
class ProblemsPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit ProblemsPanel(QWidget *parent = nullptr);
    ~ProblemsPanel() override;

    /// To be called once.
    void watch(const Document &document);

Q_SIGNALS:
    /// All rows with a problem of these words are to be seen.
    void rowsWanted(int table, const QString &words);
    /// A row's wrong cell is to be seen.
    void cellWanted(int table, seedbed::RowId row, const QString &field);
    /// How many rows are wrong.
    void counted(qsizetype rows);

private:
    void follow(const Document &document);
    void tell(qsizetype wrong, qsizetype failed);
    void wantRows(const QModelIndex &index);
    void activate(const QModelIndex &index);
    void keepExpanded();
    void expandAgain();

    std::unique_ptr<Ui::ProblemsPanel> m_ui;
    ProblemsModel m_model;
    std::shared_ptr<const Validation> m_shown;
    std::set<std::pair<int, QString>> m_expanded; // tables and words of the groups that are open
};

} // namespace seedbed
