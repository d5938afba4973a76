#include "generators/text_shape.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "generators/gen_util.h"

namespace flowlog {
namespace {

using ShapePtr = std::shared_ptr<const TextShape>;

constexpr std::size_t kNowhere = std::size_t(-1);

// Ways of making a text smaller, in the order they are tried. A smaller text goes on where its
// parent's way left off: what was tried before it was in vain.
enum Way { shortest, all_plain, range_starts, cut_end, cut_front, plain_blocks, plain_odd, kWays };

struct TextDraft {
  std::u32string points;
  std::size_t odd = kNowhere;
  int way = shortest;
  std::size_t refused = 0;  // a length tried in vain, for halving; 0: none
  std::size_t block = 0;    // the next to be made plain
};

// `draft` without a beginning that the shape avoids.
TextDraft clear_of_avoided(const TextShape& shape, TextDraft draft) {
  for (const std::string& beginning : shape.avoid) {
    const std::string start = encode_utf8(draft.points.substr(0, beginning.size()));
    if (!lower_ascii(start).starts_with(beginning)) continue;
    for (const char32_t other : shape.at(0, draft.points.size()).lowest(256)) {
      if (lower_ascii(encode_utf8(other)) == beginning.substr(0, 1)) continue;
      draft.points[0] = other;
      break;
    }
  }
  return draft;
}

class Shrinker {
 public:
  Shrinker(const TextShape& shape, const TextDraft& draft)
      : shape_(shape), draft_(draft), length_(draft.points.size()) {}

  std::vector<TextDraft> smaller(int way) {
    switch (way) {
      case shortest:
        offer(plainest(shape_.shortest()), kWays);
        break;
      case all_plain:
        offer(plain_block(0, length_, true), cut_end);
        break;
      case range_starts:
        offer(at_range_starts(), cut_end);
        break;
      case cut_end:
        halve(cut_end, fewest_from_end(), [this](std::size_t n) { return without_end(n); });
        break;
      case cut_front:
        halve(cut_front, fewest_from_front(), [this](std::size_t n) { return without_front(n); });
        break;
      case plain_blocks:
        offer_blocks();
        break;
      default:
        if (draft_.odd != kNowhere) offer(plain_block(0, 0, true), kWays);
    }
    return std::move(drafts_);
  }

 private:
  void offer(TextDraft draft, int next_way) {
    if (draft.points == draft_.points) return;
    draft.way = next_way;
    drafts_.push_back(std::move(draft));
  }

  char32_t plain_at(std::size_t i, std::size_t odd, std::size_t length) const {
    return i == odd ? shape_.odd.simplest() : shape_.at(i, length).simplest();
  }

  TextDraft plainest(std::size_t length) const {
    TextDraft draft;
    if (draft_.odd != kNowhere) draft.odd = std::min(shape_.odd_after, length - 1);
    for (std::size_t i = 0; i < length; ++i) draft.points += plain_at(i, draft.odd, length);
    return clear_of_avoided(shape_, std::move(draft));
  }

  TextDraft plain_block(std::size_t from, std::size_t to, bool with_odd) const {
    TextDraft draft{draft_.points, draft_.odd};
    for (std::size_t i = from; i < to; ++i) {
      if (i != draft.odd) draft.points[i] = plain_at(i, kNowhere, length_);
    }
    if (with_odd && draft.odd != kNowhere) draft.points[draft.odd] = shape_.odd.simplest();
    return clear_of_avoided(shape_, std::move(draft));
  }

  TextDraft at_range_starts() const {
    TextDraft draft{draft_.points, draft_.odd};
    for (std::size_t i = 0; i < length_; ++i) {
      const Alphabet& alphabet = i == draft.odd ? shape_.odd : shape_.at(i, length_);
      draft.points[i] = alphabet.range_start(draft.points[i]);
    }
    return clear_of_avoided(shape_, std::move(draft));
  }

  std::size_t fewest_from_end() const {
    const std::size_t odd_needs = draft_.odd == kNowhere ? 0 : draft_.odd + 1 + shape_.odd_before;
    return std::max(shape_.shortest(), odd_needs);
  }

  std::size_t fewest_from_front() const {
    const std::size_t odd_needs =
        draft_.odd == kNowhere || draft_.odd == 0 ? 0 : length_ - draft_.odd + 1;
    return std::max(shape_.shortest(), odd_needs);
  }

  TextDraft without_end(std::size_t length) const {
    return mended({draft_.points.substr(0, length), draft_.odd});
  }

