// SPDX-License-Identifier: MIT
// The constraint "pattern": RE2 and QRegularExpression answer alike, and what none can decide in time is said to be
// undecided.

#include "fixtures.h"
#include "quiettest.h"
#include "report/reasons.h"
#include "validation/patternsyntax.h"
#include "validation/textpattern.h"
#include "validation/validator.h"

#include <QElapsedTimer>
#include <QRandomGenerator>

using namespace seedbed;

using Answer = TextPattern::Answer;

namespace {

bool matchesByQt(const QString &pattern, const QString &text)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern),
                              QRegularExpression::UseUnicodePropertiesOption)
        .match(text)
        .hasMatch();
}

/// A pattern made of parts, most of which RE2 has a word for.
class RandomPattern final
{
public:
    explicit RandomPattern(quint32 seed)
        : m_random(seed)
    {
    }

    [[nodiscard]] QString pattern(int depth = 3)
    {
        QString made;
        const int items = 1 + m_random.bounded(3);
        for (int i = 0; i < items; ++i)
            made += (i > 0 && m_random.bounded(4) == 0 ? u"|"_qs : QString()) + item(depth);
        return made;
    }

    [[nodiscard]] QString text()
    {
        QString made;
        const int length = m_random.bounded(7);
        for (int i = 0; i < length; ++i)
            made +=
                oneOf({ u"a"_qs,      u"b"_qs,          u"B"_qs,          u"1"_qs,      u"\u0663"_qs, u"é"_qs,
                        u"ß"_qs,      u"Σ"_qs,          u"_"_qs,          u"-"_qs,      u"]"_qs,      u"."_qs,
                        u" "_qs,      u"\u00A0"_qs,     u"\u180E"_qs,     u"\u0085"_qs, u"\n"_qs,     u"\r"_qs,
                        u"\u2028"_qs, u"\U0001F600"_qs, u"\U00010400"_qs, u"\u0301"_qs, u"\uFEFF"_qs, QString(QChar(0)),
                        u"$"_qs,      u"^"_qs,          u"{"_qs,          u"²"_qs });
        return made;
    }

private:
    [[nodiscard]] QString oneOf(const QStringList &list)
    {
        return list.at(m_random.bounded(static_cast<int>(list.size())));
    }

    [[nodiscard]] QString item(int depth)
    {
        return atom(depth)
            + oneOf({ {},
                      {},
                      {},
                      u"*"_qs,
                      u"+"_qs,
                      u"?"_qs,
                      u"*?"_qs,
                      u"{2}"_qs,
                      u"{1,}"_qs,
                      u"{0,2}"_qs,
                      u"+?"_qs,
                      u"*+"_qs,
                      u"{2}?"_qs });
    }

    [[nodiscard]] QString atom(int depth)
    {
        switch (m_random.bounded(depth > 0 ? 8 : 6)) {
        case 0:
        case 1:
            return oneOf({ u"a"_qs, u"b"_qs, u"é"_qs, u"Σ"_qs, u"\U0001F600"_qs, u"-"_qs, u"]"_qs, u" "_qs, u"\n"_qs,
                           u"}"_qs, u"_"_qs, u"#"_qs });
        case 2:
            return oneOf({ u"."_qs, u"^"_qs, u"$"_qs, u"\\A"_qs, u"\\z"_qs, u"\\Z"_qs, u"\\b"_qs, u"\\."_qs, u"\\-"_qs,
                           u"\\_"_qs, u"\\n"_qs, u"\\x41"_qs, u"\\x{e9}"_qs, u"\\x{1F600}"_qs, u"\\é"_qs, u"\\/"_qs,
                           u"\\ "_qs, u"\\h"_qs, u"\\R"_qs });
        case 3:
            return oneOf({ u"\\d"_qs, u"\\D"_qs, u"\\w"_qs, u"\\W"_qs, u"\\s"_qs, u"\\S"_qs, u"\\p{L}"_qs, u"\\P{L}"_qs,
                           u"\\pN"_qs, u"\\p{Lu}"_qs, u"\\p{C}"_qs, u"\\p{Greek}"_qs, u"\\p{Cc}"_qs });
        case 4:
        case 5:
            return characterClass();
        case 6:
            return u"(?:"_qs + pattern(depth - 1) + u')';
        default:
            return oneOf({ u"("_qs, u"(?<n>"_qs, u"(?i:"_qs, u"(?="_qs, u"(?>"_qs }) + pattern(depth - 1) + u')';
        }
    }

