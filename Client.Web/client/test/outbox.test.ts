import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ChatHubError, type MessageReceived, type OutboxItem, type SendMessageInput } from '../src/index.js';
import { newClientId } from '../src/sending/client-ids.js';
import { IndexedDbStorage, MemoryStorage } from '../src/sending/storage.js';
import { FakeServer } from './fake-server.js';
import { complete } from './scripts.js';
import { clientOn, settle } from './setup.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Stores each message once by its clientId, as the server does. */
class Conversations {
  readonly texts: string[] = [];
  readonly #stored = new Map<string, MessageReceived>();

  send({ clientId, conversationId, text }: SendMessageInput): MessageReceived {
    const before = this.#stored.get(clientId);
    if (before) return { ...before, version: 0 };
    this.texts.push(text);
    const received = complete<MessageReceived>({ version: 0, message: { conversationId, text, clientId, seq: this.texts.length }, unreadCount: 0, badges: {} });
    this.#stored.set(clientId, received);
    return received;
  }
}

test('Messages are sent one at a time in order, each once, across connections that break before and after the server has stored them', async () => {
  const server = new FakeServer();
  const stored = new Conversations();
  let attempt = 0;
  server.answers['SendMessage'] = (input: SendMessageInput) => {
    if (++attempt % 3 === 0) return server.lose();
    const result = stored.send(input);
    return attempt % 3 === 1 ? server.lose() : result;
  };
  const client = clientOn(server);
  client.start();

  const texts = Array.from({ length: 10 }, (_, i) => `message ${i}`);
  const results = texts.map((text) => client.outbox.send({ conversationId: 'c', text }).result);
  expect(client.outbox.items.map((item) => item.state)).toEqual(Array(10).fill('pending'));
  await settle(3_600_000);

  expect(stored.texts).toEqual(texts);
  expect((await Promise.all(results)).map((result) => result.message.text)).toEqual(texts);
  expect(client.outbox.items).toEqual([]);
});

test('Message of one conversation does not wait for another conversation', async () => {
  const server = new FakeServer();
  const stored = new Conversations();
  server.answers['SendMessage'] = (input: SendMessageInput) => (input.conversationId === 'stuck' ? new Promise(() => {}) : stored.send(input));
  const client = clientOn(server);
  client.start();
  client.outbox.send({ conversationId: 'stuck', text: 'waits' });
  client.outbox.send({ conversationId: 'c', text: 'goes' });
  await settle();
  expect(stored.texts).toEqual(['goes']);
});

test('Rate limit and a server that cannot store are waited out', async () => {
  const server = new FakeServer();
  const stored = new Conversations();
  const errors = [new ChatHubError('rate_limited', 'Too many calls.', 60), new ChatHubError('unavailable', 'Later.', 5)];
  server.answers['SendMessage'] = (input: SendMessageInput) => {
    const error = errors.shift();
    if (error) throw error;
    return stored.send(input);
  };
  const client = clientOn(server);
  client.start();
  client.outbox.send({ conversationId: 'c', text: 'hello' });

  await settle(59_000);
  expect(errors).toHaveLength(1);
  await settle(20_000);
  expect(stored.texts).toEqual(['hello']);
});

test('Refused message stays as failed with its code, the next one goes; retried it is sent with the same clientId, discarded it is gone', async () => {
  const server = new FakeServer();
  const stored = new Conversations();
  let refuses = true;
  server.answers['SendMessage'] = (input: SendMessageInput) => {
    if (refuses && input.text !== 'next') throw new ChatHubError('you_blocked_user', 'You have blocked this user.');
    return stored.send(input);
  };
  const client = clientOn(server);
  client.start();
  const sending = client.outbox.send({ conversationId: 'c', text: ' first ' });
  client.outbox.send({ conversationId: 'c', text: 'next' });
  const dropped = client.outbox.send({ conversationId: 'c', text: 'dropped' });
  await expect(sending.result).rejects.toMatchObject({ code: 'you_blocked_user' });
  await settle();

  expect(client.outbox.items.map((item) => [item.content.text, item.state, item.failure?.code])).toEqual([
    ['first', 'failed', 'you_blocked_user'], ['dropped', 'failed', 'you_blocked_user']]);
  client.outbox.discard(dropped.clientId);
  refuses = false;
  client.outbox.retry(sending.clientId);
  await settle();

  expect(stored.texts).toEqual(['next', 'first']);
  expect(client.outbox.items).toEqual([]);
  const ids = server.callsOf('SendMessage').map((input) => (input as SendMessageInput).clientId);
  expect(ids.filter((id) => id === sending.clientId)).toHaveLength(2);
});

