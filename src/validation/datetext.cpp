// SPDX-License-Identifier: MIT
#include "validation/datetext.h"

#include "package/lexical.h"

#include <array>
#include <clocale>
#include <ctime>

namespace seedbed {

namespace {

constexpr int FirstTmYear = 1900; // of std::tm

// Names of months are English whatever the locale.
locale_t english()
{
    static const locale_t locale = newlocale(LC_ALL_MASK, "C", nullptr);
    return locale;
}

QByteArray patternOf(const Field &field)
{
    const QByteArray pattern = field.format.toUtf8();
    return pattern.startsWith("fmt:") ? pattern.sliced(4) : pattern;
}

// For writing: the C library gives the year 224 three digits, and "%Y%m%d" would read another date from them.
QByteArray withWholeYears(QByteArray pattern)
{
    for (qsizetype i = 0; i + 1 < pattern.size(); ++i) {
        if (pattern.at(i) == '%' && pattern.at(++i) == 'Y')
            pattern.insert(i, "04");
    }
    return pattern;
}

} // namespace

bool hasIsoDates(const Field &field)
{
    return field.format == QLatin1String("default") || field.format == QLatin1String("any");
}

std::optional<QDate> dateOfText(const Field &field, QByteArrayView text)
{
    if (hasIsoDates(field))
        return isDate(text) ? std::optional(QDate::fromString(QString::fromLatin1(text), Qt::ISODate)) : std::nullopt;
    std::tm time {};
    time.tm_mday = 1; // for a pattern without a day
    const QByteArray terminated = text.toByteArray();
    const char *end = strptime_l(terminated.constData(), patternOf(field).constData(), &time, english());
    if (end == nullptr || end != terminated.constData() + terminated.size())
        return std::nullopt;
    if (time.tm_year < 1 - FirstTmYear || time.tm_year > 9999 - FirstTmYear)
        return std::nullopt; // as seconds since 1970 may say; ISO 8601 has four digits
    const QDate date(time.tm_year + FirstTmYear, time.tm_mon + 1, time.tm_mday);
    return date.isValid() ? std::optional(date) : std::nullopt;
}

QByteArray textOfDate(const Field &field, QDate date)
{
    if (hasIsoDates(field))
        return date.toString(Qt::ISODate).toLatin1();
    std::tm time {};
    time.tm_year = date.year() - FirstTmYear;
    time.tm_mon = date.month() - 1;
    time.tm_mday = date.day();
    time.tm_wday = date.dayOfWeek() % 7;
    time.tm_yday = date.dayOfYear() - 1;
    std::array<char, 256> text {};
    const QByteArray pattern = withWholeYears(patternOf(field));
    const size_t size = strftime_l(text.data(), text.size(), pattern.constData(), &time, english());
    return { text.data(), static_cast<qsizetype>(size) };
}

} // namespace seedbed
