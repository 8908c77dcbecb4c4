// SPDX-License-Identifier: MIT
#include "gui/document.h"
#include "gui/englishplurals.h"
#include "gui/mainwindow.h"
#include "gui/settings.h"
#include "gui/theme.h"
#include "insertion/inserter.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>

namespace {

void setNames()
{
    QCoreApplication::setOrganizationName(QStringLiteral("Seedbed"));
    QCoreApplication::setApplicationName(QStringLiteral("seedbed"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SEEDBED_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Seedbed"));
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.seedbed.Seedbed"));
}

// What the command line says.
struct Arguments {
    explicit Arguments(const QCoreApplication &application)
        : into(QStringLiteral("into"), QCoreApplication::translate("main", "The folder of the databases."),
               QStringLiteral("DIR"))
    {
        parser.setApplicationDescription(QCoreApplication::translate("main", "Seeds several databases at once."));
        help = parser.addHelpOption();
        version = parser.addVersionOption();
        parser.addPositionalArgument(QStringLiteral("package"),
                                     QCoreApplication::translate("main",
                                                                 "A datapackage.json, or a folder with one. "
                                                                 "Without it, the built-in sample."),
                                     QStringLiteral("[PACKAGE]"));
        parser.addOption(into);
        isUnderstood = parser.parse(application.arguments());
    }

    QCommandLineParser parser;
    QCommandLineOption help { QStringLiteral("help") };
    QCommandLineOption version { QStringLiteral("version") };
    QCommandLineOption into;
    bool isUnderstood = false;
};

// Help, version and mistakes are answered where there is no display too.
void answerWithoutDisplay(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    Arguments arguments(application);
    if (!arguments.isUnderstood || arguments.parser.isSet(arguments.help) || arguments.parser.isSet(arguments.version))
        arguments.parser.process(application);
}

} // namespace

int main(int argc, char *argv[])
{
    setNames();
    answerWithoutDisplay(argc, argv);
    QApplication application(argc, argv);
    seedbed::EnglishPlurals plurals;
    QApplication::installTranslator(&plurals);
    const Arguments arguments(application);

    seedbed::prepareDatabaseDrivers();
    QSettings store;
    seedbed::Settings settings(store);
    seedbed::applyTheme(settings.theme());
    seedbed::Document document(seedbed::Dataset { std::make_shared<seedbed::Package>(), {}, {} });
    seedbed::MainWindow window(document, settings);
    window.open(arguments.parser.positionalArguments().value(0), arguments.parser.value(arguments.into));
    window.show();
    return QApplication::exec();
}
