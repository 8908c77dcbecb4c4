// SPDX-License-Identifier: MIT
#pragma once

// The file that settings are kept in, looked at before it is read. What settings there are is settings.h.

#include <QSettings>
#include <QString>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace seedbed {

/// Settings in a file of the user alone; what a system or other programs of the organisation set is not read. Where the
/// file cannot be read without harm (a pipe would hold the program, a huge file fill its memory), the settings begin
/// anew, are kept until the program ends, and the file stays as it is.
/// Thread: GUI thread.
class SettingsFile final
{
public:
    static constexpr qint64 MostBytes = qint64(4) << 20;
    static constexpr qint64 LongestLine = qint64(256) << 10; ///< QSettings reads lists within lists by recursion

    explicit SettingsFile(const QString &path = userPath());

    [[nodiscard]] QSettings &store() { return *m_store; }
    /// Why the file is not used, in a sentence; nothing where it is used.
    [[nodiscard]] const std::optional<QString> &refusal() const { return m_refusal; }

    /// Where the file of this user and program is, by the names of QCoreApplication.
    [[nodiscard]] static QString userPath();

private:
    QTemporaryDir m_instead;
    std::optional<QString> m_refusal;
    std::unique_ptr<QSettings> m_store;
};

} // namespace seedbed
