// SPDX-License-Identifier: MIT
#pragma once

// How far long work is: a bar, what is done, how fast, how much time is left, and a button that stops it.

#include "gui/look/elidedlabel.h"

#include <QElapsedTimer>
#include <QProgressBar>
#include <QTimer>
#include <QToolButton>
#include <QWidget>

#include <functional>
#include <optional>

namespace seedbed {

/// Work under way, as it stands.
/// Thread: any (a value).
struct Work {
    enum class Unit : quint8 {
        Bytes, ///< the rate is told, and the time left
        Rows,  ///< and how many rows of how many
        Share, ///< a percentage and the time left
    };

    QString what; ///< "Validating", "Reading" and a file; the clock starts anew when it begins with another word
    Unit unit = Unit::Share;
    double done = 0;
    double total = 0; ///< 0 where it is not known

    friend bool operator==(const Work &, const Work &) = default;
};

/// \a seconds: since the work began.
[[nodiscard]] QString textOf(const Work &work, double seconds);

/// Where work may be under way. Both are called on the GUI thread.
struct WorkSource {
    std::function<std::optional<Work>()> look;
    std::function<void()> cancel; ///< none: it goes on to its end
};

/// Keeps its place in the window; what is on it shows while there is work that has been going on for a moment.
/// Thread: GUI thread.
class ProgressStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit ProgressStrip(QWidget *parent = nullptr);

    /// Of several sources with work, the first is shown.
    void add(const WorkSource &source);
    /// Work has begun somewhere: the sources are looked at until there is none any more.
    void wake();

    [[nodiscard]] QSize sizeHint() const override;

private:
    void look();
    void tell(const Work &work);
    void hideAll();

    QList<WorkSource> m_sources;
    QTimer m_timer;
    QElapsedTimer m_clock; // since the work that is looked at began
    QString m_kind;        // of that work; empty: there is none
    int m_active = -1;     // its source
    ElidedLabel *m_label;
    QProgressBar *m_bar;
    QToolButton *m_button;
};

} // namespace seedbed
