// SPDX-License-Identifier: MIT
#include "export/tableexport.h"
