// SPDX-License-Identifier: MIT
#pragma once

// The switch of a pane between the rows that are edited and those in the database.

#include <QToolButton>
#include <QWidget>

namespace seedbed {

/// Two buttons, one of which is down.
/// Thread: GUI thread.
class RowsSwitch final : public QWidget
{
    Q_OBJECT

public:
    explicit RowsSwitch(QWidget *parent = nullptr);

    [[nodiscard]] bool isDatabase() const { return m_database->isChecked(); }
    void setDatabase(bool isDatabase);

Q_SIGNALS:
    void switched();

private:
    QToolButton *addButton(const QString &name, const QString &text, const QString &tip);

    QToolButton *m_seed;
    QToolButton *m_database;
};

} // namespace seedbed
