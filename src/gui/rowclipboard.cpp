// SPDX-License-Identifier: MIT
#include "gui/rowclipboard.h"

#include "validation/background.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QtConcurrent>

namespace seedbed {

RowClipboard::RowClipboard(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

RowClipboard::~RowClipboard()
{
    m_stop.request_stop();
}

std::stop_token RowClipboard::restart()
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    return m_stop.get_token();
}

void RowClipboard::copy(const Table &table, const RowPositions &rows, const QList<int> &columns,
                        const QStringList &names)
{
    const std::stop_token stop = restart();
    const auto work = [table, rows, columns, names, stop] {
        enterBackground();
        const QString header = names.isEmpty() ? QString() : names.join(u'\t') + u'\n';
        return header + QString::fromUtf8(textOfRows(table, rows, columns, stop));
    };
    QtConcurrent::run(&m_pool, work).then(this, [stop](const QString &text) {
        if (!stop.stop_requested())
            QGuiApplication::clipboard()->setText(text);
    });
}

void RowClipboard::pasteRows(const Resource &resource)
{
    paste([resource](QByteArrayView text) { return rowsFromText(text, resource); }, &RowClipboard::rowsPasted);
}

void RowClipboard::pasteCells()
{
    paste([](QByteArrayView text) { return Result<Table>(cellsFromText(text)); }, &RowClipboard::cellsPasted);
}

void RowClipboard::paste(const std::function<Result<Table>(QByteArrayView)> &read, Pasted pasted)
{
    const QString text = QGuiApplication::clipboard()->text();
    if (text.isEmpty())
        return;
    const std::stop_token stop = restart();
    const auto work = [text, read] {
        enterBackground();
        return std::make_shared<const Result<Table>>(read(text.toUtf8()));
    };
    QtConcurrent::run(&m_pool, work).then(this, [this, stop, pasted](const std::shared_ptr<const Result<Table>> &rows) {
        if (stop.stop_requested())
            return;
        if (*rows)
            Q_EMIT(this->*pasted)({ rows, &rows->value() });
        else
            Q_EMIT refused(rows->error());
    });
}

} // namespace seedbed
