// SPDX-License-Identifier: MIT
#include "insertion/sqlite/sqlitewriter.h"

#include "insertion/sqlite/sqlitecolumns.h"
#include "validation/cellrules.h"

#include <QCoreApplication>

#include <algorithm>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::SqliteTarget)
};

QString messageOf(const SqliteStatus &status)
{
    return status.isBusy() ? Text::tr("database is locked") : status.message;
}

RowAnswer failed(const QString &message)
{
    return { RowAnswer::Kind::Failed, message };
}

QStringList columnsOf(const Resource &resource)
{
    QStringList columns;
    for (const Field &field : resource.schema.fields)
        columns += quoted(field.name);
    return columns;
}

constexpr QLatin1String Separator(", ");

} // namespace

SqliteWriter::SqliteWriter(const QString &path, const Table &rows, const Shared &shared)
    : m_shared(shared)
    , m_resource(shared.resource)
    , m_table(shared.table)
    , m_rows(rows)
    , m_identity(shared.resource.schema.identity())
    , m_source(shared.resource, rows, shared.table.affinities, shared.stop)
    , m_connection(path, SqliteConnection::Mode::ReadWrite)
{
}

SqliteStatus SqliteWriter::open()
{
    if (!m_connection.openStatus().isOk())
        return m_connection.openStatus();
    // In WAL mode FULL is durable; where there is no WAL, EXTRA is.
    QString mode;
    SqliteStatus status = m_shared.patience.retry([&] {
        return m_connection.ask(QStringLiteral("PRAGMA journal_mode"), mode);
    });
    if (!status.isOk())
        return status;
    const bool isWal = mode == QLatin1String("wal");
    status = m_shared.patience.retry([this, isWal] {
        return m_connection.execute(isWal ? QStringLiteral("PRAGMA synchronous=FULL")
                                          : QStringLiteral("PRAGMA synchronous=EXTRA"));
    });
    if (!status.isOk())
        return status;
    // A transaction stays in memory until its end: written before, it would need all readers gone in its midst.
    status = m_connection.execute(QStringLiteral("PRAGMA cache_spill=OFF"));
    if (status.isOk())
        status = m_source.attach(m_connection);
    if (!status.isOk())
        return status;
    return m_shared.patience.retry([this] {
        if (m_table.hasUniqueKey)
            m_insertAll = std::make_unique<SqliteStatement>(m_connection, insertAllText());
        m_insert = std::make_unique<SqliteStatement>(m_connection, insertText());
        m_lookUp = std::make_unique<SqliteStatement>(m_connection, lookUpText());
        if (m_insertAll && !m_insertAll->status().isOk())
            return m_insertAll->status();
        return m_insert->status().isOk() ? m_lookUp->status() : m_insert->status();
    });
}

QString SqliteWriter::insertAllText() const
{
    QStringList sources;
    for (qsizetype i = 0; i < m_resource.schema.fields.size(); ++i)
        sources += QStringLiteral("c%1").arg(i);
    // Without a WHERE the parser would take ON for the start of a join's condition.
    return QStringLiteral("INSERT INTO %1 (%2) SELECT %3 FROM %4 WHERE true ON CONFLICT DO NOTHING")
        .arg(quoted(m_resource.table), columnsOf(m_resource).join(Separator), sources.join(Separator),
             RowSource::name());
}

QString SqliteWriter::insertText() const
{
    const QStringList columns = columnsOf(m_resource);
    QStringList parameters;
    for (qsizetype i = 1; i <= columns.size(); ++i)
        parameters += QStringLiteral("?%1").arg(i);
    const QString insert = QStringLiteral("INSERT INTO %1 (%2) ").arg(quoted(m_resource.table), columns.join(Separator));
    if (m_table.hasUniqueKey)
        return insert + QStringLiteral("VALUES (%1) ON CONFLICT DO NOTHING").arg(parameters.join(Separator));
    // The database has no key that would find a second row: ask.
    QStringList same;
    for (const int field : m_identity)
        same += QStringLiteral("%1 IS ?%2").arg(columns.at(field)).arg(field + 1);
    return insert
        + QStringLiteral("SELECT %1 WHERE NOT EXISTS (SELECT 1 FROM %2 WHERE %3)")
              .arg(parameters.join(Separator), quoted(m_resource.table), same.join(QStringLiteral(" AND ")));
}

QString SqliteWriter::lookUpText() const
{
    const QStringList columns = columnsOf(m_resource);
    QStringList same;
    for (int i = 0; i < m_identity.size(); ++i)
        same += QStringLiteral("%1 IS ?%2").arg(columns.at(m_identity.at(i))).arg(i + 1);
    return QStringLiteral("SELECT %1 FROM %2 WHERE %3")
        .arg(columns.join(Separator), quoted(m_resource.table), same.join(QStringLiteral(" AND ")));
}

BatchAnswer SqliteWriter::write(RowPositions rows, qsizetype number)
{
    const WriteGate::Turn turn = m_shared.gate.enter(number, m_shared.stop);
    if (!turn)
        return BatchAnswer({ RowAnswer::Kind::Stopped, {} });
    for (const bool isAtOnce : { true, false }) {
        if (const SqliteStatus begun = begin(); !begun.isOk()) {
            const bool isStopped = begun.isBusy() && m_shared.stop.stop_requested();
            return BatchAnswer(isStopped ? RowAnswer { RowAnswer::Kind::Stopped, {} } : failed(messageOf(begun)));
        }
        if (!isAtOnce)
            return insertEach(rows);
        if (m_insertAll == nullptr)
            continue;
        if (insertAll(rows))
            return commit(rows, BatchAnswer({ RowAnswer::Kind::Inserted, {} }));
        // Not all went in. Which did not shows when they go one by one.
        rollBack();
        if (m_shared.stop.stop_requested())
            return BatchAnswer({ RowAnswer::Kind::Stopped, {} });
    }
    Q_UNREACHABLE();
}

