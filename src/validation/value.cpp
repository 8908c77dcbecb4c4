// SPDX-License-Identifier: MIT
#include "validation/value.h"

namespace seedbed {
namespace {

// The length goes before the bytes, so that no text can look like the end of one and the start of another.
void appendTagged(QByteArray &key, char tag, QByteArrayView bytes)
{
    key += tag;
    key += QByteArray::number(bytes.size());
    key += ':';
    key += bytes;
}

} // namespace

void appendKey(QByteArray &key, const Value &value)
{
    switch (value.kind) {
    case Value::Kind::Null:
        key += '-';
        return;
    case Value::Kind::Integer:
        appendTagged(key, 'n', QByteArray::number(value.integer));
        return;
    case Value::Kind::Number:
        appendTagged(key, 'n', value.text);
        return;
    case Value::Kind::Text:
        appendTagged(key, 't', value.text);
        return;
    }
}

QByteArray keyOf(const QList<Value> &values)
{
    QByteArray key;
    for (const Value &value : values)
        appendKey(key, value);
    return key;
}

} // namespace seedbed
