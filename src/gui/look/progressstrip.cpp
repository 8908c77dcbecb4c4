// SPDX-License-Identifier: MIT
#include "gui/look/progressstrip.h"

#include <QGridLayout>
#include <QLocale>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace seedbed {

namespace {

constexpr std::chrono::milliseconds LookInterval { 100 };
constexpr qint64 ShownAfter = 300;      // milliseconds: what is shorter needs no bar
constexpr double TellsRateAfter = 0.25; // seconds: a rate of less says nothing
constexpr int BarHeight = 6;
constexpr int Steps = 1000;

QString rateOf(const Work &work, double rate)
{
    switch (work.unit) {
    case Work::Unit::Bytes:
        return ProgressStrip::tr("%1 MB/s").arg(QLocale().toString(rate / 1e6, 'f', rate < 1e7 ? 1 : 0));
    case Work::Unit::Rows: {
        // Two digits stand still long enough to be read.
        const double digits = std::pow(10, std::max(0.0, std::floor(std::log10(std::max(1.0, rate))) - 1));
        return ProgressStrip::tr("%1 rows/s")
            .arg(QLocale().toString(std::llround(rate / digits) * std::llround(digits)));
    }
    case Work::Unit::Share:
        return {};
    }
    Q_UNREACHABLE();
}

QString amountOf(const Work &work)
{
    switch (work.unit) {
    case Work::Unit::Bytes:
        return work.what;
    case Work::Unit::Rows:
        return ProgressStrip::tr("%1 %2 of %3")
            .arg(work.what, QLocale().toString(std::llround(work.done)), QLocale().toString(std::llround(work.total)));
    case Work::Unit::Share:
        return work.what;
    }
    Q_UNREACHABLE();
}

} // namespace

QString textOf(const Work &work, double seconds)
{
    if (work.total <= 0)
        return ProgressStrip::tr("%1…").arg(work.what);
    QStringList parts { amountOf(work) };
    if (work.unit == Work::Unit::Share)
        parts.append(ProgressStrip::tr("%1 %").arg(std::floor(100 * std::min(1.0, work.done / work.total))));
    const double rate = seconds > 0 ? work.done / seconds : 0;
    if (seconds >= TellsRateAfter && rate > 0) {
        if (work.unit != Work::Unit::Share)
            parts.append(rateOf(work, rate));
        const auto left = static_cast<int>(std::ceil(std::max(0.0, work.total - work.done) / rate));
        if (left > 0) // else something else is waited for
            parts.append(left < 120 ? ProgressStrip::tr("%L1 s left").arg(left)
                                    : ProgressStrip::tr("%L1 min left").arg((left + 59) / 60));
    }
    return parts.join(ProgressStrip::tr(" · ", "between parts of progress"));
}

ProgressStrip::ProgressStrip(QWidget *parent)
    : QWidget(parent)
    , m_label(new ElidedLabel(this))
    , m_bar(new QProgressBar(this))
    , m_button(new QToolButton(this))
{
    m_label->setObjectName(QStringLiteral("workLabel"));
    m_label->setAccessibleName(tr("Work under way"));
    m_bar->setObjectName(QStringLiteral("workBar"));
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(BarHeight);
    m_button->setObjectName(QStringLiteral("cancelButton"));
    m_button->setText(tr("Cancel"));
    m_button->setAutoRaise(true);
    m_button->setMinimumHeight(32);
    m_button->setFocusPolicy(Qt::TabFocus);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    grid->addWidget(m_label, 0, 0, Qt::AlignBottom);
    grid->addWidget(m_bar, 1, 0, Qt::AlignTop);
    grid->addWidget(m_button, 0, 1, 2, 1);
    grid->setColumnStretch(0, 1);
    setFixedHeight(32);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_timer.setInterval(LookInterval);
    connect(&m_timer, &QTimer::timeout, this, &ProgressStrip::look);
    connect(m_button, &QToolButton::clicked, this, [this] {
        if (m_active >= 0)
            m_sources.at(m_active).cancel();
        look();
    });
    hideAll();
}

void ProgressStrip::add(const WorkSource &source)
{
    m_sources.append(source);
}

void ProgressStrip::wake()
{
    if (!m_timer.isActive())
        m_timer.start();
    look();
}

QSize ProgressStrip::sizeHint() const
{
    const QString widest = QStringLiteral("Inserting 9,000,000 of 9,000,000 · 1,000,000 rows/s · 99 s left");
    return { fontMetrics().horizontalAdvance(widest) + m_button->sizeHint().width() + 8, 32 };
}

void ProgressStrip::look()
{
    for (int source = 0; source < m_sources.size(); ++source) {
        if (const std::optional<Work> work = m_sources.at(source).look()) {
            m_active = source;
            return tell(*work);
        }
    }
    m_active = -1;
    m_timer.stop();
    hideAll();
}

void ProgressStrip::tell(const Work &work)
{
    const QString kind = work.what.section(QLatin1Char(' '), 0, 0);
    const bool isGoingOn = m_label->isVisibleTo(this); // one piece of work after another leaves no gap
    if (kind != m_kind) {
        m_kind = kind;
        m_clock.start();
    }
    const qint64 elapsed = m_clock.elapsed();
    if (elapsed < ShownAfter && !isGoingOn)
        return;
    m_label->setLine(textOf(work, 1e-3 * static_cast<double>(elapsed)));
    m_bar->setRange(0, work.total > 0 ? Steps : 0);
    m_bar->setValue(work.total > 0 ? static_cast<int>(Steps * std::min(1.0, work.done / work.total)) : -1);
    for (QWidget *widget :
         { static_cast<QWidget *>(m_label), static_cast<QWidget *>(m_bar), static_cast<QWidget *>(m_button) })
        widget->show();
    m_button->setVisible(m_sources.at(m_active).cancel != nullptr);
}

void ProgressStrip::hideAll()
{
    m_kind.clear();
    for (QWidget *widget :
         { static_cast<QWidget *>(m_label), static_cast<QWidget *>(m_bar), static_cast<QWidget *>(m_button) })
        widget->hide();
}

} // namespace seedbed