    [[nodiscard]] QString characterClass()
    {
        QString made = oneOf({ u"["_qs, u"["_qs, u"[^"_qs, u"[]"_qs, u"[^]"_qs });
        const int items = 1 + m_random.bounded(3);
        for (int i = 0; i < items; ++i)
            made += oneOf(
                { u"a"_qs,   u"b-d"_qs, u"a-"_qs,  u"-"_qs,   u"\\d"_qs,    u"\\D"_qs,       u"\\w"_qs,
                  u"\\s"_qs, u"\\S"_qs, u"\\W"_qs, u"\\]"_qs, u"\\-"_qs,    u"."_qs,         u"["_qs,
                  u"^"_qs,   u"é-ü"_qs, u"\\n"_qs, u"\\b"_qs, u"\\p{L}"_qs, u"[:alpha:]"_qs, u"\\x{370}-\\x{3ff}"_qs,
                  u"$"_qs,   u" -~"_qs, u"&&"_qs,  u"{"_qs });
        return made + u']';
    }

    QRandomGenerator m_random;
};

} // namespace

class tst_TextPattern final : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void answersAsQRegularExpression();
    void everyCharacterIsInTheSameSets_data();
    void everyCharacterIsInTheSameSets();
    void whatIsDecidedInLinearTime_data();
    void whatIsDecidedInLinearTime();
    void longTexts_data();
    void longTexts();
    void givesUpInTime_data();
    void givesUpInTime();
    void anUndecidedRowFails();
};

void tst_TextPattern::answersAsQRegularExpression()
{
    int linear = 0;
    int matches = 0;
    for (quint32 seed = 0; seed < 10'000; ++seed) {
        RandomPattern random(seed);
        const QString pattern = random.pattern();
        if (!QRegularExpression(QRegularExpression::anchoredPattern(pattern)).isValid())
            continue;
        const TextPattern tested(pattern);
        linear += tested.isLinear() ? 1 : 0;
        for (int i = 0; i < 12; ++i) {
            const QString text = random.text();
            const bool isMatch = matchesByQt(pattern, text);
            matches += isMatch ? 1 : 0;
            const Answer expected = isMatch ? Answer::Matches : Answer::DoesNotMatch;
            QVERIFY2(tested.match(text.toUtf8()) == expected,
                     qPrintable(QStringLiteral("seed %1: /%2/ on \"%3\"").arg(seed).arg(pattern, text)));
        }
    }
    QVERIFY2(linear > 2'000 && matches > 2'000, qPrintable(QStringLiteral("%1 %2").arg(linear).arg(matches)));
}

void tst_TextPattern::everyCharacterIsInTheSameSets_data()
{
    QTest::addColumn<QString>("pattern");
    for (const char *set : { "\\d", "\\D", "\\w", "\\W", "\\s", "\\S", ".", "[\\w.-]", "[^\\s\\d]", "\\p{Lu}", "\\p{L}",
                             "\\p{M}", "\\p{N}", "\\p{P}", "\\p{S}", "\\p{Z}", "\\p{Cc}", "\\P{Ll}" })
        QTest::newRow(set) << QString::fromLatin1(set);
}

void tst_TextPattern::everyCharacterIsInTheSameSets()
{
    QFETCH(QString, pattern);
    const TextPattern tested(pattern);
    QVERIFY(tested.isLinear());
    const QRegularExpression expression(QRegularExpression::anchoredPattern(pattern),
                                        QRegularExpression::UseUnicodePropertiesOption);
    for (char32_t c = 0; c <= QChar::LastValidCodePoint; ++c) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        const QString text = QString::fromUcs4(&c, 1);
        const Answer expected = expression.match(text).hasMatch() ? Answer::Matches : Answer::DoesNotMatch;
        // The two may know different versions of Unicode.
        if (QChar::category(c) != QChar::Other_NotAssigned && tested.match(text.toUtf8()) != expected)
            QFAIL(qPrintable(QString::number(static_cast<uint>(c), 16)));
    }
}

void tst_TextPattern::whatIsDecidedInLinearTime_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<bool>("isLinear");
    const auto add = [](const char *pattern, bool isLinear) {
        QTest::newRow(pattern) << QString::fromUtf8(pattern) << isLinear;
    };
    add("[A-Z]{2}\\d{1,6}", true);
    add("^\\+?[0-9 ()/-]+$", true);
    add("(?<year>\\d{4})-(?P<month>\\d\\d)", true);
    add("^(a+)+$|b", true);
    add("(a$|b)", false);
    add("(?=a).*", false);
    add("(a)\\1", false);
    add("\\bword\\b", false);
    add("(?i)yes|no", false);
    add("a{1,2000}", false);
    add("a*+b", false);
    add("[\\W_]", false);
    add("[[:alpha:]]", false);
    add("\\p{Greek}", false);
    add("\\p{Cn}", false);
}

