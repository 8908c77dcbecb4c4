// SPDX-License-Identifier: MIT
#include "base/readlimits.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::ReadLimits)
};

struct Unit {
    char letter;
    qsizetype bytes;
};

constexpr std::array Units { Unit { 'G', qsizetype(1) << 30 }, Unit { 'M', qsizetype(1) << 20 },
                             Unit { 'K', qsizetype(1) << 10 } };

} // namespace

QString sizeText(qsizetype bytes)
{
    for (const Unit &unit : Units) {
        if (bytes > 0 && bytes % unit.bytes == 0)
            return QStringLiteral("%1 %2iB").arg(bytes / unit.bytes).arg(QLatin1Char(unit.letter));
    }
    return bytes == 1 ? Text::tr("1 byte") : Text::tr("%1 bytes").arg(bytes);
}

QString tooManyRows(const QString &what, const ReadLimits &limits)
{
    return Text::tr("%1 would have more than %L2 rows; split it into several tables").arg(what).arg(limits.rows);
}

std::optional<qsizetype> sizeFromText(const QString &text)
{
    QString digits = text;
    qsizetype factor = 1;
    for (const Unit &unit : Units) {
        if (text.endsWith(QLatin1Char(unit.letter), Qt::CaseInsensitive)) {
            digits.chop(1);
            factor = unit.bytes;
        }
    }
    const bool isPlain = std::ranges::all_of(digits, [](QChar c) { return c >= u'0' && c <= u'9'; });
    bool isNumber = false;
    const qlonglong number = digits.toLongLong(&isNumber);
    if (!isPlain || !isNumber || number < 1 || number > ReadLimits::MostBytes / factor)
        return std::nullopt;
    return static_cast<qsizetype>(number) * factor;
}

} // namespace seedbed
