// SPDX-License-Identifier: MIT
#pragma once

// The log in the window: filtered by level, copied, saved, cleared; it follows the end unless scrolled away from it.

#include "gui/run/logmodel.h"
#include "rows/packagefiles.h"

#include <QWidget>

#include <functional>
#include <memory>

namespace Ui {
class LogPane;
}

namespace seedbed {

/// The pane of the log.
/// Thread: GUI thread.
class LogPane final : public QWidget
{
    Q_OBJECT

public:
    explicit LogPane(QWidget *parent = nullptr);
    ~LogPane() override;

    /// The level from which lines are shown.
    [[nodiscard]] LogEntry::Level lowestLevel() const;
    void setLowestLevel(LogEntry::Level level);

    [[nodiscard]] LogModel &model() { return m_model; }
    /// \a kept: answers, when it is saved, which files the log must not overwrite.
    void setKept(const std::function<PackageFiles()> &kept) { m_kept = kept; }
    /// What is done with the lines: for the bar of the tabs that the pane is in.
    [[nodiscard]] QWidget &tools();

private:
    /// The selected lines, or all that are shown, with tabs between their columns.
    [[nodiscard]] QString text() const;
    void copy();
    void save();
    void write(const QString &path);

    std::unique_ptr<Ui::LogPane> m_ui;
    LogModel m_model;
    LogFilter m_filter;
    std::function<PackageFiles()> m_kept = [] { return PackageFiles(); };
    bool m_isAtEnd = true;
};

} // namespace seedbed
