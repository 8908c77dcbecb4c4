// SPDX-License-Identifier: MIT
#pragma once

// Fusion with fewer lines: flat headers, splitters that are a gap, one button in the accent colour.

#include <QProxyStyle>

class QStyleOptionHeader;

namespace seedbed {

/// The dynamic property of the one push button that is the thing to do next.
inline constexpr char AccentProperty[] = "accent";

/// Left and right of the text in a cell, a header, an editor; in pixels.
inline constexpr int TextMargin = 6;

/// The style of the whole program.
/// Thread: GUI thread.
class QuietStyle : public QProxyStyle
{
    Q_OBJECT

public:
    QuietStyle();

    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    [[nodiscard]] int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    [[nodiscard]] QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                         const QWidget *widget) const override;
    [[nodiscard]] QRect subElementRect(SubElement element, const QStyleOption *option,
                                       const QWidget *widget) const override;
    [[nodiscard]] QPixmap generatedIconPixmap(QIcon::Mode mode, const QPixmap &pixmap,
                                              const QStyleOption *option) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                                QStyleHintReturn *returned) const override;

private:
    /// And all that this style leaves to its base.
    void drawLabel(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawSortable(const QStyleOptionHeader &header, QPainter &painter, const QWidget *widget) const;
};

} // namespace seedbed
