// SPDX-License-Identifier: MIT
#pragma once

// The window: a pane for every table, the report and the log, and which action does what.

#include "gui/document/document.h"
#include "gui/files/autosave.h"
#include "gui/files/fileactions.h"
#include "gui/files/settings.h"
#include "gui/run/runcontroller.h"

#include <QMainWindow>

#include <memory>

namespace Ui {
class MainWindow;
}

namespace seedbed {

/// The program's one window.
/// Thread: GUI thread.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(Document &document, Settings &settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Shows the package at \a path; where it is empty, that whose edits a crash left behind, or else the sample.
    /// \a into: where its databases are, if not where the user last said.
    void open(const QString &path, const QString &into = {});
    /// Has the log say it.
    void warn(const QString &sentence);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void connectActions();
    void connectDocument();
    void connectRun();
    void showPackage();
    void startRun(bool isDryRun);
    void endRun();
    void showError(const Error &error);
    void updateRunActions();
    void updateTarget();

    std::unique_ptr<Ui::MainWindow> m_ui;
    Document &m_document;
    Settings &m_settings;
    FileActions m_files;
    Autosave m_autosave;
    RunController m_run;
    bool m_isClosing = false; // as soon as the run is over
    bool m_mayClose = false;  // unsaved edits were asked about, and none were made since
};

} // namespace seedbed
