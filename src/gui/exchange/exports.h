// SPDX-License-Identifier: MIT
#pragma once

// Tables, and the rows that did not go in, as files for others: what File > Export does. They are written off the GUI
// thread, from the rows as they are when it is asked for.

#include "export/tableexport.h"
#include "gui/document/document.h"
#include "gui/panes/panesplitter.h"
#include "gui/run/runcontroller.h"

#include <QMenu>
#include <QObject>
#include <QThreadPool>
#include <QWidget>

#include <array>
#include <functional>
#include <optional>
#include <stop_token>

namespace seedbed {

/// In the order in which they are offered.
inline constexpr std::array ExportFormats { ExportFormat::Csv, ExportFormat::Spreadsheet, ExportFormat::Tsv,
                                            ExportFormat::Json };
/// As a person reads it.
[[nodiscard]] QString nameOf(ExportFormat format);

/// One file after the other.
/// Thread: GUI thread.
class Exports final : public QObject
{
    Q_OBJECT

public:
    Exports(Document &document, RunController &run, QWidget &window);
    ~Exports() override;

    void askForFile(int table);
    void askForFolder(ExportFormat format);
    void askForRejectsFolder();

    void exportTable(int table, const QString &path, ExportFormat format);
    /// A file for each table; none of them may be there already.
    void exportTables(const QString &folder, ExportFormat format);
    /// What did not go in by the last run.
    void exportRejects(const QString &folder);
    [[nodiscard]] bool hasRejects() const;

    [[nodiscard]] bool isWorking() const { return m_working > 0; }
    /// Ends those under way and those that wait for them.
    void cancel();

Q_SIGNALS:
    void started();
    /// A file is written; a sentence about it.
    void written(const QString &sentence);
    void failed(const seedbed::Error &error);
    void rejectsChanged();

private:
    /// What is said of the files in the end, and why there are no more.
    struct Outcome {
        QStringList sentences;
        std::optional<Error> error;
    };
    using Job = std::function<Outcome(const std::stop_token &stop)>;

    void start(const Job &job);

    Document &m_document;
    QWidget &m_window;
    Dataset m_snapshot; // of the last run
    std::optional<RunReport> m_report;
    int m_working = 0;
    std::stop_source m_stop; // of what was begun since the last cancel()
    QThreadPool m_pool;      // the last member: it waits for its thread before the rest goes
};

} // namespace seedbed
