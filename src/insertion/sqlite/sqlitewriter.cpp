// SPDX-License-Identifier: MIT
#include "insertion/sqlite/sqlitewriter.h"

#include "insertion/sqlite/sqlitecolumns.h"

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

QList<RowAnswer> allAnswers(qsizetype count, RowAnswer::Kind kind, const QString &message = {})
{
    return QList<RowAnswer>(count, RowAnswer { kind, message });
}

} // namespace

SqliteWriter::SqliteWriter(const QString &path, const Resource &resource, const SqliteTable &table, WriteGate &gate,
                           LockPatience &patience, std::stop_token stop)
    : m_path(path)
    , m_resource(resource)
    , m_table(table)
    , m_gate(gate)
    , m_patience(patience)
    , m_stop(std::move(stop))
    , m_identity(resource.schema.identity())
    , m_connection(path, SqliteConnection::Mode::ReadWrite)
{
}

SqliteStatus SqliteWriter::open()
{
    if (!m_connection.openStatus().isOk())
        return m_connection.openStatus();
    // In WAL mode FULL is durable; where there is no WAL, EXTRA is.
    QString mode;
    SqliteStatus status = m_patience.retry([&] {
        return m_connection.ask(QStringLiteral("PRAGMA journal_mode"), mode);
    });
    if (!status.isOk())
        return status;
    const bool isWal = mode == QLatin1String("wal");
    status = m_patience.retry([this, isWal] {
        return m_connection.execute(isWal ? QStringLiteral("PRAGMA synchronous=FULL")
                                          : QStringLiteral("PRAGMA synchronous=EXTRA"));
    });
    if (!status.isOk())
        return status;
    return m_patience.retry([this] {
        m_insert = std::make_unique<SqliteStatement>(m_connection, insertText());
        m_lookUp = std::make_unique<SqliteStatement>(m_connection, lookUpText());
        return m_insert->status().isOk() ? m_lookUp->status() : m_insert->status();
    });
}

QString SqliteWriter::insertText() const
{
    QStringList columns;
    QStringList parameters;
    for (int i = 0; i < m_resource.schema.fields.size(); ++i) {
        columns += quoted(m_resource.schema.fields.at(i).name);
        parameters += QStringLiteral("?%1").arg(i + 1);
    }
    const QString separator = QStringLiteral(", ");
    const QString insert = QStringLiteral("INSERT INTO %1 (%2) ").arg(quoted(m_resource.table), columns.join(separator));
    if (m_table.hasUniqueKey)
        return insert + QStringLiteral("VALUES (%1) ON CONFLICT DO NOTHING").arg(parameters.join(separator));
    // The database has no key that would find a second row: ask.
    QStringList same;
    for (const int field : m_identity)
        same += QStringLiteral("%1 IS ?%2").arg(columns.at(field)).arg(field + 1);
    return insert
        + QStringLiteral("SELECT %1 WHERE NOT EXISTS (SELECT 1 FROM %2 WHERE %3)")
              .arg(parameters.join(separator), quoted(m_resource.table), same.join(QStringLiteral(" AND ")));
}

QString SqliteWriter::lookUpText() const
{
    QStringList columns;
    for (const Field &field : m_resource.schema.fields)
        columns += quoted(field.name);
    QStringList same;
    for (int i = 0; i < m_identity.size(); ++i)
        same += QStringLiteral("%1 IS ?%2").arg(columns.at(m_identity.at(i))).arg(i + 1);
    return QStringLiteral("SELECT %1 FROM %2 WHERE %3")
        .arg(columns.join(QStringLiteral(", ")), quoted(m_resource.table), same.join(QStringLiteral(" AND ")));
}

