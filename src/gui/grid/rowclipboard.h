// SPDX-License-Identifier: MIT
#pragma once

// Rows to and from the clipboard. What is long about it, from rows to text and back, is done off the GUI thread.

#include "base/readlimits.h"
#include "gui/grid/rowtext.h"

#include <QFuture>
#include <QObject>
#include <QStringList>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace seedbed {

/// What is copied.
/// Thread: any (a value).
struct CopiedText {
    QString text;
    qsizetype leftOut = 0; ///< cells that are empty in it, as what they hold is no text
};

/// The clipboard of all panes. What is asked for is done in that order: a paste gets what was copied last, also where
/// that is not in the clipboard yet. A copy that no paste waits for makes way for the next one.
/// Thread: GUI thread.
class RowClipboard final : public QObject
{
    Q_OBJECT

public:
    using Copying = std::function<Result<CopiedText>(const std::stop_token &stop)>;
    using Copied = std::function<void(const Result<CopiedText> &text)>;
    using Pasted = std::function<void(const Result<std::shared_ptr<const Table>> &rows)>;

    explicit RowClipboard(QObject *parent = nullptr);
    ~RowClipboard() override;

    /// \a names: the first line; empty: none.
    void copy(const Table &table, const RowPositions &rows, const QList<int> &columns, const QStringList &names = {});
    /// What is pasted keeps within them, as it could not be read again from a package's file.
    [[nodiscard]] const ReadLimits &limits() const { return m_limits; }
    void setLimits(const ReadLimits &limits) { m_limits = limits; }
    /// The text that \a work makes off the GUI thread. \a copied is called when it is in the clipboard, or cannot be;
    /// not where \a asker is gone, or something else was copied meanwhile.
    void copy(const Copying &work, const QObject &asker, const Copied &copied);
    /// The rows in the clipboard's text; \a pasted is called when they are read, not where \a asker is gone.
    void pasteRows(const Resource &resource, const QObject &asker, const Pasted &pasted);
    /// The same with its cells as they stand.
    void pasteCells(const QObject &asker, const Pasted &pasted);

private:
    using Reading = std::function<Result<Table>(QByteArrayView text)>;

    void paste(const Reading &read, const QObject &asker, const Pasted &pasted);

    ReadLimits m_limits;
    std::stop_source m_stop;                              // of the last copy
    std::optional<QFuture<Result<CopiedText>>> m_copying; // until it is in the clipboard
    bool m_isAwaited = false;                             // by a paste
    QThreadPool m_pool; // the last member: it waits for the work under way before anything else goes
};

} // namespace seedbed
