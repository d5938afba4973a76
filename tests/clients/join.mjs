// Joins what the recorder wrote with what the clients say they sent into the vectors of the client
// tests. Arguments: file to write, versions ("go-sdk=1.1.35,…"), then pairs of NAMES RECORDED.
import { readFileSync, writeFileSync } from "node:fs";

const [out, versions, ...pairs] = process.argv.slice(2);
const asked = JSON.parse(readFileSync(new URL("requests.json", import.meta.url)));
const vectors = [];
for (let i = 0; i + 1 < pairs.length; i += 2) {
  const names = JSON.parse(readFileSync(pairs[i], "utf8"));
  const requests = readFileSync(pairs[i + 1], "utf8").trim().split("\n").map((line) => JSON.parse(line));
  if (names.length !== requests.length) throw new Error(`${pairs[i]}: ${names.length} names, ${requests.length} requests`);
  names.forEach((name, n) => {
    vectors.push({ style: `${name.client}/${name.style}`, action: name.action, session: name.session, ...requests[n] });
  });
}
writeFileSync(
  out,
  JSON.stringify(
    {
      note:
        "Requests as official clients wrote them to a server of raw bytes on loopback: scripts/record-wire-styles.sh " +
        "makes this file from tests/clients/requests.json. Keys are made up.",
      clients: Object.fromEntries(versions.split(",").map((pair) => pair.split("="))),
      access_key: asked.access_key,
      secret_key: asked.secret_key,
      session_token: asked.session_token,
      region: asked.region,
      service: asked.service,
      vectors,
    },
    null,
    1,
  ) + "\n",
);
