// SPDX-License-Identifier: MIT
#pragma once

// Whether a text is an e-mail address.

#include <QByteArrayView>

namespace seedbed {

/// The rule of the WHATWG (html.spec.whatwg.org, "valid e-mail address"), and beyond it: no leading, trailing or double
/// dot before the @, a dot in the domain, at most 64 bytes before the @ and 254 in all (RFC 5321, section 4.5.3.1).
[[nodiscard]] bool isEmail(QByteArrayView text);

} // namespace seedbed
