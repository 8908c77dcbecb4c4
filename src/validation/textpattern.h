// SPDX-License-Identifier: MIT
#pragma once

// The constraint "pattern", ready for many texts: whether one matches is decided in a time that is linear in it, or not
// at all. It is never guessed.

#include <QByteArrayView>
#include <QRegularExpression>
#include <QString>

#include <memory>

namespace re2 {
class RE2;
}

namespace seedbed {

/// A regular expression that a whole text is to match, with Unicode properties.
/// Thread: any (a const value; copies share what they hold).
class TextPattern final
{
public:
    enum class Answer : quint8 {
        Matches,
        DoesNotMatch,
        Undecided, ///< trying on would take too long
    };

    /// \a pattern is a valid QRegularExpression, and means what it means there.
    explicit TextPattern(const QString &pattern);

    /// Cost: linear in \a text, UTF-8, where isLinear(); else up to some 50 ms.
    [[nodiscard]] Answer match(QByteArrayView text) const;

    /// Whether RE2 can say what the pattern says.
    [[nodiscard]] bool isLinear() const { return m_linear != nullptr; }

private:
    [[nodiscard]] Answer matchByTrying(QByteArrayView text) const;

    std::shared_ptr<const re2::RE2> m_linear; // null where RE2 cannot say it
    QRegularExpression m_trying;              // both are limited in how much they try
    QRegularExpression m_tryingOnHeap;        // slower, and not limited by the stack
};

} // namespace seedbed
