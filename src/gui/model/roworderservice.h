// SPDX-License-Identifier: MIT
#pragma once

// Answers questions for rows off the GUI thread; the last question is the one that is answered.

#include "gui/model/roworder.h"

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <stop_token>

namespace seedbed {

/// Thread: GUI thread.
class RowOrderService final : public QObject
{
    Q_OBJECT

public:
    explicit RowOrderService(QObject *parent = nullptr);
    ~RowOrderService() override;

    /// Stops the question before this one, which gets no answer.
    void ask(const Table &table, const TableSchema &schema, const RowMarks &marks, const RowQuestion &question);
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_isBusy; }

Q_SIGNALS:
    /// The answer to the last question, about the table as it was then. It is the receiver's to take.
    void answered(const std::shared_ptr<seedbed::RowPositions> &rows);

private:
    std::stop_source m_stop;
    bool m_isBusy = false;
    QThreadPool m_pool; // the last member: it waits for the work under way before anything else goes
};

} // namespace seedbed
