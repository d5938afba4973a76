// Has the official Node clients write down the requests of requests.json. Arguments: port of the
// recorder, file for the names of what was sent, in order.
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";

const require = createRequire(`${process.env.CLIENT_MODULES}/`);
const { Service } = require("@volcengine/openapi");
const Signer = require("@volcengine/openapi/lib/base/sign").default;
const { Client, Command } = require("@volcengine/sdk-core");

const [port, names] = process.argv.slice(2);
const asked = JSON.parse(readFileSync(new URL("../requests.json", import.meta.url)));
const host = `127.0.0.1:${port}`;
const keys = { accessKeyId: asked.access_key, secretKey: asked.secret_key };

function dotted(value, prefix = "", out = {}) {
  for (const [name, inner] of Object.entries(value)) {
    const whole = prefix + (Array.isArray(value) ? Number(name) + 1 : name);
    if (typeof inner === "object") dotted(inner, `${whole}.`, out);
    else out[whole] = String(inner);
  }
  return out;
}

const done = [];
const calls = { CreateFlowLog: asked.create, DescribeFlowLogs: asked.describe };

async function openapi(style, action, make, more = {}) {
  const service = new Service({
    ...keys, ...more, region: asked.region, serviceName: asked.service, host, protocol: "http:",
    defaultVersion: asked.version,
  });
  await make(service)(dotted(calls[action]));
  done.push({ client: "node-openapi", style, action, session: "sessionToken" in more });
}

async function signedUrl(action, more = {}) {
  const signer = new Signer(
    {
      method: "GET", pathname: "/", region: asked.region,
      params: { Action: action, Version: asked.version, ...dotted(calls[action]) },
    },
    asked.service,
  );
  await fetch(`http://${host}/?${signer.getSignUrl({ ...keys, ...more })}`);
  done.push({ client: "node-openapi", style: "signed-url", action, session: "sessionToken" in more });
}

async function core(style, action, method, contentType, more = {}) {
  const client = new Client({
    accessKeyId: asked.access_key, secretAccessKey: asked.secret_key, ...more,
    region: asked.region, host, protocol: "http", autoRetry: false,
  });
  const command = new Command(contentType.includes("json") || method === "GET" ? calls[action] : dotted(calls[action]));
  command.requestConfig = {
    method, serviceName: asked.service, pathname: "/", contentType,
    params: { Action: action, Version: asked.version },
  };
  await client.send(command);
  done.push({ client: "node-sdk-core", style, action, session: "sessionToken" in more });
}

const form = "application/x-www-form-urlencoded";
const session = { sessionToken: asked.session_token };
for (const action of Object.keys(calls)) {
  await openapi("get", action, (s) => s.createAPI(action));
  await openapi("form", action, (s) => s.createUrlEncodeAPI(action));
  await openapi("json", action, (s) => s.createJSONAPI(action));
  await signedUrl(action);
  await core("get", action, "GET", "text/plain");
  await core("form", action, "POST", form);
  await core("json", action, "POST", "application/json");
}
await openapi("get", "DescribeFlowLogs", (s) => s.createAPI("DescribeFlowLogs"), session);
await signedUrl("DescribeFlowLogs", session);
await core("get", "DescribeFlowLogs", "GET", "text/plain", session);
writeFileSync(names, JSON.stringify(done));
