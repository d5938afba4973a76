#include "specs/lint/names.h"

namespace flowlog {
namespace {

const char* in_chinese(RuleKind kind) {
  switch (kind) {
    case RuleKind::required:
      return "必选";
    case RuleKind::length:
      return "长度";
    case RuleKind::characters:
      return "字符";
    case RuleKind::first:
      return "首字符";
    case RuleKind::last:
      return "末字符";
    case RuleKind::values:
      return "取值";
    case RuleKind::prefix:
      return "前缀";
    case RuleKind::edges:
      return "首尾空格";
    case RuleKind::unique:
      return "唯一性";
    case RuleKind::count:
      return "数量";
    case RuleKind::index:
      return "序号";
    case RuleKind::needs:
      return "依赖";
    case RuleKind::exists:
      return "存在性";
    case RuleKind::range:
      return "范围";
  }
  return "";
}

}  // namespace

Text kind_name(RuleKind kind) {
  return {std::string(name(kind)), in_chinese(kind)};
}

Text rule_name(const Rule& rule) {
  const std::string parameter = rule.address.substr(0, rule.address.rfind('/'));
  return {rule.address, parameter + "的" + in_chinese(rule.kind)};
}

}  // namespace flowlog
