// SPDX-License-Identifier: MIT
#include "insertion/sqlite/connection.h"
