#include "mock/served.h"

#include "specs/load.h"

namespace flowlog::mock {
namespace {

void take(Action& action, const Contract& contract) {
  action.name = contract.action;
  action.contract = contract;
}

}  // namespace

flowlog::Service with_contracts(const Api& api) {
  flowlog::Service service = built_in_service();
  const Action* creator = &service.creator();
  const Action* lister = &service.lister();
  const Action* deleter = service.deleter();
  for (Action& action : service.actions) {
    if (&action == creator) {
      take(action, api.create);
      if (!api.create.state_while_creating.empty()) {
        action.states.through = api.create.state_while_creating;
      }
      if (!api.create.state_when_ready.empty()) action.states.to = {api.create.state_when_ready};
    } else if (&action == lister) {
      take(action, api.describe);
    } else if (&action == deleter) {
      take(action, api.remove);
    }
  }
  service.name = api.create.service;
  service.common = api.common;
  if (api.create.quota == 0) {
    service.kind.quota.reset();
  } else {
    if (!service.kind.quota) service.kind.quota.emplace();
    service.kind.quota->max = api.create.quota;
  }
  return service;
}

}  // namespace flowlog::mock
