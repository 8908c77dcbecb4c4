// SPDX-License-Identifier: MIT
#pragma once

// Rows to and from the clipboard. What is long about it, from text to rows and back, is done off the GUI thread.

#include "gui/rowtext.h"

#include <QObject>
#include <QThreadPool>

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

    void copy(const Table &table, const RowPositions &rows, const QList<int> &columns);
    /// The rows in the clipboard's text, by pasted(); nothing happens where it has no text.
    void paste(const Resource &resource);

Q_SIGNALS:
    void pasted(const std::shared_ptr<const seedbed::Table> &rows);
    void refused(const seedbed::Error &error);

private:
    std::stop_token restart();

    std::stop_source m_stop;
    QThreadPool m_pool; // the last member: it waits for the work under way before anything else goes
};

} // namespace seedbed