test('Message that is retried as soon as its failure is known is sent', async () => {
  const server = new FakeServer();
  const stored = new Conversations();
  let refuses = true;
  server.answers['SendMessage'] = (input: SendMessageInput) => {
    if (refuses) throw new ChatHubError('you_blocked_user', 'You have blocked this user.');
    return stored.send(input);
  };
  const client = clientOn(server);
  client.start();
  const sending = client.outbox.send({ conversationId: 'c', text: 'hello' });
  sending.result.catch(() => {
    refuses = false;
    client.outbox.retry(sending.clientId);
  });
  await settle();

  expect(stored.texts).toEqual(['hello']);
  expect(client.outbox.items).toEqual([]);
});

test('Items survive a reload in IndexedDB and are sent once, with the clientId of before, by the account that wrote them', async () => {
  vi.useRealTimers();
  const storage = new IndexedDbStorage();
  const server = new FakeServer();
  const stored = new Conversations();
  server.answers['SendMessage'] = (input: SendMessageInput) => (stored.send(input), server.lose());
  const before = clientOn(server, { storage });
  before.start();
  const sending = before.outbox.send({ conversationId: 'c', text: 'written before the reload', replyToSeq: 3 });
  await sending.stored;
  await vi.waitFor(() => expect(stored.texts).toHaveLength(1));
  await before.stop();

  server.answers['SendMessage'] = (input: SendMessageInput) => stored.send(input);
  const other = clientOn(server, { storage: new IndexedDbStorage(), account: 'alice' });
  other.start();
  const after = clientOn(server, { storage: new IndexedDbStorage() });
  after.start();
  await vi.waitFor(() => expect(server.callsOf('SendMessage').length).toBeGreaterThan(1));
  await vi.waitFor(async () => expect(await storage.load('http://chat.test/ bob')).toEqual([]));

  expect(stored.texts).toEqual(['written before the reload']);
  for (const input of server.callsOf('SendMessage')) expect(input).toMatchObject({ clientId: sending.clientId, replyToSeq: 3 });
  expect(other.outbox.items).toEqual([]);
});

test('Item whose attempt without a response is older than the server remembers is not resent by itself', async () => {
  const storage = new MemoryStorage();
  const attemptedAt = new Date(Date.now() - 24 * 3_600_000).toISOString();
  const item: OutboxItem = { clientId: newClientId(), content: { conversationId: 'c', text: 'old' }, addedAt: attemptedAt, attemptedAt, state: 'pending' };
  await storage.put('http://chat.test/ bob', item);
  const server = new FakeServer();
  const client = clientOn(server, { storage });
  client.start();
  await settle();

  expect(server.callsOf('SendMessage')).toEqual([]);
  expect(client.outbox.items).toMatchObject([{ clientId: item.clientId, state: 'failed' }]);
});

test('Request goes out as SendRequest; a text that is empty or too long is refused before', async () => {
  const server = new FakeServer();
  server.answers['SendRequest'] = () => complete({ version: 0, request: { direction: 'outgoing' }, badges: {} });
  const client = clientOn(server);
  client.start();
  await client.outbox.send({ recipientId: 'u', text: 'How are you?' }).result;

  expect(server.callsOf('SendRequest')).toMatchObject([{ recipientId: 'u', text: 'How are you?' }]);
  expect(() => client.outbox.send({ recipientId: 'u', text: ' \n ' })).toThrow(ChatHubError);
  expect(() => client.outbox.send({ recipientId: 'u', text: '👋'.repeat(501) })).toThrow(ChatHubError);
  expect(() => client.outbox.send({ recipientId: 'u', text: '👋'.repeat(500) })).not.toThrow();
});

test('Client ids are version-7 UUIDs that rise with time', () => {
  const ids = [0, 1, 1_700_000_000_000, 1_800_000_000_000].map((now) => newClientId(now));
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
  expect([...ids].sort()).toEqual(ids);
  expect(parseInt(newClientId(1_700_000_000_000).slice(0, 12), 16)).toBe(1_700_000_000_000);
});
