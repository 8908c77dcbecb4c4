// SPDX-License-Identifier: MIT
#include "gui/grid/rowclipboard.h"

#include "base/background.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPointer>
#include <QtConcurrent>

#include <exception>
#include <utility>

namespace seedbed {

namespace {

/// The refusal of the first cell that is longer than \a most; nothing where there is none.
std::optional<Error> tooLong(const Table &rows, qsizetype most)
{
    for (qsizetype row = 0; row < rows.rowCount(); ++row) {
        for (int column = 0; column < rows.columnCount(); ++column) {
            if (rows.cell(row, column).size() <= most)
                continue;
            return Error { Error::Kind::Unreadable,
                           RowClipboard::tr(
                               "The clipboard's row %1, column %2: the cell is longer than %3, and a file with it "
                               "could not be opened again; shorten it, or allow more (--max-cell)")
                               .arg(row + 1)
                               .arg(column + 1)
                               .arg(sizeText(most)) };
        }
    }
    return std::nullopt;
}

} // namespace

RowClipboard::RowClipboard(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1); // one after the other
}

RowClipboard::~RowClipboard()
{
    m_stop.request_stop();
}

void RowClipboard::copy(const Table &table, const RowPositions &rows, const QList<int> &columns,
                        const QStringList &names)
{
    const auto work = [table, rows, columns, names](const std::stop_token &stop) -> Result<CopiedText> {
        const QString header = names.isEmpty() ? QString() : names.join(u'\t') + u'\n';
        return CopiedText { header + QString::fromUtf8(textOfRows(table, rows, columns, stop)) };
    };
    copy(work, *this, [](const Result<CopiedText> &) {});
}

void RowClipboard::copy(const Copying &work, const QObject &asker, const Copied &copied)
{
    if (!std::exchange(m_isAwaited, false))
        m_stop.request_stop();
    m_stop = std::stop_source();
    const std::stop_token stop = m_stop.get_token();
    const auto make = [work, stop, error = backgroundError(false)]() -> Result<CopiedText> {
        try {
            return work(stop);
        } catch (const std::exception &) {
            return tl::unexpected<Error>(error);
        }
    };
    const auto take = [this, stop, asker = QPointer(&asker), copied](const Result<CopiedText> &text) {
        if (stop != m_stop.get_token())
            return; // there is a later one
        m_copying.reset();
        m_isAwaited = false;
        if (text)
            QGuiApplication::clipboard()->setText(text->text);
        if (asker)
            copied(text);
    };
    if (!canStartThread())
        return take(make()); // a pool waits for ever for a thread that it could not start
    QFuture<Result<CopiedText>> copying = QtConcurrent::run(&m_pool, [make] {
        enterBackground();
        return make();
    });
    m_copying = copying;
    copying.then(this, take); // at once where the work is done by now: then m_copying goes in the midst of this call
}

void RowClipboard::pasteRows(const Resource &resource, const QObject &asker, const Pasted &pasted)
{
    paste([resource](QByteArrayView text) { return rowsFromText(text, resource); }, asker, pasted);
}

void RowClipboard::pasteCells(const QObject &asker, const Pasted &pasted)
{
    paste([](QByteArrayView text) { return Result<Table>(cellsFromText(text)); }, asker, pasted);
}

void RowClipboard::paste(const Reading &read, const QObject &asker, const Pasted &pasted)
{
    using Rows = Result<std::shared_ptr<const Table>>;
    m_isAwaited = m_copying.has_value();
    const QString there = m_isAwaited ? QString() : QGuiApplication::clipboard()->text();
    const auto work = [read, there, copying = m_copying, most = m_limits.cellBytes]() -> Rows {
        // Done by now: this pool does one thing after the other.
        const Result<CopiedText> text = copying ? copying->result() : CopiedText { there };
        if (!text)
            return tl::unexpected<Error>(text.error());
        Result<Table> rows = read(text->text.toUtf8());
        if (!rows)
            return tl::unexpected<Error>(rows.error());
        if (auto refusal = tooLong(*rows, most))
            return tl::unexpected<Error>(std::move(*refusal));
        return std::make_shared<const Table>(std::move(*rows));
    };
    // Not with the asker as the context, which may be gone when the work is done.
    doInBackground(m_pool, *this, work, [asker = QPointer(&asker), pasted](const Rows &rows) {
        if (asker)
            pasted(rows);
    });
}

} // namespace seedbed
