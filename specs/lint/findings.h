// The remarks of one lint, as its parts add to them.
#pragma once

#include <string>
#include <vector>

#include "specs/contract.h"
#include "specs/lint.h"

namespace flowlog {

struct Documentation {
  std::vector<const Contract*> contracts;  // sister pages; the first is the one that is asked about
  const std::vector<ErrorRow>& common;

  // "errors/7" of the first contract, "DeleteFlowLog:errors/1" of another.
  std::string row(const Contract& contract, const std::string& row) const;
  // Rows of `contract` and the common ones that a breach of `rule` triggers.
  std::vector<const ErrorRow*> rows_for(const Contract& contract, const Rule& rule) const;
};

class Findings {
 public:
  void add(Remark::Kind kind, std::string topic, const std::vector<std::string>& rows, Text text);
  // A note of a contract; what lint finds at the same rows takes its text up.
  void declare(Remark::Kind kind, const std::vector<std::string>& rows, const Note& note);
  // Found ones first, then what is declared and was not found.
  std::vector<Remark> take();

 private:
  std::vector<Remark> found_;
  std::vector<Remark> declared_;
};

// The parts of lint; each says in lint.h what it finds.
void lint_parameters(const Documentation& documentation, Findings& findings);
void lint_examples(const Documentation& documentation, Findings& findings);
void lint_errors(const Documentation& documentation, Findings& findings);
void lint_limits(const Documentation& documentation, Findings& findings);

}  // namespace flowlog
