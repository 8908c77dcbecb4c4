// SPDX-License-Identifier: MIT
#include "gui/exchange/importdialog.h"

#include "gui/exchange/fielddelegate.h"
#include "gui/exchange/importtext.h"
#include "gui/look/quietstyle.h"
#include "gui/look/theme.h"
#include "ui_importdialog.h"

#include <QHeaderView>
#include <QSignalBlocker>

#include <algorithm>
#include <chrono>

namespace seedbed {

namespace {

constexpr QSize UsualSize { 860, 520 };
constexpr int RowHeight = 24;
constexpr int LeastColumnWidth = 96;
constexpr int MostColumnWidth = 240;
constexpr int MeasuredRows = 20;
constexpr std::chrono::milliseconds LookInterval { 100 };

/// Shows \a value in a combo box, which gets a choice for it if it has none.
void choose(QComboBox &box, int value)
{
    if (box.findData(value) < 0)
        box.addItem(QString(QChar(value)), value);
    box.setCurrentIndex(box.findData(value));
}

} // namespace

ImportDialog::ImportDialog(Document &document, Settings &settings, const QList<ImportSource> &sources,
                           const QList<int> &tables, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::ImportDialog>())
    , m_document(document)
    , m_settings(settings)
{
    m_ui->setupUi(this);
    m_ui->importButton->setProperty(AccentProperty, true);
    m_ui->noteLabel->setForegroundRole(QPalette::PlaceholderText);
    m_ui->fileListWidget->setVisible(sources.size() > 1);
    resize(UsualSize);
    fillChoices();
    for (qsizetype i = 0; i < sources.size(); ++i)
        addFile(sources.at(i), tables.at(i));
    m_ui->previewView->setModel(&m_preview);
    connectChoices();
    m_ui->fileListWidget->setCurrentRow(0);
    m_timer.start(LookInterval);
}

ImportDialog::~ImportDialog()
{
    for (const auto &file : m_files)
        file->stop();
    m_pool.waitForDone();
}

void ImportDialog::fillChoices()
{
    for (int table = 0; table < m_document.tableCount(); ++table)
        m_ui->tableComboBox->addItem(m_document.resource(table).title, table);
    m_ui->modeComboBox->addItem(tr("Add to those there"), false);
    m_ui->modeComboBox->addItem(tr("Replace those there"), true);
    m_ui->delimiterComboBox->addItem(tr("Comma  ,"), int(','));
    m_ui->delimiterComboBox->addItem(tr("Semicolon  ;"), int(';'));
    m_ui->delimiterComboBox->addItem(tr("Tab"), int('\t'));
    m_ui->delimiterComboBox->addItem(tr("Bar  |"), int('|'));
    m_ui->quoteComboBox->addItem(tr("Double  \""), int('"'));
    m_ui->quoteComboBox->addItem(tr("Single  '"), int('\''));
    m_ui->quoteComboBox->addItem(tr("None"), int(CsvForm::NoQuote));
    m_ui->encodingComboBox->addItem(tr("UTF-8"), static_cast<int>(Encoding::Utf8));
    m_ui->encodingComboBox->addItem(tr("UTF-16 LE"), static_cast<int>(Encoding::Utf16LittleEndian));
    m_ui->encodingComboBox->addItem(tr("UTF-16 BE"), static_cast<int>(Encoding::Utf16BigEndian));
    m_ui->encodingComboBox->addItem(tr("Windows-1252"), static_cast<int>(Encoding::Windows1252));

    QTableView &view = *m_ui->previewView;
    view.setItemDelegate(new FieldDelegate(&view));
    view.setWordWrap(false);
    view.setTabKeyNavigation(false);
    view.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view.verticalHeader()->setDefaultSectionSize(RowHeight);
    view.verticalHeader()->setHighlightSections(false);
    view.horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    view.horizontalHeader()->setHighlightSections(false);
    view.horizontalHeader()->setResizeContentsPrecision(MeasuredRows);
}

void ImportDialog::connectChoices()
{
    const auto whenChosen = [this](QComboBox *box, auto toDo) { connect(box, &QComboBox::activated, this, toDo); };
    whenChosen(m_ui->tableComboBox, [this] { current().setTable(m_ui->tableComboBox->currentData().toInt()); });
    whenChosen(m_ui->modeComboBox, [this] { current().setReplaces(m_ui->modeComboBox->currentData().toBool()); });
    for (QComboBox *box : { m_ui->delimiterComboBox, m_ui->quoteComboBox, m_ui->encodingComboBox })
        whenChosen(box, [this] { setForm(); });
    connect(m_ui->headerCheckBox, &QCheckBox::clicked, this, &ImportDialog::setForm);
    connect(m_ui->commaCheckBox, &QCheckBox::clicked, this, [this](bool isOn) { current().setDecimalComma(isOn); });
    connect(m_ui->fileListWidget, &QListWidget::currentRowChanged, this, &ImportDialog::showFile);
    connect(m_ui->fileListWidget, &QListWidget::itemChanged, this, &ImportDialog::updateImport);
    connect(m_ui->previewView, &QTableView::clicked, this, [this](const QModelIndex &cell) {
        if (cell.row() == ImportPreviewModel::FieldRow)
            m_ui->previewView->edit(cell);
    });
    connect(m_ui->importButton, &QPushButton::clicked, this, &ImportDialog::accept);
    connect(m_ui->cancelButton, &QPushButton::clicked, this, &ImportDialog::reject);
    connect(&m_timer, &QTimer::timeout, this, &ImportDialog::updateView);
}

void ImportDialog::addFile(const ImportSource &source, int table)
{
    auto *file =
        m_files.emplace_back(std::make_unique<ImportFile>(source, m_document.package(), m_settings, table, m_pool))
            .get();
    auto *item = new QListWidgetItem(source.name, m_ui->fileListWidget);
    item->setCheckState(Qt::Checked);
    connect(file, &ImportFile::changed, this, [this] {
        updateChoices();
        fitColumns();
        m_timer.start();
    });
    connect(file, &ImportFile::finished, this, &ImportDialog::updateView);
}

ImportFile &ImportDialog::current() const
{
    return *m_files.at(static_cast<std::size_t>(std::max(m_ui->fileListWidget->currentRow(), 0)));
}

void ImportDialog::showFile(int file)
{
    if (file < 0)
        return;
    m_preview.setFile(current());
    updateChoices();
    fitColumns();
}

void ImportDialog::setForm()
{
    CsvForm form = current().recipe().form;
    form.dialect.delimiter = static_cast<char>(m_ui->delimiterComboBox->currentData().toInt());
    form.dialect.quoteChar = static_cast<char>(m_ui->quoteComboBox->currentData().toInt());
    form.dialect.header = m_ui->headerCheckBox->isChecked();
    form.encoding = static_cast<Encoding>(m_ui->encodingComboBox->currentData().toInt());
    current().setForm(form);
}

void ImportDialog::fitColumns()
{
    QHeaderView &header = *m_ui->previewView->horizontalHeader();
    for (int column = 0; column < std::min(m_preview.columnCount(), MeasuredRows); ++column) {
        m_ui->previewView->resizeColumnToContents(column);
        header.resizeSection(column, std::clamp(header.sectionSize(column), LeastColumnWidth, MostColumnWidth));
    }
}

// --- what is said

void ImportDialog::updateChoices()
{
    const ImportFile &file = current();
    const CsvForm &form = file.recipe().form;
    m_ui->tableComboBox->setCurrentIndex(file.table());
    m_ui->modeComboBox->setCurrentIndex(file.replaces() ? 1 : 0);
    choose(*m_ui->delimiterComboBox, form.dialect.delimiter);
    choose(*m_ui->quoteComboBox, form.dialect.quoteChar);
    m_ui->encodingComboBox->setCurrentIndex(m_ui->encodingComboBox->findData(static_cast<int>(form.encoding)));
    m_ui->headerCheckBox->setChecked(form.dialect.header);
    m_ui->commaCheckBox->setChecked(file.recipe().hasDecimalComma);
    updateView();
}

void ImportDialog::updateView()
{
    const ImportText summary = importSummary(current(), m_document.table(current().table()).rowCount());
    m_ui->summaryLabel->setLine(summary.text, summary.state);
    const ImportText note = importNote(current());
    m_ui->noteLabel->setLine(note.text, note.state);
    const QSignalBlocker blocker(m_ui->fileListWidget);
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        QListWidgetItem &item = *m_ui->fileListWidget->item(static_cast<int>(i));
        const ImportFile &file = *m_files.at(i);
        item.setText(tr("%1 → %2").arg(file.name(), file.resource().title));
        item.setToolTip(plainToolTip(importSummary(file, m_document.table(file.table()).rowCount()).text));
        item.setIcon(!file.rows() || file.isReady() ? QIcon() : stateIcon(State::Failed));
    }
    updateImport();
}

