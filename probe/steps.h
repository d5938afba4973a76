// The steps of a probe, each of which asks about one matter and notes what was seen.
#pragma once

#include "generators/valid_text.h"
#include "probe/asker.h"
#include "probe/observed.h"

namespace flowlog::probe {

// Of the creating action's parameters, those that requests are about.
std::vector<const Parameter*> asked_about(const Service& service);

// How long a text may be, in plain characters.
void see_length(Asker& asker, const Parameter& parameter, SeenParameter& seen);
// What its length counts; after see_length() and see_kinds().
void see_unit(Asker& asker, const Parameter& parameter, SeenParameter& seen);
// Which kinds of characters a text may hold; after see_length().
void see_kinds(Asker& asker, const Parameter& parameter, SeenParameter& seen);
// Which ASCII marks it may hold, one by one: the dearest step, to be left for the end.
void see_marks(Asker& asker, const Parameter& parameter, SeenParameter& seen);
// Which words a parameter takes, in which letter case.
void see_words(Asker& asker, const Parameter& parameter, SeenParameter& seen);
// How many siblings of an indexed parameter one request may hold.
void see_count(Asker& asker, const Parameter& parameter, SeenParameter& seen);
// Of several faults, which is answered first, which next.
void see_fault_order(Asker& asker, Observed& observed);

// The first thing that is made: how long it takes to be ready, and what was left out is shown as.
// Its request, for see_token(); nothing where nothing could be made.
struct FirstThing {
  Params params;
  std::string id;
  Instant made{};
};
std::optional<FirstThing> see_first(CheckContext& context, const CatalogOptions& options,
                                    Observed& observed);
// Whether its token is still remembered.
void see_token(CheckContext& context, const FirstThing& first, Observed& observed);
// How many things the check's resources take before one is refused.
void see_quota(CheckContext& context, Observed& observed);

// Of the action that lists.
void see_pages(CheckContext& context, const CatalogOptions& options, Observed& observed);
void see_clock(CheckContext& context, const CatalogOptions& options, Observed& observed);
void see_request_length(CheckContext& context, const CatalogOptions& options, Observed& observed);

}  // namespace flowlog::probe
