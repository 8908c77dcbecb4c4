// SPDX-License-Identifier: MIT
#include "insertion/sqlite/sqlitetarget.h"

#include "insertion/sqlite/sqlitetexts.h"
#include "insertion/sqlite/sqlitewriter.h"
#include "insertion/sqlite/storageprobe.h"
#include "insertion/storedtable.h"
#include "package/threadcrew.h"
#include "validation/cellrules.h"

#include <QCoreApplication>

#include <sqlite3.h>

#include <algorithm>
#include <vector>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::SqliteTarget)
};

// From here on writing every page twice costs more than waiting for the disk some times more.
constexpr qsizetype ManyRows = 20'000;
// Of new files for many rows: a tenth faster to fill than SQLite's usual 4096 bytes.
constexpr int LargePage = 8192;
// Up to here a look for damage costs less than a run that is worth waiting for.
constexpr qint64 MostChecked = qint64(16) << 20;
// Times of files are as old as the system's last tick.
constexpr std::chrono::milliseconds Tick { 20 };

} // namespace

std::unique_ptr<Target> makeTarget(std::shared_ptr<const Package> package, int table, const TargetOptions &options)
{
    return std::make_unique<SqliteTarget>(std::move(package), table, options);
}

SqliteTarget::SqliteTarget(std::shared_ptr<const Package> package, int table, const TargetOptions &options)
    : m_package(std::move(package))
    , m_tableIndex(table)
    , m_options(options)
    , m_file(databasePath(resource(), options.into))
    , m_patience(resource().database, table, options.lockTimeout, *options.progress, options.stop)
{
}

Error SqliteTarget::errorOf(const SqliteStatus &status) const
{
    if (status.isBusy() && m_options.stop.stop_requested())
        return { Error::Kind::Stopped, Text::tr("%1: stopped while it was locked").arg(m_file.path()) };
    if (status.isBusy())
        return { Error::Kind::Locked, Text::tr("%1: database is locked").arg(m_file.path()) };
    const bool isUnopened = (status.primaryCode() == SQLITE_CANTOPEN || status.primaryCode() == SQLITE_PROTOCOL)
        && m_file.state().hasLeftOvers;
    if (m_options.isLook && (status.isReadOnly() || isUnopened)) {
        return { Error::Kind::Unreadable,
                 Text::tr("%1: was left in the middle of a change by a crash, so its rows cannot be read; a run "
                          "recovers it")
                     .arg(m_file.path()) };
    }
    if (status.primaryCode() == SQLITE_SCHEMA)
        return { Error::Kind::Unwritable, status.message };
    if (status.isNotADatabase()) {
        return { Error::Kind::Refused,
                 Text::tr("%1: is not a SQLite database; move it away or choose another folder").arg(m_file.path()) };
    }
    if (status.isDamage()) {
        return { Error::Kind::Unwritable,
                 Text::tr("%1: is damaged or cut off (%2); restore it from a copy or choose another folder")
                     .arg(m_file.path(), status.message) };
    }
    return { Error::Kind::Unwritable,
             Text::tr("%1: %2 (SQLite error %3)").arg(m_file.path(), status.message).arg(status.code) };
}

GuardedVfs::Access SqliteTarget::access() const
{
    return m_options.isLook ? GuardedVfs::Access::Look : GuardedVfs::Access::Write;
}

Result<Inspection> SqliteTarget::inspect()
{
    if (const auto usable = checkFiles(m_file.path(), access()); !usable)
        return tl::unexpected(usable.error());
    if (const auto fits = checkFieldCount(resource(), m_file.path()); !fits)
        return tl::unexpected(fits.error());
    m_table = newTable(resource());
    m_fileExisted = m_file.exists();
    Inspection nothing;
    nothing.rows = ExistingRows(*m_package, m_tableIndex);
    if (!m_fileExisted)
        return nothing;
    nothing.place = m_file.place();
    m_file.remember();
    if (m_options.isLook && m_file.isEmpty())
        return nothing;
    Result<Inspection> result;
    const SqliteStatus status = look([&](SqliteConnection &connection) {
        result = nothing;
        return inspectOnce(result, connection);
    });
    if (!result)
        return result;
    if (status.isBusy()) {
        result->isLocked = true;
        result->rows.setUnknown();
    } else if (!status.isOk()) {
        return tl::unexpected(errorOf(status));
    }
    return result;
}

