// Tags of flow logs that exist: set, removed, listed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/mock/harness.h"

namespace flowlog::mock {
namespace {

using nlohmann::json;

constexpr const char* set_tags = "TagResources";
constexpr const char* remove_tags = "UntagResources";
constexpr const char* list_tags_of = "ListTagsForResources";

json pair(const std::string& key, const std::string& value) {
  return {{"Key", key}, {"Value", value}};
}

json element(const std::string& id, const std::string& key, const std::string& value) {
  return {{"ResourceType", "flowlog"}, {"ResourceId", id}, {"TagKey", key}, {"TagValue", value}};
}

Params tags(int from, int to) {
  Params params;
  for (int n = from; n <= to; ++n) {
    params.emplace_back(fmt::format("Tags.{}.Key", n - from + 1), fmt::format("k{}", n));
  }
  return params;
}

struct Tagged : testing::Test {
  void SetUp() override {
    id = mock.active({{"Tags.1.Key", "env"}, {"Tags.1.Value", "test"}});
    other = mock.active({{"ResourceId", "vpc-default-02"}});
  }
  json tags_of(const std::string& of) { return mock.shown(of)["Tags"]; }

  Harness mock;
  std::string id;
  std::string other;
};

TEST_F(Tagged, AddsAndOverwritesAndKeepsTheRest) {
  const Params sent = {{"Tags.1.Key", "env"}, {"Tags.1.Value", "live"}, {"Tags.2.Key", "所有者"}};
  EXPECT_EQ(mock.act_on(set_tags, {id, other}, sent).status, 200);
  EXPECT_EQ(mock.act_on(set_tags, {id}, {{"Tags.1.Key", "Env"}, {"Tags.1.Value", "x"}}).status,
            200);
  EXPECT_EQ(tags_of(id), json({pair("env", "live"), pair("所有者", ""), pair("Env", "x")}));
  EXPECT_EQ(tags_of(other), json({pair("env", "live"), pair("所有者", "")}));
  EXPECT_EQ(mock.state(id), "Active");
}

TEST_F(Tagged, RemovesByKeyAndDoesNotMindAnAbsentOne) {
  EXPECT_EQ(mock.act_on(set_tags, {id}, {{"Tags.1.Key", "a"}}).status, 200);
  EXPECT_EQ(
      mock.act_on(remove_tags, {id, other}, {{"TagKeys.1", "env"}, {"TagKeys.2", "no"}}).status,
      200);
  EXPECT_EQ(tags_of(id), json({pair("a", "")}));
  EXPECT_EQ(tags_of(other), json::array());
}

TEST_F(Tagged, TakesTwentyTagsInACallAndNoMore) {
  EXPECT_EQ(mock.act_on(set_tags, {id}, tags(1, 21)).code(), "LimitExceeded.Tags");
  EXPECT_EQ(tags_of(id), json({pair("env", "test")}));
  EXPECT_EQ(mock.act_on(set_tags, {id}, tags(1, 20)).status, 200);
  EXPECT_EQ(tags_of(id).size(), 21u);
  Params keys;
  for (int n = 1; n <= 21; ++n) keys.emplace_back(fmt::format("TagKeys.{}", n), "k");
  EXPECT_EQ(mock.act_on(remove_tags, {id}, keys).code(), "LimitExceeded.Tags");
}

TEST_F(Tagged, CarriesFiftyTagsAndNoMore) {
  EXPECT_EQ(mock.act_on(set_tags, {id}, tags(1, 20)).status, 200);
  EXPECT_EQ(mock.act_on(set_tags, {id}, tags(21, 40)).status, 200);
  EXPECT_EQ(mock.act_on(set_tags, {id}, tags(41, 50)).code(), "LimitExceeded.Tags");
  EXPECT_EQ(tags_of(id).size(), 41u);
  EXPECT_EQ(mock.act_on(set_tags, {id}, tags(41, 49)).status, 200);
  EXPECT_EQ(mock.act_on(set_tags, {id}, tags(30, 49)).status, 200);
  EXPECT_EQ(tags_of(id).size(), 50u);
}

TEST_F(Tagged, TakesFiftyResourcesInACallAndNoMore) {
  const std::vector<std::string> many(51, id);
  for (const char* action : {set_tags, remove_tags}) {
    const Params more = {{action == set_tags ? "Tags.1.Key" : "TagKeys.1", "a"}};
    const Reply reply = mock.act_on(action, many, more);
    EXPECT_EQ(reply.code(), "LimitExceeded.Resource");
    EXPECT_EQ(reply.message(),
              "You've reached the limit on the number of resources that you can operate at one "
              "time.");
    EXPECT_EQ(mock.act_on(action, std::vector<std::string>(50, id), more).status, 200);
  }
}

TEST_F(Tagged, ChangesNoneWhereOneIsUnknown) {
  for (const char* action : {set_tags, remove_tags}) {
    const char* key = action == set_tags ? "Tags.1.Key" : "TagKeys.1";
    const Reply reply = mock.act_on(action, {id, "fl-nowhere"}, {{key, "env"}});
    EXPECT_EQ(reply.status, 400) << action;
    EXPECT_EQ(reply.code(), "InvalidResource.NotFound") << action;
    EXPECT_EQ(mock.act_on(action, {id}, {{key, "env"}}, "other").code(),
              "InvalidResource.NotFound");
  }
  EXPECT_EQ(tags_of(id), json({pair("env", "test")}));
}

TEST_F(Tagged, RefusesMalformedKeysValuesAndTypes) {
  const auto code = [&](const Params& sent) { return mock.act_on(set_tags, {id}, sent).code(); };
  EXPECT_EQ(code({{"Tags.1.Key", "a*"}}), "InvalidTagKey.Malformed");
  EXPECT_EQ(code({{"Tags.1.Key", "Volc:a"}}), "InvalidTagKey.Malformed");
  EXPECT_EQ(code({{"Tags.1.Key", std::string(129, 'a')}}), "InvalidTagKey.Malformed");
  EXPECT_EQ(code({{"Tags.1.Key", "a"}, {"Tags.1.Value", "*"}}), "InvalidTagValue.Malformed");
  EXPECT_EQ(code({{"Tags.1.Key", "a"}, {"Tags.1.Value", std::string(257, 'a')}}),
            "InvalidTagValue.Malformed");
  EXPECT_EQ(code({}), "MissingParameter");
  EXPECT_EQ(mock.act_on(set_tags, {}, {{"Tags.1.Key", "a"}}).code(), "MissingParameter");
  const Reply reply = mock.call({{"Action", set_tags},
                                 {"Version", "2020-04-01"},
                                 {"ResourceType", "flow_log"},
                                 {"ResourceIds.1", id},
                                 {"Tags.1.Key", "a"}});
  EXPECT_EQ(reply.code(), "InvalidResourceType.Malformed");
  EXPECT_EQ(tags_of(id), json({pair("env", "test")}));
}

TEST_F(Tagged, AreListed) {
  mock.act_on(set_tags, {id, other}, {{"Tags.1.Key", "a"}, {"Tags.1.Value", "1"}});
  const auto listed = [&](const std::vector<std::string>& ids, const Params& more) {
    return mock.act_on(list_tags_of, ids, more).body["Result"]["ResourceTags"];
  };
  EXPECT_EQ(listed({}, {}),
            json({element(id, "env", "test"), element(id, "a", "1"), element(other, "a", "1")}));
  EXPECT_EQ(listed({other}, {}), json({element(other, "a", "1")}));
  EXPECT_EQ(listed({}, {{"TagFilters.1.Key", "env"}}), json({element(id, "env", "test")}));
  EXPECT_EQ(listed({}, {{"TagFilters.1.Key", "a"}, {"TagFilters.1.Values.1", "2"}}), json::array());
  EXPECT_EQ(listed({}, {{"TagFilters.1.Key", "a"},
                        {"TagFilters.1.Values.1", "2"},
                        {"TagFilters.1.Values.2", "1"}}),
            json({element(id, "a", "1"), element(other, "a", "1")}));
  EXPECT_EQ(mock.act_on(list_tags_of, {}, {}, "other").body["Result"]["ResourceTags"],
            json::array());
}

TEST_F(Tagged, AreListedInPages) {
  mock.act_on(set_tags, {id}, tags(1, 4));
  std::vector<std::string> keys;
  std::string token;
  int pages = 0;
  do {
    const Reply reply =
        mock.act_on(list_tags_of, {id}, {{"MaxResults", "2"}, {"NextToken", token}});
    for (const json& tag : reply.body["Result"]["ResourceTags"]) keys.push_back(tag["TagKey"]);
    token = reply.body["Result"]["NextToken"];
  } while (!token.empty() && ++pages < 10);
  EXPECT_EQ(keys, (std::vector<std::string>{"env", "k1", "k2", "k3", "k4"}));
  EXPECT_EQ(pages, 2);
}

TEST_F(Tagged, AreListedForATypeThatIsKnown) {
  const Reply reply = mock.call({{"Action", list_tags_of}, {"Version", "2020-04-01"}});
  EXPECT_EQ(reply.code(), "MissingParameter");
  for (const char* bad : {"0", "101", "x"}) {
    EXPECT_EQ(mock.act_on(list_tags_of, {}, {{"MaxResults", bad}}).status, 400) << bad;
  }
}

}  // namespace
}  // namespace flowlog::mock
