// SPDX-License-Identifier: MIT
#include "insertion/sqlite/storageprobe.h"

#include <sqlite3.h>

#include <optional>

namespace seedbed {
namespace {

bool isNumeric(FieldType type)
{
    return type == FieldType::Integer || type == FieldType::Number || type == FieldType::Boolean;
}

// Columns that refuse what they would not keep: those of STRICT tables, and the row id.
bool isChoosy(const SqliteTable &table, int field)
{
    return table.isStrict || field == table.rowIdField;
}

bool isDoubtfulIn(const Field &field, int position, const SqliteTable &table)
{
    const Affinity affinity = table.affinities.at(position);
    const bool isWhole = field.type == FieldType::Integer || field.type == FieldType::Boolean;
    if (isChoosy(table, position) && !(isWhole && affinity == Affinity::Integer))
        return true;
    if (isNumeric(field.type))
        return affinity == Affinity::Real;
    return table.encoding != QLatin1String("UTF-8") || wouldChangeTexts(field, affinity);
}

// Whether a column that prefers numbers could take it for one (sqlite.org/datatype3.html, section 3.3).
bool mayBeNumber(QByteArrayView text)
{
    const QByteArrayView start = text.trimmed();
    return !start.isEmpty() && QByteArrayView("0123456789+-.").contains(start.front());
}

// U+FEFF is a byte order mark in UTF-16, U+FFFE and U+FFFF are none of its characters. Their UTF-8 begins alike.
bool mayBeChangedByUtf16(QByteArrayView text)
{
    return text.contains('\xef');
}

bool sameText(sqlite3_stmt *statement, const QByteArray &text)
{
    const auto *const bytes = reinterpret_cast<const char *>(sqlite3_column_text(statement, 0));
    return QByteArrayView(bytes, sqlite3_column_bytes(statement, 0)) == text;
}

} // namespace

/// The database in memory. Thread: one at a time.
class StorageProbe::Memory final
{
public:
    Memory(const SqliteTable &table, qsizetype fields)
    {
        QStringList columns;
        for (qsizetype i = 0; i < fields; ++i) {
            const QString &type = table.declaredTypes.at(i); // of a STRICT table it is a word that SQLite knows
            columns += QStringLiteral("c%1 %2").arg(QString::number(i),
                                                    type.isEmpty() || table.isStrict ? type : quoted(type));
        }
        const QString sql =
            QStringLiteral("PRAGMA encoding = %1; CREATE TABLE t (%2)%3; CREATE TABLE k (id INTEGER PRIMARY KEY)")
                .arg(quoted(table.encoding), columns.join(QStringLiteral(", ")),
                     table.isStrict ? QStringLiteral(" STRICT") : QString());
        m_rowIdField = table.rowIdField;
        m_isGood =
            sqlite3_open_v2(":memory:", &m_database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) == SQLITE_OK
            && sqlite3_exec(m_database, sql.toUtf8().constData(), nullptr, nullptr, nullptr) == SQLITE_OK;
    }
    ~Memory()
    {
        for (const Column &column : m_columns) {
            sqlite3_finalize(column.put);
            sqlite3_finalize(column.get);
        }
        sqlite3_close(m_database);
    }
    Q_DISABLE_COPY_MOVE(Memory)

    /// What comes back of \a value from the column of \a field; nothing where it cannot be put there.
    [[nodiscard]] std::optional<Value> stored(const Field &definition, int field, const BoundValue &value)
    {
        const Column &column = columnOf(field);
        if (!m_isGood || column.put == nullptr || column.get == nullptr || !bind(column.put, value))
            return std::nullopt;
        sqlite3_exec(m_database, "DELETE FROM k", nullptr, nullptr, nullptr);
        const bool isPut = sqlite3_step(column.put) == SQLITE_DONE;
        sqlite3_reset(column.put);
        std::optional<Value> back;
        if (isPut && sqlite3_step(column.get) == SQLITE_ROW) {
            back = storedValue(cellOf(column.get), definition);
            back->text.detach(); // what it views goes with the next step
            // Who reads a number as a text gets SQLite's own text of it.
            if (value.kind == BoundValue::Kind::Text && !sameText(column.get, value.text))
                back.reset();
        }
        sqlite3_reset(column.get);
        return back;
    }

private:
    struct Column {
        sqlite3_stmt *put = nullptr;
        sqlite3_stmt *get = nullptr;
    };

    [[nodiscard]] const Column &columnOf(int field)
    {
        const auto found = m_columns.find(field);
        if (found != m_columns.end())
            return *found;
        const auto prepare = [this, field](const char *sql) {
            sqlite3_stmt *statement = nullptr;
            const QByteArray text = QByteArray(sql).replace("%", "c" + QByteArray::number(field));
            sqlite3_prepare_v2(m_database, text.constData(), -1, &statement, nullptr);
            return statement;
        };
        if (field == m_rowIdField)
            return *m_columns.insert(field, { prepare("INSERT INTO k (id) VALUES (?)"), prepare("SELECT id FROM k") });
        return *m_columns.insert(field,
                                 { prepare("INSERT OR REPLACE INTO t (rowid, %) VALUES (1, ?)"),
                                   prepare("SELECT % FROM t WHERE rowid = 1") });
    }

    [[nodiscard]] static bool bind(sqlite3_stmt *statement, const BoundValue &value)
    {
        switch (value.kind) {
        case BoundValue::Kind::Null:
            return sqlite3_bind_null(statement, 1) == SQLITE_OK;
        case BoundValue::Kind::Integer:
            return sqlite3_bind_int64(statement, 1, value.integer) == SQLITE_OK;
        case BoundValue::Kind::Real:
            return sqlite3_bind_double(statement, 1, value.real) == SQLITE_OK;
        case BoundValue::Kind::Text:
            return sqlite3_bind_text64(statement, 1, value.text.constData(),
                                       static_cast<sqlite3_uint64>(value.text.size()), SQLITE_TRANSIENT, SQLITE_UTF8)
                == SQLITE_OK;
        }
        Q_UNREACHABLE();
    }

    sqlite3 *m_database = nullptr;
    bool m_isGood = false;
    int m_rowIdField = -1;
    QHash<int, Column> m_columns;
};

StorageProbe::StorageProbe(const TableSchema &schema, const SqliteTable &table)
    : m_schema(schema)
    , m_table(table)
{
    for (int field = 0; field < schema.fields.size(); ++field)
        m_isDoubtful.append(isDoubtfulIn(schema.fields.at(field), field, table));
    if (m_isDoubtful.contains(true))
        m_memory = std::make_unique<Memory>(table, schema.fields.size());
}

StorageProbe::~StorageProbe() = default;

bool StorageProbe::keeps(int field, const Value &value) const
{
    if (!isDoubtful(field))
        return true;
    if (value.kind == Value::Kind::Text && !isChoosy(m_table, field) && !mayBeNumber(value.text)
        && !mayBeChangedByUtf16(value.text))
        return true;
    if (!keepsValue(value, m_table.affinities.at(field)))
        return false;
    const BoundValue bound = boundValue(value, m_table.affinities.at(field));
    const std::scoped_lock lock(m_mutex);
    return m_memory->stored(m_schema.fields.at(field), field, bound) == value;
}

} // namespace seedbed
