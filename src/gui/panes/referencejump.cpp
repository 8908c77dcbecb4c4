// SPDX-License-Identifier: MIT
#include "gui/panes/referencejump.h"

namespace seedbed {

ReferenceJump::ReferenceJump(const Document &document, int table, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_table(table)
{
    connect(&m_search, &ReferenceSearch::referencedFound, this, &ReferenceJump::answer);
}

void ReferenceJump::follow(qsizetype position, int column)
{
    const TableSchema &schema = m_document.resource(m_table).schema;
    const int key = schema.foreignKeyOf(column);
    if (key < 0)
        return Q_EMIT notFound(tr("%1 refers to no other row").arg(schema.fields.at(column).name));
    m_key = schema.foreignKeys.at(key);
    m_cells = m_document.table(m_table).row(position).cells;
    if (m_cells.at(column).isEmpty())
        return Q_EMIT notFound(tr("%1 is empty").arg(schema.fields.at(column).name));
    m_search.findReferenced(m_document.table(m_key.resource), m_document.resource(m_key.resource).schema, m_key, schema,
                            m_cells);
}

void ReferenceJump::answer(const std::optional<RowId> &row)
{
    const Resource &parent = m_document.resource(m_key.resource);
    QStringList names;
    QStringList texts;
    for (qsizetype i = 0; i < m_key.fields.size(); ++i) {
        names.append(parent.schema.fields.at(m_key.referenceFields.at(i)).name);
        texts.append(QString::fromUtf8(m_cells.at(m_key.fields.at(i))));
    }
    const QString comma = tr(", ", "between names");
    if (row)
        Q_EMIT found(m_key.resource, *row, names.constFirst());
    else
        Q_EMIT notFound(tr("No row of %1 has %2 %3").arg(parent.title, names.join(comma), texts.join(comma)));
}

} // namespace seedbed
