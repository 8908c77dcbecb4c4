// SPDX-License-Identifier: MIT
#include "gui/mainwindow.h"
