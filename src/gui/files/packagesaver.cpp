// SPDX-License-Identifier: MIT
#include "gui/files/packagesaver.h"

#include "base/background.h"

namespace seedbed {

PackageSaver::PackageSaver(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

void PackageSaver::save(const Dataset &dataset, const QString &folder)
{
    Q_ASSERT_X(!m_isSaving, "PackageSaver", "writes one package at a time");
    m_isSaving = true;
    const auto work = [dataset, folder]() -> Result<Dataset> {
        if (!folder.isEmpty())
            return saveDatasetAs(dataset, folder);
        return saveDataset(dataset).map([&dataset] { return dataset; });
    };
    doInBackground(m_pool, *this, work, [this](const Result<Dataset> &saved) { end(saved); });
    Q_EMIT started();
}

void PackageSaver::end(const Result<Dataset> &saved)
{
    m_isSaving = false;
    if (saved)
        Q_EMIT this->saved(*saved);
    else
        Q_EMIT failed(saved.error());
}

} // namespace seedbed
