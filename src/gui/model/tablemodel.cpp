// SPDX-License-Identifier: MIT
#include "gui/model/tablemodel.h"

#include "gui/look/longtext.h"
#include "gui/model/booleancell.h"
#include "report/rowchange.h"
#include "validation/causes.h"

#include <QIcon>
#include <QLocale>

#include <algorithm>
#include <ranges>
#include <utility>

namespace seedbed {

namespace {

constexpr qsizetype MostRanges = 16; // of removed rows; where there are more, a reset is quicker

} // namespace

TableModel::TableModel(Document &document, int table, QObject *parent)
    : QAbstractTableModel(parent)
    , m_document(document)
    , m_table(table)
    , m_hasBlankLine(!document.isLoading())
{
    connectDocument();
    connect(&m_orders, &RowOrderService::answered, this, &TableModel::show);
}

void TableModel::connectDocument()
{
    connect(&m_document, &Document::cellChanged, this, [this](int changed, qsizetype position, int column) {
        const int row = changed == m_table ? rowOf(position) : -1;
        if (row >= 0)
            Q_EMIT dataChanged(index(row, column), index(row, column));
    });
    connect(&m_document, &Document::cellsChanged, this, [this](int changed) {
        if (changed == m_table && rowCount() > 0)
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    });
    connect(&m_document, &Document::rowsAboutToBeInserted, this, [this](int changed, qsizetype first, qsizetype last) {
        if (changed == m_table)
            beginInsert(first, last);
    });
    connect(&m_document, &Document::rowsInserted, this, [this](int changed) {
        if (changed == m_table)
            endInsert();
    });
    connect(&m_document, &Document::rowsAboutToBeRemoved, this, [this](int changed, qsizetype first, qsizetype last) {
        if (changed == m_table)
            beginRemove(first, last);
    });
    connect(&m_document, &Document::rowsRemoved, this, [this](int changed) {
        if (changed == m_table)
            endRemove();
    });
    connect(&m_document, &Document::rowsAboutToBeReplaced, this, [this](int changed) {
        if (changed == m_table)
            beginReplace();
    });
    connect(&m_document, &Document::rowsReplaced, this, [this](int changed) {
        if (changed == m_table)
            endReplace();
    });
    connect(&m_document, &Document::marksChanged, this, &TableModel::updateView);
    connect(&m_document, &Document::loadingEnded, this, [this] {
        showBlankLine();
        ask(m_question);
    });
}

// --- rows come and go

void TableModel::showBlankLine()
{
    beginInsertRows({}, shownRowCount(), shownRowCount());
    m_hasBlankLine = true;
    endInsertRows();
}

void TableModel::beginInsert(qsizetype first, qsizetype last)
{
    m_span = { first, last };
    const bool isAtEnd = !m_shown.isAll() || first == tableRowCount();
    // The blank line becomes the first row at the end, with the editor that may be open in it, and another comes.
    m_becoming = isAtEnd && m_hasBlankLine ? shownRowCount() : -1;
    const qsizetype row = isAtEnd ? rowCount() : first;
    beginInsertRows({}, static_cast<int>(row), static_cast<int>(row + last - first));
}

void TableModel::endInsert()
{
    m_shown.insert(m_span.first, m_span.second);
    endInsertRows();
    if (const int row = std::exchange(m_becoming, -1); row >= 0) {
        Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
        Q_EMIT marksChanged();
    }
    askAgain();
}

void TableModel::beginRemove(qsizetype first, qsizetype last)
{
    m_span = { first, last };
    if (m_shown.isAll()) {
        m_change = Change::Rows;
        return beginRemoveRows({}, static_cast<int>(first), static_cast<int>(last));
    }
    const auto ranges = m_shown.rangesOf(first, last);
    m_change = ranges.size() > MostRanges ? Change::Reset : Change::None;
    if (m_change == Change::Reset) {
        Q_EMIT aboutToReorder();
        beginResetModel();
    }
    for (const auto &[begin, end] : ranges | std::views::reverse) {
        if (m_change == Change::None)
            beginRemoveRows({}, static_cast<int>(begin), static_cast<int>(end) - 1);
        m_shown.drop(begin, end);
        if (m_change == Change::None)
            endRemoveRows();
    }
}

void TableModel::endRemove()
{
    m_shown.remove(m_span.first, m_span.second);
    switch (std::exchange(m_change, Change::None)) {
    case Change::None:
        break;
    case Change::Rows:
        endRemoveRows();
        break;
    case Change::Reset:
        endResetModel();
        Q_EMIT reordered();
        break;
    }
    askAgain();
}

void TableModel::beginReplace()
{
    Q_EMIT aboutToReorder();
    beginResetModel();
}

// Which of the rows are to be shown is not known yet.
void TableModel::endReplace()
{
    if (!m_shown.isAll())
        m_shown.show({});
    endResetModel();
    Q_EMIT reordered();
    if (!m_shown.isAll())
        ask(m_question);
}

// --- which rows are shown

void TableModel::sort(int column, Qt::SortOrder order)
{
    RowQuestion question = m_question;
    question.sortColumn = column;
    question.sortOrder = order;
    ask(question);
}

void TableModel::ask(const RowQuestion &question)
{
    m_question = question;
    if (question.isFiltering() || question.isSorting())
        return m_orders.ask(table(), resource().schema, m_document.marks(m_table), question);
    m_orders.cancel();
    show(nullptr);
}

void TableModel::askAgain()
{
    if (m_orders.isBusy()) // the answer would be about positions that are no more
        ask(m_question);
}

void TableModel::show(const std::shared_ptr<RowPositions> &rows)
{
    if (!rows && m_shown.isAll())
        return Q_EMIT reordered();
    Q_EMIT aboutToReorder();
    beginResetModel();
    if (rows)
        m_shown.show(std::move(*rows));
    else
        m_shown.showAll();
    endResetModel();
    Q_EMIT reordered();
}

// --- what is shown

int TableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : shownRowCount() + (m_hasBlankLine ? 1 : 0);
}

int TableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : table().columnCount();
}

qsizetype TableModel::positionOf(int row) const
{
    return isBlankLine(row) ? tableRowCount() : m_shown.positionOf(row);
}

QItemSelection TableModel::withoutBlankLine(const QItemSelection &selection) const
{
    QItemSelection rows;
    for (const QItemSelectionRange &range : selection) {
        if (!isBlankLine(range.top()))
            rows.select(range.topLeft(), index(std::min(range.bottom(), shownRowCount() - 1), range.right()));
    }
    return rows;
}

QVariant TableModel::data(const QModelIndex &index, int role) const
{
    if (isBlankLine(index.row()) && role != Qt::TextAlignmentRole)
        return role == Qt::ToolTipRole ? plainToolTip(tr("Type or paste here to add a row")) : QVariant();
    switch (role) {
    case Qt::DisplayRole:
        return beginningOf(table().cell(positionOf(index.row()), index.column()));
    case Qt::EditRole:
        return QString::fromUtf8(table().cell(positionOf(index.row()), index.column()));
    case Qt::CheckStateRole: {
        const std::optional<Qt::CheckState> state = checkState(index);
        return state ? QVariant(*state) : QVariant();
    }
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (isNumeric(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole: {
        const QString text = reasons(index.row(), index.column());
        return text.isEmpty() ? QVariant() : role == Qt::ToolTipRole ? plainToolTip(text) : text;
    }
    case Qt::DecorationRole:
        return hasProblem(index) ? QVariant(stateIcon(State::Problem)) : QVariant();
    case Qt::BackgroundRole:
        return hasProblem(index) ? QVariant(stateTint(State::Problem)) : QVariant();
    case Qt::ForegroundRole:
        return hasProblem(index) ? QVariant(stateColor(State::Problem)) : QVariant();
    default:
        return {};
    }
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal) {
        if (role == Qt::DisplayRole)
            return resource().schema.fields.at(section).name;
        if (role == Qt::TextAlignmentRole)
            return QVariant::fromValue(Qt::AlignVCenter | (isNumeric(section) ? Qt::AlignRight : Qt::AlignLeft));
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return isBlankLine(section) ? tr("*", "the line for a new row") : QLocale().toString(positionOf(section) + 1);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | Qt::AlignRight);
    case Qt::DecorationRole: {
        const std::optional<State> state = stateOf(mark(section));
        return state ? stateIcon(*state) : QVariant();
    }
    case Qt::ToolTipRole:
        return plainToolTip(presence(section).isEmpty() ? reasons(section, -1) : presence(section));
    default:
        return {};
    }
}

