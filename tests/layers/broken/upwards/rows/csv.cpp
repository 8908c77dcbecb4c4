// SPDX-License-Identifier: MIT
#include "validation/problem.h"
