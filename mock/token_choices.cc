#include <fmt/format.h>

#include "mock/action_choices.h"

namespace flowlog::mock {
namespace {

void add(const ActionChoices& choices, const std::string& id, const std::string& text,
         const TokenChange& apply) {
  const bool creates = choices.action.effect == Effect::create;
  choices.add("token." + id, text,
              [apply, creates, name = choices.action.name](Behaviour& behaviour) {
                apply(creates ? behaviour.token : behaviour.actions[name].token);
              });
}

}  // namespace

void add_token_deviations(const ActionChoices& choices) {
  const std::string& token = choices.action.parameter(Role::token);
  if (token.empty()) return;
  add(choices, "off", "a repeated token is not noticed.", [](auto& how) { how.off = true; });
  add(choices, "any-arguments", "a token again with other arguments answers as before.",
      [](auto& how) { how.arguments_ignored = true; });
  add(choices, "names-only", "a token again with other values answers as before.",
      [](auto& how) { how.names_only = true; });
  for (const Parameter& parameter : choices.action.contract.parameters) {
    const std::string& name = parameter.name;
    if (name == token || name == "Action" || name == "Version") continue;
    add(choices, "ignores-" + name,
        fmt::format("a token again with another {} answers as before.", name),
        [name](auto& how) { how.ignores.insert(name); });
  }
  add(choices, "mismatch-acts", "a token again with other arguments is carried out.",
      [](auto& how) { how.mismatch_is_new = true; });
  add(choices, "acts-again", "a replay is carried out a second time.",
      [](auto& how) { how.creates_again = true; });
  add(choices, "order-matters", "a token again with the arguments in another order is a mismatch.",
      [](auto& how) { how.order_matters = true; });
  add(choices, "across-accounts", "a token that another account has used counts as used.",
      [](auto& how) { how.across_accounts = true; });
  add(choices, "remembers-refusals", "a token of a refused request is refused again.",
      [](auto& how) { how.remembers_rejection = true; });
  add(choices, "only-first-32", "tokens that agree in 32 characters are one token.",
      [](auto& how) { how.significant = 32; });
  add(choices, "any-case", "tokens that differ in case alone are one token.",
      [](auto& how) { how.any_case = true; });
  add(choices, "none-is-one", "requests without a token are taken for replays of each other.",
      [](auto& how) { how.without_token_replays = true; });
}

}  // namespace flowlog::mock
