// SPDX-License-Identifier: MIT
#pragma once

// A run at a glance, from across the room: a sign, how many rows went in, how many did not, and whether all is well.

#include "gui/look/theme.h"
#include "insertion/runprogress.h"
#include "report/runreport.h"

#include <QString>
#include <QWidget>

#include <optional>

class QPainter;

namespace seedbed {

/// How a run went, or goes.
/// Thread: any (a value).
struct Summary {
    /// Of rows.
    struct Figures {
        qsizetype in = 0;
        qsizetype notIn = 0;
        qsizetype all = 0; ///< for which there is to be room
        bool isDryRun = false;
        bool hasFailed = false; ///< some of those that are not in

        friend bool operator==(const Figures &, const Figures &) = default;
    };

    std::optional<State> state; ///< none while there is nothing to be judged
    std::optional<Figures> figures;
    QString word;    ///< "All is well"
    QString details; ///< the counts in full; without a word, a sentence
    QString line;    ///< in one line for those who have the sign: "24 inserted · 6 skipped · 0 failed in 0.04 s"
};

/// "Inserting…", and how far it is.
[[nodiscard]] Summary summaryOf(const RunUpdate &update, bool isDryRun);
[[nodiscard]] Summary summaryOf(const RunReport &report);

/// Shows a summary. Its height is always the same. Where there is little room texts are elided and figures smaller.
/// Thread: GUI thread.
class RunSummary final : public QWidget
{
    Q_OBJECT

public:
    explicit RunSummary(QWidget *parent = nullptr);

    void setSummary(const Summary &summary);
    [[nodiscard]] const Summary &summary() const { return m_summary; }
    /// The size of the figures at the present width, as a multiple of the window's font.
    [[nodiscard]] double figureScale() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] int figuresWidth(double scale) const;
    void paintFigures(QPainter &painter, QRect &room) const;
    void paintTexts(QPainter &painter, const QRect &room) const;

    Summary m_summary;
};

} // namespace seedbed
