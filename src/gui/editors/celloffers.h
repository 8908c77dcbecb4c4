// SPDX-License-Identifier: MIT
#pragma once

// What the editor of a cell offers of what the schema knows: the rows that a foreign key may refer to, the values of an
// enum, a calendar.

namespace seedbed {

class CellEditor;
class ReferenceSearch;
class TableModel;

/// Gives an editor what its column has to offer, if anything. What is typed besides is the rules' to judge.
/// \a search: outlives the editor; it looks for the rows of one editor at a time.
void offerHelp(CellEditor &editor, const TableModel &model, ReferenceSearch &search);

} // namespace seedbed
