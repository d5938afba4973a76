// What checks that are scripts are made of.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/check.h"
#include "engine/check_context.h"

namespace flowlog {

// A check with one leased resource of the type that fits its id.
Check script_check(const CatalogOptions& options, std::string id, Text title,
                   std::vector<std::string> rows, std::function<void(CheckContext&)> script);

// `count` more resources of the type of the check's first.
void lease_more(Check& check, std::size_t count);
// A resource of the account "other", which the check then needs; it has to be its own, for one
// account's resources mean nothing to another.
void lease_of_other(const CatalogOptions& options, Check& check);

// Ids of the error rows whose trigger holds `wanted` in `member`, in the page's order.
std::vector<std::string> rows_of(const Service& service, std::string Trigger::*member,
                                 std::string_view wanted);

// "Tags.1.Key" for "Tags.N.Key"; other names stay.
std::string first_name(const Parameter& parameter);

// Another valid value of the parameter; nothing where there is none, such as for a resource's id.
std::optional<std::string> other_value(const Profile& profile, const Parameter& parameter,
                                       const std::string& value);

// `smallest` and every optional parameter but the token, with values that are not the default where
// there are others.
Params full_request(const Service& service, const Profile& profile, Params smallest);

// The profile names a project that is not the default one.
bool has_second_project(const Profile& profile, const Parameter& parameter);

// `params` with a token; set() keeps the place of one that is there.
Params with_token(const CheckContext& context, Params params, const std::string& token);

}  // namespace flowlog
