"""Has the official Python client write down the requests of requests.json.

Arguments: requests.json, port of the recorder, file for the names of what was sent, in order.
"""

import json
import sys
import urllib.request

import volcenginesdkcore
import volcenginesdkvpc as vpc
from volcenginesdkcore.signv4 import SignerV4

asked = json.load(open(sys.argv[1], encoding="utf-8"))
host = f"127.0.0.1:{sys.argv[2]}"
done = []


def api(token=None):
    configuration = volcenginesdkcore.Configuration()
    configuration.ak = asked["access_key"]
    configuration.sk = asked["secret_key"]
    configuration.session_token = token
    configuration.region = asked["region"]
    configuration.scheme = "http"
    configuration.host = host
    return volcenginesdkcore.ApiClient(configuration)


def note(style, action, token=None):
    done.append({"client": "python-sdk", "style": style, "action": action, "session": bool(token)})


def typed(token=None):
    client = vpc.VPCApi(api(token))
    create = asked["create"]
    client.create_flow_log(vpc.CreateFlowLogRequest(
        flow_log_name=create["FlowLogName"], description=create["Description"],
        resource_type=create["ResourceType"], resource_id=create["ResourceId"],
        traffic_type=create["TrafficType"], log_project_name=create["LogProjectName"],
        log_topic_name=create["LogTopicName"], aggregation_interval=create["AggregationInterval"],
        client_token=create["ClientToken"],
        tags=[vpc.TagForCreateFlowLogInput(key=tag["Key"], value=tag["Value"]) for tag in create["Tags"]]))
    note("get", "CreateFlowLog", token)
    describe = asked["describe"]
    client.describe_flow_logs(vpc.DescribeFlowLogsRequest(
        resource_type=describe["ResourceType"], max_results=describe["MaxResults"],
        flow_log_ids=describe["FlowLogIds"]))
    note("get", "DescribeFlowLogs", token)


def dotted(value, prefix=""):
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = ((str(i + 1), one) for i, one in enumerate(value))
    else:
        return {prefix: str(value)}
    out = {}
    for name, inner in pairs:
        out.update(dotted(inner, f"{prefix}.{name}" if prefix else name))
    return out


def universal(style, action, arguments, content_type):
    info = volcenginesdkcore.UniversalInfo(method="POST", service=asked["service"],
                                           version=asked["version"], action=action,
                                           content_type=content_type)
    volcenginesdkcore.UniversalApi(api()).do_call(info, json.loads(json.dumps(arguments)))
    note(style, action)


def signed_url(action, arguments, token=None):
    query = {"Action": action, "Version": asked["version"], **dotted(arguments)}
    signed = SignerV4.sign_url("/", "GET", query, asked["access_key"], asked["secret_key"],
                               asked["region"], asked["service"], token, host)
    urllib.request.urlopen(f"http://{host}/?{signed}").read()
    note("signed-url", action, token)


typed()
typed(asked["session_token"])
for name, values in (("CreateFlowLog", asked["create"]), ("DescribeFlowLogs", asked["describe"])):
    universal("form", name, values, "application/x-www-form-urlencoded")
    universal("json", name, values, "application/json")
    signed_url(name, values)
    signed_url(name, values, asked["session_token"])
json.dump(done, open(sys.argv[3], "w", encoding="utf-8"))
