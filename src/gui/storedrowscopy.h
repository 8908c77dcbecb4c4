// SPDX-License-Identifier: MIT
#pragma once

// Rows of a database to the clipboard, read for it off the GUI thread.

#include "insertion/storedtable.h"

#include <QList>
#include <QObject>
#include <QStringList>
#include <QThreadPool>

#include <stop_token>

namespace seedbed {

/// What is copied.
/// Thread: any (a value).
struct StoredBlock {
    /// The rows [first, last).
    struct Rows {
        qint64 first = 0;
        qint64 last = 0;
    };

    QList<Rows> rows; ///< ascending
    QList<int> columns;
    QStringList names; ///< the first line; empty: none
};

/// One thing at a time: the last that was asked for.
/// Thread: GUI thread.
class StoredRowsCopy final : public QObject
{
    Q_OBJECT

public:
    explicit StoredRowsCopy(QObject *parent = nullptr);
    ~StoredRowsCopy() override;

    void copy(const Resource &resource, const QString &into, const StoredTable &table, const StoredBlock &block);

Q_SIGNALS:
    /// So many cells are empty in the clipboard, as what is in them is no text.
    void blobsLeftOut(qsizetype cells);
    void refused(const seedbed::Error &error);

private:
    std::stop_source m_stop;
    QThreadPool m_pool; // the last member: it waits for the work under way before anything else goes
};

} // namespace seedbed
