// SPDX-License-Identifier: MIT
#include "validation/patternsyntax.h"

#include <QList>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace seedbed {
namespace {

// What \d, \w and \s are with Unicode properties (pcre2pattern, "Generic character types"), as parts of a class.
constexpr std::string_view Digits = "\\p{Nd}";
constexpr std::string_view WordCharacters = "\\p{L}\\p{N}_";
constexpr std::string_view Spaces = "\\p{Z}\\x{9}-\\x{D}\\x{85}\\x{180E}";

// The general categories that both know under one name, with the same characters. C and Cn are none of them, as RE2
// leaves out what is not assigned; nor are scripts, which PCRE takes with their extensions.
constexpr std::array<std::string_view, 32> Categories {
    "L",  "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N",  "Nd", "Nl", "No", "P",  "Pc",
    "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z",  "Zs", "Zl", "Zp", "Cc",
};

bool isAsciiLetterOrDigit(char32_t c)
{
    return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

std::string literal(char32_t c)
{
    if (isAsciiLetterOrDigit(c))
        return { static_cast<char>(c) };
    return "\\x{" + QByteArray::number(static_cast<uint>(c), 16).toStdString() + '}';
}

class Translation final
{
public:
    explicit Translation(const QString &pattern)
        : m_pattern(pattern.toUcs4())
    {
    }

    [[nodiscard]] std::optional<std::string> result()
    {
        while (m_isPossible && !isAtEnd())
            takeItem();
        return m_isPossible && m_depth == 0 ? std::optional(m_text) : std::nullopt;
    }

private:
    /// A part of a class: one character, which may begin or end a range, or several.
    struct ClassPart {
        std::optional<char32_t> character;
        std::string text;
    };

    [[nodiscard]] bool isAtEnd() const { return m_at >= m_pattern.size(); }
    [[nodiscard]] char32_t peek(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_pattern.size() ? static_cast<char32_t>(m_pattern.at(m_at + ahead)) : U'\0';
    }
    [[nodiscard]] bool isNext(char32_t c) const { return !isAtEnd() && peek() == c; }
    char32_t take() { return static_cast<char32_t>(m_pattern.at(m_at++)); }
    bool takeIf(char32_t c)
    {
        const bool isIt = isNext(c);
        m_at += isIt ? 1 : 0;
        return isIt;
    }
    void giveUp() { m_isPossible = false; }

    void takeItem()
    {
        switch (const char32_t c = take()) {
        case U'\\':
            return takeEscape();
        case U'[':
            return takeClass();
        case U'(':
            return takeGroup();
        case U')':
            --m_depth;
            m_text += ')';
            return;
        case U'*':
        case U'+':
        case U'?':
            m_text += static_cast<char>(c);
            return takeGreed();
        case U'{':
            return takeCount();
        case U'$':
            return takeEnd();
        case U'|':
        case U'^':
        case U'.':
            m_text += static_cast<char>(c);
            return;
        default:
            m_text += literal(c);
        }
    }

    // Before a line break at the end of the text too, where something of the pattern can match that break.
    void takeEnd()
    {
        if (m_depth > 0 || !(isAtEnd() || isNext(U'|')))
            giveUp();
        m_text += "\\z";
    }

    // How much is tried first makes no difference to whether the whole text matches; keeping it for good does.
    void takeGreed()
    {
        if (isNext(U'+'))
            giveUp();
        takeIf(U'?');
    }

    void takeCount()
    {
        m_text += '{';
        int digits = takeDigits();
        if (digits > 0 && takeIf(U',')) {
            m_text += ',';
            takeDigits();
        }
        if (digits == 0 || !takeIf(U'}'))
            return giveUp(); // PCRE takes the brace for itself
        m_text += '}';
        takeGreed();
    }

    int takeDigits()
    {
        int count = 0;
        for (; peek() >= U'0' && peek() <= U'9'; ++count)
            m_text += static_cast<char>(take());
        return count;
    }

    void takeGroup()
    {
        ++m_depth;
        m_text += "(?:";
        if (isNext(U'*'))
            return giveUp(); // a verb
        if (!takeIf(U'?') || takeIf(U':'))
            return;
        takeIf(U'P');
        const bool isNamed = takeIf(U'<') && isAsciiLetterOrDigit(peek());
        if (!isNamed)
            return giveUp();
        while (!isAtEnd() && take() != U'>') { }
    }

    void takeEscape()
    {
        if (takeIf(U'A'))
            m_text += "\\A";
        else if (takeIf(U'z'))
            m_text += "\\z";
        else
            takeSet();
    }

    void takeSet()
    {
        const bool isNot = isNext(U'D') || isNext(U'W') || isNext(U'S');
        const std::string_view set = shorthand();
        if (!set.empty()) {
            m_text += isNot ? "[^" : "[";
            m_text += set;
            m_text += ']';
            return;
        }
        const ClassPart part = takeEscapedPart();
        m_text += part.character ? literal(*part.character) : part.text;
    }

    // Takes \d, \w, \s or its opposite, as a part of a class without the negation; empty where it is none.
    std::string_view shorthand()
    {
        switch (peek()) {
        case U'd':
        case U'D':
            take();
            return Digits;
        case U'w':
        case U'W':
            take();
            return WordCharacters;
        case U's':
        case U'S':
            take();
            return Spaces;
        default:
            return {};
        }
    }

    // What follows a backslash, inside a class and outside.
    ClassPart takeEscapedPart()
    {
        if (isAtEnd()) {
            giveUp();
            return {};
        }
        switch (const char32_t c = take()) {
        case U'a':
            return { U'\a', {} };
        case U'f':
            return { U'\f', {} };
        case U'n':
            return { U'\n', {} };
        case U'r':
            return { U'\r', {} };
        case U't':
            return { U'\t', {} };
        case U'e':
            return { U'\x1B', {} };
        case U'x':
            return { takeHexadecimal(), {} };
        case U'p':
            return { {}, takeCategory("\\p{") };
        case U'P':
            return { {}, takeCategory("\\P{") };
        default:
            if (isAsciiLetterOrDigit(c))
                giveUp();
            return { c, {} };
        }
    }

    char32_t takeHexadecimal()
    {
        const bool isBraced = takeIf(U'{');
        QByteArray digits;
        while (!isAtEnd() && peek() < 128 && std::isxdigit(static_cast<int>(peek())) != 0
               && (isBraced || digits.size() < 2))
            digits += static_cast<char>(take());
        bool isNumber = false;
        const uint number = digits.toUInt(&isNumber, 16);
        if (!isNumber || number > QChar::LastValidCodePoint || (isBraced ? !takeIf(U'}') : digits.size() != 2))
            giveUp();
        return static_cast<char32_t>(number);
    }

    std::string takeCategory(const char *start)
    {
        std::string name;
        if (takeIf(U'{')) {
            while (peek() < 128 && isAsciiLetterOrDigit(peek()))
                name += static_cast<char>(take());
            if (!takeIf(U'}'))
                giveUp();
        } else if (peek() < 128 && isAsciiLetterOrDigit(peek())) {
            name += static_cast<char>(take());
        }
        if (std::find(Categories.begin(), Categories.end(), name) == Categories.end())
            giveUp();
        return start + name + '}';
    }

    void takeClass()
    {
        m_text += takeIf(U'^') ? "[^" : "[";
        bool isFirst = true;
        while (m_isPossible && (isFirst || !isNext(U']'))) {
            if (isAtEnd())
                return giveUp();
            takeClassItem();
            isFirst = false;
        }
        m_at += m_isPossible ? 1 : 0;
        m_text += ']';
    }

    void takeClassItem()
    {
        const ClassPart part = takeClassPart();
        const bool isRange = part.character && isNext(U'-') && m_at + 1 < m_pattern.size() && peek(1) != U']';
        m_text += part.character ? literal(*part.character) : part.text;
        if (!isRange)
            return;
        take();
        const ClassPart last = takeClassPart();
        if (!last.character)
            return giveUp();
        m_text += '-' + literal(*last.character);
    }

    ClassPart takeClassPart()
    {
        const char32_t c = take();
        if (c == U'[' && (isNext(U':') || isNext(U'.') || isNext(U'=')))
            giveUp(); // may be a named class
        if (c != U'\\')
            return { c, {} };
        if (takeIf(U'b'))
            return { U'\b', {} };
        if (takeIf(U'D'))
            return { {}, "\\P{Nd}" };
        if (isNext(U'W') || isNext(U'S'))
            giveUp(); // the complement of several sets is no part of a class
        const std::string_view set = shorthand();
        return set.empty() ? takeEscapedPart() : ClassPart { {}, std::string(set) };
    }

    const QList<uint> m_pattern;
    qsizetype m_at = 0;
    int m_depth = 0; // of groups
    bool m_isPossible = true;
    std::string m_text;
};

} // namespace

std::optional<std::string> linearPattern(const QString &pattern)
{
    return Translation(pattern).result();
}

} // namespace seedbed
