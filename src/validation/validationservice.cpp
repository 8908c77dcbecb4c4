// SPDX-License-Identifier: MIT
#include "validation/validationservice.h"

#include "base/background.h"

#include <QThread>

#include <utility>

namespace seedbed {
namespace {

// Long enough that a quick typist does not start one validation a key, short enough to look immediate.
constexpr std::chrono::milliseconds Pause { 60 };

} // namespace

ValidationService::ValidationService(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(Pause);
    connect(&m_pause, &QTimer::timeout, this, &ValidationService::start);
}

ValidationService::~ValidationService()
{
    m_stop.request_stop();
}

void ValidationService::request(const Dataset &dataset, const QList<ExistingRows> &existing, ConflictPolicy onConflict)
{
    m_dataset = dataset;
    m_existing = existing;
    m_onConflict = onConflict;
    ++m_generation;
    m_progress = std::make_shared<ValidationProgress>();
    m_stop.request_stop();
    m_pause.start();
}

void ValidationService::cancel()
{
    m_stop.request_stop();
    m_pause.stop();
    m_answered = m_generation;
}

bool ValidationService::isBusy() const
{
    return m_answered != m_generation;
}

void ValidationService::start()
{
    m_stop = std::stop_source();
    const auto work = [dataset = std::exchange(m_dataset, {}), existing = std::exchange(m_existing, {}),
                       onConflict = m_onConflict, progress = m_progress, stop = m_stop.get_token()] {
        return std::make_shared<const Validation>(
            validate(dataset, existing, QThread::idealThreadCount(), stop, progress.get(), onConflict));
    };
    doInBackground(m_pool, *this, work,
                   [this, generation = m_generation](const std::shared_ptr<const Validation> &validation) {
                       if (generation != m_generation || generation == m_answered || !validation->isComplete)
                           return;
                       m_answered = generation;
                       Q_EMIT finished(validation);
                   });
}

} // namespace seedbed
