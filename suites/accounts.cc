// Nothing of an account is shown to another one or touched by it.
#include <fmt/format.h>

#include "suites/catalog.h"
#include "suites/things.h"

namespace flowlog {
namespace {

constexpr const char* kOther = "other";

// The other account knows nothing of the id: to it, it does not exist.
void act_as_other(CheckContext& context) {
  if (!context.prepare()) return;
  Params params = context.filled(context.smallest_of_action());
  const Reply reply = context.call(params, {}, kOther);
  Inventory inventory = context.inventory(kOther);
  inventory.instances.clear();
  context.judged(
      reply, expect(context.contract_of(reply.sent), reply.sent, inventory, context.situation()));
  context.instance_unchanged();
}

// With the id, and without any filter.
void look_as_other(CheckContext& context) {
  if (!context.prepare()) return;
  const std::string& id = context.instance();
  const std::string& by_id = context.action().parameter(Role::id);
  for (const bool named : {true, false}) {
    Params params = context.smallest_of_action();
    if (named) params = with_value(std::move(params), by_id, id);
    const Reply reply = context.call(context.filled(std::move(params)), {}, kOther);
    const bool shown = reply.created() && reply.answer.body != nullptr &&
                       reply.answer.body->dump().find('"' + id + '"') != std::string::npos;
    context.claim(!shown, Standing::documented, reply, "nothing of another account",
                  shown ? id + " of another account" : "nothing of it",
                  fmt::format("{} shows what belongs to another account.", context.action().name));
  }
}

}  // namespace

void account_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  const Action& action = *options.action;
  const std::string& id = action.parameter(Role::id);
  if (action.effect == Effect::create || id.empty()) return;
  const bool reads = action.effect == Effect::read || action.effect == Effect::read_tags;
  Check check = script_check(
      options, reads ? "account.other/not-shown" : "account.other/not-touched",
      reads ? Text{"Nothing of another account is shown", "不返回其他账号的对象"}
            : Text{"What belongs to another account cannot be touched", "不能操作其他账号的对象"},
      {options.contract().parameter(id)->row()}, reads ? look_as_other : act_as_other);
  check.needs = {"account.other"};
  if (reads && has_note(options.contract(), "notes/own-account")) {
    check.rows.emplace_back("notes/own-account");
  }
  checks.push_back(std::move(check));
}

}  // namespace flowlog
