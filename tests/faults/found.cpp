// SPDX-License-Identifier: MIT
#include "found.h"

#include "runlog.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

namespace seedbed {

namespace {

int cellOf(const QString &row, int column)
{
    return row.section(u'|', column, column).toInt();
}

} // namespace

QByteArray GivenTable::csv(const QByteArray &header) const
{
    return header + '\n' + rows.join(u'\n').replace(u'|', u',').toUtf8() + '\n';
}

Found::Found(const QString &folder, const QList<GivenTable> &given)
    : m_given(given)
{
    const QTemporaryDir copy;
    for (const QString &name : databasesIn(folder)) {
        QFile file(QDir(folder).filePath(name));
        if (!file.copy(copy.filePath(name)))
            m_damages += QStringLiteral("%1 cannot be copied: %2").arg(name, file.errorString());
    }
    for (const GivenTable &table : m_given)
        read(copy.path(), table.name);
}

// No file, or a file without a table, has no rows.
void Found::read(const QString &folder, const QString &table)
{
    const QString path = QDir(folder).filePath(table + QStringLiteral(".db"));
    if (!QFile::exists(path))
        return;
    const QString facts = sqlite(path,
                                 QStringLiteral("PRAGMA integrity_check; "
                                                "SELECT name FROM sqlite_master WHERE type = 'table'"));
    if (facts == QLatin1String("ok"))
        return;
    if (facts != QStringLiteral("ok\n") + table) {
        m_damages += QStringLiteral("%1 is damaged: %2").arg(table, facts);
        return;
    }
    const QString rows = sqlite(path, QStringLiteral("SELECT * FROM %1 ORDER BY id").arg(table));
    m_rows[table] = rows.split(u'\n', Qt::SkipEmptyParts);
    for (const QString &row : std::as_const(m_rows[table]))
        m_keys[table].insert(cellOf(row, 0));
}

qsizetype Found::count() const
{
    qsizetype count = 0;
    for (const QStringList &rows : m_rows)
        count += rows.size();
    return count;
}

QStringList Found::wrong() const
{
    QStringList wrong = m_damages;
    for (const GivenTable &table : m_given)
        wrong += wrongIn(table);
    return wrong;
}

QStringList Found::wrongIn(const GivenTable &table) const
{
    QStringList wrong;
    int last = 0;
    for (const QString &row : m_rows.value(table.name)) {
        const int key = cellOf(row, 0);
        if (key <= last || table.rows.value(key - 1) != row)
            wrong += QStringLiteral("%1 %2 was not given so, or is there twice").arg(table.name, row);
        last = key;
        for (auto parent = table.parents.cbegin(); parent != table.parents.cend(); ++parent) {
            if (!m_keys.value(*parent).contains(cellOf(row, parent.key())))
                wrong += QStringLiteral("%1 %2 refers to none of %3").arg(table.name, row, *parent);
        }
    }
    return wrong;
}

QStringList Found::lost(const QByteArray &log) const
{
    QStringList lost;
    for (const GivenTable &table : m_given) {
        const QSet<int> keys = keysCommitted(log, table.name) - m_keys.value(table.name);
        if (!keys.isEmpty())
            lost += QStringLiteral("%1 of %2 lost").arg(textOf(keys), table.name);
    }
    return lost;
}

QStringList Found::untrue(const CommandResult &result) const
{
    QStringList untrue;
    const QJsonObject report = result.json();
    for (const GivenTable &table : m_given) {
        const QSet<int> reported = keysReported(tableOf(report, table.name), static_cast<int>(table.rows.size()));
        if (reported != m_keys.value(table.name)) {
            untrue += QStringLiteral("of %1 the report has %2, the file %3; status %4; %5")
                          .arg(table.name, textOf(reported), textOf(m_keys.value(table.name)))
                          .arg(result.status)
                          .arg(QString::fromUtf8(result.err));
        }
    }
    return untrue;
}

QStringList Found::missing() const
{
    QStringList missing;
    for (const GivenTable &table : m_given) {
        if (m_rows.value(table.name) != table.rows)
            missing += QStringLiteral("%1 has not the rows it is to have").arg(table.name);
    }
    return missing;
}

} // namespace seedbed
