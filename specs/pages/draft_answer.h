// The answer that a page describes: the members of its example, and the rows of its table.
#pragma once

#include <string>
#include <vector>

#include "specs/contract.h"
#include "specs/pages/page.h"

namespace flowlog {

// Members of the example in its order, then those that only the table has; where both have one, the
// table's row holds. Adds what could not be read to `unread`, and an example of another form than
// the table's to `contradictions`.
std::vector<Field> draft_answer(const Page& page, const std::string& source,
                                std::vector<Unread>& unread, std::vector<Note>& contradictions);

}  // namespace flowlog
