// SPDX-License-Identifier: MIT
#include "rows/csv/csvimport.h"

#include "rows/csv/csvreader.h"
#include "rows/csv/decimalcomma.h"
#include "rows/csv/decodingdevice.h"
#include "rows/tablebuilder.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>
#include <vector>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Csv)
};

/// Puts the records of a file into a table.
class ImportedRows final
{
public:
    ImportedRows(const TableSchema &schema, const ImportRecipe &recipe)
        : m_columns(recipe.fields.size())
        , m_rows(static_cast<int>(schema.fields.size()))
    {
        for (const Field &field : schema.fields)
            m_sources.push_back({ -1, recipe.hasDecimalComma && hasDecimalPoint(field) });
        for (qsizetype column = recipe.fields.size() - 1; column >= 0; --column) {
            if (const int field = recipe.fields.at(column); field >= 0)
                m_sources[static_cast<size_t>(field)].column = column;
        }
    }

    void add(const std::vector<QByteArrayView> &cells, qsizetype line)
    {
        const auto count = static_cast<qsizetype>(cells.size());
        qsizetype missing = 0;
        for (std::size_t field = 0; field < m_sources.size(); ++field) {
            const Source &source = m_sources[field];
            const bool isThere = source.column >= 0 && source.column < count;
            missing += source.column >= count ? 1 : 0;
            const QByteArrayView text = isThere ? cells[static_cast<std::size_t>(source.column)] : QByteArrayView("");
            addCell(static_cast<int>(field), text, source.mayHaveComma);
        }
        if (missing == 0 && count <= m_columns)
            return m_rows.endRow();
        const auto fields = static_cast<qsizetype>(m_sources.size());
        RaggedRow ragged { line, fields - missing, {} };
        for (qsizetype i = m_columns; i < count; ++i)
            ragged.extra.append(cells[static_cast<std::size_t>(i)].toByteArray());
        ragged.cellCount += ragged.extra.size();
        m_rows.endRow(ragged);
    }

    [[nodiscard]] qsizetype count() const { return m_rows.rowCount(); }
    [[nodiscard]] Table take() { return m_rows.take(); }

private:
    struct Source {
        qsizetype column = -1; ///< of the file; -1: none
        bool mayHaveComma = false;
    };

    void addCell(int field, QByteArrayView text, bool mayHaveComma)
    {
        const auto number = mayHaveComma ? withDecimalPoint(text) : std::nullopt;
        m_rows.addCell(field, number ? QByteArrayView(*number) : text);
    }

    qsizetype m_columns;
    std::vector<Source> m_sources; // as many as fields
    TableBuilder m_rows;
};

} // namespace

Result<Table> importCsv(QIODevice &device, const TableSchema &schema, const ImportRecipe &recipe, const QString &file,
                        ImportProgress *progress, const std::stop_token &stop, const ReadLimits &limits)
{
    if (progress)
        progress->bytesInAll = device.size();
    DecodingDevice decoded(device, recipe.form.encoding);
    CsvReader csv(decoded, recipe.form.dialect, file, limits);
    ImportedRows rows(schema, recipe);
    bool isHeader = recipe.form.dialect.header;
    while (!stop.stop_requested()) {
        const Result<bool> block = csv.readBlock();
        if (!block)
            return tl::unexpected<Error>(block.error());
        if (!*block)
            return rows.take();
        while (csv.next()) {
            if (std::exchange(isHeader, false))
                continue;
            if (rows.count() < limits.rows)
                rows.add(csv.cells(), csv.line());
            else
                csv.refuse({ Error::Kind::Unreadable, tooManyRows(file, limits) });
        }
        if (progress)
            progress->bytesRead = device.pos();
    }
    return failure(Error::Kind::Stopped, Text::tr("the reading of %1 was stopped").arg(file));
}

bool guessDecimalComma(const CsvPreview &preview, const TableSchema &schema, const ColumnMapping &fields)
{
    const auto showsComma = [&](const QStringList &row) {
        for (qsizetype i = 0; i < std::min(row.size(), fields.size()); ++i) {
            const int field = fields.at(i);
            if (field != NoField && hasDecimalPoint(schema.fields.at(field)) && showsDecimalComma(row.at(i).toUtf8()))
                return true;
        }
        return false;
    };
    return std::ranges::any_of(preview.rows, showsComma);
}

} // namespace seedbed
