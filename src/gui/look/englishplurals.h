// SPDX-License-Identifier: MIT
#pragma once

// English, the language of the sources, needs no file of translations, but it has a plural.

#include <QTranslator>

namespace seedbed {

/// Puts "(s)" of counted texts right: "1 row", "2 rows". To be installed below every real translation.
/// Thread: any, once installed.
class EnglishPlurals final : public QTranslator
{
    Q_OBJECT

public:
    using QTranslator::QTranslator;

    [[nodiscard]] QString translate(const char *context, const char *sourceText, const char *disambiguation,
                                    int n) const override;
    [[nodiscard]] bool isEmpty() const override { return false; }
};

} // namespace seedbed
