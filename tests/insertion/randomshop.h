// SPDX-License-Identifier: MIT
#pragma once

// Random packages, with databases that hold some rows already and refuse others, and the plain reference: what becomes
// of every row, found by looking at one after the other.

#include "rows/dataset.h"

#include <QByteArray>
#include <QRandomGenerator>
#include <QString>
#include <QStringList>

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace seedbed {

struct RandomRow {
    int id = 0;
    int code = 0;   // unique
    int amount = 0; // from 0
    std::vector<std::optional<int>> references;

    [[nodiscard]] QByteArray csv() const;
    /// As a database has it.
    [[nodiscard]] QString stored() const;
    static QByteArray codeText(int code) { return "c" + QByteArray::number(code); }
};

/// How a database refuses a row.
enum class Refusal : quint8 { Check, RaiseAbort, RaiseFail, RaiseIgnore };

struct RandomTable {
    QByteArray name;
    std::vector<int> parents; // tables, one for each reference
    std::vector<RandomRow> rows;
    std::map<int, RandomRow> there; // in the database before
    int refusedRest = -1;           // the database refuses the keys that leave this rest when divided by 5; -1: none
    Refusal refusal = Refusal::Check;

    [[nodiscard]] bool refuses(int id) const { return refusedRest >= 0 && id % 5 == refusedRest; }
    [[nodiscard]] QString file() const { return QString::fromLatin1(name) + QStringLiteral(".db"); }
    [[nodiscard]] QStringList statements() const; // that make it
};

/// What becomes of the rows of a table, by position. Of those that do not go in: what the first reason is about, a word
/// of Table Schema, "circle" for references that lead to one, or nothing where the database said it.
struct Ends {
    std::set<qint64> inserted;
    std::set<qint64> unchanged;
    std::map<qint64, QString> skipped;
    std::map<qint64, QString> failed;
};

/// A package with its databases, and what a run is to make of them.
/// Thread: any (a value).
class RandomShop final
{
public:
    explicit RandomShop(QRandomGenerator &random);

    /// Has the databases take every row: they have no rules of their own then.
    void refuseNothing();
    [[nodiscard]] const std::vector<RandomTable> &tables() const { return m_tables; }
    [[nodiscard]] Dataset dataset() const;
    /// Makes the databases of which something is there before, or that refuse rows, and that of \a table.
    [[nodiscard]] bool prepare(const QString &folder, std::optional<size_t> table) const;
    /// The reference: one row after the other, until nothing more goes in.
    [[nodiscard]] std::vector<Ends> ends() const;

private:
    using Rows = std::vector<std::set<qint64>>; // of each table, by position

    static RandomTable randomTable(QRandomGenerator &random, int number, int tableCount);
    static void fill(QRandomGenerator &random, RandomTable &table);
    static void putThere(QRandomGenerator &random, RandomTable &table, RandomRow &row);
    void closeCircle(QRandomGenerator &random, size_t number);
    [[nodiscard]] QByteArray descriptorOf(const RandomTable &table) const;
    void findOwners();
    [[nodiscard]] const RandomRow &rowAt(size_t table, qint64 row) const;
    [[nodiscard]] QString wrongByItself(size_t table, qint64 position) const;
    [[nodiscard]] Rows rightRows() const;
    [[nodiscard]] bool refersTo(size_t table, size_t other) const;
    [[nodiscard]] bool areTrue(size_t table, const RandomRow &row, const Rows &in, const Rows &outside) const;
    [[nodiscard]] Rows reachable(const Rows &right, bool withRefusals) const;
    [[nodiscard]] Rows standing(Rows rows, const Rows &valid) const;

    std::vector<RandomTable> m_tables;
    // Of each table, the row that has a key or a code: the first whose own cells are right.
    std::vector<std::map<int, qint64>> m_keyOwners;
    std::vector<std::map<int, qint64>> m_codeOwners;
};

} // namespace seedbed
