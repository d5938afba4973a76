"""The official Python client against an endpoint: the life of a flow log, listings, tokens, errors,
forms, JSON and signed URLs. PROFILE names the endpoint's profile."""

import json
import os
import time
import unittest
import urllib.parse
import urllib.request
import uuid

import volcenginesdkcore
import volcenginesdkvpc as vpc
from volcenginesdkcore.rest import ApiException
from volcenginesdkcore.signv4 import SignerV4

PROFILE = json.load(open(os.environ["PROFILE"], encoding="utf-8"))
KEYS = PROFILE["accounts"]["default"]
VPCS = PROFILE["resources"]["vpc"]
VERSION = "2020-04-01"
TAGS = {"a+b": "a b", "钥 匙": "值+", **{f"key-{i}": f"v/{i}" for i in range(18)}}


def configured(**more):
    configuration = volcenginesdkcore.Configuration()
    configuration.ak = KEYS["access_key"]
    configuration.sk = KEYS["secret_key"]
    configuration.region = PROFILE["region"]
    configuration.scheme = "http"
    configuration.host = urllib.parse.urlsplit(PROFILE["endpoint"]).netloc
    configuration.auto_retry = False
    for name, value in more.items():
        setattr(configuration, name, value)
    return configuration


API = volcenginesdkcore.ApiClient(configured())
CLIENT = vpc.VPCApi(API)


def creation(**changes):
    arguments = {
        "flow_log_name": "流量-日志_1", "description": "a b,c=d", "resource_type": "vpc",
        "resource_id": VPCS[0], "traffic_type": "All", "log_project_name": "flowlog-project-1",
        "log_topic_name": "flowlog-topic-1",
        "aggregation_interval": 5,  # the client requires it, the page does not
    }
    return vpc.CreateFlowLogRequest(**{**arguments, **changes})


def tagged(**changes):
    return creation(tags=[vpc.TagForCreateFlowLogInput(key=k, value=v) for k, v in TAGS.items()], **changes)


def find(log_id):
    logs = CLIENT.describe_flow_logs(vpc.DescribeFlowLogsRequest(flow_log_ids=[log_id])).flow_logs
    return logs[0] if logs else None


def error_of(failure):
    metadata = json.loads(failure.body)["ResponseMetadata"]
    return metadata["Error"]["Code"], metadata["Error"]["Message"], metadata["RequestId"]


