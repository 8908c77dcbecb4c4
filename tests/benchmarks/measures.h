// SPDX-License-Identifier: MIT
#pragma once

// What is measured, under which name, with which goal.

#include "linetable.h"
#include "shop.h"
#include "wholeruns.h"

#include <QHash>
#include <QStringList>

#include <functional>
#include <optional>

namespace seedbed {

/// How large and how often.
struct Effort {
    int rows = 1'000'000;
    int repeats = 5;
    int fewRows = 100'000;    ///< growth: from these
    int manyRows = 5'000'000; ///< growth: to these
};

/// Takes the measures. Runs that serve several are made once.
class Measures final
{
public:
    Measures(Workplace place, const Effort &effort, QStringList wanted);

    /// The names by which measures are asked for.
    [[nodiscard]] static QStringList names();
    [[nodiscard]] QList<Line> take();

private:
    struct Measure {
        QString name;
        QString what;
        Measured<QList<Line>> (Measures::*take)();
    };
    struct Parts {
        QHash<QString, Samples> ours;
        Samples loop;
    };

    struct Played {
        Samples firstRows; // milliseconds
        Samples gaps;      // milliseconds
    };

    [[nodiscard]] static QList<Measure> all();
    [[nodiscard]] bool isWanted(const char *name) const { return m_wanted.contains(QLatin1String(name)); }
    [[nodiscard]] QString program(const char *name) const;

    [[nodiscard]] Measured<QList<Line>> endToEnd();
    [[nodiscard]] Measured<QList<Line>> broken();
    [[nodiscard]] Measured<QList<Line>> insertion();
    [[nodiscard]] Measured<QList<Line>> validation();
    [[nodiscard]] Measured<QList<Line>> reading();
    [[nodiscard]] Measured<QList<Line>> memory();
    [[nodiscard]] Measured<QList<Line>> growth();
    [[nodiscard]] Measured<QList<Line>> cancelling();
    [[nodiscard]] Measured<QList<Line>> window();
    [[nodiscard]] Measured<Played> playWindow(const Shop &shop) const;
    [[nodiscard]] Measured<QList<Line>> smallRun();
    [[nodiscard]] Measured<QList<Line>> secondRun();

    [[nodiscard]] const Measured<WholeRuns> &wholeRuns();
    [[nodiscard]] const Measured<Parts> &parts();
    [[nodiscard]] Measured<Parts> measureParts() const;
    [[nodiscard]] Measured<QHash<QString, double>> runParts(const QStringList &arguments) const;

    const Workplace m_place;
    const Effort m_effort;
    const QStringList m_wanted;
    std::optional<Measured<WholeRuns>> m_wholeRuns;
    std::optional<Measured<Parts>> m_parts;
};

} // namespace seedbed