SqliteStatus SqliteTarget::look(const std::function<SqliteStatus(SqliteConnection &)> &read)
{
    const auto readWith = [&](SqliteConnection::Mode mode) {
        return m_patience.retry([&] {
            SqliteConnection connection(m_file.path(), mode);
            const SqliteStatus status = connection.openStatus().isOk() ? read(connection) : connection.openStatus();
            return connection.mayHaveChanged() ? SqliteStatus { SQLITE_BUSY, {} } : status;
        });
    };
    // What a crash left is recovered by a run: by a connection that may write.
    const FileState state = m_file.state();
    if (!m_options.isLook && (state.hasLog || state.hasLeftOvers))
        return readWith(SqliteConnection::Mode::ReadWrite);
    const SqliteStatus status = readWith(SqliteConnection::Mode::Look);
    const bool isUnfinished = status.isReadOnly() || status.primaryCode() == SQLITE_CANTOPEN;
    return isUnfinished && !m_options.isLook ? readWith(SqliteConnection::Mode::ReadWrite) : status;
}

SqliteStatus SqliteTarget::inspectOnce(Result<Inspection> &result, SqliteConnection &connection)
{
    SqliteStatus status;
    const auto table = readTable(connection, resource(), m_file.path(), status);
    if (!table) {
        result = tl::unexpected(table.error());
        return {};
    }
    if (status.isOk()) {
        if (const auto whole = checkDamage(connection, m_file.path(), MostChecked, status); !whole) {
            result = tl::unexpected(whole.error());
            return {};
        }
    }
    if (!status.isOk() || !table->exists) {
        m_table.journalMode = table->journalMode;
        return status;
    }
    if (const QStringList code = ownCodeOf(connection, resource(), status);
        !code.isEmpty() && !m_options.allowTriggers) {
        result =
            failure(Error::Kind::Refused,
                    Text::tr(
                        "%1: table %2 has code of its own (%3), which may change or keep out what is inserted; allow "
                        "it (--allow-triggers, in the window Run > Allow Triggers), remove it or choose "
                        "another folder")
                        .arg(m_file.path(), resource().table, code.join(QStringLiteral(", "))));
        return {};
    }
    if (!status.isOk())
        return status;
    m_table = *table;
    result->rows = ExistingRows(*m_package, m_tableIndex);
    result->rows.setForm(std::make_shared<StorageProbe>(resource().schema, m_table));
    QList<Value> values(resource().schema.fields.size());
    status = readRows(connection, [&result, &values](const StoredRow &row) {
        for (int field = 0; field < values.size(); ++field)
            values[field] = row.value(field);
        result->rows.add(values);
    });
    result->rows.index();
    return status;
}

SqliteStatus SqliteTarget::readRows(SqliteConnection &connection, const RowVisitor &row, const QString &where) const
{
    QStringList names;
    for (const Field &field : resource().schema.fields)
        names += quoted(field.name);
    SqliteStatement statement(connection,
                              QStringLiteral("SELECT %1 FROM main.%2 %3")
                                  .arg(names.join(QStringLiteral(", ")), quoted(resource().table), where));
    const SqliteRow stored(statement, resource().schema, m_table.affinities);
    while (!m_options.stop.stop_requested() && statement.status().isOk() && statement.step())
        row(stored);
    return statement.status();
}

// With a lock held the rows can be read to the end.
SqliteStatus SqliteTarget::beginReading(SqliteConnection &connection)
{
    if (!connection.openStatus().isOk())
        return connection.openStatus();
    const SqliteStatus begun = m_patience.retry([&] { return connection.execute(QStringLiteral("BEGIN")); });
    if (!begun.isOk())
        return begun;
    QString count;
    return m_patience.retry(
        [&] { return connection.ask(QStringLiteral("SELECT count(*) FROM sqlite_master"), count); });
}

// Conditions of which every row meets one. Only a table that this run made is known to have the row ids that part it.
QStringList SqliteTarget::partsOfRows(SqliteConnection &connection, qsizetype parts) const
{
    const QString rowId = QStringLiteral("_rowid_");
    const auto isRowId = [&rowId](const Field &field) { return field.name.compare(rowId, Qt::CaseInsensitive) == 0; };
    const QList<Field> &fields = resource().schema.fields;
    if (parts < 2 || m_table.exists || m_rowCount < ManyRows || std::any_of(fields.cbegin(), fields.cend(), isRowId))
        return { QString() };
    const auto ask = [&](const char *function) {
        QString number;
        const SqliteStatus status = connection.ask(
            QStringLiteral("SELECT %1(%2) FROM %3").arg(QLatin1String(function), rowId, quoted(resource().table)),
            number);
        return status.isOk() ? number.toDouble() : 0.0;
    };
    const double first = ask("min");
    const double last = ask("max");
    QStringList conditions;
    QString after;
    for (qsizetype part = 1; part < parts; ++part) {
        const double share = static_cast<double>(part) / static_cast<double>(parts);
        const QString bound = QString::number(static_cast<qint64>(first + (last - first) * share));
        conditions += QStringLiteral("WHERE %1 <= %2%3").arg(rowId, bound, after);
        after = QStringLiteral(" AND %1 > %2").arg(rowId, bound);
    }
    conditions += QStringLiteral("WHERE ") + after.sliced(QLatin1String(" AND ").size());
    return conditions;
}