class FlowLog(unittest.TestCase):
    def until(self, log_id, done):
        for _ in range(200):
            log = find(log_id)
            if done(log):
                return log
            time.sleep(0.02)
        return self.fail(f"{log_id} never became what was waited for")

    def remove(self, log_id):
        if find(log_id) is None:
            return
        CLIENT.delete_flow_log(vpc.DeleteFlowLogRequest(flow_log_id=log_id))
        self.until(log_id, lambda log: log is None)

    def create(self, request):
        log_id = CLIENT.create_flow_log(request).flow_log_id
        self.addCleanup(self.remove, log_id)
        return log_id

    def expect_error(self, call, status, code, part):
        with self.assertRaises(ApiException) as caught:
            call()
        told, message, request_id = error_of(caught.exception)
        self.assertEqual((caught.exception.status, told), (status, code))
        self.assertIn(part, message)
        self.assertTrue(request_id)

    def test_what_was_created_is_shown_as_it_was_sent_and_is_gone_after_its_deletion(self):
        log_id = self.create(tagged())
        log = self.until(log_id, lambda one: one is not None and one.status == "Active")
        self.assertEqual((log.flow_log_name, log.description, log.aggregation_interval),
                         ("流量-日志_1", "a b,c=d", 5))
        self.assertEqual({tag.key: tag.value for tag in log.tags}, TAGS)
        self.remove(log_id)
        self.assertIsNone(find(log_id))

    def test_filters_filter_alone_and_together(self):
        log_id = self.create(tagged())

        def ids(**filters):
            logs = CLIENT.describe_flow_logs(vpc.DescribeFlowLogsRequest(**filters)).flow_logs
            return [log.flow_log_id for log in logs]

        def by_tag(key, value):
            return [vpc.TagFilterForDescribeFlowLogsInput(key=key, values=[value])]

        self.assertEqual(ids(flow_log_name="流量-日志_1", resource_id=VPCS[0]), [log_id])
        self.assertEqual(ids(tag_filters=by_tag("a+b", "a b")), [log_id])
        self.assertEqual(ids(tag_filters=by_tag("a+b", "a+b")), [])
        self.assertEqual(ids(flow_log_name="流量-日志_1", resource_type="eni"), [])

    def test_pages_of_two_show_each_flow_log_once(self):
        made = [self.create(creation(resource_id=one)) for one in VPCS[:5]]
        seen, token = [], None
        for _ in range(5):
            page = CLIENT.describe_flow_logs(vpc.DescribeFlowLogsRequest(max_results=2, next_token=token))
            self.assertLessEqual(len(page.flow_logs), 2)
            seen += [log.flow_log_id for log in page.flow_logs]
            token = page.next_token
            if not token:
                break
        self.assertEqual(sorted(seen), sorted(made))

    def test_a_token_answers_its_request_again_and_refuses_another(self):
        token = str(uuid.uuid4())
        log_id = self.create(creation(client_token=token))
        self.assertEqual(CLIENT.create_flow_log(creation(client_token=token)).flow_log_id, log_id)
        self.expect_error(lambda: CLIENT.create_flow_log(creation(client_token=token, traffic_type="Drop")),
                          400, "IdempotentParameterMismatch", "inconsistent")

    def test_documented_errors_come_with_code_message_and_request_id(self):
        for status, code, part, change in (
                (400, "InvalidName.Malformed", "name is malformed", {"flow_log_name": "#"}),
                (400, "InvalidParameter.FlowLogTrafficType", "traffic type", {"traffic_type": "Some"}),
                (400, "InvalidParameter.FlowLogAggregationInterval", "interval", {"aggregation_interval": 7}),
                (404, "InvalidResource.NotFound", "does not exist", {"resource_id": "vpc-none"}),
                (404, "InvalidProject.NotFound", "Project", {"project_name": "no-such-project"})):
            with self.subTest(code):
                self.expect_error(lambda change=change: CLIENT.create_flow_log(creation(**change)),
                                  status, code, part)

    def universal(self, action, content_type, arguments):
        info = volcenginesdkcore.UniversalInfo(method="POST", service=PROFILE["service"], version=VERSION,
                                               action=action, content_type=content_type)
        return volcenginesdkcore.UniversalApi(API).do_call(info, arguments)

    def test_a_post_form_is_read_like_a_query(self):
        made = self.universal("CreateFlowLog", "application/x-www-form-urlencoded", {
            "FlowLogName": "流量-日志_1", "Description": "a b,c=d", "ResourceType": "vpc",
            "ResourceId": VPCS[0], "TrafficType": "All", "LogProjectName": "flowlog-project-1",
            "LogTopicName": "flowlog-topic-1", "Tags": [{"Key": "a+b", "Value": "a b"}]})
        log_id = made["FlowLogId"]
        self.addCleanup(self.remove, log_id)
        self.assertEqual([(tag.key, tag.value) for tag in find(log_id).tags], [("a+b", "a b")])

    def test_a_json_body_filters_or_is_refused_but_is_not_dropped_in_silence(self):
        self.create(creation())
        try:
            listing = self.universal("DescribeFlowLogs", "application/json", {"ResourceType": "eni"})
        except ApiException as failure:
            print("refused with", error_of(failure)[0])
        else:
            self.assertEqual(listing["FlowLogs"], [])

    def test_a_signed_url_is_served(self):
        query = {"Action": "DescribeFlowLogs", "Version": VERSION, "FlowLogName": "流量 a+b"}
        host = urllib.parse.urlsplit(PROFILE["endpoint"]).netloc
        for signed_host in (None, host):
            signed = SignerV4.sign_url("/", "GET", query, KEYS["access_key"], KEYS["secret_key"],
                                       PROFILE["region"], PROFILE["service"], None, signed_host)
            with urllib.request.urlopen(f"{PROFILE['endpoint']}/?{signed}") as answer:
                self.assertEqual(json.load(answer)["Result"]["FlowLogs"], [])

    def test_changes_stops_starts_and_tags_a_flow_log(self):
        log_id = self.create(creation())
        self.until(log_id, lambda log: log is not None and log.status == "Active")
        # The client knows no resource type `flowlog`: docs/clients.md.
        lenient = vpc.VPCApi(volcenginesdkcore.ApiClient(configured(client_side_validation=False)))
        loose = configured(client_side_validation=False)
        tag = vpc.TagForTagResourcesInput(key="a+b", value="a b")
        steps = (
            ("ModifyFlowLogAttribute",
             lambda: CLIENT.modify_flow_log_attribute(vpc.ModifyFlowLogAttributeRequest(
                 flow_log_id=log_id, flow_log_name="改-名", aggregation_interval=1)),
             lambda log: (log.flow_log_name, log.aggregation_interval, log.status) == ("改-名", 1, "Active")),
            ("DeactiveFlowLog",
             lambda: CLIENT.deactive_flow_log(vpc.DeactiveFlowLogRequest(flow_log_id=log_id)),
             lambda log: log.status == "Inactive"),
            ("ActiveFlowLog",
             lambda: CLIENT.active_flow_log(vpc.ActiveFlowLogRequest(
                 flow_log_id=log_id, client_token=str(uuid.uuid4()))),
             lambda log: log.status == "Active"),
            ("TagResources",
             lambda: lenient.tag_resources(vpc.TagResourcesRequest(
                 resource_type="flowlog", resource_ids=[log_id], tags=[tag], _configuration=loose)),
             lambda log: [(one.key, one.value) for one in log.tags] == [("a+b", "a b")]),
            ("UntagResources",
             lambda: lenient.untag_resources(vpc.UntagResourcesRequest(
                 resource_type="flowlog", resource_ids=[log_id], tag_keys=["a+b"], _configuration=loose)),
             lambda log: not log.tags),
        )
        for action, call, done in steps:
            with self.subTest(action):
                try:
                    call()
                except ApiException as failure:
                    if error_of(failure)[0] != "InvalidActionOrVersion":
                        raise
                    self.skipTest(f"this endpoint does not serve {action}")
                self.until(log_id, done)

    # Where the client is stricter than the page; docs/clients.md tells of it.
    def test_the_client_refuses_what_the_page_allows(self):
        with self.assertRaises(ValueError):
            creation(aggregation_interval=None)
        with self.assertRaises(ValueError):
            vpc.TagResourcesRequest(resource_type="flowlog", resource_ids=["fl-1"], tags=[])


if __name__ == "__main__":
    unittest.main()
