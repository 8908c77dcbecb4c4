// SPDX-License-Identifier: MIT
#include "ui_strip.h"
