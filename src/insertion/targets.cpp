// SPDX-License-Identifier: MIT
#include "insertion/targets.h"

#include <QCoreApplication>
#include <QDir>
#include <QHash>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::RunReport)
};

} // namespace

Targets::Targets(const std::shared_ptr<const Package> &package, const TargetOptions &options, int atOnce)
    : m_package(package)
    , m_into(options.into)
    , m_crew(atOnce - 1)
{
    for (int table = 0; table < package->resources.size(); ++table)
        m_places.push_back({ table, makeTarget(package, table, options), Inspection {}, {} });
}

void Targets::checkNames()
{
    for (Place &place : m_places) {
        if (const auto fits = place.target->checkName(); !fits)
            place.error = fits.error();
    }
}

void Targets::inspect()
{
    forEachPlace([](Place &place) {
        place.error.reset();
        if (auto inspection = place.target->inspect())
            place.inspection = std::move(*inspection);
        else
            place.error = inspection.error();
    });
    refuseShared();
}

// Two names, by a link, of one database.
void Targets::refuseShared()
{
    QHash<QByteArray, int> owners;
    for (Place &place : m_places) {
        if (place.error || place.inspection.place.isEmpty())
            continue;
        const auto owner = owners.constFind(place.inspection.place);
        if (owner == owners.constEnd()) {
            owners.insert(place.inspection.place, place.table);
            continue;
        }
        place.error =
            Error { Error::Kind::Refused,
                    Text::tr("%1: is the same file as %2; each table needs one of its own: remove the link or "
                             "choose another folder")
                        .arg(QDir(m_into).filePath(m_package->resources.at(place.table).database),
                             m_package->resources.at(*owner).database) };
    }
}

void Targets::prepare(const QList<qsizetype> &rowCounts)
{
    forEachPlace([&rowCounts](Place &place) {
        const qsizetype rowCount = rowCounts.at(place.table);
        if (rowCount == 0)
            return;
        if (const auto prepared = place.target->prepare(rowCount); !prepared)
            place.error = prepared.error();
    });
}

std::optional<Error> Targets::firstError() const
{
    std::optional<Error> all;
    for (const Place &place : m_places) {
        if (!place.error)
            continue;
        if (!all)
            all = place.error;
        else
            all->message += u'\n' + place.error->message;
    }
    return all;
}

std::optional<Error> Targets::lockError() const
{
    for (const Place &place : m_places) {
        if (place.inspection.isLocked) {
            return Error { Error::Kind::Locked,
                           Text::tr("%1: database is locked, its rows cannot be read; try again when the other program "
                                    "is done")
                               .arg(m_package->resources.at(place.table).database) };
        }
    }
    return std::nullopt;
}

QList<ExistingRows> Targets::rows() const
{
    QList<ExistingRows> rows;
    for (const Place &place : m_places)
        rows.append(place.inspection.rows);
    return rows;
}

void Targets::forEach(const std::function<void(int)> &work)
{
    forEachPlace([&work](const Place &place) { work(place.table); });
}

void Targets::forEachPlace(const std::function<void(Place &)> &work)
{
    m_crew.forEach(m_places, work);
}

} // namespace seedbed
