// SPDX-License-Identifier: MIT
#include "../rows/table.h"
