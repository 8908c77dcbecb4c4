// SPDX-License-Identifier: MIT
#pragma once

// What a target would make of values, as far as validation asks about it. Knowing it is insertion/'s.

#include "validation/value.h"

namespace seedbed {

/// The columns of a target's table, by the fields that go into them.
/// Thread: any.
class StoredForm
{
public:
    virtual ~StoredForm() = default;

    /// Whether there are values of \a field that would be stored as other ones.
    [[nodiscard]] virtual bool isDoubtful(int field) const = 0;
    /// Whether \a value would be stored as it is.
    [[nodiscard]] virtual bool keeps(int field, const Value &value) const = 0;
};

} // namespace seedbed
