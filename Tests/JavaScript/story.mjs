// The main job with the official JavaScript client: two strangers, one request, one chat.
// Arguments: the server's address, json or messagepack, and the address that bob uses, if it is another instance's.
// Ends with exit code 0 and "story completed", or with the first thing that was not as the contract says.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { connect, signUp } from "./client.mjs";

const [server, protocol, elsewhere = server] = process.argv.slice(2);

const alice = await connect(server, protocol, "alice", await signUp(server, "alice"));
const bob = await connect(elsewhere, protocol, "bob", await signUp(elsewhere, "bob"));

const found = await alice.call("SearchUsers", { query: bob.username });
assert.deepEqual(found.items.map((user) => user.userId), [bob.userId]);
assert.equal((await alice.call("GetProfile", { userId: bob.userId })).messageButton.state, "request");

const sent = await alice.call("SendRequest", { recipientId: bob.userId, text: "Hello Bob 👋", clientId: randomUUID() });
assert.equal(sent.version, 1);
assert.equal(sent.request.state, "pending");
const received = await bob.next("RequestReceived");
assert.deepEqual(received.badges, { pendingRequests: 1, filteredRequests: 0, unreadConversations: 0, unreadMessages: 0 });
assert.equal(received.request.direction, "incoming");

const preview = await bob.call("GetRequest", { requestId: received.request.requestId });
const { context, ...shown } = preview;
assert.deepEqual(shown, received.request);
assert.deepEqual([context.youFollow, context.followsYou, context.earlierRequests], [false, false, 0]);

const accepted = await bob.call("AcceptRequest", { requestId: preview.requestId });
assert.equal(accepted.version, 2);
const notified = await alice.next("RequestAccepted");
assert.equal(notified.version, 2);
assert.equal(notified.conversation.lastMessage.status, "seen");
const { conversationId } = notified.conversation;

const said = await alice.call("SendMessage", { conversationId, text: "How is the boat?", clientId: randomUUID() });
assert.equal(said.message.seq, 2);
assert.equal(said.message.status, "sent");
assert.match(said.message.sentAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const pushed = await bob.next("MessageReceived");
const { clientId, ...message } = said.message;
assert.deepEqual(pushed.message, message);
assert.equal(pushed.unreadCount, 1);

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
console.log("story completed");
