// A server of raw bytes: it writes down every request as it came and answers all of them with one
// success. `node recorder.mjs FILE` prints its port, and ends with its standard input.
import { appendFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";

const file = process.argv[2];
const body = JSON.stringify({
  ResponseMetadata: {
    RequestId: "20260102030405000000000000000001",
    Action: "CreateFlowLog",
    Version: "2020-04-01",
    Service: "vpc",
    Region: "cn-beijing",
  },
  Result: { RequestId: "20260102030405000000000000000001", FlowLogId: "fl-recorded", FlowLogs: [], NextToken: "" },
});
const answer =
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
  `Connection: close\r\n\r\n${body}`;

// One line of JSON a request: method, target, headers in order, body.
function note(head, content) {
  const [line, ...fields] = head.split("\r\n");
  const [method, target] = line.split(" ");
  const headers = fields.map((field) => {
    const colon = field.indexOf(":");
    return [field.slice(0, colon), field.slice(colon + 1).trim()];
  });
  appendFileSync(file, JSON.stringify({ method, target, headers, body: content }) + "\n");
}

writeFileSync(file, "");
const server = createServer((socket) => {
  let bytes = Buffer.alloc(0);
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    const end = bytes.indexOf("\r\n\r\n");
    if (end < 0) return;
    const head = bytes.subarray(0, end).toString("latin1");
    const length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    if (bytes.length < end + 4 + length) return;
    note(head, bytes.subarray(end + 4, end + 4 + length).toString("utf8"));
    socket.end(answer);
  });
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("end", () => process.exit(0)).resume();
