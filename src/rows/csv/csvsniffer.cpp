// SPDX-License-Identifier: MIT
#include "rows/csv/csvsniffer.h"

#include "rows/csv/columnmapping.h"
#include "rows/csv/csvparser.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <array>
#include <tuple>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Csv)
};

using Records = QList<QStringList>;

constexpr qsizetype GuessedRecords = 200;

/// Commas come last: they are in numbers and in prose too.
constexpr std::array Delimiters { '\t', ';', '|', ',' };

struct Reading {
    Records records;
    bool isRefused = false;
};

Encoding guessEncoding(QByteArrayView bytes)
{
    const ByteOrderMark mark = byteOrderMark(bytes);
    if (mark.length > 0)
        return mark.encoding;
    std::array<qsizetype, 2> nuls {}; // at even and at odd places
    for (qsizetype i = 0; i < bytes.size(); ++i)
        nuls.at(static_cast<std::size_t>(i % 2)) += bytes.at(i) == '\0' ? 1 : 0;
    const qsizetype many = bytes.size() / 8; // a quarter of the characters
    if (std::max(nuls.at(0), nuls.at(1)) > many)
        return nuls.at(0) > nuls.at(1) ? Encoding::Utf16BigEndian : Encoding::Utf16LittleEndian;
    const qsizetype bad = firstBadByte(bytes);
    constexpr qsizetype longestCharacter = 4;
    const bool isCut = bad + longestCharacter > bytes.size() && bytes.size() == CsvHead::MostBytes;
    return bad == bytes.size() || isCut ? Encoding::Utf8 : Encoding::Windows1252;
}

/// Valid UTF-8, up to where the head is no longer what it is said to be.
QByteArray decoded(const CsvHead &head, Encoding encoding)
{
    const ByteOrderMark mark = byteOrderMark(head.bytes);
    if (encoding == Encoding::Windows1252)
        return fromWindows1252(head.bytes);
    const QByteArrayView bytes = QByteArrayView(head.bytes).sliced(mark.length);
    const Encoding actual = mark.length > 0 ? mark.encoding : encoding; // what it says itself is true
    if (actual == Encoding::Utf8)
        return bytes.first(firstBadByte(bytes)).toByteArray();
    QByteArray text;
    (void)Utf16Decoder(actual == Encoding::Utf16BigEndian).decode(bytes, false, text);
    return text;
}

Reading read(QByteArrayView text, bool isWhole, const Dialect &dialect, qsizetype most)
{
    Reading reading;
    CsvParser parser(dialect, {}, ReadLimits::none());
    parser.setWindow(text, isWhole);
    CsvParser::Step step = CsvParser::Step::More;
    while (reading.records.size() < most && (step = parser.next()) == CsvParser::Step::Record) {
        QStringList cells;
        for (const QByteArrayView cell : parser.cells())
            cells.append(QString::fromUtf8(cell));
        reading.records.append(cells);
    }
    reading.isRefused = step == CsvParser::Step::Refused;
    return reading;
}

qsizetype cellsInside(const Records &records, QChar quote)
{
    qsizetype count = 0;
    for (const QStringList &record : records) {
        count += std::ranges::count_if(record, [quote](const QString &cell) {
            return cell.size() > 1 && cell.startsWith(quote) && cell.endsWith(quote);
        });
    }
    return count;
}

/// The reading with the quote that fits the text best, which is put into \a dialect.
Reading readByBestQuote(QByteArrayView text, bool isWhole, Dialect &dialect)
{
    dialect.quoteChar = CsvForm::NoQuote;
    const Reading bare = read(text, isWhole, dialect, GuessedRecords);
    dialect.quoteChar = cellsInside(bare.records, u'\'') > cellsInside(bare.records, u'"') ? '\'' : '"';
    const Reading quoted = read(text, isWhole, dialect, GuessedRecords);
    if (!quoted.isRefused)
        return quoted;
    dialect.quoteChar = CsvForm::NoQuote;
    return bare;
}

/// How well a delimiter fits, the more important first: names found, then how many records in a hundred have as many
/// cells as the first.
std::tuple<qsizetype, qsizetype> fitOf(const Records &records, const QSet<QString> &names)
{
    if (records.isEmpty() || records.constFirst().size() < 2)
        return { 0, 0 };
    const QStringList &first = records.constFirst();
    const auto isNamed = [&names](const QString &cell) { return names.contains(looseName(cell)); };
    const qsizetype named = std::ranges::count_if(first, isNamed);
    const qsizetype regular = std::ranges::count(records, first.size(), &QStringList::size);
    return { named, 100 * regular / records.size() };
}

bool isHeader(const QStringList &record, const QSet<QString> &names)
{
    const auto isNamed = [&names](const QString &cell) { return names.contains(looseName(cell)); };
    if (std::ranges::any_of(record, isNamed))
        return true;
    const auto isNumber = [](const QString &cell) {
        const qsizetype first = cell.startsWith(u'-') || cell.startsWith(u'+') ? 1 : 0;
        return cell.size() > first && cell.at(first).isDigit();
    };
    const bool hasGaps = std::ranges::any_of(record, [](const QString &cell) { return cell.trimmed().isEmpty(); });
    const bool hasTwins = QSet<QString>(record.cbegin(), record.cend()).size() < record.size();
    return !hasGaps && !hasTwins && std::ranges::none_of(record, isNumber);
}

} // namespace

CsvHead CsvHead::of(QIODevice &device)
{
    CsvHead head { device.read(MostBytes), false };
    head.isWhole = device.atEnd();
    device.seek(0);
    return head;
}

CsvForm guessForm(const CsvHead &head, const QStringList &names)
{
    QSet<QString> known;
    for (const QString &name : names)
        known.insert(looseName(name));
    known.remove(QString());
    CsvForm form;
    form.encoding = guessEncoding(head.bytes);
    const QByteArray text = decoded(head, form.encoding);
    std::tuple<qsizetype, qsizetype> best { 0, 0 };
    Records records;
    for (const char delimiter : Delimiters) {
        Dialect dialect;
        dialect.delimiter = delimiter;
        const Records candidate = readByBestQuote(text, head.isWhole, dialect).records;
        const auto fit = fitOf(candidate, known);
        if (fit > best || records.isEmpty() || best == std::tuple<qsizetype, qsizetype>()) {
            best = fit;
            records = candidate;
            form.dialect = dialect;
        }
    }
    form.dialect.header = !records.isEmpty() && isHeader(records.constFirst(), known);
    return form;
}

CsvPreview previewOf(const CsvHead &head, const CsvForm &form, qsizetype mostRows)
{
    const qsizetype headers = form.dialect.header ? 1 : 0;
    Records records = read(decoded(head, form.encoding), head.isWhole, form.dialect, mostRows + headers).records;
    CsvPreview preview;
    if (form.dialect.header && !records.isEmpty())
        preview.columns = records.takeFirst();
    const qsizetype unnamed = form.dialect.header || records.isEmpty() ? 0 : records.constFirst().size();
    for (qsizetype i = 1; i <= unnamed; ++i)
        preview.columns.append(Text::tr("Column %1").arg(i));
    preview.rows = records;
    return preview;
}

} // namespace seedbed