SqliteStatus SqliteWriter::begin()
{
    if (!m_connection.isAutocommit())
        return {};
    return m_shared.patience.retry([this] { return m_connection.execute(QStringLiteral("BEGIN IMMEDIATE")); });
}

bool SqliteWriter::insertAll(RowPositions rows)
{
    m_source.setBatch(rows);
    (void)m_insertAll->step();
    const bool isDone = m_insertAll->status().isOk();
    const qint64 changes = m_insertAll->changes();
    m_insertAll->reset();
    return isDone && changes == static_cast<qint64>(rows.size());
}

BatchAnswer SqliteWriter::insertEach(RowPositions rows)
{
    QList<RowAnswer> answers;
    answers.reserve(static_cast<qsizetype>(rows.size()));
    for (const qint32 row : rows) {
        if (m_shared.stop.stop_requested()) {
            rollBack();
            return BatchAnswer({ RowAnswer::Kind::Stopped, {} });
        }
        answers.append(insertRow(valuesAt(row)));
        // Some errors (a full disk, a failed read) end the transaction: what it held is gone.
        if (m_connection.isAutocommit())
            return BatchAnswer(failed(answers.last().message));
    }
    return commit(rows, BatchAnswer(answers));
}

QList<Value> SqliteWriter::valuesAt(qint32 position) const
{
    return valuesOf(m_resource.schema, m_rows, position);
}

RowAnswer SqliteWriter::insertRow(const Values &values)
{
    for (int i = 0; i < values.size(); ++i) {
        if (!keepsValue(values.at(i), m_table.affinities.at(i))) {
            return { RowAnswer::Kind::Failed, Text::tr("%1 has more digits than its column in %2 keeps exactly")
                                                  .arg(m_resource.schema.fields.at(i).name, m_resource.database) };
        }
        bindValue(*m_insert, i + 1, values.at(i), m_table.affinities.at(i));
    }
    (void)m_insert->step();
    const SqliteStatus status = m_insert->status();
    const qint64 changes = m_insert->changes();
    m_insert->reset();
    if (!status.isOk())
        return { RowAnswer::Kind::Failed, messageOf(status) };
    if (changes == 1)
        return { RowAnswer::Kind::Inserted, {} };
    // Nothing went in: a row with this key was there, or something in the database kept it out.
    RowAnswer answer = lookUp(values);
    if (answer.kind == RowAnswer::Kind::Failed && answer.message.isEmpty()) {
        answer.message = Text::tr("%1 did not take the row: another of its rows has one of these values, or a trigger "
                                  "kept it out")
                             .arg(m_resource.database);
    }
    return answer;
}

// Unchanged or Conflict where the row's key is there; Failed without a message where it is not.
RowAnswer SqliteWriter::lookUp(const Values &values)
{
    for (int i = 0; i < m_identity.size(); ++i) {
        const int field = m_identity.at(i);
        bindValue(*m_lookUp, i + 1, values.at(field), m_table.affinities.at(field));
    }
    RowAnswer answer;
    if (m_lookUp->step()) {
        bool isSame = true;
        for (int i = 0; i < values.size(); ++i)
            isSame = isSame && storedValue(m_lookUp->cell(i), m_resource.schema.fields.at(i)) == values.at(i);
        answer.kind = isSame ? RowAnswer::Kind::Unchanged : RowAnswer::Kind::Conflict;
    } else if (!m_lookUp->status().isOk()) {
        answer.message = messageOf(m_lookUp->status());
    }
    m_lookUp->reset();
    return answer;
}

BatchAnswer SqliteWriter::commit(RowPositions rows, const BatchAnswer &answer)
{
    constexpr size_t ManyRows = 1000;
    const SqliteStatus status = m_shared.patience.retry([this] { return m_connection.execute(QStringLiteral("COMMIT")); });
    if (rows.size() >= ManyRows)
        m_connection.releaseMemory(); // others write before it is this one's turn again: its pages would be out of date
    if (status.isOk())
        return answer;
    rollBack();
    return lookAgain(rows, status, answer);
}

// A COMMIT that failed may have come through all the same: only the file knows.
BatchAnswer SqliteWriter::lookAgain(RowPositions rows, const SqliteStatus &status, const BatchAnswer &answer)
{
    QList<RowAnswer> answers;
    for (size_t i = 0; i < rows.size(); ++i) {
        answers.append(answer.at(static_cast<qsizetype>(i)));
        if (answers.last().kind == RowAnswer::Kind::Inserted
            && lookUp(valuesAt(rows[i])).kind != RowAnswer::Kind::Unchanged)
            answers.last() = failed(messageOf(status));
    }
    return BatchAnswer(answers);
}

void SqliteWriter::rollBack()
{
    if (!m_connection.isAutocommit())
        (void)m_connection.execute(QStringLiteral("ROLLBACK"));
}

} // namespace seedbed
