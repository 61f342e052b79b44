// Two devices of each of two users, one in JSON and one in MessagePack, in one chat: whatever both receive or read is the same
// object, field by field.
// Argument: the server's address. Ends with exit code 0 and the number of objects compared.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { connect, signUp } from "./client.mjs";

const [server] = process.argv.slice(2);
let compared = 0;

/** One user on a device of each protocol. A third one acts, so that both others receive the event. */
async function user(name) {
  const session = await signUp(server, name);
  const json = await connect(server, "json", name, session);
  const packed = await connect(server, "messagepack", name, session);
  // The acting device alternates with each call, so that both protocols also carry arguments.
  const actors = [await connect(server, "json", name, session), await connect(server, "messagepack", name, session)];
  return {
    userId: session.user.userId,
    async act(method, input) {
      actors.reverse();
      return actors[0].call(method, input);
    },
    async receives(event) {
      return same(await json.next(event), await packed.next(event));
    },
    async reads(method, input) {
      return same(await json.call(method, input), await packed.call(method, input));
    },
    async isRefused(method, input) {
      const refusals = await Promise.all([json, packed].map((device) => device.call(method, input).then(() => assert.fail("not refused"), (e) => e.message)));
      return same(...refusals);
    },
    stop: () => Promise.all([json, packed, ...actors].map((device) => device.stop())),
  };
}

function same(json, packed) {
  assert.deepEqual(packed, json);
  compared++;
  return json;
}

const alice = await user("alice");
const bob = await user("bob");

await alice.act("SendRequest", { recipientId: bob.userId, text: "Hello 👋🏽 مرحبا 你好", clientId: randomUUID() });
const asked = await bob.receives("RequestReceived");
await alice.receives("RequestChanged");
await bob.reads("ListRequests", { direction: "incoming" });
await bob.reads("GetRequest", { requestId: asked.request.requestId });
await bob.reads("GetProfile", { userId: alice.userId });
await bob.act("AcceptRequest", { requestId: asked.request.requestId });
const { conversation } = await alice.receives("RequestAccepted");
await bob.receives("RequestAccepted");

const { conversationId } = conversation;
// The clientId is its sender's alone.
const shared = ({ clientId, ...message }) => message;
for (let i = 0; i < 60; i++) {
  const sender = i % 2 === 0 ? alice : bob;
  await sender.act("SendMessage", { conversationId, text: `${i} ${"🌊".repeat(i * 10)}`.trim(), clientId: randomUUID() });
  assert.deepEqual(shared((await alice.receives("MessageReceived")).message), shared((await bob.receives("MessageReceived")).message));
}

await bob.act("MarkSeen", { conversationId, seq: 61 });
await alice.receives("MessagesSeen");
await bob.receives("MessagesSeen");

assert.equal((await alice.reads("GetMessages", { conversationId, limit: 100 })).items.length, 61);
await alice.reads("ListConversations", {});
await alice.reads("GetConversation", { conversationId });
await alice.reads("GetMe", {});
await alice.reads("Sync", { after: 0 });
await alice.reads("Sync", { after: 0, limit: 1 });
await alice.reads("SearchUsers", { query: "ali" });

assert.match(await alice.isRefused("SendMessage", { conversationId, text: " ", clientId: "x" }), /invalid_argument: text is empty\.$/);
assert.match(await alice.isRefused("GetConversation", { conversationId: "nothing" }), /conversation_not_found: /);
await alice.isRefused("GetConversation", { conversationId: 7 });

await alice.stop();
await bob.stop();
console.log(`${compared} compared`);
