// The main job with the official JavaScript client: two strangers, one request, one chat.
// Arguments: the server's address, json or messagepack.
// Ends with exit code 0 and "story told", or with the first thing that was not as the contract says.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { HttpTransportType, HubConnectionBuilder, JsonHubProtocol, LogLevel } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";

const [server, protocol] = process.argv.slice(2);
const patience = 20_000;

async function signUp(name) {
  const response = await fetch(new URL("api/accounts", server), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: `${name}_${randomUUID().slice(0, 8)}`, password: "correct horse", birthDate: "1990-05-17" }),
  });
  assert.equal(response.status, 201);
  return response.json();
}

/** One user's connection; next(event) waits for it, and fails if another stored event comes first. */
async function connect(name) {
  const session = await signUp(name);
  const connection = new HubConnectionBuilder()
    .withUrl(new URL("hubs/chat", server).href, {
      skipNegotiation: true,
      transport: HttpTransportType.WebSockets,
      accessTokenFactory: () => session.accessToken,
    })
    .withHubProtocol(protocol === "messagepack" ? new MessagePackHubProtocol() : new JsonHubProtocol())
    .configureLogging(LogLevel.Warning)
    .build();
  const heard = [];
  let started = false;
  let wake = () => {};
  for (const event of ["RequestReceived", "RequestChanged", "RequestAccepted", "RequestRemoved", "MessageReceived", "MessagesSeen", "Position"]) {
    connection.on(event, (object) => {
      // It comes at the start, and again about every 30 seconds.
      if (event === "Position" && started) return;
      heard.push({ event, object });
      wake();
    });
  }
  await connection.start();

  async function next(event) {
    const end = Date.now() + patience;
    while (heard.length === 0) {
      await new Promise((resolve, reject) => {
        wake = resolve;
        setTimeout(() => reject(new Error(`${name}: no ${event} within ${patience} ms`)), end - Date.now()).unref();
      });
    }
    const first = heard.shift();
    assert.equal(first.event, event, `${name} heard ${JSON.stringify(first)}`);
    return first.object;
  }

  const position = await next("Position");
  started = true;
  assert.equal(position.version, 0);
  return {
    userId: session.user.userId,
    username: session.user.username,
    call: (method, input) => connection.invoke(method, input),
    next,
    stop: () => connection.stop(),
  };
}

const alice = await connect("alice");
const bob = await connect("bob");

const found = await alice.call("SearchUsers", { query: bob.username });
assert.deepEqual(found.items.map((user) => user.userId), [bob.userId]);
assert.equal((await alice.call("GetProfile", { userId: bob.userId })).messageButton.state, "request");

const sent = await alice.call("SendRequest", { recipientId: bob.userId, text: "Hello Bob 👋", clientId: randomUUID() });
assert.equal(sent.version, 1);
assert.equal(sent.request.state, "pending");
const received = await bob.next("RequestReceived");
assert.deepEqual(received.badges, { pendingRequests: 1, unreadConversations: 0, unreadMessages: 0 });
assert.equal(received.request.direction, "incoming");

const preview = await bob.call("GetRequest", { requestId: received.request.requestId });
assert.deepEqual(preview, received.request);

const accepted = await bob.call("AcceptRequest", { requestId: preview.requestId });
assert.equal(accepted.version, 2);
const told = await alice.next("RequestAccepted");
assert.equal(told.version, 2);
assert.equal(told.conversation.lastMessage.status, "seen");
const { conversationId } = told.conversation;

const said = await alice.call("SendMessage", { conversationId, text: "How is the boat?", clientId: randomUUID() });
assert.equal(said.message.seq, 2);
assert.equal(said.message.status, "sent");
assert.match(said.message.sentAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const heard = await bob.next("MessageReceived");
assert.deepEqual(heard.message, said.message);
assert.equal(heard.unreadCount, 1);

await bob.call("MarkSeen", { conversationId, seq: 2 });
const seen = await alice.next("MessagesSeen");
assert.equal(seen.seq, 2);
assert.equal(seen.seenBy, bob.userId);

await bob.call("SendMessage", { conversationId, text: "Afloat.", clientId: randomUUID() });
assert.equal((await alice.next("MessageReceived")).message.text, "Afloat.");
const history = await alice.call("GetMessages", { conversationId });
assert.deepEqual(history.items.map((message) => [message.seq, message.status]), [[1, "seen"], [2, "seen"], [3, "sent"]]);

const sync = await alice.call("Sync", { after: 0 });
assert.equal(sync.version, 5);
assert.deepEqual(sync.conversations.map((conversation) => conversation.conversationId), [conversationId]);

await assert.rejects(bob.call("SendMessage", { conversationId, text: " ", clientId: "x" }), /HubException: invalid_argument: text is empty\.$/);
await assert.rejects(bob.call("GetConversation", { conversationId: 7 }));
await alice.stop();
await bob.stop();
console.log("story told");
