// SPDX-License-Identifier: MIT
#pragma once

// Rows to and from the clipboard. What is long about it, from text to rows and back, is done off the GUI thread.

#include "gui/rowtext.h"

#include <QObject>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <stop_token>

namespace seedbed {

/// One thing at a time: the last that was asked for.
/// Thread: GUI thread.
class RowClipboard final : public QObject
{
    Q_OBJECT

public:
    explicit RowClipboard(QObject *parent = nullptr);
    ~RowClipboard() override;

    /// \a names: the first line; empty: none.
    void copy(const Table &table, const RowPositions &rows, const QList<int> &columns, const QStringList &names = {});
    /// The rows in the clipboard's text, by rowsPasted(); nothing happens where it has no text.
    void pasteRows(const Resource &resource);
    /// Its cells as they stand, by cellsPasted().
    void pasteCells();

Q_SIGNALS:
    void rowsPasted(const std::shared_ptr<const seedbed::Table> &rows);
    void cellsPasted(const std::shared_ptr<const seedbed::Table> &cells);
    void refused(const seedbed::Error &error);

private:
    using Pasted = void (RowClipboard::*)(const std::shared_ptr<const Table> &);

    std::stop_token restart();
    void paste(const std::function<Result<Table>(QByteArrayView)> &read, Pasted pasted);

    std::stop_source m_stop;
    QThreadPool m_pool; // the last member: it waits for the work under way before anything else goes
};

} // namespace seedbed
