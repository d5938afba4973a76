// The official Node clients against an endpoint: the life of a flow log, listings, tokens, errors,
// forms, JSON and signed URLs. PROFILE names the endpoint's profile, CLIENT_MODULES the folder where
// the clients are installed.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

const require = createRequire(`${process.env.CLIENT_MODULES}/`);
const { Service } = require("@volcengine/openapi");
const Signer = require("@volcengine/openapi/lib/base/sign").default;
const core = require("@volcengine/sdk-core");

const profile = JSON.parse(readFileSync(process.env.PROFILE));
const endpoint = new URL(profile.endpoint);
const keys = profile.accounts.default;
const version = "2020-04-01";
const free = [...profile.resources.vpc];

function dotted(value, prefix = "", out = {}) {
  for (const [name, inner] of Object.entries(value)) {
    const whole = prefix + (Array.isArray(value) ? Number(name) + 1 : name);
    if (typeof inner === "object") dotted(inner, `${whole}.`, out);
    else out[whole] = String(inner);
  }
  return out;
}

// Each client as one function: action and arguments in, { result } or { error } out, where the error
// is what the client itself makes of a refusal.
const service = new Service({
  accessKeyId: keys.access_key, secretKey: keys.secret_key, region: profile.region, serviceName: profile.service,
  host: endpoint.host, protocol: endpoint.protocol, defaultVersion: version,
});
function read(answer) {
  const { ResponseMetadata: metadata, Result: result } = answer;
  if (!metadata.Error) return { result, id: metadata.RequestId };
  return { error: { code: metadata.Error.Code, message: metadata.Error.Message, requestId: metadata.RequestId } };
}
const openapi = {
  get: async (action, values) => read(await service.createAPI(action)(dotted(values))),
  form: async (action, values) => read(await service.createUrlEncodeAPI(action)(dotted(values))),
  json: async (action, values) => read(await service.createJSONAPI(action)(values)),
};

const client = new core.Client({
  accessKeyId: keys.access_key, secretAccessKey: keys.secret_key, region: profile.region, host: endpoint.host,
  protocol: endpoint.protocol.replace(":", ""), autoRetry: false,
});
async function send(method, contentType, action, values) {
  const command = new core.Command(values);
  command.requestConfig = {
    method, contentType, serviceName: profile.service, pathname: "/", params: { Action: action, Version: version },
  };
  try {
    return read(await client.send(command));
  } catch (error) {
    assert.equal(error.name, "ApiException", error.stack);
    // Its message is no more than "HTTP 400: Bad Request"; what the API says stands in its data.
    const { RequestId: requestId, Error: told } = error.data.ResponseMetadata;
    assert.ok(error.status >= 400 && error.message.includes(error.status), error.message);
    return { error: { code: told.Code, message: told.Message, requestId } };
  }
}
const sdkCore = {
  get: (action, values) => send("GET", "text/plain", action, values),
  form: (action, values) => send("POST", "application/x-www-form-urlencoded", action, values),
  json: (action, values) => send("POST", "application/json", action, values),
};

function creation(more = {}) {
  return {
    FlowLogName: "流量-日志_1", Description: "a b,c=d", ResourceType: "vpc", ResourceId: free[0], TrafficType: "All",
    LogProjectName: "flowlog-project-1", LogTopicName: "flowlog-topic-1", ...more,
  };
}

function tags() {
  return [
    { Key: "a+b", Value: "a b" },
    { Key: "钥 匙", Value: "值+" },
    ...Array.from({ length: 18 }, (_, i) => ({ Key: `key-${i}`, Value: `v/${i}` })),
  ];
}

const byKey = (list) => [...list].sort((a, b) => (a.Key < b.Key ? -1 : 1));

async function find(id) {
  const { result, error } = await openapi.get("DescribeFlowLogs", { FlowLogIds: [id] });
  assert.equal(error, undefined);
  return result.FlowLogs[0];
}

async function until(id, wanted) {
  for (let i = 0; i < 200; ++i) {
    const log = await find(id);
    if (wanted(log)) return log;
    await pause(20);
  }
  return assert.fail(`${id} never became what was waited for`);
}

async function remove(id) {
  assert.equal((await openapi.get("DeleteFlowLog", { FlowLogId: id })).error, undefined);
  await until(id, (log) => log === undefined);
}

// What a test creates is gone when it ends, however it ends.
async function create(t, call, values) {
  const { result, error } = await call("CreateFlowLog", values);
  assert.equal(error, undefined);
  assert.match(result.FlowLogId, /./);
  t.after(async () => {
    if (await find(result.FlowLogId)) await remove(result.FlowLogId);
  });
  return result.FlowLogId;
}

function expectError({ error }, code, part) {
  assert.equal(error?.code, code);
  assert.ok(error.message.includes(part), error.message);
  assert.match(error.requestId, /^\S+$/);
}

