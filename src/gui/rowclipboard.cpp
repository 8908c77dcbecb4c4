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

void RowClipboard::copy(const Table &table, const RowPositions &rows, const QList<int> &columns)
{
    const std::stop_token stop = restart();
    const auto work = [table, rows, columns, stop] {
        enterBackground();
        return QString::fromUtf8(textOfRows(table, rows, columns, stop));
    };
    QtConcurrent::run(&m_pool, work).then(this, [stop](const QString &text) {
        if (!stop.stop_requested())
            QGuiApplication::clipboard()->setText(text);
    });
}

void RowClipboard::paste(const Resource &resource)
{
    const QString text = QGuiApplication::clipboard()->text();
    if (text.isEmpty())
        return;
    const std::stop_token stop = restart();
    const auto work = [text, resource] {
        enterBackground();
        return std::make_shared<const Result<Table>>(rowsFromText(text.toUtf8(), resource));
    };
    QtConcurrent::run(&m_pool, work).then(this, [this, stop](const std::shared_ptr<const Result<Table>> &rows) {
        if (stop.stop_requested())
            return;
        if (*rows)
            Q_EMIT pasted({ rows, &rows->value() });
        else
            Q_EMIT refused(rows->error());
    });
}

} // namespace seedbed
