import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { applyUpdates, chats, emptyInbox, hasNews, requestsFolder, type Conversation, type Me, type Message, type Request, type Update } from '../src/index.js';
import { FakeServer } from './fake-server.js';
import { complete } from './scripts.js';
import { clientOn, settle } from './setup.js';

const message = (seq: number, rest: Partial<Message> = {}) => complete<Message>({ seq, text: `text ${seq}`, ...rest }, 'message');
const conversation = (rest: Partial<Conversation> = {}): Update => ({ type: 'conversation', conversation: complete<Conversation>(rest, 'conversation') });
const request = (rest: Partial<Request> = {}): Update => ({ type: 'request', request: complete<Request>(rest, 'request') });
const loaded = applyUpdates(emptyInbox, [
  { type: 'cleared' }, conversation(), request(), { type: 'me', me: complete<Me>({ badges: { pendingRequests: 1 } }, 'me') }, { type: 'ready' }]);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('Inbox after loading has conversations, requests, badges and the user', () => {
  expect(loaded.isReady).toBe(true);
  expect(loaded.me?.user.username).toBe('bob');
  expect(chats(loaded).map((chat) => chat.peer.username)).toEqual(['alice']);
  expect(requestsFolder(loaded).map((item) => item.text)).toEqual(['Hi']);
  expect(hasNews(loaded)).toBe(true);
});

test('Earlier state stays as it is', () => {
  applyUpdates(loaded, [{ type: 'requestRemoved', requestId: 'r' }, { type: 'message', message: message(1) }, { type: 'cleared' }]);
  expect(requestsFolder(loaded)).toHaveLength(1);
  expect(loaded.conversations.get('c')?.lastSeq).toBe(0);
});

test('Message moves its conversation to the top, below the pinned ones, and out of the archive', () => {
  const state = applyUpdates(loaded, [
    conversation({ conversationId: 'pinned', isPinned: true, updatedAt: '2020-01-01T00:00:00.000Z' }),
    conversation({ conversationId: 'later', updatedAt: '2026-11-22T12:01:00.000Z' }),
    conversation({ isArchived: true }),
    { type: 'message', message: message(1, { sentAt: '2026-11-22T13:00:00.000Z' }), unreadCount: 1 }]);
  expect(chats(state).map((chat) => chat.conversationId)).toEqual(['pinned', 'c', 'later']);
  expect(state.conversations.get('c')).toMatchObject({ lastSeq: 1, unreadCount: 1, isArchived: false, lastMessage: { text: 'text 1' } });
});

test('Last message that comes with its conversation leaves the conversation in the archive', () => {
  const state = applyUpdates(loaded, [conversation({ isArchived: true, lastSeq: 1, lastMessage: message(1), unreadCount: 3 }), { type: 'message', message: message(1) }]);
  expect(state.conversations.get('c')).toMatchObject({ isArchived: true, unreadCount: 3 });
});

test("Peer's mark makes own messages seen; the user's own lowers the unread count", () => {
  const own = applyUpdates(loaded, [
    { type: 'message', message: message(1, { senderId: 'id-bob' }), unreadCount: 0 },
    { type: 'seen', conversationId: 'c', seenBy: 'id-alice', seq: 1, at: '', unreadCount: 0 }]);
  expect(own.conversations.get('c')).toMatchObject({ peerSeenSeq: 1, lastMessage: { status: 'seen' } });

  const read = applyUpdates(loaded, [
    { type: 'message', message: message(1), unreadCount: 1 },
    { type: 'seen', conversationId: 'c', seenBy: 'id-bob', seq: 1, at: '', unreadCount: 0 }]);
  expect(read.conversations.get('c')).toMatchObject({ seenSeq: 1, unreadCount: 0, lastMessage: { status: 'sent' } });
});

// Two crossing requests: alice's became message 1, the user's own message 2.
const accepted = applyUpdates(loaded, [
  request({ state: 'accepted', conversationId: 'c', sentAt: '2026-11-22T12:00:00.000Z' }),
  request({ requestId: 'mine', text: 'Mine', direction: 'outgoing', state: 'accepted', conversationId: 'c', sentAt: '2026-11-22T12:01:00.000Z', sender: { ...loaded.me!.user } })]);
const texts = ({ requests }: typeof loaded) => [requests.get('r')?.text, requests.get('mine')?.text];