bool SqliteTarget::mayHaveChanged() const
{
    const auto since = m_scanBegin.addMSecs(-Tick.count()).toMSecsSinceEpoch();
    const auto isYoung = [since](std::pair<qint64, qint64> time) {
        return time.first * 1000 + time.second / 1'000'000 >= since; // one tick has one time for many writes
    };
    return !m_scanBegin.isValid() || m_file.state() != m_scanned || isYoung(m_scanned.modified)
        || isYoung(m_scanned.logModified);
}

Result<void> SqliteTarget::scan(const QList<RowVisitor> &visitors)
{
    const bool exists = m_file.exists();
    if (!exists && !m_fileExisted && !m_isPrepared)
        return {};
    if (!exists || isReplaced())
        return failure(Error::Kind::Unwritable, replacedText(resource()));
    m_scanBegin = QDateTime::currentDateTimeUtc();
    m_scanned = m_file.state();
    SqliteConnection connection(m_file.path(), SqliteConnection::Mode::ReadWrite);
    if (const SqliteStatus status = beginReading(connection); !status.isOk())
        return tl::unexpected(errorOf(status));
    if (!m_isPrepared) { // it was not written to, and has been there since the run began
        SqliteStatus status;
        if (kindOf(connection, resource(), status).isTable())
            status = readRows(connection, visitors.constFirst());
        if (status.isOk() && connection.mayHaveChanged())
            status = { SQLITE_BUSY, {} };
        return status.isOk() ? Result<void>() : tl::unexpected(errorOf(status));
    }
    struct Part {
        QString condition;
        const RowVisitor &visitor;
        SqliteStatus status {};
    };
    std::vector<Part> parts;
    const QStringList conditions = partsOfRows(connection, visitors.size());
    for (qsizetype i = 0; i < conditions.size(); ++i)
        parts.push_back({ conditions.at(i), visitors.at(i) });
    if (parts.size() == 1) {
        parts.front().status = readRows(connection, visitors.constFirst());
    } else {
        ThreadCrew crew(static_cast<int>(parts.size()) - 1);
        crew.forEach(parts, [this](Part &part) {
            SqliteConnection own(m_file.path(), SqliteConnection::Mode::ReadWrite);
            part.status = beginReading(own);
            if (part.status.isOk())
                part.status = readRows(own, part.visitor, part.condition);
        });
    }
    for (const Part &part : parts) {
        if (!part.status.isOk())
            return tl::unexpected(errorOf(part.status));
    }
    if (m_options.stop.stop_requested())
        return failure(Error::Kind::Stopped, Text::tr("%1: stopped while it was read").arg(m_file.path()));
    return {};
}

Result<void> SqliteTarget::find(const Table &rows, RowPositions positions, const FoundVisitor &visitor,
                                const std::stop_token &stop)
{
    if (positions.empty() || !m_file.exists() || (m_options.isLook && m_file.isEmpty()))
        return {};
    if (const auto usable = checkFiles(m_file.path(), access()); !usable)
        return usable;
    Result<SqliteTable> table;
    const SqliteStatus status = look([&](SqliteConnection &connection) {
        SqliteStatus read;
        table = readTable(connection, resource(), m_file.path(), read);
        if (!table || !read.isOk() || !table->exists)
            return read;
        SqliteStatement statement(connection, lookUpText(resource()));
        const SqliteRow stored(statement, resource().schema, table->affinities);
        for (const qint32 position : positions) {
            if (stop.stop_requested() || !statement.status().isOk())
                break;
            const QList<Value> values = valuesOf(resource().schema, rows, position);
            for (const int field : resource().schema.identity())
                bindValue(statement, field + 1, values.at(field), table->affinities.at(field));
            if (statement.step())
                visitor(position, stored);
            read = statement.status();
            statement.reset();
        }
        return read.isOk() ? statement.status() : read;
    });
    if (!table)
        return tl::unexpected(table.error());
    if (!status.isOk())
        return tl::unexpected(errorOf(status));
    return {};
}

