// SPDX-License-Identifier: MIT
#include "validation/textpattern.h"

#include "validation/patternsyntax.h"

#include <QStringDecoder>

#include <re2/re2.h>

#include <algorithm>
#include <optional>
#include <string>

namespace seedbed {
namespace {

// A program of RE2 may look at all of its instructions for each byte. Within this product that is a second at most;
// mostly it is a table that is looked at once per byte.
constexpr qsizetype MostLinearSteps = qsizetype(1) << 28;

// A step of trying may look at all of a text. Longer texts are left undecided.
constexpr qsizetype LongestTried = qsizetype(1) << 16;

std::shared_ptr<const re2::RE2> linearOf(const QString &pattern)
{
    const std::optional<std::string> text = linearPattern(pattern);
    if (!text)
        return nullptr;
    re2::RE2::Options options;
    options.set_log_errors(false);
    auto linear = std::make_shared<const re2::RE2>(*text, options);
    return linear->ok() ? linear : nullptr;
}

QRegularExpression limited(const char *start, const QString &pattern)
{
    return QRegularExpression(QLatin1StringView(start) + QRegularExpression::anchoredPattern(pattern),
                              QRegularExpression::UseUnicodePropertiesOption);
}

/// A byte order mark at the start is a character of the text.
QString decoded(QByteArrayView text)
{
    return QStringDecoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom).decode(text);
}

} // namespace

TextPattern::TextPattern(const QString &pattern)
    : m_linear(linearOf(pattern))
    , m_trying(limited("(*LIMIT_MATCH=500000)", pattern))
    , m_tryingOnHeap(limited("(*NO_JIT)(*LIMIT_MATCH=1000000)", pattern))
{
}

TextPattern::Answer TextPattern::match(QByteArrayView text) const
{
    if (!m_linear || text.size() > MostLinearSteps / std::max(1, m_linear->ProgramSize()))
        return matchByTrying(text);
    const re2::StringPiece piece(text.data(), static_cast<size_t>(text.size()));
    const bool matches = m_linear->Match(piece, 0, piece.size(), re2::RE2::ANCHOR_BOTH, nullptr, 0);
    return matches ? Answer::Matches : Answer::DoesNotMatch;
}

TextPattern::Answer TextPattern::matchByTrying(QByteArrayView text) const
{
    if (text.size() > LongestTried)
        return Answer::Undecided;
    const QString whole = decoded(text);
    for (const QRegularExpression *expression : { &m_trying, &m_tryingOnHeap }) {
        const QRegularExpressionMatch match = expression->match(whole);
        if (match.isValid())
            return match.hasMatch() ? Answer::Matches : Answer::DoesNotMatch;
    }
    return Answer::Undecided;
}

} // namespace seedbed
