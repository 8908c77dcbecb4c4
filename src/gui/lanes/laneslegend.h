// SPDX-License-Identifier: MIT
#pragma once

// What the patterns of the lanes mean.

#include <QWidget>

namespace seedbed {

/// A sample and a word for each state, on as many lines as its width asks for.
/// Thread: GUI thread.
class LanesLegend final : public QWidget
{
    Q_OBJECT

public:
    explicit LanesLegend(QWidget *parent = nullptr);

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Item {
        QPoint place;
        QString text;
        size_t state = 0;
    };
    [[nodiscard]] QList<Item> itemsIn(int width) const;
};

} // namespace seedbed
