// SPDX-License-Identifier: MIT
#pragma once

// How long the event loop of the GUI thread was away: a timer that should come every five milliseconds, and when it
// came.

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

namespace seedbed {

/// The largest gap between two turns of the event loop, for each moment of a script.
/// Thread: GUI thread.
class GapMeter final : public QObject
{
    Q_OBJECT

public:
    /// What was measured during one moment; times in milliseconds.
    struct Moment {
        QString name;
        double seconds = 0;    ///< how long it lasted
        double largest = 0;    ///< gap
        double largestCpu = 0; ///< of that gap: the time the thread was at work itself; the rest it waited for a core
        double when = 0;       ///< of that gap, since the moment began
        int over50 = 0;        ///< gaps of more than 50 ms
    };

    explicit GapMeter(QObject *parent = nullptr);

    void start();
    /// From now on gaps belong to this moment.
    void begin(const QString &name);
    [[nodiscard]] const QList<Moment> &moments() const { return m_moments; }
    /// Milliseconds since start().
    [[nodiscard]] double now() const;

Q_SIGNALS:
    /// A turn of the event loop.
    void turned();

private:
    void turn();

    QTimer m_timer;
    QElapsedTimer m_clock;
    QList<Moment> m_moments;
    double m_last = 0;
    double m_lastCpu = 0;
    double m_began = 0;
};

} // namespace seedbed
