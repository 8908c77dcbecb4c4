// SPDX-License-Identifier: MIT
#include "gui/look/englishplurals.h"

namespace seedbed {

QString EnglishPlurals::translate(const char * /*context*/, const char *sourceText, const char * /*disambiguation*/,
                                  int n) const
{
    if (n < 0)
        return {};
    return QString::fromUtf8(sourceText).replace(QLatin1String("(s)"), QLatin1String(n == 1 ? "" : "s"));
}

} // namespace seedbed
