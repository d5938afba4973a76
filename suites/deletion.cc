// Deleting: what is shown on the way, that it is gone then and its place free, and that nothing but
// the whole id names it.
#include <fmt/format.h>

#include "suites/catalog.h"
#include "suites/things.h"

namespace flowlog {
namespace {

constexpr int kLooks = 200;
constexpr std::chrono::milliseconds kBetweenLooks{25};

std::vector<std::string> rows_about(const CatalogOptions& options) {
  std::vector<std::string> rows{
      options.contract().parameter(options.action->parameter(Role::id))->row()};
  if (has_note(options.contract(), "notes/asynchronous")) rows.emplace_back("notes/asynchronous");
  return rows;
}

Params deletion_of(CheckContext& context, const std::string& id) {
  return with_value(context.smallest_of_action(), context.action().parameter(Role::id), id);
}

// Looks until it is no longer shown. Only the state before and the passing one may be seen.
bool watch_it_go(CheckContext& context, const AnsweredReply& reply, const std::string& id,
                 const std::string& before) {
  const std::string& through = context.action().states.through;
  for (int look = 0; look < kLooks; ++look) {
    const Lookup seen = context.look_up(id);
    if (!seen.read) return false;
    if (!seen.flow_log) {
      return context.claim(true, Standing::related, reply, "no longer shown", "gone", "");
    }
    const std::string& state = seen.flow_log->status;
    if (!context.claim(state == through || state == before, Standing::related, reply,
                       fmt::format("{}, then gone", through), state,
                       "After the deletion was accepted another state is shown.")) {
      return false;
    }
    context.pause(kBetweenLooks * (1 + look / 20));
  }
  context.claim(false, Standing::related, reply, "no longer shown", "still shown",
                "The deletion was accepted, and what it names is still shown.");
  return false;
}

// Deletes the check's thing; its id, or "" where that was not to be seen through.
std::string deleted(CheckContext& context) {
  if (!context.prepare()) return "";
  const auto before = context.settled();
  if (!before) return "";
  const auto reply = succeeded(context, context.smallest_of_action());
  if (!reply || !watch_it_go(context, *reply, before->id, before->status)) return "";
  return before->id;
}

Check goes(const CatalogOptions& options) {
  return script_check(options, "delete.gone/no-longer-shown",
                      {"What is deleted is shown as being deleted, then no longer",
                       "删除后先显示为删除中，随后不再返回"},
                      rows_about(options), [](CheckContext& context) { deleted(context); });
}

Check place_is_free(const CatalogOptions& options) {
  Check check = script_check(
      options, "delete.gone/place-is-free",
      {"Where something was deleted another can be made", "删除后可在同一资源上重新创建"},
      rows_about(options), [](CheckContext& context) {
        if (deleted(context).empty()) return;
        context.accepted(context.create(context.smallest()));
      });
  check.creations = 2;
  return check;
}

// Nothing has the id any more.
Check again(const CatalogOptions& options) {
  return script_check(options, "delete.gone/again",
                      {"Deleting what is gone must be refused", "再次删除已删除的对象应被拒绝"},
                      rows_about(options), [](CheckContext& context) {
                        const std::string id = deleted(context);
                        if (id.empty()) return;
                        context.forget_created();
                        const Reply reply = context.perform(deletion_of(context, id));
                        context.answers(reply, context.situation());
                      });
}

Check by_beginning(const CatalogOptions& options) {
  return script_check(options, "delete.id/beginning",
                      {"The beginning of an id names nothing", "仅以 ID 的前缀不能删除对象"},
                      rows_about(options), [](CheckContext& context) {
                        if (!context.prepare()) return;
                        const auto before = context.settled();
                        if (!before) return;
                        for (const std::string& id : {before->id.substr(0, before->id.size() - 1),
                                                      before->id + "0", before->id + "*"}) {
                          const Reply reply = context.perform(deletion_of(context, id));
                          context.answers(reply, context.situation());
                        }
                        context.instance_unchanged();
                      });
}

}  // namespace

void deletion_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  if (options.action->effect != Effect::remove) return;
  checks.push_back(goes(options));
  checks.push_back(place_is_free(options));
  checks.push_back(again(options));
  checks.push_back(by_beginning(options));
}

}  // namespace flowlog
