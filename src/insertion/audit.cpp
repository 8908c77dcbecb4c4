// SPDX-License-Identifier: MIT
#include "insertion/audit.h"

#include "validation/cellrules.h"

#include <QCoreApplication>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::RunReport)
};

constexpr qsizetype MostFindings = 100;

// The row's key by some of its fields; null where one of them is missing.
QByteArray keyOfFields(const QList<Value> &values, const QList<int> &fields)
{
    QByteArray key;
    for (const int field : fields) {
        if (values.at(field).isNull())
            return {};
        appendKey(key, values.at(field));
    }
    return key;
}

// Audits the rows of one table.
class TableAudit final
{
public:
    TableAudit(const Validation &validation, int table, const QList<ExistingRows> &now)
        : m_resource(validation.dataset.package->resources.at(table))
        , m_package(*validation.dataset.package)
        , m_rows(validation.dataset.tables.at(table))
        , m_mine(now.at(table))
        , m_now(now)
    {
    }

    [[nodiscard]] QStringList findings(const RowIdSet &in)
    {
        for (qsizetype position = 0; position < m_rows.rowCount(); ++position) {
            if (m_findings.size() >= MostFindings) {
                m_findings += Text::tr("%1: and more").arg(m_resource.database);
                break;
            }
            if (in.contains(m_rows.rowId(position)))
                checkRow(position);
        }
        return m_findings;
    }

private:
    void checkRow(qsizetype position)
    {
        const QList<Value> values = valuesOf(m_resource.schema, m_rows, position);
        const QList<int> identity = m_resource.schema.identity();
        QList<Value> identityValues;
        for (const int field : identity)
            identityValues.append(values.at(field));
        const auto found = m_mine.find(identity, keyOf(identityValues));
        if (!found)
            return add(position, Text::tr("is not in %1").arg(m_resource.database));
        if (!m_mine.hasValues(*found, values))
            return add(position, Text::tr("is in %1 with other values").arg(m_resource.database));
        checkUnique(position, values, *found);
        checkReferences(position, values);
    }

    void checkUnique(qsizetype position, const QList<Value> &values, qsizetype found)
    {
        for (int field = 0; field < values.size(); ++field) {
            if (!m_resource.schema.fields.at(field).constraints.unique || values.at(field).isNull())
                continue;
            if (m_mine.find({ field }, keyOf({ values.at(field) })) != found) {
                add(position, Text::tr("has the same %1 as another row of %2")
                                  .arg(m_resource.schema.fields.at(field).name, m_resource.database));
            }
        }
    }

    void checkReferences(qsizetype position, const QList<Value> &values)
    {
        for (const ForeignKey &key : m_resource.schema.foreignKeys) {
            const QByteArray value = keyOfFields(values, key.fields);
            if (!value.isNull() && !m_now.at(key.resource).find(key.referenceFields, value)) {
                add(position, Text::tr("refers to a row that is not in %1")
                                  .arg(m_package.resources.at(key.resource).database));
            }
        }
    }

    void add(qsizetype position, const QString &what)
    {
        m_findings += Text::tr("%1 row %2 %3", "a table, a row's number and what is wrong with it")
                          .arg(m_resource.name)
                          .arg(position + 1)
                          .arg(what);
    }

    const Resource &m_resource;
    const Package &m_package;
    const Table &m_rows;
    const ExistingRows &m_mine;
    const QList<ExistingRows> &m_now;
    QStringList m_findings;
};

} // namespace

QStringList audit(const Validation &validation, const QList<RowIdSet> &in, const QList<ExistingRows> &before,
                  const QList<ExistingRows> &now)
{
    QStringList findings;
    for (int table = 0; table < in.size(); ++table) {
        findings += TableAudit(validation, table, now).findings(in.at(table));
        const Resource &resource = validation.dataset.package->resources.at(table);
        const qsizetype duplicates = now.at(table).duplicates() - before.at(table).duplicates();
        if (duplicates > 0 && !resource.schema.primaryKey.isEmpty()) {
            findings += Text::tr("%1: new rows with a key that another row has too: %2")
                            .arg(resource.database)
                            .arg(duplicates);
        }
    }
    return findings;
}

} // namespace seedbed