  // Keeps the first character.
  TextDraft without_front(std::size_t length) const {
    const std::size_t cut = length_ - length;
    TextDraft draft{draft_.points, draft_.odd};
    draft.points.erase(1, cut);
    if (draft.odd != kNowhere && draft.odd > 0) draft.odd -= cut;
    return mended(std::move(draft));
  }

  // Lengths from `fewest` up to the present one, halving what is left. Each smaller text knows the
  // length before it as refused.
  template <class Cut>
  void halve(int way, std::size_t fewest, Cut cut) {
    const bool started = draft_.way == way && draft_.refused > 0;
    std::size_t refused = started ? draft_.refused : 0;
    if (started) fewest = refused;
    if (fewest >= length_) return;
    for (std::size_t gap = length_ - fewest; gap > 0; gap /= 2) {
      const std::size_t length = length_ - gap;
      if (length == draft_.refused && started) continue;
      if (length == 0) continue;
      TextDraft draft = cut(length);
      draft.refused = refused;
      offer(std::move(draft), refused == 0 ? way + 1 : way);
      refused = length;
    }
  }

  // Blocks of half the text, of a quarter, … down to one character, numbered in that order.
  void offer_blocks() {
    std::size_t number = 0;
    for (std::size_t size = (length_ + 1) / 2; size > 0; size = size == 1 ? 0 : (size + 1) / 2) {
      for (std::size_t from = 0; from < length_; from += size) {
        if (number++ < draft_.block) continue;
        TextDraft draft = plain_block(from, std::min(from + size, length_), false);
        draft.block = number;
        offer(std::move(draft), plain_blocks);
      }
    }
  }

  // `draft` with characters at its ends that may stand there.
  TextDraft mended(TextDraft draft) const {
    const std::size_t length = draft.points.size();
    for (const std::size_t i : {std::size_t{0}, length - 1}) {
      const Alphabet& alphabet = shape_.at(i, length);
      if (i != draft.odd && !alphabet.contains(draft.points[i])) {
        draft.points[i] = alphabet.simplest();
      }
    }
    return clear_of_avoided(shape_, std::move(draft));
  }

  const TextShape& shape_;
  const TextDraft& draft_;
  const std::size_t length_;
  std::vector<TextDraft> drafts_;
};

rc::Shrinkable<std::string> shrinkable(const ShapePtr& shape, TextDraft draft) {
  const auto smaller = [shape](const TextDraft& parent) {
    return rc::seq::mapcat(rc::seq::range(parent.way, static_cast<int>(kWays)),
                           [shape, parent](int way) {
                             return rc::seq::fromContainer(Shrinker(*shape, parent).smaller(way));
                           });
  };
  return rc::shrinkable::map(rc::shrinkable::shrinkRecur(std::move(draft), smaller),
                             [shape](const TextDraft& made) {
                               return shape->before + encode_utf8(made.points) + shape->after;
                             });
}

TextDraft draw(const TextShape& shape, rc::Random random) {
  const std::size_t fewest = shape.shortest();
  if (shape.max < fewest) throw TooNarrow("the longest text is shorter than the shortest");
  const std::size_t length = fewest + below(random, shape.max - fewest + 1);
  TextDraft draft;
  if (!shape.odd.empty()) {
    draft.odd = shape.odd_after + below(random, length - shape.odd_after - shape.odd_before);
  }
  draft.points.reserve(length);
  for (std::size_t i = 0; i < length; ++i) {
    draft.points += i == draft.odd ? shape.odd.pick(random) : shape.at(i, length).pick(random);
  }
  return clear_of_avoided(shape, std::move(draft));
}

}  // namespace

const Alphabet& TextShape::at(std::size_t i, std::size_t length) const {
  if (length == 1) return only;
  if (i == 0) return first;
  return i + 1 == length ? last : inner;
}

std::size_t TextShape::shortest() const {
  if (!odd.empty()) return std::max(min, odd_after + 1 + odd_before);
  return only.empty() && min == 1 ? 2 : min;
}

rc::Gen<std::string> text_of(const TextShape& shape) {
  return [shape = std::make_shared<const TextShape>(shape)](const rc::Random& random, int) {
    return shrinkable(shape, draw(*shape, random));
  };
}

rc::Shrinkable<std::string> exactly(const TextShape& shape, std::u32string points,
                                    std::optional<std::size_t> odd) {
  TextDraft draft;
  draft.points = std::move(points);
  draft.odd = odd.value_or(kNowhere);
  return shrinkable(std::make_shared<const TextShape>(shape), std::move(draft));
}

}  // namespace flowlog
