// SPDX-License-Identifier: MIT
#include "base/argumentbytes.h"
#include "base/readlimits.h"
#include "gui/document/document.h"
#include "gui/files/settings.h"
#include "gui/files/settingsfile.h"
#include "gui/look/applytheme.h"
#include "gui/look/englishplurals.h"
#include "gui/window/mainwindow.h"
#include "insertion/inserter.h"
#include "insertion/processlimits.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>

#include <cstdio>
#include <cstdlib>
#include <optional>

namespace {

void setNames()
{
    QCoreApplication::setOrganizationName(QStringLiteral("Seedbed"));
    QCoreApplication::setApplicationName(QStringLiteral("seedbed"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SEEDBED_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Seedbed"));
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.seedbed.Seedbed"));
}

struct Text {
    Q_DECLARE_TR_FUNCTIONS(main)
};

// What the command line says.
struct Arguments {
    explicit Arguments(const QCoreApplication &application)
        : into(QStringLiteral("into"), Text::tr("The folder of the databases."), QStringLiteral("DIR"))
        , maxCell(QStringLiteral("max-cell"), Text::tr("The longest cell that is read (1M)."), QStringLiteral("SIZE"))
        , maxLine(QStringLiteral("max-line"), Text::tr("The longest line of a CSV file that is read (16M)."),
                  QStringLiteral("SIZE"))
        , maxColumns(QStringLiteral("max-columns"), Text::tr("The most columns that are read (2000)."),
                     QStringLiteral("N"))
    {
        parser.setApplicationDescription(Text::tr("Seeds several databases at once."));
        help = parser.addHelpOption();
        version = parser.addVersionOption();
        parser.addPositionalArgument(QStringLiteral("package"),
                                     Text::tr("A datapackage.json, or a folder with one. "
                                              "Without it, the built-in sample."),
                                     QStringLiteral("[PACKAGE]"));
        parser.addOptions({ into, maxCell, maxLine, maxColumns });
        isUnderstood = parser.parse(application.arguments());
    }

    // Nothing where one is no size or number.
    [[nodiscard]] std::optional<seedbed::ReadLimits> limits() const
    {
        seedbed::ReadLimits limits;
        const bool areAll = readSize(maxCell, limits.cellBytes, seedbed::ReadLimits::MostBytes)
            && readSize(maxLine, limits.lineBytes, seedbed::ReadLimits::MostBytes)
            && readSize(maxColumns, limits.columns, seedbed::ReadLimits::MostColumns);
        return areAll ? std::optional(limits) : std::nullopt;
    }

    [[nodiscard]] bool needsCurrentFolder() const
    {
        const auto isRelative = [](const QString &path) { return !path.isEmpty() && QDir::isRelativePath(path); };
        return isRelative(parser.positionalArguments().value(0)) || isRelative(parser.value(into));
    }

    QCommandLineParser parser;
    QCommandLineOption help { QStringLiteral("help") };
    QCommandLineOption version { QStringLiteral("version") };
    QCommandLineOption into;
    QCommandLineOption maxCell;
    QCommandLineOption maxLine;
    QCommandLineOption maxColumns;
    bool isUnderstood = false;

private:
    [[nodiscard]] bool readSize(const QCommandLineOption &option, qsizetype &size, qsizetype most) const
    {
        if (!parser.isSet(option))
            return true;
        const std::optional<qsizetype> number = seedbed::sizeFromText(parser.value(option));
        size = number.value_or(size);
        return number && *number <= most;
    }
};

constexpr int WrongUsage = 2; // as seedbed-cli has it

[[noreturn]] void refuse(const QString &mistake, int status)
{
    std::fprintf(stderr, "seedbed: %s\n", qPrintable(mistake));
    std::exit(status);
}

// Help, version and mistakes are answered where there is no display too.
void answerWithoutDisplay(int argc, char *argv[])
{
    if (const auto bad = seedbed::firstBadArgument(argc, argv)) {
        refuse(Text::tr("the argument \"%1\" is not valid UTF-8; rename the file or folder, and write its new name")
                   .arg(*bad),
               WrongUsage);
    }
    QCoreApplication application(argc, argv);
    Arguments arguments(application);
    if (!arguments.isUnderstood || arguments.parser.isSet(arguments.help) || arguments.parser.isSet(arguments.version))
        arguments.parser.process(application);
    if (!arguments.limits())
        refuse(Text::tr("--max-cell and --max-line take a size such as 4M, --max-columns a number"), EXIT_FAILURE);
    if (arguments.needsCurrentFolder() && !seedbed::hasCurrentFolder()) {
        refuse(Text::tr("the current folder is gone, or its path is not valid UTF-8; give paths from / on"),
               WrongUsage);
    }
}

} // namespace

int main(int argc, char *argv[])
{
    seedbed::prepareProcess();
    setNames();
    answerWithoutDisplay(argc, argv);
    QApplication application(argc, argv);
    seedbed::EnglishPlurals plurals;
    QApplication::installTranslator(&plurals);
    const Arguments arguments(application);

    seedbed::prepareDatabaseDrivers();
    seedbed::SettingsFile settingsFile;
    seedbed::Settings settings(settingsFile.store());
    settings.setReadLimits(arguments.limits().value_or(seedbed::ReadLimits()));
    seedbed::applyTheme(settings.theme());
    seedbed::Document document(seedbed::Dataset { std::make_shared<seedbed::Package>(), {}, {} });
    seedbed::MainWindow window(document, settings);
    window.open(arguments.parser.positionalArguments().value(0), arguments.parser.value(arguments.into));
    if (settingsFile.refusal()) {
        std::fprintf(stderr, "seedbed: %s\n", qPrintable(*settingsFile.refusal()));
        window.warn(*settingsFile.refusal());
    }
    window.show();
    return QApplication::exec();
}
