// SPDX-License-Identifier: MIT
#pragma once

// What the window has to say about files, in lines at its top that stay until they are answered: no box stands in the
// way.

#include "gui/look/theme.h"

#include <QHash>
#include <QList>
#include <QVBoxLayout>
#include <QWidget>

#include <functional>

namespace seedbed {

/// One line with what can be done about it.
struct Message {
    struct Choice {
        QString text;
        std::function<void()> choose; ///< called once; the line has gone by then
    };

    QString subject; ///< of two lines about the same the later one stays
    State state = State::Failed;
    QString text;
    QList<Choice> choices {}; ///< none: the line can be closed
};

/// As high as its lines; not there while there are none.
/// Thread: GUI thread.
class MessageBar final : public QWidget
{
    Q_OBJECT

public:
    explicit MessageBar(QWidget *parent = nullptr);

    void tell(const Message &message);
    /// The line about \a subject goes, if there is one.
    void withdraw(const QString &subject);

private:
    QVBoxLayout *m_layout;
    QHash<QString, QWidget *> m_lines; // by subject
};

} // namespace seedbed
