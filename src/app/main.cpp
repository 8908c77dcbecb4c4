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

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("Seedbed"));
    QApplication::setApplicationName(QStringLiteral("seedbed"));
    QApplication::setApplicationDisplayName(QStringLiteral("Seedbed"));
    QApplication::setApplicationVersion(QStringLiteral(SEEDBED_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("seedbed"));
    seedbed::EnglishPlurals plurals;
    QApplication::installTranslator(&plurals);

    QCommandLineParser parser;
    parser.setApplicationDescription(QApplication::translate("main", "Seeds several databases at once."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("package"),
                                 QApplication::translate("main", "A datapackage.json, or a folder with one. "
                                                                 "Without it, the built-in sample."),
                                 QStringLiteral("[PACKAGE]"));
    const QCommandLineOption into(QStringLiteral("into"),
                                  QApplication::translate("main", "The folder of the databases."),
                                  QStringLiteral("DIR"));
    parser.addOption(into);
    parser.process(application);

    seedbed::prepareDatabaseDrivers();
    QSettings store;
    seedbed::Settings settings(store);
    seedbed::applyTheme(settings.theme());
    seedbed::Document document(seedbed::Dataset { std::make_shared<seedbed::Package>(), {}, {} });
    seedbed::MainWindow window(document, settings);
    window.open(parser.positionalArguments().value(0), parser.value(into));
    window.show();
    return QApplication::exec();
}
