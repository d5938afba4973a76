// What generated values leave open until a request is sent.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "specs/contract.h"

namespace flowlog {

// In the value of a ClientToken: eight lower-case letters or digits never used before take its
// place. Lengths count those eight. It stands once in a value.
inline constexpr std::string_view kUnique = "@unique";
inline constexpr std::size_t kUniqueLength = 8;

// `value` with the placeholder filled in; unchanged where it holds none.
// REQUIRES: eight.size() == kUniqueLength.
std::string with_unique(std::string value, std::string_view eight);

// Eight such letters or digits for the `number`th request of a run; `run` is its name, whatever its
// length. Of one run the first 2^40 numbers all differ. Two runs begin at places far apart, that
// only chance brings within a million of each other: once in half a million pairs of runs.
std::string unique_letters(std::string_view run, std::uint64_t number);

// The id of a free resource of a type: "@vpc". With the type in capitals, "@VPC", the id in
// capitals; with a blank at an end, the id with that blank.
std::string resource_placeholder(std::string_view type);
// `value` where it is such a placeholder of `type`, with the id in its place; else as it is.
std::string with_resource(std::string value, std::string_view type, const std::string& id);

// The id of a thing of the service's kind that exists: "@instance", and as above "@INSTANCE" and
// the blanks.
inline constexpr std::string_view kInstance = "instance";
std::string instance_placeholder();
// True iff values of the parameter are ids of such things, which have to exist.
bool names_instance(const Parameter& parameter);
// How such an id begins: "fl-", from the parameter's example; "" where that does not tell.
std::string id_start(const Parameter& parameter);

// True iff the parameter tells requests apart, so that a value may be used once only.
bool is_token(const Parameter& parameter);

}  // namespace flowlog