void ImportDialog::updateImport()
{
    qsizetype rows = 0;
    bool isReading = false;
    bool isReady = false;
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        const ImportFile &file = *m_files.at(i);
        isReading = isReading || !file.rows();
        isReady = isReady || isChosen(i);
        rows += isChosen(i) && file.isReady() ? (*file.rows())->rowCount() : 0;
    }
    for (std::size_t i = 0; i < m_files.size(); ++i)
        isReady = isReady && (!isChosen(i) || m_files.at(i)->isReady());
    const qsizetype most = m_settings.readLimits().rows;
    const bool isTooMuch = isReady && !haveRoom(m_document, chosenRows(), most);
    m_ui->importButton->setEnabled(isReady && !isTooMuch);
    m_ui->importButton->setText(isTooMuch     ? tr("More than %L1 Rows in a Table").arg(most)
                                    : isReady ? tr("Import %Ln Row(s)", nullptr, static_cast<int>(rows))
                                              : tr("Import"));
    if (!isReading)
        m_timer.stop();
}

bool ImportDialog::isChosen(std::size_t file) const
{
    return m_ui->fileListWidget->item(static_cast<int>(file))->checkState() == Qt::Checked;
}

// --- and done

QList<TableImport> ImportDialog::chosenRows() const
{
    QList<TableImport> imports;
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        const ImportFile &file = *m_files.at(i);
        if (isChosen(i))
            imports.append({ file.table(), **file.rows(), file.replaces() });
    }
    return imports;
}

void ImportDialog::accept()
{
    if (!m_ui->importButton->isEnabled())
        return;
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        const ImportFile &file = *m_files.at(i);
        if (isChosen(i))
            m_settings.setImportChoices(m_document.package(), file.resource().name, file.memory().toMap());
    }
    importRows(m_document, chosenRows());
    QDialog::accept();
}

} // namespace seedbed
