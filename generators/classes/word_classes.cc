#include <algorithm>

#include "base/text.h"
#include "generators/classes/class_list.h"
#include "generators/gen_util.h"
#include "generators/spellings.h"

namespace flowlog {
namespace {

class WordClasses {
 public:
  explicit WordClasses(ClassList& list) : list_(list), words_(list.rule().words) {}

  void add() {
    for (const std::string& word : words_) {
      list_.add(Side::valid, "word-" + word, {"the word " + word, "取值 " + word}).bound(word);
    }
    add_respelled();
    add_neighbours();
    add_unknown();
    add_surrounded();
    add_side(side_of_empty(list_.parameter()), "empty", {"an empty value", "空值"}, {""});
  }

 private:
  void add_side(Side side, const char* id, Text text, const std::vector<std::string>& values) {
    ClassBuilder& builder = list_.add(side, id, std::move(text));
    for (const std::string& value : values) {
      if (!is_word(value)) builder.bound(value);
    }
  }

  void add_invalid(const char* id, Text text, const std::vector<std::string>& values) {
    add_side(Side::invalid, id, std::move(text), values);
  }

  bool is_word(const std::string& value) const {
    return std::find(words_.begin(), words_.end(), value) != words_.end();
  }

  // What `change` makes of each word.
  template <class Change>
  std::vector<std::string> changed(Change change) const {
    std::vector<std::string> values;
    for (const std::string& word : words_) values.push_back(change(word));
    return values;
  }

  void add_respelled() {
    std::vector<std::string> cases;
    for (const std::string& word : words_) {
      for (std::string& other : other_cases(word)) cases.push_back(std::move(other));
    }
    add_invalid("wrong-case", {"a word in the wrong letter case", "大小写不符的取值"}, cases);
    add_invalid("full-width", {"a word in full-width letters", "全角书写的取值"},
                changed(full_width));
  }

  void add_neighbours() {
    std::vector<std::string> near;
    for (const std::string& word : words_) {
      for (std::string& other : near_words(word)) near.push_back(std::move(other));
    }
    add_invalid("near-word", {"a word that is nearly right", "相近但不存在的取值"}, near);
    add_invalid("word-of-others", {"what others call it", "其他产品的同类取值"},
                list_.rule().neighbours);
    add_invalid("with-digit", {"a word and a digit", "取值后带数字"},
                changed([](const std::string& word) { return word + "1"; }));
    add_invalid("two-words", {"two words in one", "两个取值并列"},
                {words_.front() + "," + words_.back(), words_.front() + " " + words_.back()});
  }

  void add_unknown() {
    list_.add(Side::invalid, "unknown-word", {"an unknown word", "未知取值"})
        .bound(unknown("unknown"))
        .random(rc::gen::map(
            list_of(1, 20, one_of(std::vector<char>{'a', 'b', 'm', 'x', 'z', 'A', 'Q', '-'})),
            [words = words_](const std::vector<char>& letters) {
              return unknown_beside(words, std::string(letters.begin(), letters.end()));
            }));
  }

  std::string unknown(const std::string& word) const { return unknown_beside(words_, word); }

  // `word` made longer until it is none of `words` in any letter case.
  static std::string unknown_beside(const std::vector<std::string>& words, std::string word) {
    const auto same = [&](const std::string& known) {
      return lower_ascii(known) == lower_ascii(word);
    };
    while (std::any_of(words.begin(), words.end(), same)) word += 'x';
    return word;
  }

  void add_surrounded() {
    std::vector<std::string> blanks;
    for (const std::string& word : words_) {
      blanks.push_back(" " + word);
      blanks.push_back(word + " ");
    }
    add_invalid("surrounding-blanks", {"a word with a blank at an end", "取值首尾带空格"}, blanks);
    add_invalid("trailing-newline", {"a word with a trailing line break", "取值末尾带换行符"},
                changed([](const std::string& word) { return word + "\n"; }));
    add_invalid("trailing-nul", {"a word with a trailing NUL", "取值末尾带 NUL 字符"},
                changed([](const std::string& word) { return word + '\0'; }));
  }

  ClassList& list_;
  const std::vector<std::string>& words_;
};

}  // namespace

void add_word_classes(ClassList& list) {
  WordClasses(list).add();
}

}  // namespace flowlog
