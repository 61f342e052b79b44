import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ChatHubError, type ChatHubClientOptions, type Message, type SendMessageInput, type SyncPage } from '../src/index.js';
import { MemoryStorage } from '../src/sending/storage.js';
import { FakeServer } from './fake-server.js';
import { FakeBrowser } from './fake-tabs.js';
import { complete } from './scripts.js';
import { clientOn, settle } from './setup.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Tabs of one user: each with a client, and the messages that its updates have delivered. */
function browserOn(server: FakeServer) {
  const browser = new FakeBrowser(server);
  const storage = new MemoryStorage();
  return {
    open: (options: Partial<ChatHubClientOptions> = {}) => {
      const tab = browser.open();
      const client = clientOn(server, { storage, ...options }, { tabs: tab, transports: tab });
      const seqs: number[] = [];
      client.on('update', (update) => {
        if (update.type === 'message') seqs.push(update.message.seq);
      });
      client.start();
      return { client, seqs, crash: () => tab.crash(), mute: () => tab.mute() };
    },
  };
}

/** A server with one conversation, whose messages a test adds: live, or while there is no connection. */
class ConversationServer extends FakeServer {
  readonly messages: Message[] = [];

  constructor() {
    super();
    this.answers['ListConversations'] = ({ archived }: { archived?: boolean }) => ({ items: archived ? [] : [this.#conversation()] });
    this.answers['GetMessages'] = ({ after = 0, limit = 100 }: { after?: number; limit?: number }) =>
      ({ items: this.messages.filter((message) => message.seq > after).slice(0, limit), hasMore: false });
    this.answers['Sync'] = ({ after }: { after: number }) =>
      complete<SyncPage>({ version: this.version, conversations: after < this.version ? [this.#conversation()] : [] }, 'syncPage');
  }

  add(): void {
    this.messages.push(complete<Message>({ seq: this.messages.length + 1 }, 'message'));
    this.version++;
    this.push('MessageReceived', { version: this.version, message: this.messages.at(-1), unreadCount: this.messages.length, badges: complete({}, 'badges') });
  }

  #conversation(): object {
    return complete({ lastSeq: this.messages.length, lastMessage: this.messages.at(-1) ?? null, unreadCount: this.messages.length }, 'conversation');
  }
}

test('Five tabs share one connection, and all of them have the inbox and its updates', async () => {
  const server = new ConversationServer();
  server.add();
  const browser = browserOn(server);
  const tabs = [browser.open(), browser.open(), browser.open()];
  await settle(1_000);
  tabs.push(browser.open(), browser.open());
  await settle(1_000);
  server.add();
  server.add();
  await settle(1_000);

  expect(server.open).toHaveLength(1);
  expect(server.callsOf('GetMe')).toHaveLength(1);
  for (const { client, seqs } of tabs) {
    expect(client.state).toBe('online');
    expect(client.store.state.isReady).toBe(true);
    expect(client.store.state.conversations.get('c')?.lastSeq).toBe(3);
    expect(seqs).toEqual([2, 3]);
  }
});

test('Calls of every tab go over the one connection, with their results and errors', async () => {
  const server = new ConversationServer();
  server.answers['GetProfile'] = ({ userId }: { userId: string }) => ({ userId });
  server.answers['Follow'] = () => {
    throw new ChatHubError('rate_limited', 'Too many calls.', 3_600);
  };
  const browser = browserOn(server);
  const [, follower] = [browser.open(), browser.open()];
  await settle(1_000);

  const profile = follower.client.hub.GetProfile({ userId: 'u' });
  const refused = expect(follower.client.hub.Follow({ userId: 'u' })).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 3_600, isTransient: true });
  await settle(1_000);
  await expect(profile).resolves.toEqual({ userId: 'u' });
  await refused;
});

test.for(['crash', 'stop'] as const)('When the leader ends by %s, another tab goes on: no message is lost or delivered twice', async (how) => {
  const server = new ConversationServer();
  const browser = browserOn(server);
  const [leader, second, third] = [browser.open(), browser.open(), browser.open()];
  await settle(1_000);
  server.add();
  await settle(1_000);

  if (how === 'crash') leader.crash();
  else await Promise.all([leader.client.stop(), settle(10)]);
  server.add();
  await settle(1_000);
  server.add();
  await settle(60_000);

  expect(server.open).toHaveLength(1);
  for (const tab of [second, third]) {
    expect(tab.seqs).toEqual([1, 2, 3]);
    expect(tab.client.state).toBe('online');
    expect(tab.client.store.state.conversations.get('c')?.lastSeq).toBe(3);
  }
  expect(server.callsOf('GetMe')).toHaveLength(1);
});

test('Calls that the former leader did not answer are sent again by the next one; Report is not', async () => {
  const server = new ConversationServer();
  const browser = browserOn(server);
  const [leader, , third] = [browser.open(), browser.open(), browser.open()];
  await settle(1_000);
  server.answers['GetProfile'] = () => new Promise(() => {});
  server.answers['Report'] = () => new Promise(() => {});
  const profile = third.client.hub.GetProfile({ userId: 'u' });
  const report = expect(third.client.hub.Report({ userId: 'u', reason: 'spam' })).rejects.toMatchObject({ code: 'unreachable' });
  await settle(1_000);

  server.answers['GetProfile'] = () => ({ userId: 'u' });
  leader.crash();
  await settle(60_000);

  await expect(profile).resolves.toEqual({ userId: 'u' });
  await report;
  expect(server.callsOf('Report')).toHaveLength(1);
});

test('Message written in any tab shows in all, is sent once although the leader crashes meanwhile, and settles where it was written', async () => {
  const server = new ConversationServer();
  const stored = new Map<string, string>();
  server.answers['SendMessage'] = ({ clientId, text }: SendMessageInput) => {
    const isNew = !stored.has(clientId);
    stored.set(clientId, text);
    return isNew ? new Promise(() => {}) : complete({ version: 0, message: { text, clientId }, unreadCount: 0, badges: {} });
  };
  const browser = browserOn(server);
  const [leader, second, third] = [browser.open(), browser.open(), browser.open()];
  await settle(1_000);

  const sending = third.client.outbox.send({ conversationId: 'c', text: 'hello' });
  expect(third.client.outbox.items).toHaveLength(1);
  await settle(100);
  await sending.stored;
  expect(second.client.outbox.items).toMatchObject([{ clientId: sending.clientId, state: 'pending' }]);
  leader.crash();
  await settle(60_000);

  await expect(sending.result).resolves.toMatchObject({ message: { text: 'hello' } });
  expect([...stored]).toEqual([[sending.clientId, 'hello']]);
  for (const { client } of [second, third]) expect(client.outbox.items).toEqual([]);
});

test('Failed message is retried or discarded from any tab', async () => {
  const server = new ConversationServer();
  server.answers['SendMessage'] = () => {
    throw new ChatHubError('messaging_unavailable', 'They cannot be messaged.');
  };
  const browser = browserOn(server);
  const [leader, second] = [browser.open(), browser.open()];
  await settle(1_000);
  const { clientId, result } = leader.client.outbox.send({ conversationId: 'c', text: 'hello' });
  const refused = expect(result).rejects.toMatchObject({ code: 'messaging_unavailable' });
  await settle(1_000);
  await refused;
  expect(second.client.outbox.items).toMatchObject([{ clientId, state: 'failed', failure: { code: 'messaging_unavailable' } }]);

  second.client.outbox.retry(clientId);
  await settle(1_000);
  expect(server.callsOf('SendMessage')).toHaveLength(2);
  second.client.outbox.discard(clientId);
  await settle(1_000);
  expect(leader.client.outbox.items).toEqual([]);
});

test('Refused token ends the clients of all tabs', async () => {
  const server = new ConversationServer();
  server.refusedTokens.add('token');
  const browser = browserOn(server);
  const tabs = [browser.open(), browser.open()];
  await settle(60_000);

  for (const { client } of tabs) {
    expect(client.state).toBe('ended');
    expect(client.endReason?.code).toBe('unauthenticated');
  }
  expect(server.transports).toHaveLength(1);
});

test('Tab that opens after the client of the leader has ended makes a connection with its own token', async () => {
  const server = new ConversationServer();
  const browser = browserOn(server);
  const [leader, follower] = [browser.open(), browser.open()];
  await settle(1_000);
  server.refusedTokens.add('token');
  server.dropAll();
  await settle(60_000);
  for (const { client } of [leader, follower]) expect(client.endReason?.code).toBe('unauthenticated');

  const fresh = browser.open({ accessToken: async () => 'fresh' });
  server.answers['GetProfile'] = ({ userId }: { userId: string }) => ({ userId });
  const profile = fresh.client.hub.GetProfile({ userId: 'u' });
  await settle(1_000);

  expect(fresh.client.state).toBe('online');
  expect(fresh.client.store.state.isReady).toBe(true);
  await expect(profile).resolves.toEqual({ userId: 'u' });
  expect(server.open.map((transport) => transport.token)).toEqual(['fresh']);
  for (const { client } of [leader, follower]) {
    expect(client.state).toBe('ended');
    await expect(client.hub.GetMe()).rejects.toMatchObject({ code: 'unauthenticated' });
  }
});

test('Presence is not known any more in any tab after a new connection, whichever tab makes it', async () => {
  const server = new ConversationServer();
  const browser = browserOn(server);
  const [leader, second, third] = [browser.open(), browser.open(), browser.open()];
  await settle(1_000);
  const known = () => [leader, second, third].map(({ client }) => client.store.state.presence.get('id-alice'));
  server.push('PresenceChanged', { userId: 'id-alice', isOnline: true });
  await settle(1_000);
  expect(known()).toEqual([true, true, true]);

  server.dropAll();
  await settle(60_000);
  expect(known()).toEqual([undefined, undefined, undefined]);

  server.push('PresenceChanged', { userId: 'id-alice', isOnline: true });
  await settle(1_000);
  leader.crash();
  await settle(60_000);
  expect(known()).toEqual([true, undefined, undefined]);
});

test('Tab that opens while the leader loads gets what there is, and the rest with the updates', async () => {
  const server = new ConversationServer();
  let respond = (_: object) => {};
  server.answers['ListRequests'] = () => new Promise((resolve) => (respond = resolve));
  const browser = browserOn(server);
  browser.open();
  await settle(1_000);
  const late = browser.open();
  await settle(1_000);
  expect(late.client.store.state.conversations.has('c')).toBe(true);
  expect(late.client.store.state.isReady).toBe(false);

  server.answers['ListRequests'] = () => ({ items: [] });
  respond({ items: [complete({}, 'request')] });
  await settle(1_000);
  expect(late.client.store.state.requests.has('r')).toBe(true);
  expect(late.client.store.state.isReady).toBe(true);
});

test('Message that was sent, and whose leader crashed before it could say so, settles where it was written', async () => {
  const server = new ConversationServer();
  const stored = new Set<string>();
  const browser = browserOn(server);
  const [leader, second] = [browser.open(), browser.open()];
  await settle(1_000);
  server.answers['SendMessage'] = ({ clientId }: SendMessageInput) => {
    stored.add(clientId);
    // What the leader does with the response, the other tab never learns.
    leader.mute();
    return complete({ version: 0, message: { clientId }, unreadCount: 0, badges: {} });
  };
  const sending = second.client.outbox.send({ conversationId: 'c', text: 'hello' });
  await settle(1_000);
  expect(second.client.outbox.items).toHaveLength(1);

  leader.crash();
  await settle(60_000);

  await expect(sending.result).resolves.toMatchObject({ message: { clientId: sending.clientId } });
  expect(stored.size).toBe(1);
  expect(second.client.outbox.items).toEqual([]);
});
