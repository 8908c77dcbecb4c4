// SPDX-License-Identifier: MIT
#pragma once

// What a person looks for in cells: a text or a regular expression, in them or all of them.

#include <QByteArray>
#include <QByteArrayView>
#include <QRegularExpression>
#include <QString>

namespace seedbed {

/// What is looked for. Nothing is found by an empty text.
/// Thread: any (a value).
struct TextQuestion {
    QString text {};
    bool isCaseSensitive = false;
    bool isWholeCell = false;  ///< the text is all of the cell
    bool isExpression = false; ///< the text is a regular expression, in Perl's syntax

    friend bool operator==(const TextQuestion &, const TextQuestion &) = default;
};

/// A question that is made ready to be held against many cells.
/// Thread: any (a value).
class CellPattern final
{
public:
    explicit CellPattern(const TextQuestion &question);

    /// Why the text is no expression, and at which character; empty where it is one, or need not be.
    [[nodiscard]] QString error() const;

    /// Undecided: an expression that would take too long on this cell.
    enum class Answer : quint8 { No, Yes, Undecided };
    [[nodiscard]] Answer answer(QByteArrayView cell) const;
    [[nodiscard]] bool matches(QByteArrayView cell) const { return answer(cell) == Answer::Yes; }

    /// The text of a cell that matches, with \a replacement for every match; an expression's "\1" is its first group.
    [[nodiscard]] QByteArray replaced(QByteArrayView cell, const QString &replacement) const;

private:
    [[nodiscard]] bool hasText(QByteArrayView cell) const;
    [[nodiscard]] bool isText(QByteArrayView cell) const;

    TextQuestion m_question;
    QByteArray m_bytes; // to be found as they are, or, where the case does not matter, in lower case
    bool m_isBytewise;  // bytes are all there is to compare
    QRegularExpression m_expression;
};

} // namespace seedbed
