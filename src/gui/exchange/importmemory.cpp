// SPDX-License-Identifier: MIT
#include "gui/exchange/importmemory.h"

#include <algorithm>

namespace seedbed {

namespace {

const QString DelimiterKey = QStringLiteral("delimiter");
const QString QuoteKey = QStringLiteral("quote");
const QString HeaderKey = QStringLiteral("header");
const QString EncodingKey = QStringLiteral("encoding");
const QString DecimalCommaKey = QStringLiteral("decimalComma");
const QString ReplaceKey = QStringLiteral("replace");
const QString ColumnsKey = QStringLiteral("columns");
const QString FieldsKey = QStringLiteral("fields");

/// Nothing is no character.
char firstByte(const QVariant &text)
{
    const QByteArray bytes = text.toString().toLatin1();
    return bytes.isEmpty() ? CsvForm::NoQuote : bytes.front();
}

QString textOf(char character)
{
    return character == CsvForm::NoQuote ? QString() : QString(QLatin1Char(character));
}

Encoding encodingOf(int number)
{
    return static_cast<Encoding>(std::clamp(number, 0, static_cast<int>(Encoding::Windows1252)));
}

} // namespace

ImportMemory ImportMemory::fromMap(const QVariantMap &map)
{
    ImportMemory memory;
    if (firstByte(map.value(DelimiterKey)) == CsvForm::NoQuote)
        return memory;
    memory.form.dialect.delimiter = firstByte(map.value(DelimiterKey));
    memory.form.dialect.quoteChar = firstByte(map.value(QuoteKey));
    memory.form.dialect.header = map.value(HeaderKey).toBool();
    memory.form.encoding = encodingOf(map.value(EncodingKey).toInt());
    memory.hasDecimalComma = map.value(DecimalCommaKey).toBool();
    memory.replaces = map.value(ReplaceKey).toBool();
    memory.columns = map.value(ColumnsKey).toStringList();
    memory.fields = map.value(FieldsKey).toStringList();
    return memory;
}

QVariantMap ImportMemory::toMap() const
{
    return { { DelimiterKey, textOf(form.dialect.delimiter) },
             { QuoteKey, textOf(form.dialect.quoteChar) },
             { HeaderKey, form.dialect.header },
             { EncodingKey, static_cast<int>(form.encoding) },
             { DecimalCommaKey, hasDecimalComma },
             { ReplaceKey, replaces },
             { ColumnsKey, columns },
             { FieldsKey, fields } };
}

RememberedColumns ImportMemory::rememberedColumns() const
{
    RememberedColumns remembered;
    for (qsizetype i = 0; i < std::min(columns.size(), fields.size()); ++i)
        remembered.insert(columns.at(i), fields.at(i));
    return remembered;
}

void ImportMemory::remember(const QStringList &columnNames, const ColumnMapping &mapping, const TableSchema &schema)
{
    columns = columnNames;
    fields.clear();
    for (const int field : mapping)
        fields.append(field == NoField ? QString() : schema.fields.at(field).name);
}

} // namespace seedbed
