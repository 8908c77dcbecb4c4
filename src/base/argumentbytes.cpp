// SPDX-License-Identifier: MIT
#include "base/argumentbytes.h"

#include <QByteArrayView>
#include <QUtf8StringView>

#include <filesystem>
#include <string>
#include <system_error>

namespace seedbed {

namespace {

bool isUtf8(QByteArrayView bytes)
{
    return QUtf8StringView(bytes.data(), bytes.size()).isValidUtf8();
}

QString shown(QByteArrayView bytes)
{
    QString text;
    for (const char byte : bytes) {
        const bool isPlain = byte >= ' ' && byte <= '~';
        text += isPlain ? QString(QLatin1Char(byte))
                        : QStringLiteral("\\x") + QString::fromLatin1(QByteArray(1, byte).toHex().toUpper());
    }
    return text;
}

} // namespace

std::optional<QString> firstBadArgument(int argc, char *const argv[])
{
    for (int i = 1; i < argc; ++i) {
        const QByteArrayView argument(argv[i]);
        if (!isUtf8(argument))
            return shown(argument);
    }
    return std::nullopt;
}

bool hasCurrentFolder()
{
    std::error_code error;
    const std::string path = std::filesystem::current_path(error).string();
    return !error && isUtf8(QByteArrayView(path.data(), static_cast<qsizetype>(path.size())));
}

} // namespace seedbed
