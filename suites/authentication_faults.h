// The ways of breaking a signature or the protocol, each with the rows of the common errors that
// are lawful answers to it.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "engine/check_context.h"

namespace flowlog {

struct AuthenticationFault {
  std::string slug;
  Text title;
  std::set<std::string> triggers;  // of the common rows: any of them is lawful
  RequestOverrides overrides;
  Standing standing = Standing::related;         // of the refusal
  Standing answer_standing = Standing::related;  // of which refusal it is
  // The same on another way, tried on the action that only reads.
  std::vector<RequestOverrides> further = {};
};

// `known` are the credentials that are right, `scope` what they are used for.
std::vector<AuthenticationFault> authentication_faults(const Credentials& known, const Scope& scope,
                                                       const Service& service);

}  // namespace flowlog
