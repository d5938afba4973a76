// Does an answer have the shape that the documentation gives it? Judges one answer by itself; that
// ids differ between answers is for who sees them all.
#pragma once

#include <string>
#include <vector>

#include "oracle/response.h"
#include "specs/contract.h"

namespace flowlog {

// What a request asked for; an empty member is not compared.
struct Asked {
  std::string action;
  std::string version;
  std::string service;
  std::string region;
  // The answer refuses the signature: what stands in front may not know what to echo.
  bool unauthenticated = false;
};

struct ShapeViolation {
  std::string row;                           // "answer/Result.FlowLogId"
  Standing standing = Standing::documented;  // inferred: a finding, never a deviation
  std::string text;                          // one sentence, no full stop
};

// Every fault in the contract's order, driven by `contract.answer`. Members the contract does not
// know are lawful; a gateway's flat error is lawful and has no envelope. Nothing for answers that
// are alien or none: those are no answer of this API at all.
std::vector<ShapeViolation> shape_violations(const Contract& contract, const Response& answer,
                                             const Asked& asked);

}  // namespace flowlog
