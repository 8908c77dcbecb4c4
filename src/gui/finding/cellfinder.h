// SPDX-License-Identifier: MIT
#pragma once

// Keeps an answer to what is looked for while rows are edited, and replaces it, all off the GUI thread.

#include "gui/document/document.h"
#include "gui/finding/cellsearch.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <memory>
#include <stop_token>

namespace seedbed {

/// The last question is the one that is answered, about the rows as they are: edits ask it again.
/// Thread: GUI thread.
class CellFinder final : public QObject
{
    Q_OBJECT

public:
    explicit CellFinder(Document &document, QObject *parent = nullptr);
    ~CellFinder() override;

    void ask(const TextQuestion &question);
    /// Nothing is looked for any more.
    void forget();
    [[nodiscard]] const TextQuestion &question() const { return m_question; }
    /// Whether the answer is still to come, or out of date.
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    /// The last answer; null before the first.
    [[nodiscard]] const FoundCells *found() const { return m_found.get(); }

    /// Puts \a replacement in the place of all that is found, as one step of undo. Nothing comes of it where another
    /// dataset takes the place of this one meanwhile.
    void replaceAll(const QString &replacement);

Q_SIGNALS:
    void answered();
    /// How many cells have another text now.
    void replaced(qsizetype cells);

private:
    void search();
    void followEdits();
    void take(std::shared_ptr<const FoundCells> found);
    void apply(const QList<EditedTable> &edits);

    Document &m_document;
    TextQuestion m_question;
    bool m_isBusy = false;
    std::shared_ptr<const FoundCells> m_found;
    quint64 m_edits = 0; // of the document: an answer about rows that are no more is dropped
    QTimer m_pause;
    std::stop_source m_stopSearch;
    std::stop_source m_stopReplace;
    QThreadPool m_pool; // the last member: it waits for the work under way before anything else goes
};

} // namespace seedbed
