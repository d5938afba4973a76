// Rules as sentences name them.
#pragma once

#include <string>

#include "base/bilingual.h"
#include "specs/contract.h"

namespace flowlog {

// "length" and "长度".
Text kind_name(RuleKind kind);

// "FlowLogName/length" and "FlowLogName的长度".
Text rule_name(const Rule& rule);

}  // namespace flowlog
