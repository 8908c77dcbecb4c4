// SPDX-License-Identifier: MIT
#include "rows/csv/raggedwarnings.h"

#include <QCoreApplication>

#include <algorithm>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Dataset)
};

constexpr qsizetype MostSentences = 20;

QString describe(const RaggedRow &row, const Resource &resource)
{
    const QString sentence = row.extra.isEmpty()
        ? Text::tr("%1 line %2 has fewer cells than the table has columns (%3); the row is skipped until it is mended")
        : Text::tr("%1 line %2 has more cells than the table has columns (%3); the row is skipped until it is mended");
    return sentence.arg(resource.path).arg(row.line).arg(row.cellCount);
}

} // namespace

QStringList raggedWarnings(const Package &package, const QList<Table> &tables)
{
    QStringList warnings;
    for (int i = 0; i < package.resources.size(); ++i) {
        const Resource &resource = package.resources.at(i);
        QList<RaggedRow> rows = tables.at(i).raggedRows().values();
        const auto named = rows.begin() + std::min(rows.size(), MostSentences);
        std::partial_sort(rows.begin(), named, rows.end(),
                          [](const auto &a, const auto &b) { return a.line < b.line; });
        std::for_each(rows.begin(), named, [&](const RaggedRow &row) { warnings += describe(row, resource); });
        if (named != rows.end()) {
            warnings += Text::tr("%1 has %2 rows in all with more or fewer cells than the table has columns; only the "
                                 "first %3 are named")
                            .arg(resource.path)
                            .arg(rows.size())
                            .arg(MostSentences);
        }
    }
    return warnings;
}

} // namespace seedbed