test('Change of its message gives an accepted request that text, unless it is older', () => {
  const change = (seq: number, text: string, number: number, rest: Partial<Message> = {}): Update =>
    ({ type: 'messageChanged', message: message(seq, { text, change: number, sentAt: '2026-11-22T12:00:00.000Z', ...rest }), lastChange: number });
  const state = applyUpdates(accepted, [change(1, 'first', 1), change(1, 'second', 2), change(1, 'first', 1), change(2, 'none', 3, { sentAt: '2026-11-22T13:00:00.000Z' })]);
  expect(texts(state)).toEqual(['second', 'Mine']);
  expect(texts(applyUpdates(state, [change(2, 'edited', 4, { senderId: 'id-bob', sentAt: '2026-11-22T12:01:00.000Z' })]))).toEqual(['second', 'edited']);
});

test('Clearing empties the texts of the requests whose messages it covers', () => {
  const state = applyUpdates(accepted, [conversation({ lastSeq: 2, clearedSeq: 1 })]);
  expect(texts(state)).toEqual(['', 'Mine']);
  expect(texts(applyUpdates(state, [conversation({ lastSeq: 2, clearedSeq: 2 })]))).toEqual(['', '']);
});

test('Change of the last message is shown by the conversation; of two versions the later one wins', () => {
  const state = applyUpdates(loaded, [
    { type: 'message', message: message(1) },
    { type: 'messageChanged', message: message(1, { change: 2, text: 'second' }), lastChange: 2 },
    { type: 'messageChanged', message: message(1, { change: 1, text: 'first' }), lastChange: 1 }]);
  expect(state.conversations.get('c')).toMatchObject({ lastChange: 2, lastMessage: { text: 'second' } });
});

test('Hidden words stay when Sync omits them', () => {
  const settings = { messagingPolicy: 'everyone', sendSeenReceipts: true, showPresence: true, hiddenWords: ['spam'] } as const;
  const state = applyUpdates(loaded, [
    { type: 'me', me: complete<Me>({ settings }, 'me') }, { type: 'me', me: complete<Me>({}, 'me') }]);
  expect(state.me?.settings.hiddenWords).toEqual(['spam']);
});

test('Folders of requests are apart, the newest first', () => {
  const state = applyUpdates(loaded, [
    request({ requestId: 'newer', sentAt: '2026-11-22T13:00:00.000Z' }), request({ requestId: 'hidden', folder: 'filtered' }), request({ requestId: 'own', direction: 'outgoing' })]);
  expect(requestsFolder(state).map((item) => item.requestId)).toEqual(['newer', 'r']);
  expect(requestsFolder(state, 'filtered').map((item) => item.requestId)).toEqual(['hidden']);
});