SqliteStatus SqliteTarget::useWal(SqliteConnection &connection)
{
    QString mode;
    const SqliteStatus status =
        m_patience.retry([&] { return connection.ask(QStringLiteral("PRAGMA journal_mode=WAL"), mode); });
    if (status.isOk() && mode != QLatin1String("wal")) {
        m_options.progress->log(LogEntry::Level::Warning,
                                Text::tr("%1: cannot use a write-ahead log here, goes on with journal mode %2")
                                    .arg(resource().database, mode));
    }
    return status;
}

Result<void> SqliteTarget::prepare(qsizetype rowCount)
{
    // Whatever was put there since it was inspected is not what the run began with.
    if (auto usable = checkFiles(m_file.path(), access()); !usable)
        return usable;
    if (m_fileExisted ? isReplaced() : !m_file.makePrivate())
        return failure(Error::Kind::Unwritable, replacedText(resource()));
    m_rowCount = rowCount;
    const SqliteStatus status = prepareFile();
    m_file.remember();
    m_isPrepared = true;
    if (status.isOk())
        return {};
    finish();
    return tl::unexpected(errorOf(status));
}

SqliteStatus SqliteTarget::prepareFile()
{
    if (m_fileExisted)
        m_file.freeLog();
    SqliteConnection connection(m_file.path(), SqliteConnection::Mode::ReadWrite);
    SqliteStatus status = connection.openStatus();
    if (status.isOk() && m_fileExisted && isReplaced())
        return { SQLITE_SCHEMA, replacedText(resource()) };
    if (status.isOk() && !m_fileExisted && m_rowCount >= ManyRows)
        status = connection.execute(QStringLiteral("PRAGMA page_size=%1").arg(LargePage));
    if (status.isOk() && m_rowCount < ManyRows && m_table.journalMode != QLatin1String("wal")) {
        status = useWal(connection);
        m_isWalOurs = status.isOk();
    }
    if (status.isOk())
        status = m_patience.retry([&] { return connection.execute(QStringLiteral("PRAGMA synchronous=EXTRA")); });
    if (status.isOk() && !m_table.exists)
        status = createTable(connection);
    return status;
}

// In one transaction with the look whether it is still absent, and at what was made.
SqliteStatus SqliteTarget::createTable(SqliteConnection &connection)
{
    SqliteStatus status = m_patience.retry([&] { return connection.execute(QStringLiteral("BEGIN IMMEDIATE")); });
    if (!status.isOk())
        return status;
    if (!kindOf(connection, resource(), status).name.isEmpty())
        status = { SQLITE_SCHEMA, changedText(resource()) };
    if (status.isOk())
        status = connection.execute(createStatement(resource()));
    if (status.isOk())
        m_table.definition = definitionOf(connection, resource(), status);
    if (status.isOk())
        status = m_patience.retry([&] { return connection.execute(QStringLiteral("COMMIT")); });
    if (!status.isOk() && !connection.isAutocommit())
        (void)connection.execute(QStringLiteral("ROLLBACK"));
    return status;
}

Result<std::unique_ptr<Writer>> SqliteTarget::openWriter(const Table &rows, WorkerLane &lane)
{
    if (isReplaced()) // opening would make a new one
        return failure(Error::Kind::Unwritable, replacedText(resource()));
    const SqliteWriter::Shared shared { m_tableIndex, resource(),           m_table,       m_gate,
                                        m_patience,   m_options.onConflict, m_options.stop };
    auto writer = std::make_unique<SqliteWriter>(m_file.path(), rows, shared, lane);
    SqliteStatus status = writer->open();
    if (status.isOk() && isReplaced())
        status = { SQLITE_SCHEMA, replacedText(resource()) };
    if (!status.isOk())
        return tl::unexpected(errorOf(status));
    m_file.rememberLog();
    return writer;
}

void SqliteTarget::finish()
{
    if (!m_isWalOurs && m_table.journalMode != QLatin1String("wal"))
        return;
    if (isReplaced())
        return m_file.removeStrayLog();
    SqliteConnection connection(m_file.path(), SqliteConnection::Mode::ReadWrite);
    SqliteStatus status = connection.openStatus();
    if (status.isOk())
        status = connection.execute(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)"));
    QString mode;
    if (status.isOk() && m_isWalOurs) {
        status = connection.ask(QStringLiteral("PRAGMA journal_mode=%1").arg(m_table.journalMode), mode);
        if (status.isOk() && mode != m_table.journalMode)
            status = { SQLITE_BUSY, Text::tr("another program has it open") };
    }
    if (!status.isOk()) {
        m_options.progress->log(LogEntry::Level::Warning,
                                Text::tr("%1: stays with a write-ahead log (%2); nothing is lost, the next program "
                                         "that opens it goes on from there")
                                    .arg(resource().database, status.message));
    }
}

} // namespace seedbed