QList<RowAnswer> SqliteWriter::write(const QList<BoundRow> &rows)
{
    const WriteGate::Turn turn = m_gate.enter(m_stop);
    if (!turn)
        return allAnswers(rows.size(), RowAnswer::Kind::Stopped);
    const SqliteStatus begun =
        m_patience.retry([this] { return m_connection.execute(QStringLiteral("BEGIN IMMEDIATE")); });
    if (!begun.isOk()) {
        const bool isStopped = begun.isBusy() && m_stop.stop_requested();
        return allAnswers(rows.size(), isStopped ? RowAnswer::Kind::Stopped : RowAnswer::Kind::Failed,
                          isStopped ? QString() : messageOf(begun));
    }
    SqliteStatus broken;
    QList<RowAnswer> answers = insertRows(rows, broken);
    if (broken.isOk()) {
        commit(rows, answers);
        return answers;
    }
    rollBack();
    return allAnswers(rows.size(), RowAnswer::Kind::Failed, messageOf(broken));
}

QList<RowAnswer> SqliteWriter::insertRows(const QList<BoundRow> &rows, SqliteStatus &broken)
{
    QList<RowAnswer> answers;
    answers.reserve(rows.size());
    for (const BoundRow &row : rows) {
        answers.append(insertRow(row));
        // Some errors (a full disk, a failed read) end the transaction: what it held is gone.
        if (m_connection.isAutocommit()) {
            broken = { 1, answers.last().message };
            break;
        }
    }
    return answers;
}

RowAnswer SqliteWriter::insertRow(const BoundRow &row)
{
    for (int i = 0; i < row.values.size(); ++i) {
        if (!keepsValue(row.values.at(i), m_table.affinities.at(i))) {
            return { RowAnswer::Kind::Failed, Text::tr("%1 has more digits than its column in %2 keeps exactly")
                                                  .arg(m_resource.schema.fields.at(i).name, m_resource.database) };
        }
        bindValue(*m_insert, i + 1, row.values.at(i), m_table.affinities.at(i));
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
    RowAnswer answer = lookUp(row);
    if (answer.kind == RowAnswer::Kind::Failed && answer.message.isEmpty()) {
        answer.message = Text::tr("%1 did not take the row: another of its rows has one of these values, or a trigger "
                                  "kept it out")
                             .arg(m_resource.database);
    }
    return answer;
}

// Unchanged or Conflict where the row's key is there; Failed without a message where it is not.
RowAnswer SqliteWriter::lookUp(const BoundRow &row)
{
    for (int i = 0; i < m_identity.size(); ++i) {
        const int field = m_identity.at(i);
        bindValue(*m_lookUp, i + 1, row.values.at(field), m_table.affinities.at(field));
    }
    RowAnswer answer;
    if (m_lookUp->step()) {
        QList<Value> stored;
        for (int i = 0; i < row.values.size(); ++i)
            stored.append(storedValue(*m_lookUp, i, m_resource.schema.fields.at(i)));
        answer.kind = keyOf(stored) == keyOf(row.values) ? RowAnswer::Kind::Unchanged : RowAnswer::Kind::Conflict;
    } else if (!m_lookUp->status().isOk()) {
        answer.message = messageOf(m_lookUp->status());
    }
    m_lookUp->reset();
    return answer;
}

void SqliteWriter::commit(const QList<BoundRow> &rows, QList<RowAnswer> &answers)
{
    const SqliteStatus status = m_patience.retry([this] { return m_connection.execute(QStringLiteral("COMMIT")); });
    if (status.isOk())
        return;
    rollBack();
    lookAgain(rows, status, answers);
}

// A COMMIT that failed may have come through all the same: only the file knows.
void SqliteWriter::lookAgain(const QList<BoundRow> &rows, const SqliteStatus &status, QList<RowAnswer> &answers)
{
    for (qsizetype i = 0; i < rows.size(); ++i) {
        if (answers.at(i).kind != RowAnswer::Kind::Inserted)
            continue;
        const RowAnswer found = lookUp(rows.at(i));
        if (found.kind != RowAnswer::Kind::Unchanged)
            answers[i] = { RowAnswer::Kind::Failed, messageOf(status) };
    }
}

void SqliteWriter::rollBack()
{
    if (!m_connection.isAutocommit())
        (void)m_connection.execute(QStringLiteral("ROLLBACK"));
}

} // namespace seedbed
