// SPDX-License-Identifier: MIT
#include "gui/document/document.h"
