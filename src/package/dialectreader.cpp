// SPDX-License-Identifier: MIT
#include "package/dialectreader.h"

#include <QCoreApplication>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Descriptor)
};

char readCharacter(const Node &node, char fallback)
{
    if (!node.exists())
        return fallback;
    const QByteArray text = node.bytes();
    if (text.size() == 1 && static_cast<unsigned char>(text.front()) < 0x80 && text.front() != '\r'
        && text.front() != '\n')
        return text.front();
    node.refuse(Text::tr("must be one ASCII character that is not a line break"));
    return fallback;
}

/// Whether the row of the column names is the first, as it is taken here.
bool isFirstRow(const Node &headerRows)
{
    const std::vector<Node> rows = headerRows.items();
    return rows.size() == 1 && rows.front().scalar() == QByteArrayLiteral("1");
}

void refuseOtherHeaders(const Node &node)
{
    const Node rows = node.member("headerRows");
    rows.mustBeArray();
    if (rows.exists() && !isFirstRow(rows))
        rows.refuse(Text::tr("only [1] can be read: put the column names on the first line of the file"));
    const Node comments = node.member("commentRows");
    comments.mustBeArray();
    if (!comments.items().empty())
        comments.refuse(Text::tr("rows cannot be left out by number; delete them from the file"));
}

void refuseOtherQuoting(const Node &node)
{
    if (const Node doubled = node.member("doubleQuote"); !doubled.boolean(true))
        doubled.refuse(Text::tr("only true can be read: write a quote inside a quoted cell twice"));
    if (const Node space = node.member("skipInitialSpace"); space.boolean(false))
        space.refuse(Text::tr("only false can be read: remove the spaces after the delimiters"));
    if (const Node escape = node.member("escapeChar"); !escape.bytes().isEmpty())
        escape.refuse(Text::tr("cannot be read: quote the cells, and write a quote inside one twice"));
    if (const Node comment = node.member("commentChar"); !comment.bytes().isEmpty())
        comment.refuse(Text::tr("cannot be read: delete the lines of comment from the file"));
    if (const Node null = node.member("nullSequence"); null.exists() && !null.bytes().isNull())
        null.refuse(Text::tr("cannot be read: list it in the schema's missingValues"));
}

void checkLineTerminator(const Node &node)
{
    const QByteArray terminator = node.bytes("\n");
    if (terminator != "\n" && terminator != "\r\n" && terminator != "\r")
        node.refuse(Text::tr("must be a line break: \\n, \\r\\n or \\r"));
}

} // namespace

Dialect readDialect(const Node &node, const Dialect &defaults)
{
    node.mustBeObject();
    Dialect dialect = defaults;
    dialect.header = node.member("header").boolean(defaults.header);
    dialect.delimiter = readCharacter(node.member("delimiter"), defaults.delimiter);
    dialect.quoteChar = readCharacter(node.member("quoteChar"), defaults.quoteChar);
    if (dialect.delimiter == dialect.quoteChar)
        node.refuse(Text::tr("delimiter and quoteChar must be different characters"));
    checkLineTerminator(node.member("lineTerminator"));
    refuseOtherHeaders(node);
    refuseOtherQuoting(node);
    return dialect;
}

} // namespace seedbed
