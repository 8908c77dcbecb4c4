// SPDX-License-Identifier: MIT
#pragma once

// The style for the high contrast palette: whatever can be pressed or typed into has a line around it, and what has the
// focus a thick one.

#include "gui/look/quietstyle.h"

namespace seedbed {

/// Thread: GUI thread.
class ContrastStyle final : public QuietStyle
{
    Q_OBJECT

public:
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    [[nodiscard]] int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
};

} // namespace seedbed
