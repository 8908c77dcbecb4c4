// SPDX-License-Identifier: MIT
#pragma once

// Which work of the window is long: reading, running, validating, saving. What it looks like is progressstrip.h.

namespace seedbed {

class Document;
class FileActions;
class ProgressStrip;
class RunController;

/// Shows on \a strip how far all of them are, and stops them from there. All must outlive the strip, or be its
/// siblings.
void showWork(ProgressStrip &strip, FileActions &files, RunController &run, Document &document);

} // namespace seedbed
