// SPDX-License-Identifier: MIT
#include "gui/finding/findbar.h"

#include "gui/panes/panesplitter.h"
#include "gui/panes/tablepane.h"
#include "ui_findbar.h"

#include <QKeyEvent>
#include <QLocale>

#include <utility>

namespace seedbed {

FindBar::FindBar(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::FindBar>())
{
    m_ui->setupUi(this);
    hide();
}

FindBar::~FindBar() = default;

void FindBar::watch(Document &document, PaneSplitter &panes)
{
    m_document = &document;
    m_panes = &panes;
    m_finder = std::make_unique<CellFinder>(document);
    connect(m_finder.get(), &CellFinder::answered, this, &FindBar::takeAnswer);
    connect(m_finder.get(), &CellFinder::replaced, this, [this](qsizetype cells) {
        m_note = tr("%Ln cell(s) replaced", nullptr, static_cast<int>(cells));
        updateView();
    });
    connect(&panes, &PaneSplitter::currentMoved, this, [this] {
        m_note.clear();
        updateView();
    });
    connect(&document, &Document::reset, this, &FindBar::allowReplacing);
    connect(&document, &Document::loadingEnded, this, &FindBar::allowReplacing);
    connect(&document, &Document::editableChanged, this, &FindBar::allowReplacing);
    connectWidgets();
    allowReplacing();
}

void FindBar::connectWidgets()
{
    connect(m_ui->findEdit, &QLineEdit::textChanged, this, &FindBar::ask);
    for (const QToolButton *button : { m_ui->caseButton, m_ui->wholeButton, m_ui->expressionButton })
        connect(button, &QToolButton::toggled, this, &FindBar::ask);
    connect(m_ui->nextButton, &QToolButton::clicked, this, &FindBar::findNext);
    connect(m_ui->previousButton, &QToolButton::clicked, this, &FindBar::findPrevious);
    connect(m_ui->replaceButton, &QPushButton::clicked, this, &FindBar::replace);
    connect(m_ui->replaceAllButton, &QPushButton::clicked, this, &FindBar::replaceAll);
    connect(m_ui->closeButton, &QToolButton::clicked, this, &FindBar::close);
}

// --- open and closed

void FindBar::openToFind()
{
    setReplacing(false);
    open();
    m_ui->findEdit->setFocus();
    m_ui->findEdit->selectAll();
}

void FindBar::openToReplace()
{
    setReplacing(true);
    const bool isToFill = window()->focusWidget() == m_ui->findEdit && !m_ui->findEdit->text().isEmpty();
    open();
    QLineEdit *edit = isToFill ? m_ui->replaceEdit : m_ui->findEdit;
    edit->setFocus();
    edit->selectAll();
}

void FindBar::setReplacing(bool isReplacing)
{
    m_ui->replaceEdit->setVisible(isReplacing);
    m_ui->replaceButton->setVisible(isReplacing);
    m_ui->replaceAllButton->setVisible(isReplacing);
}

void FindBar::open()
{
    QWidget *focus = window()->focusWidget();
    if (focus && !isAncestorOf(focus))
        m_before = focus;
    if (isHidden()) {
        show();
        ask();
    }
}

void FindBar::close()
{
    hide();
    m_finder->forget();
    m_wanted.reset();
    // In the panes the focus goes to what was found.
    if (m_before && m_before->isVisible() && !m_panes->isAncestorOf(m_before))
        m_before->setFocus();
    else if (TablePane *pane = m_panes->current())
        pane->focusGrid();
}

bool FindBar::event(QEvent *event)
{
    // Else it would be that of what stops a run.
    const bool isEscape =
        event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape;
    if (isEscape)
        event->accept();
    return isEscape || QWidget::event(event);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape)
        close();
    else if (isEnter && window()->focusWidget() == m_ui->replaceEdit)
        replace();
    else if (isEnter && window()->focusWidget() == m_ui->findEdit)
        find(event->modifiers().testFlag(Qt::ShiftModifier) ? Direction::Backwards : Direction::Forwards);
    else
        QWidget::keyPressEvent(event);
}

// --- what is looked for

void FindBar::ask()
{
    const TextQuestion question { .text = m_ui->findEdit->text(),
                                  .isCaseSensitive = m_ui->caseButton->isChecked(),
                                  .isWholeCell = m_ui->wholeButton->isChecked(),
                                  .isExpression = m_ui->expressionButton->isChecked() };
    m_note.clear();
    m_wanted.reset();
    const QString error = CellPattern(question).error();
    if (question.text.isEmpty() || !error.isEmpty()) {
        m_finder->forget();
        m_ui->foundLabel->setLine(error, error.isEmpty() ? std::nullopt : std::optional(State::Problem));
    } else {
        m_finder->ask(question);
    }
    allowReplacing();
}

