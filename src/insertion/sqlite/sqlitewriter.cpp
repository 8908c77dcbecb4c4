// SPDX-License-Identifier: MIT
#include "insertion/sqlite/sqlitewriter.h"

#include "insertion/sqlite/sqlitecolumns.h"
#include "insertion/sqlite/sqlitetexts.h"
#include "validation/cellrules.h"

#include <QCoreApplication>

#include <sqlite3.h>

#include <algorithm>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::SqliteTarget)
};

RowAnswer failed(const QString &message)
{
    return { RowAnswer::Kind::Failed, message };
}

bool isWritten(const RowAnswer &answer)
{
    return answer.kind == RowAnswer::Kind::Inserted || answer.kind == RowAnswer::Kind::Updated;
}

bool isRefused(const RowAnswer &answer)
{
    return answer.kind == RowAnswer::Kind::Failed || answer.kind == RowAnswer::Kind::Conflict;
}

} // namespace

SqliteWriter::SqliteWriter(const QString &path, const Table &rows, const Shared &shared, WorkerLane &lane)
    : m_shared(shared)
    , m_lane(lane)
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
    SqliteStatus status = retry([&] { return m_connection.ask(QStringLiteral("PRAGMA journal_mode"), mode); });
    if (!status.isOk())
        return status;
    const bool isWal = mode == QLatin1String("wal");
    status = retry([this, isWal] {
        return m_connection.execute(isWal ? QStringLiteral("PRAGMA synchronous=FULL")
                                          : QStringLiteral("PRAGMA synchronous=EXTRA"));
    });
    if (!status.isOk())
        return status;
    // A transaction stays in memory until its end: written before, it would need all readers gone in its midst.
    status = m_connection.execute(QStringLiteral("PRAGMA cache_spill=OFF"));
    // What the table does of its own (a trigger, a check) may have no end.
    constexpr int Steps = 10'000;
    sqlite3_progress_handler(
        m_connection.handle(), Steps,
        [](void *stop) { return static_cast<const std::stop_token *>(stop)->stop_requested() ? 1 : 0; },
        const_cast<std::stop_token *>(&m_shared.stop));
    if (status.isOk())
        status = m_source.attach(m_connection);
    if (!status.isOk())
        return status;
    return retry([this] {
        if (m_table.hasUniqueKey)
            m_insertAll = std::make_unique<SqliteStatement>(m_connection, insertAllText(m_resource, RowSource::name()));
        m_insert = std::make_unique<SqliteStatement>(m_connection, insertText(m_resource, m_table));
        const QString update = updateText(m_resource, m_table);
        if (m_shared.onConflict == ConflictPolicy::Update && !update.isEmpty())
            m_update = std::make_unique<SqliteStatement>(m_connection, update);
        m_schemaVersion = std::make_unique<SqliteStatement>(m_connection, QStringLiteral("PRAGMA main.schema_version"));
        m_save = std::make_unique<SqliteStatement>(m_connection, QStringLiteral("SAVEPOINT one_row"));
        m_takeBack = std::make_unique<SqliteStatement>(m_connection, QStringLiteral("ROLLBACK TO one_row"));
        m_release = std::make_unique<SqliteStatement>(m_connection, QStringLiteral("RELEASE one_row"));
        m_ownParents = std::make_unique<OwnParents>(m_connection, m_resource, m_shared.resourceIndex, m_table);
        if (!m_ownParents->status().isOk())
            return m_ownParents->status();
        for (const auto &statement :
             { &m_insertAll, &m_insert, &m_update, &m_schemaVersion, &m_save, &m_takeBack, &m_release }) {
            if (*statement && !(*statement)->status().isOk())
                return (*statement)->status();
        }
        return SqliteStatus {};
    });
}

BatchAnswer SqliteWriter::write(const Batch &batch)
{
    const WriteGate::Turn turn = awaitTurn(batch.number);
    if (!turn)
        return BatchAnswer({ RowAnswer::Kind::Stopped, {} });
    const WorkerLane::Stay writing(m_lane, WorkerState::Writing); // ends before the turn does
    if (m_insertAll && !batch.isThere && !batch.isWhole) {
        if (const SqliteStatus begun = begin(); !begun.isOk())
            return notBegun(begun);
        if (insertAll(batch.rows) && (m_ownParents->isEmpty() || std::ranges::all_of(batch.rows, [this](qint32 row) {
                                          return m_shared.stop.stop_requested() || m_ownParents->hasAll(valuesAt(row));
                                      })))
            return commit(batch.rows, BatchAnswer({ RowAnswer::Kind::Inserted, {} }));
        // Not all went in. Which did not shows when they go one by one.
        rollBack();
        if (m_shared.stop.stop_requested())
            return BatchAnswer({ RowAnswer::Kind::Stopped, {} });
    }
    if (const SqliteStatus begun = begin(); !begun.isOk())
        return notBegun(begun);
    return writeEach(batch);
}

BatchAnswer SqliteWriter::notBegun(const SqliteStatus &status) const
{
    return BatchAnswer(m_shared.stop.stop_requested() ? RowAnswer { RowAnswer::Kind::Stopped, {} }
                                                      : failed(messageOf(status)));
}