void tst_TextPattern::whatIsDecidedInLinearTime()
{
    QFETCH(QString, pattern);
    QTEST(TextPattern(pattern).isLinear(), "isLinear");
}

void tst_TextPattern::longTexts_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isMatch");
    QTest::newRow("all alternatives") << u"(a|b)*"_qs << QByteArray(1 << 20, 'a') << true;
    QTest::newRow("all alternatives but one") << u"(a|b)*"_qs << QByteArray(1 << 20, 'a') + 'c' << false;
    QTest::newRow("nested repeats") << u"(a+)+$"_qs << QByteArray(50'000, 'a') + '!' << false;
    QTest::newRow("nested repeats that match") << u"(a+)+$"_qs << QByteArray(50'000, 'a') << true;
    QTest::newRow("words") << u"(\\w+\\s?)*"_qs << QByteArray("word ").repeated(20'000) + '!' << false;
    QTest::newRow("alternatives that overlap") << u"(x|xx|xxx)*y"_qs << QByteArray(50'000, 'x') << false;
    QTest::newRow("a mark of byte order is a character") << u"."_qs << QByteArray("\xEF\xBB\xBF") << true;
}

void tst_TextPattern::longTexts()
{
    QFETCH(QString, pattern);
    QFETCH(QByteArray, text);
    QFETCH(bool, isMatch);
    const TextPattern tested(pattern);
    QVERIFY(tested.isLinear());
    QCOMPARE(tested.match(text), isMatch ? Answer::Matches : Answer::DoesNotMatch);
}

void tst_TextPattern::givesUpInTime_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Answer>("answer");
    QTest::newRow("decided") << u"(?=a)(a|b)*"_qs << QByteArray(10'000, 'a') << Answer::Matches;
    QTest::newRow("nested repeats") << u"(?=a)(a+)+"_qs << QByteArray(5'000, 'a') + '!' << Answer::Undecided;
    QTest::newRow("a reference back") << u"(a*)*\\1[bc]"_qs << QByteArray(2'000, 'a') << Answer::Undecided;
    QTest::newRow("without case") << u"(?i)(x+x+)+[yz]"_qs << QByteArray(60'000, 'x') << Answer::Undecided;
    QTest::newRow("too long to try") << u"(?=a)a*"_qs << QByteArray(1 << 20, 'a') << Answer::Undecided;
    QTest::newRow("looking ahead over all of it")
        << u"(?:(?=[^y]*[yz]|).)*[yz]"_qs << QByteArray(60'000, 'x') << Answer::DoesNotMatch;
}

void tst_TextPattern::givesUpInTime()
{
    QFETCH(QString, pattern);
    QFETCH(QByteArray, text);
    QFETCH(Answer, answer);
    const TextPattern tested(pattern);
    QVERIFY(!tested.isLinear());
    QElapsedTimer timer;
    timer.start();
    const Answer given = tested.match(text);
    qInfo("%s: %lld ms", QTest::currentDataTag(), timer.elapsed());
    // Which of the answers that are true is a matter of the engine's counting; a wrong one is not.
    QVERIFY(given == answer || given == Answer::Undecided);
}

void tst_TextPattern::anUndecidedRowFails()
{
    const QByteArray notes = R"({"name": "notes", "schema": {"fields": [
        {"name": "text", "constraints": {"pattern": "(?=a)(a+)+"}}]}})";
    const Dataset dataset = datasetOf({ notes }, { "text\naa\nb\n" + QByteArray(5'000, 'a') + "!\n" });
    const Validation validation = validate(dataset, nothingExists(dataset), 2);
    const QList<RejectedRow> rows = skippedRows(validation, 0);
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows.at(0).outcome, RowOutcome::Skipped);
    QCOMPARE(rows.at(0).reasons.first().message, u"text must match (?=a)(a+)+"_qs);
    QCOMPARE(rows.at(1).outcome, RowOutcome::Failed);
    QCOMPARE(rows.at(1).reasons.first().rule, u"pattern"_qs);
    QCOMPARE(rows.at(1).reasons.first().message,
             u"text: whether it matches the pattern (?=a)(a+)+ could not be decided"_qs);
}

SEEDBED_TEST(tst_TextPattern, QCoreApplication)
#include "tst_textpattern.moc"
