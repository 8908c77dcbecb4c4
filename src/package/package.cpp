// SPDX-License-Identifier: MIT
#include "package/package.h"

#include <QFileInfo>

namespace seedbed {

QString Package::folder() const
{
    return QFileInfo(descriptorPath).path();
}

bool Package::isBuiltIn() const
{
    return descriptorPath.startsWith(QLatin1String(":/"));
}

int Package::indexOf(const QString &resourceName) const
{
    for (int i = 0; i < resources.size(); ++i) {
        if (resources.at(i).name == resourceName)
            return i;
    }
    return -1;
}

} // namespace seedbed