QString SqliteWriter::messageOf(const SqliteStatus &status) const
{
    if (status.isBusy())
        return Text::tr("database is locked");
    if (status.isReadOnly()) // it was not when the run began
        return Text::tr("%1 cannot be written any more (%2)").arg(m_resource.database, status.message);
    return status.message;
}

WriteGate::Turn SqliteWriter::awaitTurn(qsizetype number)
{
    const WorkerLane::Stay waiting(m_lane, WorkerState::WaitingForTurn);
    return m_shared.gate.enter(number, m_shared.stop);
}

SqliteStatus SqliteWriter::retry(const std::function<SqliteStatus()> &operation)
{
    return m_shared.patience.retry(operation, &m_lane);
}

SqliteStatus SqliteWriter::begin()
{
    if (!m_connection.isAutocommit())
        return {};
    SqliteStatus status = retry([this] { return m_connection.execute(QStringLiteral("BEGIN IMMEDIATE")); });
    if (!status.isOk())
        return status;
    status = m_connection.isUnsafe() ? SqliteStatus { SQLITE_READONLY_DBMOVED, replacedText(m_resource) }
                                     : checkDefinition();
    if (!status.isOk())
        rollBack();
    return status;
}

// Under the lock of a transaction: whether the table is still the one that was looked at, without a trigger that came
// since.
SqliteStatus SqliteWriter::checkDefinition()
{
    const qint64 version = m_schemaVersion->step() ? m_schemaVersion->cell(0).integer : -1;
    SqliteStatus status = m_schemaVersion->status();
    m_schemaVersion->reset();
    if (!status.isOk() || version == m_knownVersion)
        return status;
    const QByteArray definition = definitionOf(m_connection, m_resource, status);
    if (status.isOk() && definition != m_table.definition)
        return { SQLITE_SCHEMA, changedText(m_resource) };
    m_knownVersion = version;
    return status;
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

BatchAnswer SqliteWriter::writeEach(const Batch &batch)
{
    const auto rowCount = static_cast<qsizetype>(batch.rows.size());
    QList<RowAnswer> answers;
    answers.reserve(rowCount);
    for (const qint32 row : batch.rows) {
        if (m_shared.stop.stop_requested()) {
            rollBack();
            return BatchAnswer({ RowAnswer::Kind::Stopped, {} });
        }
        answers.append(writeRow(valuesAt(row), batch.isThere));
        if (answers.last().kind == RowAnswer::Kind::Failed && m_shared.stop.stop_requested()) {
            rollBack(); // the stop may have been what it failed of
            return BatchAnswer({ RowAnswer::Kind::Stopped, {} });
        }
        if (!m_connection.isAutocommit())
            continue;
        // Some errors (a full disk, a failed read) end the transaction: what it held is gone.
        const RowAnswer lost = failed(answers.last().message);
        std::replace_if(answers.begin(), answers.end(), isWritten, lost);
        answers.resize(rowCount, lost);
        return BatchAnswer(answers);
    }
    if (!batch.isWhole || std::none_of(answers.cbegin(), answers.cend(), isRefused))
        return commit(batch.rows, BatchAnswer(answers));
    rollBack();
    for (RowAnswer &answer : answers) {
        if (isWritten(answer))
            answer = failed(Text::tr("a row with which it exchanges values did not go in"));
    }
    return BatchAnswer(answers);
}

QList<Value> SqliteWriter::valuesAt(qint32 position) const
{
    return valuesOf(m_resource.schema, m_rows, position);
}

// Inserted where that changed one row; Failed without a message where it changed none, or several.
RowAnswer SqliteWriter::execute(SqliteStatement &statement, const Values &values)
{
    for (int i = 0; i < values.size(); ++i)
        bindValue(statement, i + 1, values.at(i), m_table.affinities.at(i));
    (void)statement.step();
    const SqliteStatus status = statement.status();
    const qint64 changes = statement.changes();
    statement.reset();
    if (!status.isOk())
        return failed(messageOf(status));
    return changes == 1 ? RowAnswer { RowAnswer::Kind::Inserted, {} } : RowAnswer {};
}

// A statement may fail and leave rows behind all the same (a trigger that raises FAIL): they are taken back.
RowAnswer SqliteWriter::writeRow(const Values &values, bool isThere)
{
    if (const SqliteStatus status = run(*m_save); !status.isOk())
        return failed(messageOf(status));
    RowAnswer answer = isThere ? updateKnown(values) : insertRow(values);
    if (isWritten(answer) && !m_ownParents->hasAll(values))
        answer = failed(Text::tr("the row that it refers to is no longer in %1").arg(m_resource.database));
    if (!isWritten(answer) && !m_connection.isAutocommit())
        (void)run(*m_takeBack);
    if (!m_connection.isAutocommit())
        (void)run(*m_release);
    return answer;
}

SqliteStatus SqliteWriter::run(SqliteStatement &statement)
{
    (void)statement.step();
    SqliteStatus status = statement.status();
    statement.reset();
    return status;
}

RowAnswer SqliteWriter::updateKnown(const Values &values)
{
    RowAnswer answer = lookUp(values);
    if (answer.kind == RowAnswer::Kind::Conflict && m_update)
        return updateRow(values);
    if (answer.kind == RowAnswer::Kind::Failed && answer.message.isEmpty()) {
        answer.message =
            Text::tr("%1 has this key in another form, or no longer: nothing was updated").arg(m_resource.database);
    }
    return answer;
}

RowAnswer SqliteWriter::insertRow(const Values &values)
{
    for (int i = 0; i < values.size(); ++i) {
        if (!keepsValue(values.at(i), m_table.affinities.at(i))) {
            return { RowAnswer::Kind::Failed,
                     Text::tr("%1 has more digits than its column in %2 keeps exactly")
                         .arg(m_resource.schema.fields.at(i).name, m_resource.database) };
        }
    }
    RowAnswer answer = execute(*m_insert, values);
    if (answer.kind != RowAnswer::Kind::Failed || !answer.message.isEmpty())
        return answer;
    // Nothing went in: a row with this key was there, or something in the database kept it out.
    answer = lookUp(values);
    if (answer.kind == RowAnswer::Kind::Conflict && m_update)
        return updateRow(values);
    if (answer.kind == RowAnswer::Kind::Failed && answer.message.isEmpty()) {
        answer.message = Text::tr("%1 did not take the row: another of its rows has one of these values, or a trigger "
                                  "kept it out")
                             .arg(m_resource.database);
    }
    return answer;
}

RowAnswer SqliteWriter::updateRow(const Values &values)
{
    RowAnswer answer = execute(*m_update, values);
    if (answer.kind == RowAnswer::Kind::Inserted)
        answer.kind = RowAnswer::Kind::Updated;
    else if (answer.message.isEmpty())
        answer.message =
            Text::tr("%1 did not take the new values: several of its rows have this key, or a trigger kept "
                     "them out")
                .arg(m_resource.database);
    return answer;
}

// Unchanged or Conflict where the row's key is there; Failed without a message where it is not.
RowAnswer SqliteWriter::lookUp(const Values &values)
{
    // Of a key of many columns it takes SQLite long to prepare, and mostly it is not needed.
    if (!m_lookUp)
        m_lookUp = std::make_unique<SqliteStatement>(m_connection, lookUpText(m_resource));
    for (const int field : m_identity)
        bindValue(*m_lookUp, field + 1, values.at(field), m_table.affinities.at(field));
    RowAnswer answer;
    if (m_lookUp->step()) {
        const auto isSame = [&](int field) {
            return storedValue(m_lookUp->cell(field), m_resource.schema.fields.at(field)) == values.at(field);
        };
        const QList<int> others = m_resource.schema.otherFields();
        if (!std::all_of(m_identity.cbegin(), m_identity.cend(), isSame)) {
            // The column compares in a way of its own, without regard to case, say.
            answer.message = Text::tr("%1 takes the key for that of another row, which has it as %2")
                                 .arg(m_resource.database, QString::fromUtf8(m_lookUp->text(m_identity.constFirst())));
        } else {
            const bool areSame = std::all_of(others.cbegin(), others.cend(), isSame);
            answer.kind = areSame ? RowAnswer::Kind::Unchanged : RowAnswer::Kind::Conflict;
        }
    } else if (!m_lookUp->status().isOk()) {
        answer.message = messageOf(m_lookUp->status());
    }
    m_lookUp->reset();
    return answer;
}

BatchAnswer SqliteWriter::commit(RowPositions rows, const BatchAnswer &answer)
{
    constexpr size_t ManyRows = 1000;
    const SqliteStatus status = retry([this] {
        const WorkerLane::Commit committing(m_lane);
        return m_connection.execute(QStringLiteral("COMMIT"));
    });
    if (rows.size() >= ManyRows)
        m_connection.releaseMemory(); // others write before it is this one's turn again: its pages would be out of date
    if (status.isOk())
        return m_connection.hasMoved() ? BatchAnswer(failed(replacedText(m_resource))) : answer;
    rollBack();
    if (status.isBusy()) // which never commits
        return notBegun(status);
    return lookAgain(rows, status, answer);
}

// A COMMIT that failed may have come through all the same: only the file knows. This connection sees what is surely in.
// What it does not see may yet be in the log, and come to light when the file is opened anew.
BatchAnswer SqliteWriter::lookAgain(RowPositions rows, const SqliteStatus &status, const BatchAnswer &answer)
{
    QList<RowAnswer> answers;
    for (size_t i = 0; i < rows.size(); ++i) {
        answers.append(answer.at(static_cast<qsizetype>(i)));
        if (isWritten(answers.last()) && lookUp(valuesAt(rows[i])).kind != RowAnswer::Kind::Unchanged)
            answers.last() = { RowAnswer::Kind::Unknown, messageOf(status) };
    }
    return BatchAnswer(answers);
}

void SqliteWriter::rollBack()
{
    if (!m_connection.isAutocommit())
        (void)m_connection.execute(QStringLiteral("ROLLBACK"));
}

} // namespace seedbed
