// Events of the DevTools protocol on standard input, a HAR on standard output.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.env.NODE_MODULES_OF ?? import.meta.url);
const { harFromMessages } = require("chrome-har");
const events = JSON.parse(readFileSync(0, "utf8"));
const har = harFromMessages(events, { includeTextFromResponseBody: true });

// The converter leaves web sockets out; this is how developer tools write them.
const pairs = (headers) => Object.entries(headers ?? {}).map(([name, value]) => ({ name, value }));
for (const { params: { requestId, url, initiator } } of events.filter((event) => event.method === "Network.webSocketCreated")) {
  const of = (name) => events.filter((event) => event.method === `Network.webSocket${name}` && event.params.requestId === requestId).map((event) => event.params);
  const [{ request, wallTime }] = of("WillSendHandshakeRequest");
  const [{ response }] = of("HandshakeResponseReceived");
  const frames = [...of("FrameSent").map((frame) => ["send", frame]), ...of("FrameReceived").map((frame) => ["receive", frame])];
  const messages = frames.map(([type, { timestamp, response: { opcode, payloadData } }]) => ({ type, time: timestamp, opcode, data: payloadData }));
  har.log.entries.push({
    _initiator: initiator,
    _resourceType: "websocket",
    _webSocketMessages: messages.sort((one, other) => one.time - other.time),
    startedDateTime: new Date(wallTime * 1000).toISOString(),
    time: 1,
    request: {
      method: "GET", url, httpVersion: "HTTP/1.1", headers: pairs(request.headers), cookies: [], headersSize: -1, bodySize: 0,
      queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
    },
    response: {
      status: response.status, statusText: response.statusText, httpVersion: "HTTP/1.1", headers: pairs(response.headers), cookies: [],
      content: { size: 0, mimeType: "x-unknown" }, redirectURL: "", headersSize: -1, bodySize: -1,
    },
    cache: {},
    timings: { send: -1, wait: 1, receive: -1 },
  });
}
console.log(JSON.stringify(har));
