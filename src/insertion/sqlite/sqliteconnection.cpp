// SPDX-License-Identifier: MIT
#include "insertion/sqlite/sqliteconnection.h"

#include <QFile>
#include <QFileInfo>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QUrl>
#include <QUuid>
#include <QVariant>
#include <QtEndian>

#include <sqlite3.h>

#include <cstring>

namespace seedbed {
namespace {

// Short, so that a stop and the log do not wait long; what is longer is LockPatience's.
constexpr int BusyTimeoutMilliseconds = 100;

sqlite3 *handleOf(const QSqlDatabase &database)
{
    const QVariant handle = database.driver()->handle();
    if (!handle.isValid() || qstrcmp(handle.typeName(), "sqlite3*") != 0)
        return nullptr;
    return *static_cast<sqlite3 *const *>(handle.constData());
}

SqliteStatus statusOf(const QSqlError &error)
{
    if (error.type() == QSqlError::NoError)
        return {};
    bool isNumber = false;
    const int code = error.nativeErrorCode().toInt(&isNumber);
    return { isNumber && code != 0 ? code : SQLITE_ERROR, error.databaseText() };
}

} // namespace

SqliteConnection::SqliteConnection(const QString &path, Mode mode)
    : m_path(path)
    , m_vfs(QFile::encodeName(path), mode == Mode::Look ? GuardedVfs::Access::Look : GuardedVfs::Access::Write)
    , m_name(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    if (mode != Mode::Look) {
        open(mode, mode == Mode::ReadWrite ? QByteArrayLiteral("mode=rw") : QByteArrayLiteral("mode=rwc"));
        return;
    }
    // An empty log has nothing that is not in the file, and SQLite waits ten seconds for one that a crash left so.
    const FileState before = SqliteFile(path).state();
    if (before.hasLog && !before.hasLeftOvers) {
        openUnlocked(before);
        return;
    }
    open(mode, QByteArrayLiteral("mode=ro&readonly_shm=1"));
    QString version;
    const bool isUnopened =
        m_openStatus.isOk() && ask(QStringLiteral("PRAGMA schema_version"), version).primaryCode() == SQLITE_CANTOPEN;
    const FileState state = isUnopened ? SqliteFile(path).state() : FileState {};
    if (!isUnopened || state.hasLeftOvers)
        return;
    // The file says that it has a write-ahead log, and there is none: all of it is in the file.
    close();
    openUnlocked(state);
}

void SqliteConnection::openUnlocked(const FileState &state)
{
    m_unlocked = state;
    open(Mode::Look, QByteArrayLiteral("mode=ro&immutable=1"));
}

SqliteConnection::~SqliteConnection()
{
    close();
}

// As a URI (sqlite.org/uri.html), which alone takes the name of a VFS.
void SqliteConnection::open(Mode mode, const QByteArray &parameters)
{
    QString options = QStringLiteral("QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=%1").arg(BusyTimeoutMilliseconds);
    if (mode == Mode::Look)
        options += QStringLiteral(";QSQLITE_OPEN_READONLY");
    m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
    m_database.setConnectOptions(options);
    m_database.setDatabaseName(QString::fromUtf8("file://" + QUrl::toPercentEncoding(m_path, "/")
                                                 + "?vfs=" + m_vfs.name() + '&' + parameters));
    if (!m_database.open()) {
        m_openStatus = statusOf(m_database.lastError());
        return;
    }
    m_handle = handleOf(m_database);
    m_openStatus = checkOpened();
}

void SqliteConnection::close()
{
    m_handle = nullptr;
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
}

SqliteStatus SqliteConnection::checkOpened()
{
    // The driver's library and the one linked here must be the same: a handle of one means nothing to another.
    m_openStatus = {};
    QString source;
    if (m_handle != nullptr) {
        sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        sqlite3_db_config(m_handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
        if (const SqliteStatus asked = ask(QStringLiteral("SELECT sqlite_source_id()"), source); !asked.isOk())
            return asked;
    }
    if (source != QLatin1String(sqlite3_sourceid()))
        return { SQLITE_MISUSE, QStringLiteral("Qt's SQLite driver does not use the system's SQLite library") };
    // A link that was put there a moment ago was followed, and shows in the name.
    if (m_path != QString::fromUtf8(sqlite3_db_filename(m_handle, "main")) || isUnsafe())
        return { SQLITE_CANTOPEN, QStringLiteral("another file or a link was put in its place") };
    return {};
}

SqliteStatus SqliteConnection::execute(const QString &sql)
{
    if (!m_openStatus.isOk())
        return m_openStatus;
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    query.exec(sql);
    return statusOf(query.lastError());
}

SqliteStatus SqliteConnection::ask(const QString &sql, QString &value)
{
    if (!m_openStatus.isOk())
        return m_openStatus;
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (query.exec(sql) && query.next())
        value = query.value(0).toString();
    return statusOf(query.lastError());
}

void SqliteConnection::releaseMemory()
{
    sqlite3_db_release_memory(m_handle);
}

bool SqliteConnection::isAutocommit() const
{
    return sqlite3_get_autocommit(m_handle) != 0;
}

bool SqliteConnection::hasMoved() const
{
    int hasMoved = 0;
    const int asked = sqlite3_file_control(m_handle, "main", SQLITE_FCNTL_HAS_MOVED, &hasMoved);
    return (asked == SQLITE_OK && hasMoved != 0) || QFileInfo(m_path).isSymLink();
}

// Of the file itself; empty where they cannot be read.
QByteArray SqliteConnection::headerBytes(int place, int count) const
{
    sqlite3_file *file = nullptr;
    const int asked = sqlite3_file_control(m_handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    QByteArray bytes(count, '\0');
    if (asked != SQLITE_OK || file == nullptr || file->pMethods == nullptr
        || file->pMethods->xRead(file, bytes.data(), count, place) != SQLITE_OK)
        return {};
    return bytes;
}

std::optional<quint32> SqliteConnection::changeCounter() const
{
    const QByteArray bytes = headerBytes(24, 4);
    return bytes.isEmpty() ? std::nullopt : std::optional(qFromBigEndian<quint32>(bytes.constData()));
}

bool SqliteConnection::hasKnownFormat() const
{
    constexpr char Newest = 2;
    const QByteArray version = headerBytes(18, 1); // for writing
    return version.isEmpty() || version.front() <= Newest;
}

bool SqliteConnection::mayHaveChanged() const
{
    return m_unlocked && SqliteFile(m_path).state() != *m_unlocked;
}

SqliteStatement::SqliteStatement(const SqliteConnection &connection, const QString &sql)
    : m_handle(connection.handle())
{
    const QByteArray utf8 = sql.toUtf8();
    m_status = statusOf(sqlite3_prepare_v3(m_handle, utf8.constData(), static_cast<int>(utf8.size()),
                                           SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr));
}

SqliteStatement::~SqliteStatement()
{
    sqlite3_finalize(m_statement);
}

SqliteStatus SqliteStatement::statusOf(int code) const
{
    if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE)
        return {};
    return { sqlite3_extended_errcode(m_handle), QString::fromUtf8(sqlite3_errmsg(m_handle)) };
}

void SqliteStatement::bindNull(int parameter)
{
    keepBound(sqlite3_bind_null(m_statement, parameter));
}

void SqliteStatement::bind(int parameter, qint64 value)
{
    keepBound(sqlite3_bind_int64(m_statement, parameter, value));
}

void SqliteStatement::bind(int parameter, double value)
{
    keepBound(sqlite3_bind_double(m_statement, parameter, value));
}

void SqliteStatement::bind(int parameter, const QByteArray &utf8)
{
    // SQLITE_STATIC: the caller keeps the bytes. A null pointer would bind NULL; constData() is never null.
    keepBound(sqlite3_bind_text64(m_statement, parameter, utf8.constData(), static_cast<sqlite3_uint64>(utf8.size()),
                                  nullptr, SQLITE_UTF8));
}

void SqliteStatement::keepBound(int code)
{
    if (code != SQLITE_OK && m_bound.isOk())
        m_bound = statusOf(code);
}

bool SqliteStatement::step()
{
    if (!m_bound.isOk()) { // or the value of the row before would go in
        m_status = m_bound;
        return false;
    }
    const int code = sqlite3_step(m_statement);
    m_status = statusOf(code);
    return code == SQLITE_ROW;
}

void SqliteStatement::reset()
{
    sqlite3_reset(m_statement);
    m_status = {};
    m_bound = {};
}

int SqliteStatement::columnCount() const
{
    return sqlite3_column_count(m_statement);
}

QString SqliteStatement::columnName(int column) const
{
    return QString::fromUtf8(sqlite3_column_name(m_statement, column));
}

StoredCell cellOf(sqlite3_stmt *statement, int column)
{
    using Storage = StoredCell::Storage;
    // Such a value may be looked at where no other thread uses the connection.
    sqlite3_value *const value = sqlite3_column_value(statement, column);
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        return { .storage = Storage::Integer, .integer = sqlite3_value_int64(value), .bytes = {} };
    case SQLITE_FLOAT:
        return { .storage = Storage::Real, .real = sqlite3_value_double(value), .bytes = {} };
    case SQLITE_TEXT: {
        const auto *const text = reinterpret_cast<const char *>(sqlite3_value_text(value));
        return { .storage = Storage::Text, .bytes = { text, sqlite3_value_bytes(value) } };
    }
    case SQLITE_BLOB: {
        const auto *const blob = static_cast<const char *>(sqlite3_value_blob(value));
        return { .storage = Storage::Blob, .bytes = { blob, sqlite3_value_bytes(value) } };
    }
    default:
        return {};
    }
}

QByteArray SqliteStatement::text(int column) const
{
    const auto *const text = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return { text, sqlite3_column_bytes(m_statement, column) };
}

qint64 SqliteStatement::changes() const
{
    return sqlite3_changes64(m_handle);
}

QString quoted(const QString &name)
{
    QString doubled = name;
    doubled.replace(u'"', QStringLiteral("\"\""));
    return u'"' + doubled + u'"';
}

} // namespace seedbed
