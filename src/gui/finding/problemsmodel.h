// SPDX-License-Identifier: MIT
#pragma once

// The problems of all tables as a tree: their kinds, and below each the first of its rows.

#include "gui/document/disposal.h"
#include "gui/finding/problemgroups.h"

#include <QAbstractItemModel>
#include <QThreadPool>

#include <memory>
#include <stop_token>

namespace seedbed {

/// Kinds of problems, with their rows. Of a kind with very many rows the first are listed, and then how many more there
/// are. All text is plain.
/// Thread: GUI thread.
class ProblemsModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    explicit ProblemsModel(QObject *parent = nullptr);
    ~ProblemsModel() override;

    /// Shows what a validation found, as soon as it is in groups; null: nothing.
    void show(const std::shared_ptr<const Validation> &validation);

    /// The group that an index is, or is in.
    [[nodiscard]] const ProblemGroup &groupAt(const QModelIndex &index) const { return m_groups.at(groupOf(index)); }
    /// The problem that an index is; null for a group, and for the line that says how many more there are.
    [[nodiscard]] const Problem *problemAt(const QModelIndex &index) const;
    [[nodiscard]] QString fieldOf(const Problem &problem, int table) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Grouped {
        std::shared_ptr<const Validation> validation;
        QList<ProblemGroup> groups;
    };

    void take(const std::shared_ptr<const Grouped> &grouped);
    [[nodiscard]] static qsizetype groupOf(const QModelIndex &index);
    [[nodiscard]] QString text(const QModelIndex &index) const;

    std::shared_ptr<const Validation> m_validation;
    QList<ProblemGroup> m_groups;
    Disposal m_disposal;
    std::stop_source m_stop;
    QThreadPool m_pool; // the last member: it waits for the work under way before anything else goes
};

} // namespace seedbed
