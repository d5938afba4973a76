// Classes of an Integer between two ends.
#include <algorithm>

#include "generators/classes/class_list.h"
#include "generators/gen_util.h"
#include "generators/spellings.h"

namespace flowlog {
namespace {

constexpr const char* kTwoTo32 = "4294967296";
constexpr const char* kTwoTo64 = "18446744073709551616";

// Forms that some parsers take: grey where the rule says so.
void add_range_form(ClassList& list, IntegerForm form, const char* id, Text text,
                    const std::string& value) {
  const auto& grey = list.rule().grey_forms;
  const bool is_grey = std::find(grey.begin(), grey.end(), form) != grey.end();
  list.add(is_grey ? Side::grey : Side::invalid, id, std::move(text)).bound(value);
}

}  // namespace

void add_range_classes(ClassList& list) {
  const std::size_t min = list.rule().min;
  const std::size_t max = list.rule().max;
  const std::string least = std::to_string(min);
  const std::string most = std::to_string(max);
  list.add(Side::valid, "min", {"the least", "最小值"}).bound(least);
  list.add(Side::valid, "max", {"the most", "最大值"}).bound(most);
  list.add(Side::valid, "between", {"a number between", "范围内的整数"})
      .random(rc::gen::map(number(min, max), [](std::size_t n) { return std::to_string(n); }));
  if (min > 0) {
    list.add(Side::invalid, "under-min", {"one less than the least", "比最小值小 1"})
        .bound(std::to_string(min - 1));
  }
  list.add(Side::invalid, "over-max", {"one more than the most", "比最大值大 1"})
      .bound(std::to_string(max + 1));
  list.add(Side::invalid, "far-over", {"far more than the most", "远大于最大值"})
      .bound(most + "000");
  list.add(Side::invalid, "negative", {"a negative number", "负数"}).bound("-1").bound("-" + most);
  list.add(Side::invalid, "beyond-32-bits", {"a number beyond 32 bits", "超出 32 位的整数"})
      .bound(add_decimal(least, kTwoTo32));
  list.add(Side::invalid, "beyond-64-bits", {"a number beyond 64 bits", "超出 64 位的整数"})
      .bound(add_decimal(least, kTwoTo64));
  list.add(Side::invalid, "decimal", {"a decimal number", "小数"}).bound(most + ".5");
  list.add(Side::invalid, "text", {"text that is no number", "非数字文本"})
      .bound("a")
      .bound("null");
  list.add(Side::invalid, "trailing-text", {"a number and a letter", "数字后带文本"})
      .bound(least + "a");
  list.add(Side::invalid, "trailing-newline", {"a number and a line break", "数字后带换行符"})
      .bound(most + "\n");
  add_range_form(list, IntegerForm::leading_zero, "leading-zero", {"a leading zero", "前导零"},
                 "0" + most);
  add_range_form(list, IntegerForm::plus_sign, "plus-sign", {"a plus sign", "正号"}, "+" + most);
  add_range_form(list, IntegerForm::surrounding_blanks, "surrounding-blanks",
                 {"a blank at an end", "首尾空格"}, " " + most);
  add_range_form(list, IntegerForm::full_width_digits, "full-width-digits",
                 {"full-width digits", "全角数字"}, full_width(most));
  list.add(side_of_empty(list.parameter()), "empty", {"an empty value", "空值"}).bound("");
}

}  // namespace flowlog
