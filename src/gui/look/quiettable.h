// SPDX-License-Identifier: MIT
#pragma once

// A table to read: whole rows, no lines, and a sentence where there are no rows.

#include <QTableView>

namespace seedbed {

/// The views of the report and the log.
/// Thread: GUI thread.
class QuietTable final : public QTableView
{
    Q_OBJECT

public:
    explicit QuietTable(QWidget *parent = nullptr);

    /// What is said while there are no rows.
    void setPlaceholder(const QString &text);
    [[nodiscard]] QString placeholder() const { return m_placeholder; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString m_placeholder;
};

} // namespace seedbed
