// SPDX-License-Identifier: MIT
#include "gui/exchange/importfile.h"

#include "base/background.h"
#include "base/regularfile.h"

#include <QDir>

#include <algorithm>

namespace seedbed {

namespace {

constexpr qsizetype PreviewRows = 100;

Result<Table> rowsOf(const ImportSource &source, const TableSchema &schema, const ImportRecipe &recipe,
                     ImportProgress &progress, const std::stop_token &stop, const ReadLimits &limits)
{
    const auto device = source.open();
    if (!device)
        return tl::unexpected<Error>(device.error());
    Result<Table> rows = importCsv(**device, schema, recipe, source.name, &progress, stop, limits);
    const auto *file = qobject_cast<const RegularFile *>(device->get());
    const bool isStop = !rows && rows.error().kind == Error::Kind::Stopped;
    if (isStop || !file || !file->hasChanged())
        return rows;
    return failure(Error::Kind::Unreadable,
                   ImportFile::tr("%1 was changed by another program while it was read; try again when that is done")
                       .arg(QDir::toNativeSeparators(source.path)));
}

QStringList namesOf(const TableSchema &schema)
{
    QStringList names;
    for (const Field &field : schema.fields)
        names << field.name << field.title;
    return names;
}

} // namespace

ImportFile::ImportFile(const ImportSource &source, const Package &package, const Settings &settings, int table,
                       QThreadPool &pool, QObject *parent)
    : QObject(parent)
    , m_source(source)
    , m_package(package)
    , m_settings(settings)
    , m_pool(pool)
    , m_table(table)
{
    begin();
}

ImportFile::~ImportFile() = default;

void ImportFile::begin()
{
    const ImportMemory memory = ImportMemory::fromMap(m_settings.importChoices(m_package, resource().name));
    m_recipe.form = memory.form;
    m_recipe.hasDecimalComma = memory.hasDecimalComma;
    m_replaces = memory.replaces;
    look(memory.rememberedColumns());
    if (memory.columns.isEmpty() || m_preview.columns != memory.columns) { // a file of another kind
        m_recipe.form = guessForm(m_source.head, namesOf(resource().schema));
        look(memory.rememberedColumns());
        m_recipe.hasDecimalComma = guessDecimalComma(m_preview, resource().schema, m_recipe.fields);
    }
    read();
}

ImportMemory ImportFile::memory() const
{
    ImportMemory memory { m_recipe.form, m_recipe.hasDecimalComma, m_replaces, {}, {} };
    memory.remember(m_preview.columns, m_recipe.fields, resource().schema);
    return memory;
}

void ImportFile::look(const RememberedColumns &remembered)
{
    m_preview = previewOf(m_source.head, m_recipe.form, PreviewRows);
    const bool isNamed = m_recipe.form.dialect.header
        || std::ranges::any_of(m_preview.columns, [&](const QString &column) { return remembered.contains(column); });
    m_recipe.fields = isNamed ? mapByName(m_preview.columns, resource().schema, remembered)
                              : mapByPosition(m_preview.columns.size(), resource().schema);
}

void ImportFile::setTable(int table)
{
    m_table = table;
    begin();
    Q_EMIT changed();
}

void ImportFile::setForm(const CsvForm &form)
{
    if (m_recipe.form == form)
        return;
    const RememberedColumns chosen = memory().rememberedColumns();
    m_recipe.form = form;
    look(chosen);
    read();
    Q_EMIT changed();
}

void ImportFile::setField(int column, int field)
{
    if (m_recipe.fields.at(column) == field)
        return;
    if (field != NoField)
        std::ranges::replace(m_recipe.fields, field, NoField);
    m_recipe.fields[column] = field;
    read();
    Q_EMIT changed();
}

void ImportFile::setDecimalComma(bool hasDecimalComma)
{
    m_recipe.hasDecimalComma = hasDecimalComma;
    read();
    Q_EMIT changed();
}

void ImportFile::setReplaces(bool replaces)
{
    m_replaces = replaces;
    Q_EMIT changed();
}

bool ImportFile::hasFields() const
{
    return std::ranges::any_of(m_recipe.fields, [](int field) { return field != NoField; });
}

int ImportFile::progress() const
{
    const qint64 all = m_progress->bytesInAll;
    return all == 0 ? 0 : static_cast<int>(100 * m_progress->bytesRead / all);
}

void ImportFile::read()
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    m_rows.reset();
    m_progress = std::make_shared<ImportProgress>();
    const auto work = [source = m_source, schema = resource().schema, recipe = m_recipe, progress = m_progress,
                       stop = m_stop.get_token(), limits = m_settings.readLimits()]() -> Result<SharedRows> {
        return std::make_shared<const Rows>(rowsOf(source, schema, recipe, *progress, stop, limits));
    };
    doInBackground(m_pool, *this, work, [this, stop = m_stop.get_token()](const Result<SharedRows> &rows) {
        if (stop.stop_requested())
            return;
        m_rows = rows ? *rows : std::make_shared<const Rows>(tl::unexpected<Error>(rows.error()));
        Q_EMIT finished();
    });
}

} // namespace seedbed
