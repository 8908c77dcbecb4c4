// SPDX-License-Identifier: MIT
#include "gui/database/databaseview.h"

#include "gui/database/storedrowstext.h"
#include "gui/look/placeholder.h"

#include <QHeaderView>
#include <QLocale>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace seedbed {

namespace {

constexpr int RowHeight = 24; // as the grid's
constexpr int Margin = 8;
constexpr int WidestColumn = 320;
constexpr int MeasuredRows = 64;

} // namespace

DatabaseView::DatabaseView(Document &document, int table, RowClipboard &clipboard, QWidget *parent)
    : QTableView(parent)
    , m_document(document)
    , m_model(document.resource(table))
    , m_clipboard(clipboard)
{
    const Resource &resource = m_model.resource();
    setAccessibleName(tr("Rows of %1 in %2").arg(resource.title, resource.database));
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollMode(ScrollPerPixel);
    horizontalHeader()->setMinimumSectionSize(48);
    horizontalHeader()->setFixedHeight(RowHeight + 2);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    verticalHeader()->setHighlightSections(false);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(RowHeight);
    verticalHeader()->setDefaultSectionSize(RowHeight);
    setModel(&m_model);
    connect(&m_model, &DatabaseModel::modelReset, this, [this] { m_isFitted = false; });
    connect(&m_model, &DatabaseModel::dataChanged, this, &DatabaseView::fitColumns);
    connect(&m_model, &DatabaseModel::looked, this, [this] {
        for (QHeaderView *header : { horizontalHeader(), verticalHeader() })
            header->setVisible(m_model.columnCount() > 0);
        fitRowHeader();
        viewport()->update();
        Q_EMIT updated();
    });
    connect(&m_watch, &DatabaseWatch::changed, &m_model, &DatabaseModel::refresh);
    connect(&document, &Document::targetChanged, this, &DatabaseView::follow);
    connect(&document, &Document::runningChanged, this, &DatabaseView::follow);
}

// --- when it reads

void DatabaseView::follow()
{
    const bool isFollowing = isVisible() && !m_document.isRunning();
    m_watch.watch(isFollowing ? databasePath(m_model.resource(), m_document.target()) : QString());
    m_model.setPaused(!isFollowing);
    if (m_document.target() != m_model.folder())
        m_model.setFolder(m_document.target());
    else if (isFollowing)
        m_model.refresh();
}

void DatabaseView::showEvent(QShowEvent *event)
{
    QTableView::showEvent(event);
    follow();
}

void DatabaseView::hideEvent(QHideEvent *event)
{
    QTableView::hideEvent(event);
    follow();
}

void DatabaseView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (const int first = rowAt(0); first >= 0) {
        const int last = rowAt(viewport()->height() - 1);
        m_model.setInSight(first, last < 0 ? std::numeric_limits<int>::max() : last);
    }
    if (const QString message = m_model.message(); !message.isEmpty())
        paintPlaceholder(*this, message);
}

// --- what is shown

QString DatabaseView::countText() const
{
    const QString &file = m_model.resource().database;
    if (!m_model.table())
        return tr("Read-only view of %1").arg(file);
    const qint64 count = m_model.table()->rowCount;
    // Of a plural only whether it is one matters, beyond what an int can count.
    const int number = static_cast<int>(std::min<qint64>(count, std::numeric_limits<int>::max()));
    return tr("%L1 row(s) in %2", nullptr, number).arg(count).arg(file);
}

void DatabaseView::fitRowHeader()
{
    QString widest = QLocale().toString(std::max(99, m_model.rowCount()));
    std::ranges::replace_if(
        widest, [](QChar sign) { return sign.isDigit(); }, QLatin1Char('8'));
    verticalHeader()->setFixedWidth(fontMetrics().horizontalAdvance(widest) + 2 * Margin);
}

void DatabaseView::fitColumns()
{
    const int first = std::max(0, rowAt(0));
    if (m_isFitted || !m_model.isHeld(first))
        return;
    m_isFitted = true;
    const int end = std::min(first + MeasuredRows, m_model.rowCount());
    for (int column = 0; column < m_model.columnCount(); ++column) {
        int width = horizontalHeader()->sectionSizeHint(column);
        for (int row = first; row < end; ++row)
            width = std::max(width, sizeHintForIndex(m_model.index(row, column)).width() + Margin);
        horizontalHeader()->resizeSection(column, std::min(width, WidestColumn));
    }
}

void DatabaseView::copy(BlockEdits::Headers headers)
{
    const std::optional<StoredTable> &table = m_model.table();
    if (!table || !selectionModel()->hasSelection())
        return;
    std::vector<bool> isSelected(static_cast<size_t>(m_model.rowCount()));
    StoredBlock block;
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
        std::fill(isSelected.begin() + range.top(), isSelected.begin() + range.bottom() + 1, true);
        for (int column = range.left(); column <= range.right(); ++column)
            block.columns.append(column);
    }
    std::ranges::sort(block.columns);
    block.columns.erase(std::ranges::unique(block.columns).begin(), block.columns.end());
    for (auto begin = std::ranges::find(isSelected, true); begin != isSelected.end();) {
        const auto end = std::find(begin, isSelected.end(), false);
        block.rows.append({ begin - isSelected.begin(), end - isSelected.begin() });
        begin = std::find(end, isSelected.end(), true);
    }
    for (const int column : std::as_const(block.columns)) {
        if (headers == BlockEdits::Headers::With)
            block.names.append(table->columns.at(column));
    }
    const auto work = [resource = m_model.resource(), into = m_model.folder(), stored = *table,
                       block](const std::stop_token &stop) {
        return textOfStoredRows(resource, into, stored, block, stop);
    };
    m_clipboard.copy(work, *this, [this](const Result<CopiedText> &copied) {
        if (!copied)
            Q_EMIT refused(copied.error());
        else if (copied->leftOut > 0)
            Q_EMIT blobsLeftOut(copied->leftOut);
    });
}

} // namespace seedbed
