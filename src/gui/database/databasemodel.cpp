// SPDX-License-Identifier: MIT
#include "gui/database/databasemodel.h"

#include "gui/look/longtext.h"

#include "base/background.h"

#include <QFont>
#include <QGuiApplication>
#include <QLocale>
#include <QPalette>
#include <algorithm>
#include <chrono>
#include <type_traits>

namespace seedbed {

namespace {

constexpr std::chrono::seconds RetryInterval { 1 };
constexpr qint64 MostRows = 50'000'000; // that a view has pixels for

QVariant displayed(const StoredText &cell)
{
    switch (cell.kind) {
    case StoredText::Kind::Null:
        return QStringLiteral("NULL");
    case StoredText::Kind::Blob:
        return DatabaseModel::tr("BLOB, %1").arg(cell.text);
    case StoredText::Kind::Number:
    case StoredText::Kind::Text:
        return beginningOf(cell.text);
    }
    Q_UNREACHABLE();
}

// Text that is about a value, and is none.
bool isAbout(const StoredText *cell)
{
    return !cell || cell->kind == StoredText::Kind::Null || cell->kind == StoredText::Kind::Blob;
}

QFont italic()
{
    QFont font;
    font.setItalic(true);
    return font;
}

} // namespace

DatabaseModel::DatabaseModel(const Resource &resource, QObject *parent)
    : QAbstractTableModel(parent)
    , m_resource(resource)
{
    m_pool.setMaxThreadCount(1);
    m_retry.setSingleShot(true);
    m_retry.setInterval(RetryInterval);
    connect(&m_retry, &QTimer::timeout, this, &DatabaseModel::refresh);
}

DatabaseModel::~DatabaseModel()
{
    m_stop.request_stop();
}

// --- when what is read

void DatabaseModel::setFolder(const QString &into)
{
    m_into = into;
    ++m_version; // answers that are under way are about another database
    m_stop.request_stop();
    m_stop = std::stop_source();
    m_retry.stop();
    clear(tr("Reading %1…").arg(m_resource.database));
    refresh();
}

void DatabaseModel::refresh()
{
    m_isLookDue = true;
    work();
}

void DatabaseModel::setPaused(bool isPaused)
{
    m_isPaused = isPaused;
    if (isPaused) {
        m_stop.request_stop();
        return;
    }
    m_stop = std::stop_source();
    work();
}

void DatabaseModel::setInSight(int first, int last)
{
    m_first = first;
    m_last = last;
    work();
}

template <typename Job, typename Take>
void DatabaseModel::start(Job job, Take onAnswer)
{
    m_isBusy = true;
    const auto takeBack = [this, onAnswer, version = m_version](const std::invoke_result_t<Job> &answer) {
        m_isBusy = false;
        if (version != m_version)
            return work();
        if (answer)
            onAnswer(*answer);
        else
            takeError(answer.error());
        work();
    };
    doInBackground(m_pool, *this, job, takeBack);
}

void DatabaseModel::work()
{
    if (m_isBusy || m_isPaused || m_retry.isActive())
        return;
    if (m_isLookDue)
        return look();
    const int last = std::min(m_last, rowCount() - 1);
    for (int row = m_first; row <= last; row += RowsPerPage - row % RowsPerPage) {
        const Page *page = m_pages.object(row / RowsPerPage);
        if (!page || page->version != m_version)
            return read(row / RowsPerPage);
    }
}

void DatabaseModel::look()
{
    m_isLookDue = false;
    start([resource = m_resource, into = m_into, stop = m_stop.get_token()] { return lookAt(resource, into, stop); },
          [this](const StoredTable &table) { take(table); });
}

void DatabaseModel::read(int page)
{
    const auto job = [resource = m_resource, into = m_into, table = *m_table, first = qint64(page) * RowsPerPage] {
        return readRows(resource, into, table, first, RowsPerPage);
    };
    start(job, [this, page](const QList<StoredTexts> &rows) {
        m_pages.insert(page, new Page { rows, m_version });
        const int first = page * RowsPerPage;
        Q_EMIT dataChanged(index(first, 0), index(std::min(first + RowsPerPage, rowCount()) - 1, columnCount() - 1));
    });
}

void DatabaseModel::take(const StoredTable &table)
{
    if (m_table && m_table->columns != table.columns)
        clear({});
    ++m_version;
    m_note = table.objection;
    const int before = rowCount();
    const int after = static_cast<int>(std::min(table.rowCount, MostRows));
    if (!m_table) {
        beginResetModel();
        m_table = table;
        endResetModel();
    } else if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_table = table;
        endInsertRows();
    } else if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_table = table;
        endRemoveRows();
    } else {
        m_table = table;
    }
    Q_EMIT looked();
}

void DatabaseModel::takeError(const Error &error)
{
    if (error.kind == Error::Kind::Stopped) {
        m_isLookDue = true;
        return;
    }
    const bool isLocked = error.kind == Error::Kind::Locked;
    if (isLocked)
        m_retry.start();
    if (isLocked && m_table)
        m_note = error.message; // what was there is better than nothing
    else
        clear(error.message);
    Q_EMIT looked();
}

void DatabaseModel::clear(const QString &message)
{
    beginResetModel();
    m_table.reset();
    m_pages.clear();
    m_message = message;
    m_note.clear();
    endResetModel();
    Q_EMIT looked();
}

// --- what is shown

QString DatabaseModel::message() const
{
    if (!m_table)
        return m_message;
    return m_table->rowCount == 0 ? tr("%1 has no rows yet").arg(m_resource.database) : QString();
}

int DatabaseModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_table ? 0 : static_cast<int>(std::min(m_table->rowCount, MostRows));
}

int DatabaseModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_table ? 0 : static_cast<int>(m_table->columns.size());
}

const StoredTexts *DatabaseModel::find(int row) const
{
    const Page *page = m_pages.object(row / RowsPerPage);
    const int place = row % RowsPerPage;
    return page && place < page->rows.size() ? &page->rows.at(place) : nullptr;
}

QVariant DatabaseModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const StoredTexts *row = find(index.row());
    const StoredText *cell = row && index.column() < row->size() ? &row->at(index.column()) : nullptr;
    switch (role) {
    case Qt::DisplayRole:
        return cell ? displayed(*cell) : QStringLiteral("…");
    case Qt::TextAlignmentRole: {
        const bool isRight = cell ? cell->kind == StoredText::Kind::Number : isNumeric(index.column());
        return QVariant::fromValue(Qt::AlignVCenter | (isRight ? Qt::AlignRight : Qt::AlignLeft));
    }
    case Qt::ForegroundRole:
        return isAbout(cell) ? QVariant(QGuiApplication::palette().color(QPalette::PlaceholderText)) : QVariant();
    case Qt::FontRole:
        return cell && isAbout(cell) ? QVariant(italic()) : QVariant();
    default:
        return {};
    }
}

QVariant DatabaseModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool isRow = orientation == Qt::Vertical;
    if (section < 0 || section >= (isRow ? rowCount() : columnCount()))
        return {};
    if (role == Qt::DisplayRole)
        return isRow ? QLocale().toString(section + 1) : m_table->columns.at(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isRow || isNumeric(section) ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

bool DatabaseModel::isNumeric(int column) const
{
    const int field = m_resource.schema.indexOf(m_table->columns.at(column));
    if (field < 0)
        return false;
    const FieldType type = m_resource.schema.fields.at(field).type;
    return type == FieldType::Integer || type == FieldType::Number;
}

} // namespace seedbed
