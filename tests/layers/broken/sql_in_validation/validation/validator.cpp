// SPDX-License-Identifier: MIT
#include <QSqlQuery>
