// SPDX-License-Identifier: MIT
#include "gui/finding/cellfinder.h"

#include "base/background.h"

#include <chrono>
#include <utility>

namespace seedbed {

namespace {

constexpr std::chrono::milliseconds Pause { 30 }; // rows that are removed come one span after the other

std::stop_token restart(std::stop_source &stop)
{
    stop.request_stop();
    stop = std::stop_source();
    return stop.get_token();
}

} // namespace

CellFinder::CellFinder(Document &document, QObject *parent)
    : QObject(parent)
    , m_document(document)
{
    m_pool.setMaxThreadCount(1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(Pause);
    connect(&m_pause, &QTimer::timeout, this, &CellFinder::search);
    for (const auto changed :
         { &Document::cellsChanged, &Document::rowsInserted, &Document::rowsRemoved, &Document::rowsReplaced })
        connect(&document, changed, this, &CellFinder::followEdits);
    connect(&document, &Document::cellChanged, this, &CellFinder::followEdits);
    connect(&document, &Document::aboutToReset, this, [this] {
        m_stopReplace.request_stop(); // it was asked for in other rows
        followEdits();
    });
}

CellFinder::~CellFinder()
{
    m_stopSearch.request_stop();
    m_stopReplace.request_stop();
}

void CellFinder::ask(const TextQuestion &question)
{
    m_question = question;
    m_pause.stop();
    search();
}

void CellFinder::forget()
{
    m_question = {};
    m_stopSearch.request_stop();
    m_pause.stop();
    m_isBusy = false;
    take(nullptr);
}

void CellFinder::followEdits()
{
    ++m_edits;
    if (m_question.text.isEmpty())
        return;
    m_stopSearch.request_stop();
    m_isBusy = true;
    m_pause.start();
}

void CellFinder::search()
{
    m_isBusy = true;
    const auto work = [tables = m_document.dataset().tables, question = m_question, stop = restart(m_stopSearch)] {
        std::optional<FoundCells> found = findCells(tables, question, stop);
        return found ? std::make_shared<const FoundCells>(std::move(*found)) : nullptr;
    };
    doInBackground(m_pool, *this, work,
                   [this, stop = m_stopSearch.get_token()](const std::shared_ptr<const FoundCells> &found) {
                       if (stop.stop_requested() || !found)
                           return;
                       m_isBusy = false;
                       take(found);
                       Q_EMIT answered();
                   });
}

void CellFinder::take(std::shared_ptr<const FoundCells> found)
{
    m_document.disposal().take(std::exchange(m_found, std::move(found)));
}

void CellFinder::replaceAll(const QString &replacement)
{
    const auto work = [tables = m_document.dataset().tables, question = m_question, replacement,
                       stop = restart(m_stopReplace)] { return replaceCells(tables, question, replacement, stop); };
    doInBackground(m_pool, *this, work,
                   [this, replacement, edits = m_edits, question = m_question,
                    stop = m_stopReplace.get_token()](const std::optional<QList<EditedTable>> &edited) {
                       if (stop.stop_requested() || !edited || question != m_question)
                           return;
                       if (edits != m_edits)
                           return replaceAll(replacement);
                       apply(*edited);
                   });
}

void CellFinder::apply(const QList<EditedTable> &edits)
{
    if (!m_document.isEditable())
        return;
    qsizetype cells = 0;
    for (const EditedTable &edit : edits)
        cells += edit.count;
    m_document.setTables(edits, tr("Replace %Ln Cell(s)", nullptr, static_cast<int>(cells)));
    Q_EMIT replaced(cells);
}

} // namespace seedbed
