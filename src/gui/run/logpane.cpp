// SPDX-License-Identifier: MIT
#include "gui/run/logpane.h"

#include "base/regularfile.h"
#include "ui_logpane.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QSaveFile>
#include <QScrollBar>

namespace seedbed {

LogPane::LogPane(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::LogPane>())
{
    m_ui->setupUi(this);
    m_ui->levelComboBox->addItem(tr("Everything"), static_cast<int>(LogEntry::Level::Debug));
    m_ui->levelComboBox->addItem(tr("Info and up"), static_cast<int>(LogEntry::Level::Info));
    m_ui->levelComboBox->addItem(tr("Warnings and errors"), static_cast<int>(LogEntry::Level::Warning));
    m_ui->levelComboBox->addItem(tr("Errors"), static_cast<int>(LogEntry::Level::Error));
    m_ui->levelComboBox->setCurrentIndex(1);
    connect(m_ui->levelComboBox, &QComboBox::currentIndexChanged, this, [this] { m_filter.setLowest(lowestLevel()); });

    setFocusProxy(m_ui->logView);
    m_filter.setSourceModel(&m_model);
    m_ui->logView->setModel(&m_filter);
    m_ui->logView->setPlaceholder(tr("What runs do is written here as they do it."));
    m_ui->logView->horizontalHeader()->hide();
    m_ui->logView->horizontalHeader()->setStretchLastSection(true);
    m_ui->logView->verticalHeader()->setDefaultSectionSize(20);
    const QFontMetrics metrics(font());
    m_ui->logView->setColumnWidth(LogModel::Time, metrics.horizontalAdvance(QStringLiteral("00:00:00.000")) + 16);
    m_ui->logView->setColumnWidth(LogModel::Level, metrics.horizontalAdvance(tr("warning")) + 16);

    connect(&m_filter, &LogFilter::rowsAboutToBeInserted, this, [this] {
        const QScrollBar &bar = *m_ui->logView->verticalScrollBar();
        m_isAtEnd = bar.value() == bar.maximum();
    });
    connect(&m_filter, &LogFilter::rowsInserted, this, [this] {
        if (m_isAtEnd)
            m_ui->logView->scrollToBottom();
    });
    connect(m_ui->copyButton, &QToolButton::clicked, this, &LogPane::copy);
    connect(m_ui->saveButton, &QToolButton::clicked, this, &LogPane::save);
    connect(m_ui->clearButton, &QToolButton::clicked, &m_model, &LogModel::clear);
}

LogPane::~LogPane() = default;

QWidget &LogPane::tools()
{
    return *m_ui->toolsWidget;
}

LogEntry::Level LogPane::lowestLevel() const
{
    return static_cast<LogEntry::Level>(m_ui->levelComboBox->currentData().toInt());
}

void LogPane::setLowestLevel(LogEntry::Level level)
{
    if (const int index = m_ui->levelComboBox->findData(static_cast<int>(level)); index >= 0)
        m_ui->levelComboBox->setCurrentIndex(index);
}

QString LogPane::text() const
{
    const QItemSelectionModel &selection = *m_ui->logView->selectionModel();
    QString text;
    for (int row = 0; row < m_filter.rowCount(); ++row) {
        if (selection.hasSelection() && !selection.isRowSelected(row))
            continue;
        QStringList cells;
        for (int column = 0; column < LogModel::ColumnCount; ++column)
            cells.append(m_filter.index(row, column).data(Qt::EditRole).toString());
        text += cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
    }
    return text;
}

void LogPane::copy()
{
    QGuiApplication::clipboard()->setText(text());
}

void LogPane::save()
{
    auto *dialog = new QFileDialog(this, tr("Save Log"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("log"));
    dialog->selectFile(QStringLiteral("seedbed.log"));
    connect(dialog, &QFileDialog::fileSelected, this, &LogPane::write);
    dialog->open();
}

void LogPane::write(const QString &path)
{
    const auto complain = [this, &path](const QString &reason) {
        m_model.append(LogEntry::Level::Error, tr("%1 cannot be written: %2; choose another file").arg(path, reason));
    };
    if (const QString odd = oddFileAt(path); !odd.isEmpty())
        return complain(tr("it is %1, not a file").arg(odd));
    if (const auto lost = m_kept().overwrittenBy(path))
        return complain(tr("it would overwrite %1").arg(*lost));
    QSaveFile file(placeOf(path));
    const QByteArray bytes = text().toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        complain(file.errorString());
}

} // namespace seedbed
