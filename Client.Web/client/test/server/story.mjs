// Two users of the SDK on a real server that is killed in between. Usage: node story.mjs SERVER PROTOCOL
// Says "talking" when the server should be killed, and "offline" when it should be started again.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ChatHubAccounts, createChatHubClient } from '@chathub/client';

const [url, protocol] = process.argv.slice(2);
const patience = 60_000;

async function connect(name) {
  const session = await new ChatHubAccounts(url).signUp({
    username: `${name}_${randomUUID().slice(0, 8)}`, password: 'correct horse', birthDate: '1990-05-17', displayName: name });
  const client = createChatHubClient({ url, protocol, accessToken: async () => session.accessToken, initialRetryDelay: 100, maxRetryDelay: 500 });
  const received = [];
  client.on('update', (update) => {
    if (update.type === 'message') received.push(update.message);
  });
  client.start();
  await until(() => client.store.state.isReady, client, `${name} has the inbox`);
  return { name, client, received };
}

/** Waits until a condition holds that changes with the client's updates, store, state or outbox. */
function until(condition, client, what) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Not in time: ${typeof what === 'function' ? what() : what}`)), patience);
    const check = () => {
      if (!condition()) return;
      clearTimeout(timer);
      for (const unsubscribe of subscriptions.splice(0)) unsubscribe();
      resolve();
    };
    const subscriptions = [client.on('update', check), client.store.subscribe(check), client.on('state', check), client.on('outbox', check)];
    check();
  });
}

const [alice, bob] = [await connect('alice'), await connect('bob')];
const chatOf = ({ client }) => client.store.state.conversations.get(chat.conversationId);

// A request, its acceptance, and the first messages.
const request = await alice.client.outbox.send({ recipientId: bob.client.userId, text: 'Hi Bob, how did you learn to juggle?' }).result;
assert.equal(request.request.state, 'pending');
await until(() => bob.client.store.state.badges.pendingRequests === 1, bob.client, 'bob has the request');
const { conversation: chat } = await bob.client.hub.AcceptRequest({ requestId: request.request.requestId });
await until(() => chatOf(alice), alice.client, 'alice has the chat');
await bob.client.outbox.send({ conversationId: chat.conversationId, text: 'With oranges. 🍊' }).result;
await until(() => chatOf(alice).lastSeq === 2, alice.client, 'alice has the answer');
await assert.rejects(alice.client.hub.GetProfile({ userId: 'unknown' }), { code: 'user_not_found' });

// Blue, then green.
await bob.client.store.openConversation(chat.conversationId);
const statuses = () => bob.client.store.state.messages.get(chat.conversationId).items.map((message) => message.status);
assert.equal(statuses()[1], 'sent');
await alice.client.hub.MarkSeen({ conversationId: chat.conversationId, seq: 2 });
await until(() => statuses()[1] === 'seen', bob.client, "alice's mark reaches bob");

// An edit and a reaction reach the other side's open conversation.
const second = () => bob.client.store.state.messages.get(chat.conversationId).items[1];
const reactions = () => second().reactions?.map((reaction) => reaction.emoji) ?? [];
await bob.client.hub.EditMessage({ conversationId: chat.conversationId, seq: 2, text: 'With lemons. 🍋' });
await alice.client.hub.React({ conversationId: chat.conversationId, seq: 2, emoji: '👍' });
await until(() => second().text === 'With lemons. 🍋' && reactions()[0] === '👍', bob.client, "the edit and alice's reaction reach bob");
await until(() => chatOf(alice).lastMessage.text === 'With lemons. 🍋' && chatOf(alice).lastChange === 2, alice.client, 'the edit reaches alice');

// The server is killed while both talk; both go on writing.
const written = [];
function write(person) {
  const text = `${person.name} ${written.length}`;
  written.push({ person, text });
  person.client.outbox.send({ conversationId: chat.conversationId, text });
}
const talking = setInterval(() => [alice, bob].forEach(write), 20);
await until(() => chatOf(bob).lastSeq >= 12, bob.client, 'they talk');
console.log('talking');
await Promise.all([alice, bob].map(({ client }) => until(() => client.state === 'reconnecting', client, 'the server is away')));
for (let i = 0; i < 10; i++) [alice, bob].forEach(write);
clearInterval(talking);
console.log('offline');

const last = () => written.length + 2;
for (const { client, name } of [alice, bob]) {
  await until(() => client.state === 'online' && client.outbox.items.length === 0, client, `${name} has sent everything`);
}
for (const person of [alice, bob]) {
  await until(() => person.received.length >= last() && chatOf(person).lastSeq === last(), person.client,
    () => `${person.name} has received ${person.received.length} messages up to ${chatOf(person).lastSeq}, of ${last()}`);
  assert.deepEqual(person.received.map((message) => message.seq), Array.from({ length: last() }, (_, i) => i + 1));
  for (const writer of [alice, bob]) {
    const own = person.received.slice(2).filter((message) => message.senderId === writer.client.userId).map((message) => message.text);
    assert.deepEqual(own, written.filter((entry) => entry.person === writer).map((entry) => entry.text));
  }
}

await Promise.all([alice.client.stop(), bob.client.stop()]);
assert.equal(alice.client.state, 'ended');
console.log(`nothing lost or doubled`);
