// SPDX-License-Identifier: MIT
#include "rows/csv/tablereader.h"

#include "rows/csv/csv.h"

#include <QCoreApplication>

#include <algorithm>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Csv)
};

QString fieldNames(const TableSchema &schema, char delimiter)
{
    QList<QByteArray> names;
    for (const Field &field : schema.fields)
        names.append(field.name.toUtf8());
    Dialect dialect;
    dialect.delimiter = delimiter;
    return QString::fromUtf8(csvRecord(names, dialect)).chopped(1);
}

} // namespace

TableReader::TableReader(QIODevice &device, const Resource &resource, const QString &file, const ReadLimits &limits,
                         qsizetype blockBytes)
    : m_resource(resource)
    , m_file(file)
    , m_limits(limits)
    , m_csv(device, resource.dialect, file, limits, blockBytes)
    , m_rows(static_cast<int>(resource.schema.fields.size()))
    , m_hasColumns(!resource.dialect.header)
{
    for (int i = 0; m_hasColumns && i < resource.schema.fields.size(); ++i)
        m_columns.push_back(i);
}

Result<bool> TableReader::readBlock()
{
    Result<bool> block = m_csv.readBlock();
    if (!block || (!*block && m_hasColumns))
        return block;
    if (!*block) {
        return failure(Error::Kind::Unreadable,
                       Text::tr("%1 is empty; its first line must name the columns: %2")
                           .arg(m_file, fieldNames(m_resource.schema, m_resource.dialect.delimiter)));
    }
    if (!m_hasColumns) {
        if (!m_csv.next())
            return block;
        m_hasColumns = true;
        if (const Result<void> header = readHeader(); !header)
            m_csv.refuse(header.error());
    }
    while (m_csv.next()) {
        if (m_rows.rowCount() < m_limits.rows)
            addRow();
        else
            m_csv.refuse({ Error::Kind::Unreadable, tooManyRows(m_file, m_limits) });
    }
    return block;
}

Result<void> TableReader::readHeader()
{
    const TableSchema &schema = m_resource.schema;
    const auto refuse = [this](const QString &what) {
        return failure(Error::Kind::Unreadable, Text::tr("%1 line %2: %3").arg(m_file).arg(m_csv.line()).arg(what));
    };
    std::vector<bool> hasColumn(static_cast<size_t>(schema.fields.size()));
    for (const QByteArrayView cell : m_csv.cells()) {
        const QString name = QString::fromUtf8(cell);
        const int field = schema.indexOf(name);
        const bool isOfRejects = name == u"_row" || name == u"_reasons";
        if (field < 0 && !isOfRejects) {
            return refuse(Text::tr("the column \"%1\" is no field of %2; the columns must be: %3")
                              .arg(name, m_resource.name, fieldNames(schema, m_resource.dialect.delimiter)));
        }
        if (field >= 0 && hasColumn[static_cast<size_t>(field)])
            return refuse(Text::tr("the column \"%1\" comes twice; rename or remove one of the two").arg(name));
        m_columns.push_back(field);
        if (field >= 0)
            hasColumn[static_cast<size_t>(field)] = true;
    }
    for (int i = 0; i < schema.fields.size(); ++i) {
        if (!hasColumn[static_cast<size_t>(i)]) {
            return refuse(Text::tr("there is no column for the field \"%1\"; the columns must be: %2")
                              .arg(schema.fields.at(i).name, fieldNames(schema, m_resource.dialect.delimiter)));
        }
    }
    return {};
}

void TableReader::addRow()
{
    const std::vector<QByteArrayView> &cells = m_csv.cells();
    if (cells.size() != m_columns.size())
        return addRaggedRow();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (const int field = m_columns[i]; field >= 0)
            m_rows.addCell(field, cells[i]);
    }
    m_rows.endRow();
}

void TableReader::addRaggedRow()
{
    const std::vector<QByteArrayView> &cells = m_csv.cells();
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        if (const int field = m_columns[i]; field >= 0)
            m_rows.addCell(field, i < cells.size() ? cells[i] : QByteArrayView(""));
    }
    RaggedRow ragged { m_csv.line(), static_cast<qsizetype>(cells.size()), {} };
    for (std::size_t i = m_columns.size(); i < cells.size(); ++i)
        ragged.extra.append(cells[i].toByteArray());
    m_rows.endRow(ragged);
}

} // namespace seedbed
