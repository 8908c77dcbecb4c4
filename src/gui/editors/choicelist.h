// SPDX-License-Identifier: MIT
#pragma once

// The texts that a cell may have, listed below its editor.

#include <QListWidget>

namespace seedbed {

class CellEditor;

/// A text that may be put into a cell, and how it is listed.
/// Thread: any (a value).
struct Choice {
    QString text;
    QString label;

    friend bool operator==(const Choice &, const Choice &) = default;
};

/// A list that belongs to an editor, which keeps the focus: its arrow keys go through the list, and the choice they
/// come to is put into the cell as if it were typed.
/// Thread: GUI thread.
class ChoiceList final : public QListWidget
{
    Q_OBJECT

public:
    explicit ChoiceList(CellEditor &editor);

    /// Shows them in place of those from before, or nothing where there are none.
    void offer(const QList<Choice> &choices);

Q_SIGNALS:
    /// The user wants to see what there is: the editor was opened, or Alt+Down pressed.
    void wanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();
    [[nodiscard]] bool takeKey(int key);

    CellEditor &m_editor;
};

} // namespace seedbed
