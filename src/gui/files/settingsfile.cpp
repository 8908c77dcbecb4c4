// SPDX-License-Identifier: MIT
#include "gui/files/settingsfile.h"

#include "base/readlimits.h"
#include "base/regularfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Settings)
};

/// In bytes, with what QSettings takes for its continuation: after a backslash, or within quotes.
qint64 longestLine(const QByteArray &text)
{
    qint64 longest = 0;
    qint64 length = 0;
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text.at(i);
        isQuoted = isQuoted != (c == '"');
        if (c == '\\')
            ++i;
        length = c == '\n' && !isQuoted ? 0 : length + 1;
        longest = std::max(longest, length);
    }
    return longest;
}

/// Why QSettings must not read the file; empty where it may, or where there is none.
QString reasonAgainst(const QString &path)
{
    for (const QString &file : { path, path + QStringLiteral(".lock") }) { // QSettings reads the lock too
        if (const QString odd = oddFileAt(file); !odd.isEmpty())
            return Text::tr("%1 is %2, not a file").arg(QDir::toNativeSeparators(file), odd);
    }
    if (QFileInfo(path).size() > SettingsFile::MostBytes) {
        return Text::tr("%1 is larger than %2")
            .arg(QDir::toNativeSeparators(path), sizeText(static_cast<qsizetype>(SettingsFile::MostBytes)));
    }
    QFile file(path);
    if (file.open(QIODevice::ReadOnly) && longestLine(file.readAll()) > SettingsFile::LongestLine) {
        return Text::tr("%1 has a line that is longer than %2")
            .arg(QDir::toNativeSeparators(path), sizeText(static_cast<qsizetype>(SettingsFile::LongestLine)));
    }
    return {};
}

} // namespace

SettingsFile::SettingsFile(const QString &path)
{
    QString used = path;
    if (const QString reason = reasonAgainst(path); !reason.isEmpty()) {
        m_refusal = Text::tr("The settings are not read and not kept: %1. Move it away.").arg(reason);
        used = m_instead.filePath(QStringLiteral("settings.ini"));
    }
    m_store = std::make_unique<QSettings>(used, QSettings::IniFormat);
}

QString SettingsFile::userPath()
{
    // As QSettings names it.
    return QStringLiteral("%1/%2/%3.conf")
        .arg(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation),
             QCoreApplication::organizationName(), QCoreApplication::applicationName());
}

} // namespace seedbed
