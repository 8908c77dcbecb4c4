// SPDX-License-Identifier: MIT
#include "gui/exchange/importtext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ImportText)
};

constexpr qsizetype MostNames = 8;

QString listOf(const QStringList &names)
{
    QStringList quoted;
    for (const QString &name : names.first(std::min(names.size(), MostNames)))
        quoted.append(Text::tr("“%1”").arg(name));
    if (names.size() > MostNames)
        quoted.append(Text::tr("…"));
    return quoted.join(Text::tr(", ", "between names"));
}

QStringList unusedColumns(const ImportFile &file)
{
    QStringList names;
    for (qsizetype i = 0; i < file.preview().columns.size(); ++i) {
        if (file.recipe().fields.at(i) == NoField)
            names.append(file.preview().columns.at(i));
    }
    return names;
}

QStringList emptyFields(const ImportFile &file)
{
    QStringList names;
    for (int i = 0; i < file.resource().schema.fields.size(); ++i) {
        if (!file.recipe().fields.contains(i))
            names.append(file.resource().schema.fields.at(i).name);
    }
    return names;
}

} // namespace

ImportText importSummary(const ImportFile &file, qsizetype rowsThere)
{
    if (file.rows() && !*file.rows())
        return { file.rows()->error().message, State::Failed };
    if (file.preview().columns.isEmpty())
        return { Text::tr("%1 has no rows that can be read this way").arg(file.name()), State::Problem };
    const QString title = file.resource().title;
    if (!file.hasFields())
        return { Text::tr("No column is a field of %1; choose fields in the first line").arg(title), State::Problem };
    if (!file.rows())
        return { Text::tr("Reading %1: %2 %").arg(file.name(), QLocale().toString(file.progress())), {} };
    const auto rows = static_cast<int>((*file.rows())->rowCount());
    if (file.replaces()) {
        return { Text::tr("%Ln row(s) will take the place of the %2 in %1", nullptr, rows)
                     .arg(title, QLocale().toString(rowsThere)),
                 {} };
    }
    return { Text::tr("%Ln row(s) will be added to %1", nullptr, rows).arg(title), {} };
}

ImportText importNote(const ImportFile &file)
{
    QStringList notes;
    const int ragged = file.isReady() ? static_cast<int>((*file.rows())->raggedCount()) : 0;
    if (ragged > 0)
        notes += Text::tr("%Ln row(s) with more or fewer cells than there are columns", nullptr, ragged);
    if (const QStringList names = unusedColumns(file); file.hasFields() && !names.isEmpty())
        notes += Text::tr("not used: %1").arg(listOf(names));
    if (const QStringList names = emptyFields(file); file.hasFields() && !names.isEmpty())
        notes += Text::tr("left empty: %1").arg(listOf(names));
    return { notes.join(Text::tr(" · ", "between notes")), ragged > 0 ? std::optional(State::Problem) : std::nullopt };
}

} // namespace seedbed