Qt::ItemFlags TableModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!index.isValid())
        return flags;
    return flags | Qt::ItemNeverHasChildren
        | (m_document.isEditable() ? Qt::ItemIsEditable | Qt::ItemIsUserCheckable : Qt::ItemFlags());
}

bool TableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || (role != Qt::EditRole && role != Qt::CheckStateRole))
        return false;
    QString text = value.toString();
    if (role == Qt::CheckStateRole) {
        const Field &field = resource().schema.fields.at(index.column());
        text = QString::fromUtf8(toggledText(field, table().cell(positionOf(index.row()), index.column())));
    }
    setText(index, text, EditSession::None);
    return true;
}

void TableModel::setText(const QModelIndex &index, const QString &text, EditSession session)
{
    if (!isBlankLine(index.row()))
        m_document.setCell(m_table, positionOf(index.row()), index.column(), text.toUtf8(), session);
    else if (!text.isEmpty())
        m_document.addRow(m_table, index.column(), text.toUtf8(), session);
}

void TableModel::takeBackRow(int row, EditSession session)
{
    m_document.removeRows(m_table, { { positionOf(row), 1 } }, session);
}

std::optional<Qt::CheckState> TableModel::checkState(const QModelIndex &index) const
{
    return checkStateOf(resource().schema, index.column(), table().cell(positionOf(index.row()), index.column()));
}

bool TableModel::isReference(const QModelIndex &cell) const
{
    return cell.isValid() && resource().schema.foreignKeyOf(cell.column()) >= 0
        && !cell.data(Qt::EditRole).toString().isEmpty();
}

bool TableModel::isNumeric(int column) const
{
    const FieldType type = resource().schema.fields.at(column).type;
    return type == FieldType::Integer || type == FieldType::Number;
}

bool TableModel::isKey(int column) const
{
    return resource().schema.primaryKey.contains(column);
}

RowMark TableModel::mark(int row) const
{
    return isBlankLine(row) ? RowMark::None : m_document.mark(m_table, positionOf(row));
}

bool TableModel::hasProblem(const QModelIndex &index) const
{
    const QList<Problem> problems = m_document.problems(m_table, positionOf(index.row()));
    return std::ranges::any_of(problems, [&](const Problem &problem) { return problem.field == index.column(); });
}

QString TableModel::reasons(int row, int column) const
{
    if (isBlankLine(row))
        return {};
    QStringList texts;
    for (const Problem &problem : m_document.problems(m_table, positionOf(row))) {
        if (column < 0 || problem.field == column)
            texts.append(describeWithCauses(problem, *m_document.validation(), m_table));
    }
    if (const QString failure = m_document.failure(m_table, positionOf(row)); column < 0 && !failure.isEmpty())
        texts.prepend(failure);
    return texts.join(tr(" · ", "between reasons"));
}

QString TableModel::presence(int row) const
{
    const RowMark is = mark(row);
    if (is == RowMark::In)
        return tr("In %1").arg(resource().database);
    if (is != RowMark::Changed)
        return {};
    QString text = tr("In %1 with other values").arg(resource().database);
    const RowChange *change = m_document.change(m_table, positionOf(row));
    if (!change)
        return text;
    QStringList cells;
    for (const CellChange &cell : change->cells)
        cells.append(tr("%1 was %2", "a field and its value in the database").arg(cell.field, shownValue(cell.before)));
    return tr("%1: %2").arg(text, cells.join(tr(", ", "between fields")));
}

void TableModel::updateView()
{
    if (rowCount() == 0 || columnCount() == 0)
        return;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1),
                       { Qt::DecorationRole, Qt::BackgroundRole, Qt::ForegroundRole, Qt::ToolTipRole,
                         Qt::AccessibleDescriptionRole });
    Q_EMIT marksChanged();
}

} // namespace seedbed
