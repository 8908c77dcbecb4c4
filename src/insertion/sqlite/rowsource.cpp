// SPDX-License-Identifier: MIT
#include "insertion/sqlite/rowsource.h"

#include "rows/rowreader.h"

#include <sqlite3.h>

#include <memory>

namespace seedbed {
namespace {

struct VirtualTable {
    sqlite3_vtab base {};
    RowSource *source = nullptr;
};

struct Cursor {
    sqlite3_vtab_cursor base {};
    explicit Cursor(const Table &rows)
        : reader(rows)
    {
    }
    size_t row = 0; // in the batch
    RowReader reader;
};

Cursor &cursorOf(sqlite3_vtab_cursor *cursor)
{
    return *reinterpret_cast<Cursor *>(cursor);
}

// As boundValue() does: whole numbers as integers.
void setNumber(sqlite3_context *context, double number)
{
    const auto integer = static_cast<sqlite3_int64>(number);
    if (static_cast<double>(integer) == number)
        sqlite3_result_int64(context, integer);
    else
        sqlite3_result_double(context, number);
}

void setResult(sqlite3_context *context, const BoundValue &value, QByteArrayView cell)
{
    switch (value.kind) {
    case BoundValue::Kind::Null:
        sqlite3_result_null(context);
        return;
    case BoundValue::Kind::Integer:
        sqlite3_result_int64(context, value.integer);
        return;
    case BoundValue::Kind::Real:
        sqlite3_result_double(context, value.real);
        return;
    case BoundValue::Kind::Text:
        // A text of the table itself stays; one that was made of a cell does not.
        const bool isCell = value.text.constData() == cell.data();
        sqlite3_result_text64(context, value.text.constData(), static_cast<sqlite3_uint64>(value.text.size()),
                              isCell ? SQLITE_STATIC : SQLITE_TRANSIENT, SQLITE_UTF8);
        return;
    }
}

} // namespace

/// What SQLite calls. Its memory is made and freed here, on both sides of a C interface.
struct RowSource::Module {
    static RowSource &sourceOf(sqlite3_vtab *table) { return *reinterpret_cast<VirtualTable *>(table)->source; }
    static RowSource &sourceOf(sqlite3_vtab_cursor *cursor) { return sourceOf(cursor->pVtab); }

    static int connect(sqlite3 *handle, void *source, int, const char *const *, sqlite3_vtab **table, char **)
    {
        auto made = std::make_unique<VirtualTable>();
        made->source = static_cast<RowSource *>(source);
        QByteArray columns;
        for (qsizetype i = 0; i < made->source->m_schema.fields.size(); ++i)
            columns += (i == 0 ? "c" : ", c") + QByteArray::number(i);
        const int code = sqlite3_declare_vtab(handle, ("CREATE TABLE rows (" + columns + ')').constData());
        if (code == SQLITE_OK)
            *table = &made.release()->base;
        return code;
    }

    static int disconnect(sqlite3_vtab *table)
    {
        delete reinterpret_cast<VirtualTable *>(table);
        return SQLITE_OK;
    }

    // There is one way: from the first row to the last.
    static int bestIndex(sqlite3_vtab *, sqlite3_index_info *) { return SQLITE_OK; }

    static int open(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor)
    {
        *cursor = &std::make_unique<Cursor>(sourceOf(table).m_rows).release()->base;
        return SQLITE_OK;
    }

    static int close(sqlite3_vtab_cursor *cursor)
    {
        delete &cursorOf(cursor);
        return SQLITE_OK;
    }

    static int filter(sqlite3_vtab_cursor *cursor, int, const char *, int, sqlite3_value **)
    {
        cursorOf(cursor).row = 0;
        return SQLITE_OK;
    }

    static int next(sqlite3_vtab_cursor *cursor)
    {
        ++cursorOf(cursor).row;
        return sourceOf(cursor).m_stop.stop_requested() ? SQLITE_INTERRUPT : SQLITE_OK;
    }

    static int eof(sqlite3_vtab_cursor *cursor)
    {
        return cursorOf(cursor).row >= sourceOf(cursor).m_positions.size() ? 1 : 0;
    }

    static int column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int field)
    {
        const RowSource &source = sourceOf(cursor);
        const QByteArrayView cell = cursorOf(cursor).reader.cell(source.m_positions[cursorOf(cursor).row], field);
        if (source.m_values.isPlainText(field) && !cell.isEmpty()) {
            sqlite3_result_text64(context, cell.data(), static_cast<sqlite3_uint64>(cell.size()), SQLITE_STATIC,
                                  SQLITE_UTF8);
            return SQLITE_OK;
        }
        const Affinity affinity = source.m_affinities[static_cast<size_t>(field)];
        if (const auto number = source.m_values.plainNumber(field, cell); number && affinity != Affinity::Text) {
            setNumber(context, *number);
            return SQLITE_OK;
        }
        const Value value = source.m_values.value(field, cell);
        if (value.kind == Value::Kind::Integer && affinity == Affinity::Integer) {
            sqlite3_result_int64(context, value.integer);
            return SQLITE_OK;
        }
        if (!keepsValue(value, affinity)) {
            sqlite3_result_error(context, "a value has more digits than its column keeps", -1);
            return SQLITE_ERROR;
        }
        setResult(context, boundValue(value, affinity), cell);
        return SQLITE_OK;
    }

    static int rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid)
    {
        *rowid = static_cast<sqlite3_int64>(cursorOf(cursor).row);
        return SQLITE_OK;
    }

    static const sqlite3_module *module()
    {
        // Without xCreate it is there by its name alone, and for reading only.
        static const sqlite3_module module = [] {
            sqlite3_module made {};
            made.xConnect = connect;
            made.xBestIndex = bestIndex;
            made.xDisconnect = disconnect;
            made.xDestroy = disconnect;
            made.xOpen = open;
            made.xClose = close;
            made.xFilter = filter;
            made.xNext = next;
            made.xEof = eof;
            made.xColumn = column;
            made.xRowid = rowid;
            return made;
        }();
        return &module;
    }
};

RowSource::RowSource(const Resource &resource, const Table &rows, const QList<Affinity> &affinities,
                     std::stop_token stop)
    : m_schema(resource.schema)
    , m_rows(rows)
    , m_affinities(affinities.cbegin(), affinities.cend())
    , m_values(resource.schema)
    , m_stop(std::move(stop))
{
}

SqliteStatus RowSource::attach(const SqliteConnection &connection)
{
    const int code = sqlite3_create_module(connection.handle(), name().toUtf8().constData(), Module::module(), this);
    if (code == SQLITE_OK)
        return {};
    return { code, QString::fromUtf8(sqlite3_errmsg(connection.handle())) };
}

} // namespace seedbed
