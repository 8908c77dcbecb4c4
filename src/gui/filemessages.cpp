// SPDX-License-Identifier: MIT
#include "gui/filemessages.h"

#include "gui/fileactions.h"
#include "gui/logmodel.h"
#include "gui/messagebar.h"

namespace seedbed {

void showFileMessages(FileActions &files, MessageBar &bar, LogModel &log)
{
    const QString subject = QStringLiteral("file");
    QObject::connect(&files, &FileActions::failed, &bar, [&bar, &log, subject](const Error &error) {
        bar.tell({ .subject = subject, .state = State::Failed, .text = error.message });
        log.append(LogEntry::Level::Error, error.message);
    });
    const auto withdraw = [&bar, subject] { bar.withdraw(subject); };
    QObject::connect(&files, &FileActions::opened, &bar, withdraw);
    QObject::connect(&files, &FileActions::saved, &bar, withdraw);
}

} // namespace seedbed