for (const [name, api] of Object.entries({ openapi, "sdk-core": sdkCore })) {
  test(`${name}: what was created is shown as it was sent, and is gone after its deletion`, async (t) => {
    const id = await create(t, api.get, creation({ Tags: tags(), AggregationInterval: 5 }));
    const log = await until(id, (one) => one?.Status === "Active");
    assert.equal(log.FlowLogName, "流量-日志_1");
    assert.equal(log.Description, "a b,c=d");
    assert.equal(log.AggregationInterval, 5);
    assert.deepEqual(byKey(log.Tags), byKey(tags()));
    await remove(id);
    assert.equal(await find(id), undefined);
  });

  test(`${name}: filters filter, alone and together`, async (t) => {
    const id = await create(t, api.get, creation({ Tags: tags() }));
    const ids = async (filter) => {
      const { result, error } = await api.get("DescribeFlowLogs", filter);
      assert.equal(error, undefined);
      return result.FlowLogs.map((log) => log.FlowLogId);
    };
    assert.deepEqual(await ids({ FlowLogName: "流量-日志_1", ResourceId: free[0] }), [id]);
    assert.deepEqual(await ids({ TagFilters: [{ Key: "a+b", Values: ["a b"] }] }), [id]);
    assert.deepEqual(await ids({ TagFilters: [{ Key: "a+b", Values: ["a+b"] }] }), []);
    assert.deepEqual(await ids({ ResourceType: "eni", FlowLogName: "流量-日志_1" }), []);
  });

  test(`${name}: pages of two show each flow log once`, async (t) => {
    const made = [];
    for (const vpc of free.slice(0, 5)) made.push(await create(t, api.get, creation({ ResourceId: vpc })));
    const seen = [];
    let token;
    for (let page = 0; page < 5; ++page) {
      const { result } = await api.get("DescribeFlowLogs", { MaxResults: 2, ...(token && { NextToken: token }) });
      assert.ok(result.FlowLogs.length <= 2);
      seen.push(...result.FlowLogs.map((log) => log.FlowLogId));
      token = result.NextToken;
      if (!token) break;
    }
    assert.deepEqual(seen.sort(), made.sort());
  });

  test(`${name}: a token answers its request again and refuses another`, async (t) => {
    const values = creation({ ClientToken: randomUUID() });
    const id = await create(t, api.get, values);
    assert.equal(await create(t, api.get, values), id);
    expectError(await api.get("CreateFlowLog", { ...values, TrafficType: "Drop" }), "IdempotentParameterMismatch", "inconsistent");
  });

  test(`${name}: documented errors come with code, message and request id`, async (t) => {
    const refused = async (more, code, part) => expectError(await api.get("CreateFlowLog", creation(more)), code, part);
    await refused({ FlowLogName: "x".repeat(129) }, "InvalidName.Malformed", "maximum length of name is 128");
    await refused({ TrafficType: "Some" }, "InvalidParameter.FlowLogTrafficType", "traffic type is invalid");
    await refused({ AggregationInterval: 7 }, "InvalidParameter.FlowLogAggregationInterval", "aggregation interval");
    await refused({ ResourceId: "vpc-none" }, "InvalidResource.NotFound", "does not exist");
    await refused({ ProjectName: "no-such-project" }, "InvalidProject.NotFound", "Project does not exist");
    await refused({ Tags: [{ Key: "volc:a", Value: "" }] }, "InvalidTagKey.Malformed", "tag key is invalid");
  });

  test(`${name}: a POST form is read like a query`, async (t) => {
    const form = name === "openapi" ? api.form : (action, values) => api.form(action, dotted(values));
    const id = await create(t, form, creation({ Tags: tags() }));
    const { result } = await form("DescribeFlowLogs", { FlowLogName: "流量-日志_1" });
    assert.deepEqual(byKey(result.FlowLogs[0].Tags), byKey(tags()));
  });

  test(`${name}: a JSON body filters, or is refused, but is not dropped in silence`, async (t) => {
    const id = await create(t, api.get, creation());
    const { result, error } = await api.json("DescribeFlowLogs", { ResourceType: "eni" });
    if (error) t.diagnostic(`refused with ${error.code}`);
    else assert.deepEqual(result.FlowLogs, []);
  });

  test(`${name}: changes, stops, starts and tags a flow log`, async (t) => {
    const id = await create(t, api.get, creation());
    await until(id, (log) => log?.Status === "Active");
    const steps = [
      ["ModifyFlowLogAttribute", { FlowLogId: id, FlowLogName: "改-名", AggregationInterval: 1 },
        (log) => log.FlowLogName === "改-名" && log.AggregationInterval === 1 && log.Status === "Active"],
      ["DeactiveFlowLog", { FlowLogId: id, ClientToken: randomUUID() }, (log) => log.Status === "Inactive"],
      ["ActiveFlowLog", { FlowLogId: id, ClientToken: randomUUID() }, (log) => log.Status === "Active"],
      ["TagResources", { ResourceType: "flowlog", ResourceIds: [id], Tags: [{ Key: "a+b", Value: "a b" }] },
        (log) => log.Tags.some((tag) => tag.Key === "a+b" && tag.Value === "a b")],
      ["UntagResources", { ResourceType: "flowlog", ResourceIds: [id], TagKeys: ["a+b"] },
        (log) => !log.Tags.some((tag) => tag.Key === "a+b")],
    ];
    for (const [action, values, done] of steps) {
      await t.test(action, async (step) => {
        const { error } = await api.get(action, values);
        if (error?.code === "InvalidActionOrVersion") return step.skip(`this endpoint does not serve ${action}`);
        assert.equal(error, undefined);
        await until(id, done);
      });
    }
  });
}

test("openapi: a signed URL is served", async () => {
  const signer = new Signer(
    { method: "GET", pathname: "/", region: profile.region,
      params: { Action: "DescribeFlowLogs", Version: version, FlowLogName: "流量 a+b" } },
    profile.service,
  );
  const url = signer.getSignUrl({ accessKeyId: keys.access_key, secretKey: keys.secret_key });
  const answer = await (await fetch(`${profile.endpoint}/?${url}`)).json();
  assert.equal(answer.ResponseMetadata.Error, undefined);
  assert.deepEqual(answer.Result.FlowLogs, []);
});
