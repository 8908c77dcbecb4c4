// SPDX-License-Identifier: MIT
#include "gui/window/filemessages.h"

#include "gui/files/autosave.h"
#include "gui/files/fileactions.h"
#include "gui/look/messagebar.h"
#include "gui/run/logmodel.h"

#include <QCoreApplication>
#include <QLocale>

namespace seedbed {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(FileMessages)
};

const QString FileSubject = QStringLiteral("file");
const QString KeepingSubject = QStringLiteral("keeping"); // of unsaved edits
const QString RecoverySubject = QStringLiteral("recovery");

QString momentText(const QDateTime &moment)
{
    const bool isToday = moment.date() == QDate::currentDate();
    return isToday ? QLocale().toString(moment.time(), QLocale::ShortFormat)
                   : QLocale().toString(moment, QLocale::ShortFormat);
}

Message recoveryMessage(const QDateTime &edited, Autosave &autosave)
{
    return { .subject = RecoverySubject,
             .state = State::Problem,
             .text = Text::tr("Edits of %1 that were not saved were recovered.").arg(momentText(edited)),
             .choices = { { Text::tr("Keep"), {} },
                          { Text::tr("Discard"), [&autosave] { autosave.discardRecovered(); } } } };
}

} // namespace

void showFileMessages(FileActions &files, Autosave &autosave, MessageBar &bar, LogModel &log)
{
    const auto tell = [&bar, &log](const QString &subject) {
        return [&bar, &log, subject](const Error &error) {
            bar.tell({ .subject = subject, .state = State::Failed, .text = error.message });
            log.append(LogEntry::Level::Error, error.message);
        };
    };
    QObject::connect(&files, &FileActions::failed, &bar, tell(FileSubject));
    QObject::connect(&autosave, &Autosave::failed, &bar, tell(KeepingSubject));
    QObject::connect(&autosave, &Autosave::recovered, &bar,
                     [&bar, &autosave](const QDateTime &edited) { bar.tell(recoveryMessage(edited, autosave)); });
    QObject::connect(&autosave, &Autosave::builtUpon, &bar, [&bar] { bar.withdraw(RecoverySubject); });
    const auto withdraw = [&bar] { bar.withdraw(FileSubject); };
    QObject::connect(&files, &FileActions::opened, &bar, withdraw);
    QObject::connect(&files, &FileActions::saved, &bar, withdraw);
    QObject::connect(&files, &FileActions::unsavedChanged, &bar, [&bar](bool hasUnsavedEdits) {
        if (!hasUnsavedEdits)
            bar.withdraw(RecoverySubject);
    });
}

} // namespace seedbed
