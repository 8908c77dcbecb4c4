// SPDX-License-Identifier: MIT
#pragma once

// The rows of a database's table for a view, of which only those in sight and some more are held.

#include "insertion/storedtable.h"

#include <QAbstractTableModel>
#include <QCache>
#include <QThreadPool>
#include <QTimer>

#include <optional>
#include <stop_token>

namespace seedbed {

/// Read-only. Looking and reading are done off the GUI thread, one thing at a time; a cell that is yet to come is "…".
/// Thread: GUI thread.
class DatabaseModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int RowsPerPage = 256;
    static constexpr int MostPages = 16; ///< that are held

    explicit DatabaseModel(const Resource &resource, QObject *parent = nullptr);
    ~DatabaseModel() override;

    /// The folder of the database: nothing is known of it until it is looked at.
    void setFolder(const QString &into);
    [[nodiscard]] QString folder() const { return m_into; }
    /// Looks at the database. What is shown stays until the answer is there, and as far as it still can then.
    void refresh();
    /// While it is paused the database is left alone; what was to be done is done afterwards.
    void setPaused(bool isPaused);
    /// Rows [first, last] can be seen: they are read if they are not held.
    void setInSight(int first, int last);

    [[nodiscard]] const Resource &resource() const { return m_resource; }
    /// What was found; nothing where there is no table to be shown.
    [[nodiscard]] const std::optional<StoredTable> &table() const { return m_table; }
    /// Why there are no rows; empty where there are some.
    [[nodiscard]] QString message() const;
    /// What is to be said of the rows that are shown; mostly nothing.
    [[nodiscard]] QString note() const { return m_note; }
    [[nodiscard]] qsizetype pageCount() const { return m_pages.count(); }
    [[nodiscard]] bool isHeld(int row) const { return find(row) != nullptr; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// Count, message and note are new.
    void looked();

private:
    struct Page {
        QList<StoredTexts> rows;
        quint64 version = 0;
    };

    template <typename Job, typename Take>
    void start(Job job, Take onAnswer);
    void work();
    void look();
    void read(int page);
    void take(const StoredTable &table);
    void takeError(const Error &error);
    void clear(const QString &message);
    [[nodiscard]] const StoredTexts *find(int row) const;
    [[nodiscard]] bool isNumeric(int column) const;

    const Resource m_resource;
    QString m_into;
    std::optional<StoredTable> m_table;
    QString m_message;
    QString m_note;
    QCache<int, Page> m_pages { MostPages };
    quint64 m_version = 0; // of what is known; pages of an older one are shown until they are read again
    int m_first = 0;
    int m_last = 0;
    bool m_isLookDue = false;
    bool m_isBusy = false;
    bool m_isPaused = false;
    QTimer m_retry; // of a locked database
    std::stop_source m_stop;
    QThreadPool m_pool; // the last member: it waits for its thread before the rest goes
};

} // namespace seedbed
