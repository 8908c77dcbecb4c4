// SPDX-License-Identifier: MIT
#include "storedrows.h"

#include "cli/commandrunner.h"

#include <QDir>
#include <QFile>

namespace seedbed {

namespace {

int keyOf(const QString &line)
{
    return line.section(u'|', 0, 0).toInt();
}

} // namespace

QSet<int> StoredRows::keys() const
{
    QSet<int> keys;
    for (const QString &line : lines)
        keys.insert(keyOf(line));
    return keys;
}

QString StoredRows::wrongBeside(const QStringList &given) const
{
    if (!damage.isEmpty())
        return damage;
    int last = 0;
    for (const QString &line : lines) {
        const int key = keyOf(line);
        if (key <= last || given.value(key - 1) != line)
            return QStringLiteral("the row %1 was not given so, or is there twice").arg(line);
        last = key;
    }
    return {};
}

StoredRows readStoredRows(const QString &folder, const QString &table)
{
    const QString path = QDir(folder).filePath(table + QStringLiteral(".db"));
    if (!QFile::exists(path))
        return {};
    const QString facts = sqlite(path,
                                 QStringLiteral("PRAGMA integrity_check; "
                                                "SELECT name FROM sqlite_master WHERE type = 'table'"));
    if (facts == QLatin1String("ok"))
        return {};
    if (facts != QStringLiteral("ok\n") + table)
        return { {}, QStringLiteral("%1 is damaged: %2").arg(path, facts) };
    const QString lines = sqlite(path, QStringLiteral("SELECT * FROM %1 ORDER BY id").arg(table));
    return { lines.split(u'\n', Qt::SkipEmptyParts), {} };
}

DatabaseCopy::DatabaseCopy(const QString &folder)
{
    for (const QString &name : databasesIn(folder)) {
        QFile file(QDir(folder).filePath(name));
        if (!file.copy(m_copy.filePath(name)))
            m_damage += QStringLiteral("%1 cannot be copied: %2").arg(name, file.errorString());
    }
}

StoredRows DatabaseCopy::rows(const QString &table) const
{
    return m_damage.isEmpty() ? readStoredRows(m_copy.path(), table) : StoredRows { {}, m_damage };
}

} // namespace seedbed