test('Listener that throws is reported, and keeps neither the others nor the client from going on', async () => {
  const server = new FakeServer();
  const client = clientOn(server);
  const errors: unknown[] = [];
  vi.stubGlobal('queueMicrotask', (report: () => void) => {
    try {
      report();
    } catch (error) {
      errors.push(error);
    }
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  const failure = new Error('The page has a bug.');
  const seen: string[] = [];
  client.store.subscribe(() => {
    throw failure;
  });
  client.store.subscribe((state) => seen.push(state.me?.user.username ?? ''));
  client.start();
  await settle();

  expect(client.state).toBe('online');
  expect(seen).toContain('bob');
  expect(errors).toEqual(seen.map(() => failure));
});

test('What is known of presence is dropped with a new connection', async () => {
  const server = new FakeServer();
  const client = clientOn(server);
  client.start();
  await settle();
  server.push('PresenceChanged', { userId: 'id-alice', isOnline: true });
  await settle();
  expect(client.store.state.presence.get('id-alice')).toBe(true);

  server.dropAll();
  await settle(60_000);
  expect(client.state).toBe('online');
  expect(client.store.state.presence.has('id-alice')).toBe(false);
  server.push('PresenceChanged', { userId: 'id-alice', isOnline: false });
  await settle();
  expect(client.store.state.presence.get('id-alice')).toBe(false);
});

test('What is known of presence is dropped when changes of it had to be', async () => {
  const server = new FakeServer();
  const client = clientOn(server);
  client.start();
  await settle();
  let respond = (_: object) => {};
  server.answers['Sync'] = () => new Promise((resolve) => (respond = resolve));
  server.push('Position', { epoch: 'e', version: 6 });
  await settle(10_000);
  // While Sync is not answered, more arrive than the queue holds.
  for (let i = 0; i < 2_000; i++) server.push('PresenceChanged', { userId: 'id-alice', isOnline: i < 1_000 });

  server.answers['Sync'] = () => complete({ version: 6 }, 'syncPage');
  respond(complete({ version: 6 }, 'syncPage'));
  await settle();
  expect(client.store.state.presence.has('id-alice')).toBe(false);
});

test('Typing ends after 5 seconds, or with the message', async () => {
  const server = new FakeServer();
  server.answers['ListConversations'] = () => ({ items: [complete({}, 'conversation')] });
  const client = clientOn(server);
  client.start();
  await settle();

  server.push('Typing', { conversationId: 'c', userId: 'id-alice' });
  await settle(4_900);
  expect(client.store.state.typing.has('c')).toBe(true);
  await settle(200);
  expect(client.store.state.typing.has('c')).toBe(false);

  server.push('Typing', { conversationId: 'c', userId: 'id-alice' });
  server.push('MessageReceived', complete({ version: 6, message: { seq: 1 }, unreadCount: 1, badges: {} }));
  await settle();
  expect(client.store.state.typing.has('c')).toBe(false);
});

test('Opened conversation holds the latest messages, those that arrive while they are read, marks and changes, and earlier ones on demand', async () => {
  const server = new FakeServer();
  const all = Array.from({ length: 5 }, (_, i) => message(i + 1, { senderId: 'id-bob' }));
  server.answers['ListConversations'] = () => ({ items: [complete({ lastSeq: 5, lastMessage: all[4] }, 'conversation')] });
  let respond = (_: object) => {};
  server.answers['GetMessages'] = (input: { before?: number }) =>
    input.before === undefined ? new Promise((resolve) => (respond = resolve)) : { items: all.slice(0, 3), hasMore: false };
  const client = clientOn(server);
  client.start();
  await settle();
  const items = () => client.store.state.messages.get('c')?.items.map((item) => `${item.seq} ${item.text} ${item.status}`);

  const opening = client.store.openConversation('c', 2);
  server.push('MessageReceived', complete({ version: 6, message: { seq: 6, text: 'text 6' }, unreadCount: 1, badges: {} }));
  server.push('MessagesSeen', { version: 7, conversationId: 'c', seenBy: 'id-alice', seq: 4, at: '', unreadCount: 0, badges: {} });
  server.push('MessageChanged', complete({ version: 8, message: { seq: 5, change: 1, text: 'edited', senderId: 'id-bob' }, lastChange: 1, badges: {} }));
  await settle();
  respond({ items: all.slice(3), hasMore: true });
  await opening;

  expect(items()).toEqual(['4 text 4 seen', '5 edited sent', '6 text 6 sent']);
  await Promise.all([client.store.loadEarlier('c'), client.store.loadEarlier('c')]);
  expect(items()).toEqual(['1 text 1 seen', '2 text 2 seen', '3 text 3 seen', '4 text 4 seen', '5 edited sent', '6 text 6 sent']);
  expect(client.store.state.messages.get('c')?.hasEarlier).toBe(false);
  expect(server.callsOf('GetMessages')).toHaveLength(2);
  client.store.closeConversation('c');
  expect(items()).toBeUndefined();
});

test('Cleared conversation shows nothing from before', async () => {
  const server = new FakeServer();
  server.answers['ListConversations'] = () => ({ items: [complete({ lastSeq: 2, lastMessage: { seq: 2 } }, 'conversation')] });
  server.answers['GetMessages'] = () => ({ items: [message(1), message(2)], hasMore: false });
  const client = clientOn(server);
  client.start();
  await settle();
  await client.store.openConversation('c');

  server.push('ConversationChanged', complete({ version: 6, conversation: { lastSeq: 2, clearedSeq: 1 }, badges: {} }));
  await settle();
  expect(client.store.state.messages.get('c')?.items.map((item) => item.seq)).toEqual([2]);
});

test('After a reset opened conversations are read again', async () => {
  const server = new FakeServer();
  server.answers['ListConversations'] = () => ({ items: [complete({ lastSeq: 1, lastMessage: { seq: 1 } }, 'conversation')] });
  server.answers['GetMessages'] = () => ({ items: [message(1)], hasMore: false });
  const client = clientOn(server);
  client.start();
  await settle();
  await client.store.openConversation('c');

  server.answers['Sync'] = () => (server.answers['Sync'] = () => complete({ version: 1, epoch: 'e2' }, 'syncPage'), complete({ version: 1, reset: true }, 'syncPage'));
  server.answers['GetMessages'] = () => ({ items: [message(1, { text: 'restored' })], hasMore: false });
  server.push('Position', { epoch: 'e2', version: 1 });
  await settle();

  expect(client.store.state.isReady).toBe(true);
  expect(client.store.state.messages.get('c')?.items.map((item) => item.text)).toEqual(['restored']);
});
