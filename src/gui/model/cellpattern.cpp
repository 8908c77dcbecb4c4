// SPDX-License-Identifier: MIT
#include "gui/model/cellpattern.h"

#include <QCoreApplication>

#include <algorithm>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CellPattern)
};

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

Qt::CaseSensitivity caseOf(const TextQuestion &question)
{
    return question.isCaseSensitive ? Qt::CaseSensitive : Qt::CaseInsensitive;
}

QRegularExpression expressionOf(const TextQuestion &question)
{
    if (!question.isExpression)
        return {};
    QRegularExpression::PatternOptions options = QRegularExpression::UseUnicodePropertiesOption;
    options.setFlag(QRegularExpression::CaseInsensitiveOption, !question.isCaseSensitive);
    // As it was typed where it is wrong: the place of the error is counted in it.
    const QRegularExpression expression(question.text, options);
    if (!question.isWholeCell || !expression.isValid())
        return expression;
    return QRegularExpression(QRegularExpression::anchoredPattern(question.text), options);
}

} // namespace

CellPattern::CellPattern(const TextQuestion &question)
    : m_question(question)
    , m_bytes((question.isCaseSensitive ? question.text : question.text.toLower()).toUtf8())
    , m_isBytewise(question.isCaseSensitive || m_bytes.size() == question.text.size()) // ASCII
    , m_expression(expressionOf(question))
{
}

QString CellPattern::error() const
{
    if (m_expression.isValid())
        return {};
    return Text::tr("No regular expression: %1 (at character %2)")
        .arg(m_expression.errorString())
        .arg(m_expression.patternErrorOffset() + 1);
}

CellPattern::Answer CellPattern::answer(QByteArrayView cell) const
{
    if (m_question.text.isEmpty())
        return Answer::No;
    if (!m_question.isExpression)
        return (m_question.isWholeCell ? isText(cell) : hasText(cell)) ? Answer::Yes : Answer::No;
    const QRegularExpressionMatch match = m_expression.match(QString::fromUtf8(cell));
    if (!match.isValid())
        return Answer::Undecided;
    return match.hasMatch() ? Answer::Yes : Answer::No;
}

bool CellPattern::hasText(QByteArrayView cell) const
{
    if (!m_isBytewise)
        return QString::fromUtf8(cell).contains(m_question.text, Qt::CaseInsensitive);
    if (m_question.isCaseSensitive)
        return cell.contains(m_bytes);
    const auto isSame = [](char a, char b) { return lowered(a) == b; };
    return std::search(cell.begin(), cell.end(), m_bytes.begin(), m_bytes.end(), isSame) != cell.end();
}

bool CellPattern::isText(QByteArrayView cell) const
{
    if (!m_isBytewise)
        return QString::fromUtf8(cell).compare(m_question.text, Qt::CaseInsensitive) == 0;
    if (m_question.isCaseSensitive)
        return cell == m_bytes;
    const auto isSame = [](char a, char b) { return lowered(a) == b; };
    return std::equal(cell.begin(), cell.end(), m_bytes.begin(), m_bytes.end(), isSame);
}

QByteArray CellPattern::replaced(QByteArrayView cell, const QString &replacement) const
{
    QString text = QString::fromUtf8(cell);
    if (m_question.isExpression)
        text.replace(m_expression, replacement);
    else if (m_question.isWholeCell)
        text = replacement;
    else
        text.replace(m_question.text, replacement, caseOf(m_question));
    return text.toUtf8();
}

} // namespace seedbed
