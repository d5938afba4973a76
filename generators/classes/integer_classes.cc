#include <algorithm>
#include <iterator>

#include "generators/classes/class_list.h"
#include "generators/gen_util.h"
#include "generators/spellings.h"

namespace flowlog {
namespace {

constexpr int kSmallerUnits = 60;  // seconds for minutes, minutes for hours
constexpr const char* k2To32 = "4294967296";
constexpr const char* k2To64 = "18446744073709551616";

class Integers {
 public:
  explicit Integers(ClassList& list) : list_(list), words_(list.rule().words) {}

  void add() {
    for (const std::string& word : words_) {
      list_.add(Side::valid, "word-" + word, {"the number " + word, "取值 " + word}).bound(word);
    }
    add_other_numbers();
    add_beyond();
    add_fractions();
    add_texts();
    add_lenient();
    list_.add(side_of_empty(list_.parameter()), "empty", {"an empty value", "空值"}).bound("");
  }

 private:
  bool is_word(const std::string& value) const {
    return std::find(words_.begin(), words_.end(), value) != words_.end();
  }

  void add_values(Side side, const char* id, Text text, const std::vector<std::string>& values) {
    ClassBuilder& builder = list_.add(side, id, std::move(text));
    for (const std::string& value : values) {
      if (!is_word(value)) builder.bound(value);
    }
  }

  void add_invalid(const char* id, Text text, const std::vector<std::string>& values) {
    add_values(Side::invalid, id, std::move(text), values);
  }

  template <class Change>
  std::vector<std::string> changed(Change change) const {
    std::vector<std::string> values;
    for (const std::string& word : words_) values.push_back(change(word));
    return values;
  }

  // The words that are at least 0, whatever their size, in ascending order.
  std::vector<std::string> numbers() const {
    std::vector<std::string> numbers;
    std::ranges::copy_if(words_, std::back_inserter(numbers),
                         [](const std::string& word) { return !word.starts_with('-'); });
    std::ranges::sort(numbers, [](const std::string& a, const std::string& b) {
      return a.size() != b.size() ? a.size() < b.size() : a < b;
    });
    return numbers;
  }

  // Of them those that a random number of `nth_beside` may meet.
  std::vector<long> small_numbers() const {
    std::vector<long> small;
    for (const std::string& word : numbers()) {
      if (word.size() <= 9) small.push_back(std::stol(word));
    }
    return small;
  }

  void add_other_numbers() {
    std::vector<std::string> neighbours;
    for (const std::string& number : numbers()) {
      if (number != "0" && number != "1") neighbours.push_back(before_decimal(number));
      neighbours.push_back(add_decimal(number, "1"));
    }
    list_
        .add(Side::invalid, "other-number",
             {"a number that is none of the words", "不在取值内的整数"})
        .random(rc::gen::map(number(1, 100000), [known = small_numbers()](std::size_t nth) {
          return std::to_string(nth_beside(known, static_cast<long>(nth)));
        }));
    add_invalid("neighbour", {"the number next to one of the words", "相邻的整数"}, neighbours);
    std::vector<std::string> others;
    for (const std::string& number : numbers()) {
      if (number != "0") others.push_back(times_decimal(number, kSmallerUnits));
    }
    add_invalid("other-unit", {"a number that is right in a smaller unit", "按更小单位换算的数值"},
                others);
    add_invalid("zero", {"zero", "零"}, {"0"});
    std::vector<std::string> negative = changed([](const std::string& w) { return "-" + w; });
    negative.push_back("-2147483648");
    add_invalid("negative", {"a negative number", "负数"}, negative);
  }

  // The nth positive number that is not in `known`, which ascends.
  static long nth_beside(const std::vector<long>& known, long nth) {
    for (const long number : known) {
      if (number > 0 && number <= nth) ++nth;
    }
    return nth;
  }

  void add_beyond() {
    std::vector<std::string> beyond32;
    std::vector<std::string> beyond64;
    for (const std::string& number : numbers()) {
      beyond32.push_back(add_decimal(number, k2To32));
      beyond64.push_back(add_decimal(number, k2To64));
    }
    beyond32.push_back("2147483648");
    add_invalid("beyond-32-bits", {"a number beyond 32 bits", "超出 32 位的整数"}, beyond32);
    beyond64.push_back("9223372036854775808");
    beyond64.push_back("1" + std::string(40, '0'));
    add_invalid("beyond-64-bits", {"a number beyond 64 bits", "超出 64 位的整数"}, beyond64);
  }

  void add_fractions() {
    std::vector<std::string> decimals;
    std::vector<std::string> hex;
    for (const std::string& word : words_) {
      decimals.insert(decimals.end(), {word + ".0", word + ".5"});
    }
    for (const std::string& word : numbers()) {
      hex.push_back("0x" + hex_of_decimal(word));
    }
    add_invalid("decimal", {"a decimal number", "小数"}, decimals);
    add_invalid("exponent", {"a number with an exponent", "科学计数法"},
                changed([](const std::string& word) { return word + "e0"; }));
    if (hex.empty()) return;
    list_.add(Side::invalid, "hex", {"a hexadecimal number", "十六进制数"}).bound(hex.back());
  }

  void add_texts() {
    add_invalid("text", {"text that is no number", "非数字文本"},
                {"a", "ten", "null", "true", "NaN"});
    add_invalid("trailing-text", {"a number and a unit", "数字后带文本"},
                changed([](const std::string& word) { return word + "m"; }));
    add_invalid("trailing-newline", {"a number and a line break", "数字后带换行符"},
                changed([](const std::string& word) { return word + "\n"; }));
    add_invalid("surrounding-tab", {"a tab before a number", "数字前带制表符"},
                {"\t" + words_.front()});
    add_invalid("trailing-nul", {"a number and a NUL", "数字后带 NUL 字符"},
                {words_.front() + std::string(1, '\0')});
    add_invalid("two-numbers", {"two numbers in one", "两个取值并列"},
                {words_.front() + "," + words_.back()});
  }

  // Forms that some parsers take: grey where the rule says so.
  void add_lenient() {
    add_form(IntegerForm::leading_zero, "leading-zero", {"a leading zero", "前导零"},
             changed([](const std::string& word) { return "0" + word; }));
    add_form(IntegerForm::plus_sign, "plus-sign", {"a plus sign", "正号"},
             changed([](const std::string& word) { return "+" + word; }));
    std::vector<std::string> blanks;
    for (const std::string& word : words_) blanks.insert(blanks.end(), {" " + word, word + " "});
    add_form(IntegerForm::surrounding_blanks, "surrounding-blanks",
             {"a blank at an end", "首尾空格"}, blanks);
    add_form(IntegerForm::full_width_digits, "full-width-digits", {"full-width digits", "全角数字"},
             changed(full_width));
  }

  void add_form(IntegerForm form, const char* id, Text text,
                const std::vector<std::string>& values) {
    const auto& grey = list_.rule().grey_forms;
    const bool is_grey = std::find(grey.begin(), grey.end(), form) != grey.end();
    add_values(is_grey ? Side::grey : Side::invalid, id, std::move(text), values);
  }

  ClassList& list_;
  const std::vector<std::string>& words_;
};

}  // namespace

void add_integer_classes(ClassList& list) {
  Integers(list).add();
}

}  // namespace flowlog
