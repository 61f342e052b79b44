// The official client at a hub of the tests' own (its address is the argument): once with each protocol, which must make
// no difference to anything it sees.

import assert from "node:assert/strict";
import { HttpTransportType, HubConnectionBuilder, JsonHubProtocol, LogLevel, Subject } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";

const text = "Grüße 👩‍👩‍👧‍👦 \"quoted\" \\ 家族";

function collect(stream) {
  const items = [];
  return new Promise((complete, error) => stream.subscribe({ next: (item) => items.push(item), complete: () => complete(items), error }));
}

async function sum(connection, numbers) {
  const subject = new Subject();
  const result = connection.invoke("Sum", subject);
  numbers.forEach((number) => subject.next(number));
  subject.complete();
  return result;
}

async function story(protocol) {
  const connection = new HubConnectionBuilder()
    .withUrl(process.argv[2], { skipNegotiation: true, transport: HttpTransportType.WebSockets })
    .withHubProtocol(protocol)
    .configureLogging(LogLevel.None)
    .build();
  const pushed = new Promise((resolve) => connection.on("MessageReceived", resolve));
  connection.on("Ask", (question) => `${question} Yes.`);
  await connection.start();
  const seen = {
    answer: await connection.invoke("SendMessage", { conversationId: "c", text, clientId: "1", unknown: { deep: [1, null] } }),
    pushed: await pushed,
    page: await connection.invoke("GetMessages", { conversationId: "c", limit: 100 }),
    nothing: (await connection.invoke("SetTyping", { conversationId: "c" })) ?? null,
    refused: await connection.invoke("Follow", { userId: "u" }).catch((error) => error.message),
    unbound: await connection.invoke("MarkSeen", 7).catch((error) => error.message),
    unknown: await connection.invoke("NoSuchMethod", {}).catch((error) => error.message),
    asked: await connection.invoke("AskMe", { userId: "u" }),
    counted: await collect(connection.stream("Count", 5)),
    sum: await sum(connection, [1, 2, 300, -70_000]),
  };
  await connection.stop();
  return seen;
}

const json = await story(new JsonHubProtocol());
const pack = await story(new MessagePackHubProtocol());
assert.deepStrictEqual(pack, json);
assert.equal(pack.answer.message.text, text);
assert.deepEqual(pack.pushed, pack.answer);
assert.equal(pack.page.items.length, 100);
assert.match(pack.refused, /HubException: not_followed: /);
assert.equal(pack.asked, "u? Yes.");
assert.deepEqual(pack.counted, [1, 2, 3, 4, 5]);
assert.equal(pack.sum, -69_697);
