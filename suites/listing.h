// What themes about lists share.
#pragma once

#include <functional>
#include <vector>

#include "engine/check_context.h"

namespace flowlog {

// Asks again and again, within bounds, until it holds: of two places that answer one may lag
// behind, so that a list that lacks what was just made proves nothing yet.
void eventually(CheckContext& context, const std::function<bool()>& holds);

// lifecycle.listing/filters
void filter_check_of_created(const CatalogOptions&, std::vector<Check>&);

}  // namespace flowlog
