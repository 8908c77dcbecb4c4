// SPDX-License-Identifier: MIT
#include "report/rowchange.h"

#include <QCoreApplication>

namespace seedbed {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(seedbed::RowChange)
};

} // namespace

QString shownValue(const QString &text)
{
    return text.isNull() ? Text::tr("nothing", "in place of a cell's text") : text;
}

} // namespace seedbed
