// SPDX-License-Identifier: MIT
#include "gui/exchange/imports.h"

#include "gui/exchange/importdialog.h"
#include "gui/panes/tablepane.h"
#include "rows/csv/tablematch.h"

#include <QClipboard>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <QUrl>

#include <algorithm>

namespace seedbed {

namespace {

/// The local files that may have rows; a package is none.
QStringList filesOf(const QMimeData &data)
{
    QStringList files;
    for (const QUrl &url : data.urls()) {
        const QFileInfo file(url.toLocalFile());
        if (url.isLocalFile() && file.isFile() && file.suffix().compare(u"json", Qt::CaseInsensitive) != 0)
            files.append(file.filePath());
    }
    return files;
}

/// The columns that a file seems to have, whatever its table.
QStringList columnsOf(const ImportSource &source)
{
    return previewOf(source.head, guessForm(source.head, {}), 0).columns;
}

void ask(Document &document, Settings &settings, const QList<ImportSource> &sources, const QList<int> &tables,
         QWidget &window)
{
    auto *dialog = new ImportDialog(document, settings, sources, tables, &window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    // At once, as it is about tables that are going.
    QObject::connect(&document, &Document::aboutToReset, dialog, [dialog] { delete dialog; });
    dialog->open();
}

} // namespace

Imports::Imports(Document &document, Settings &settings, PaneSplitter &panes, QWidget &window)
    : QObject(&window)
    , m_document(document)
    , m_settings(settings)
    , m_panes(panes)
    , m_window(window)
{
    window.setAcceptDrops(true);
    window.installEventFilter(this);
}

void Imports::askForFiles()
{
    auto *dialog = new QFileDialog(&m_window, tr("Import Rows"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({ tr("Tables (*.csv *.tsv *.tab *.txt)"), tr("All files (*)") });
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &files) { importFiles(files); });
    dialog->open();
}

void Imports::importClipboard()
{
    if (canImport()) {
        const QString text = QGuiApplication::clipboard()->text();
        ask(m_document, m_settings, { ImportSource::ofClipboard(text) }, { m_panes.currentTable() }, m_window);
    }
}

void Imports::importFiles(const QStringList &paths, int table)
{
    if (!canImport() || paths.isEmpty())
        return;
    QList<ImportSource> sources;
    QList<int> tables;
    for (const QString &path : paths) {
        const ImportSource source = ImportSource::ofFile(path);
        const int named = tableForFile(m_document.package(), path, columnsOf(source));
        const bool isSaid = table >= 0 && (paths.size() == 1 || named < 0);
        sources.append(source);
        tables.append(isSaid ? table : named >= 0 ? named : m_panes.currentTable());
    }
    ask(m_document, m_settings, sources, tables, m_window);
}

int Imports::tableAt(const QPoint &position) const
{
    for (int table = 0; const TablePane *pane = m_panes.pane(table); ++table) {
        if (pane->isVisible() && pane->rect().contains(pane->mapFrom(&m_window, position)))
            return table;
    }
    return -1;
}

bool Imports::eventFilter(QObject *watched, QEvent *event)
{
    const bool isDrag = event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove;
    if (!isDrag && event->type() != QEvent::Drop)
        return QObject::eventFilter(watched, event);
    auto *drop = static_cast<QDropEvent *>(event);
    const QStringList files = filesOf(*drop->mimeData());
    if (!canImport() || files.isEmpty())
        return QObject::eventFilter(watched, event);
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    if (!isDrag)
        importFiles(files, tableAt(drop->position().toPoint()));
    return true;
}

} // namespace seedbed