void FindBar::takeAnswer()
{
    if (const std::optional<Direction> wanted = std::exchange(m_wanted, std::nullopt))
        step(*wanted);
    updateView();
}

void FindBar::find(Direction direction)
{
    if (m_ui->findEdit->text().isEmpty())
        return openToFind();
    if (isHidden()) {
        setReplacing(false);
        open();
    }
    if (m_finder->isBusy())
        m_wanted = direction;
    else
        step(direction);
}

void FindBar::step(Direction direction)
{
    const FoundCells *found = m_finder->found();
    const auto count = found ? static_cast<qsizetype>(found->cells.size()) : 0;
    if (count == 0)
        return updateView();
    const CellPlace from = m_panes->currentCell();
    const bool isForwards = direction == Direction::Forwards;
    const qsizetype beyond = found->indexOf(from) + (isForwards ? (found->has(from) ? 1 : 0) : -1);
    const CellPlace place = found->cells.at(static_cast<size_t>((beyond + count) % count)).place();
    const RowId row = m_document->table(place.table).rowId(place.row);
    const QString field = m_document->resource(place.table).schema.fields.at(place.column).name;
    const bool isTyping = isAncestorOf(window()->focusWidget());
    if (isTyping)
        m_panes->revealCell(place.table, row, field);
    else
        m_panes->showCell(place.table, row, field);
    if (beyond >= count)
        m_note = tr("from the start again");
    else if (beyond < 0)
        m_note = tr("from the end again");
    updateView();
}

// --- what is put in its place

void FindBar::allowReplacing()
{
    const bool isAllowed = m_document->isEditable() && !m_finder->question().text.isEmpty();
    m_ui->replaceButton->setEnabled(isAllowed);
    m_ui->replaceAllButton->setEnabled(isAllowed);
}

void FindBar::replace()
{
    const CellPlace place = m_panes->currentCell();
    const bool isThere = !m_finder->isBusy() && m_finder->found() && m_finder->found()->has(place);
    if (!m_ui->replaceButton->isEnabled() || !isThere)
        return find(Direction::Forwards);
    const QByteArrayView old = m_document->table(place.table).cell(place.row, place.column);
    const QByteArray text = CellPattern(m_finder->question()).replaced(old, m_ui->replaceEdit->text());
    if (text != old)
        m_document->setCells(place.table, { { place.row, place.column, text } }, tr("Replace %Ln Cell(s)", nullptr, 1));
    find(Direction::Forwards);
}

void FindBar::replaceAll()
{
    m_finder->replaceAll(m_ui->replaceEdit->text());
}

// --- what is said

QString FindBar::foundText() const
{
    const FoundCells &found = *m_finder->found();
    const auto count = static_cast<qsizetype>(found.cells.size());
    if (count == 0)
        return tr("Nothing found");
    const CellPlace current = m_panes->currentCell();
    const bool isThere = found.has(current);
    const qsizetype number = found.indexOf(current) + 1;
    QStringList tables;
    qsizetype before = 0;
    for (int table = 0; table < found.counts.size(); ++table) {
        const qsizetype here = found.counts.at(table);
        const QString title = m_document->resource(table).title;
        if (isThere && table == current.table)
            tables.append(
                tr("%1 %L2 of %L3", "a table, which of its cells, how many").arg(title).arg(number - before).arg(here));
        else if (here > 0)
            tables.append(tr("%1 %L2", "a table and a count").arg(title).arg(here));
        before += here;
    }
    const QString cells =
        isThere ? tr("%L1 of %L2").arg(number).arg(count) : tr("%Ln cell(s)", nullptr, static_cast<int>(count));
    return tr("%1 · %2", "how many in all, and in which tables").arg(cells, tables.join(tr(", ", "between tables")));
}

void FindBar::updateView()
{
    if (m_finder->isBusy() || !m_finder->found())
        return;
    QStringList texts { foundText() };
    if (m_finder->found()->undecided > 0)
        texts.append(
            tr("too much for the expression: %Ln cell(s)", nullptr, static_cast<int>(m_finder->found()->undecided)));
    if (!m_note.isEmpty())
        texts.append(m_note);
    m_ui->foundLabel->setLine(texts.join(tr(" · ", "between counts")));
}

} // namespace seedbed
