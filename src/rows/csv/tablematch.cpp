// SPDX-License-Identifier: MIT
#include "rows/csv/tablematch.h"

#include "rows/csv/columnmapping.h"

#include <QFileInfo>
#include <QRegularExpression>

namespace seedbed {

namespace {

/// The name without what a browser adds to that of a second download.
QString withoutCounter(const QString &name)
{
    static const QRegularExpression counter(QStringLiteral("\\s*\\(\\d+\\)$"));
    return QString(name).remove(counter);
}

int tableByName(const Package &package, const QString &name)
{
    for (int table = 0; table < package.resources.size(); ++table) {
        const Resource &resource = package.resources.at(table);
        for (const QString &known :
             { resource.name, resource.title, resource.table, QFileInfo(resource.path).completeBaseName() }) {
            if (!name.isEmpty() && looseName(known) == name)
                return table;
        }
    }
    return -1;
}

} // namespace

int tableForFile(const Package &package, const QString &fileName, const QStringList &columns)
{
    const QString name = QFileInfo(fileName).completeBaseName();
    for (const QString &candidate : { name, withoutCounter(name) }) {
        if (const int table = tableByName(package, looseName(candidate)); table >= 0)
            return table;
    }
    int best = -1;
    qsizetype most = 0;
    for (int table = 0; table < package.resources.size(); ++table) {
        const qsizetype named = namedFields(columns, package.resources.at(table).schema);
        if (named > most) {
            most = named;
            best = table;
        }
    }
    return best;
}

} // namespace seedbed
