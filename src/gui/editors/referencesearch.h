// SPDX-License-Identifier: MIT
#pragma once

// The rows that a foreign key may refer to: those that fit what is typed, and the one that it does refer to.

#include "gui/editors/choicelist.h"
#include "package/tableschema.h"
#include "rows/table.h"

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <optional>
#include <stop_token>

namespace seedbed {

/// What tells a person which row is meant: the first text column that is not \a key; -1 where there is none.
[[nodiscard]] int labelColumn(const TableSchema &schema, int key);

/// At most \a most rows whose \a key begins with what is typed, and after them such whose \a label has it in it,
/// whatever its case; each in the order of the table. \a label may be -1. Cost: linear in the rows up to the last one
/// found; call it off the GUI thread.
[[nodiscard]] QList<Choice> findChoices(const Table &rows, int key, int label, const QString &typed, qsizetype most,
                                        const std::stop_token &stop = {});

/// The first row that has the values that the foreign key has in a row of another table, or nothing.
/// \a cells: of the other table's fields, as many as it has. Cost: as findChoices.
[[nodiscard]] std::optional<RowId> findReferenced(const Table &rows, const TableSchema &schema, const ForeignKey &key,
                                                  const TableSchema &childSchema, const QList<QByteArray> &cells,
                                                  const std::stop_token &stop = {});

/// Does both off the GUI thread; the last question is the one that is answered.
/// Thread: GUI thread.
class ReferenceSearch final : public QObject
{
    Q_OBJECT

public:
    explicit ReferenceSearch(QObject *parent = nullptr);
    ~ReferenceSearch() override;

    void findChoices(const Table &rows, int key, int label, const QString &typed);
    void findReferenced(const Table &rows, const TableSchema &schema, const ForeignKey &key,
                        const TableSchema &childSchema, const QList<QByteArray> &cells);
    void cancel() { m_stop.request_stop(); }

Q_SIGNALS:
    void choicesFound(const QList<seedbed::Choice> &choices);
    void referencedFound(const std::optional<seedbed::RowId> &row);

private:
    template <typename Work, typename Answer>
    void run(const Work &work, Answer answer);

    std::stop_source m_stop;
    QThreadPool m_pool; // the last member: it waits for the work under way before anything else goes
};

} // namespace seedbed
