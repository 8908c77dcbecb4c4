// SPDX-License-Identifier: MIT
#include "gui/window/mainwindow.h"
