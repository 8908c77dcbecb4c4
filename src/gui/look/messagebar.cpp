// SPDX-License-Identifier: MIT
#include "gui/look/messagebar.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace seedbed {

namespace {

constexpr int SignSize = 16;
constexpr int Corner = 4;

/// A message: its sign, its text in full, its buttons.
class MessageLine final : public QWidget
{
public:
    MessageLine(const Message &message, QWidget *parent)
        : QWidget(parent)
        , m_state(message.state)
        , m_sign(new QLabel(this))
    {
        setObjectName(message.subject + QStringLiteral("Message"));
        setAccessibleName(message.text);
        auto *text = new QLabel(message.text, this);
        text->setObjectName(QStringLiteral("messageLabel"));
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        auto *layout = new QHBoxLayout(this);
        layout->setContentsMargins(8, 4, 4, 4);
        layout->setSpacing(8);
        layout->addWidget(m_sign);
        layout->addWidget(text, 1);
        showSign();
    }

    QToolButton &addButton(const QString &text, const QString &name)
    {
        auto *button = new QToolButton(this);
        button->setText(text);
        button->setObjectName(name);
        button->setMinimumHeight(28);
        button->setFocusPolicy(Qt::TabFocus);
        layout()->addWidget(button);
        return *button;
    }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(stateFill(m_state));
        painter.setBrush(stateTint(m_state));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Corner, Corner);
    }

    void changeEvent(QEvent *event) override
    {
        QWidget::changeEvent(event);
        if (event->type() == QEvent::PaletteChange)
            showSign();
    }

private:
    void showSign() { m_sign->setPixmap(stateIcon(m_state).pixmap(QSize(SignSize, SignSize), devicePixelRatio())); }

    State m_state;
    QLabel *m_sign;
};

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(4);
    hide();
}

void MessageBar::tell(const Message &message)
{
    withdraw(message.subject);
    auto *line = new MessageLine(message, this);
    const auto add = [&](const Message::Choice &choice, const QString &name) {
        connect(&line->addButton(choice.text, name), &QToolButton::clicked, this,
                [this, subject = message.subject, choose = choice.choose] {
                    withdraw(subject);
                    if (choose)
                        choose();
                });
    };
    for (int i = 0; i < message.choices.size(); ++i)
        add(message.choices.at(i), QStringLiteral("choice%1Button").arg(i + 1));
    if (message.choices.isEmpty())
        add({ tr("Close"), {} }, QStringLiteral("closeButton"));
    m_lines.insert(message.subject, line);
    m_layout->addWidget(line);
    show();
    QAccessibleEvent event(line, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::withdraw(const QString &subject)
{
    QWidget *line = m_lines.take(subject);
    if (!line)
        return;
    m_layout->removeWidget(line);
    line->hide();
    line->deleteLater(); // one of its buttons may be what was clicked
    setVisible(!m_lines.isEmpty());
}

} // namespace seedbed
