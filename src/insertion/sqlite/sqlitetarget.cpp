// SPDX-License-Identifier: MIT
#include "insertion/sqlite/sqlitetarget.h"

#include "insertion/sqlite/damage.h"
#include "insertion/sqlite/sqlitetexts.h"
#include "insertion/sqlite/sqlitewriter.h"
#include "insertion/sqlite/storageprobe.h"
#include "insertion/storedtable.h"

#include <QCoreApplication>

#include <sqlite3.h>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::SqliteTarget)
};

// Of new files for many rows: a tenth faster to fill than SQLite's usual 4096 bytes.
constexpr int LargePage = 8192;
// Up to here a look for damage costs less than a run that is worth waiting for.
constexpr qint64 MostChecked = qint64(16) << 20;

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

Result<Inspection> SqliteTarget::inspect()
{
    if (const auto usable = checkFiles(m_file.path()); !usable)
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
    if (auto usable = checkFiles(m_file.path()); !usable)
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
