import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ChatHubError, type ClientState } from '../src/index.js';
import { FakeServer } from './fake-server.js';
import { complete } from './scripts.js';
import { clientOn, FakeNetwork, settle, tokenExpiringAt } from './setup.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function statesOf(client: ReturnType<typeof clientOn>): ClientState[] {
  const states: ClientState[] = [];
  client.on('state', (state) => states.push(state));
  return states;
}

test('Client connects, loads the inbox and is online', async () => {
  const server = new FakeServer();
  const client = clientOn(server);
  const states = statesOf(client);

  client.start();
  await settle();

  expect(states).toEqual(['connecting', 'online']);
  expect(client.store.state.isReady).toBe(true);
  expect(client.userId).toBe('id-bob');
});

test('Broken connection is made again, and Sync comes first', async () => {
  const server = new FakeServer();
  const client = clientOn(server);
  client.start();
  await settle();
  const states = statesOf(client);
  server.calls.length = 0;

  server.isDown = true;
  server.dropAll();
  await settle(20_000);
  expect(client.state).toBe('reconnecting');
  expect(server.transports.length).toBeGreaterThan(2);
  server.isDown = false;
  await settle(30_000);

  expect(states).toEqual(['reconnecting', 'online']);
  expect(server.calls[0]).toEqual({ method: 'Sync', input: { epoch: 'e', after: 5, limit: 100 } });
  expect(server.open).toHaveLength(1);
});

test('Delays between attempts are drawn from a span that doubles up to its maximum', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(1);
  const server = new FakeServer();
  server.isDown = true;
  const client = clientOn(server, { initialRetryDelay: 1_000, maxRetryDelay: 4_000 });
  client.start();

  const attempts: number[] = [];
  for (let second = 0; second <= 15; second++) {
    await settle(second === 0 ? 0 : 1_000);
    attempts.push(server.transports.length);
  }

  expect(attempts).toEqual([1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6]);
  vi.restoreAllMocks();
});

test('Refused token is renewed once; a second refusal ends the client', async () => {
  const server = new FakeServer();
  server.refusedTokens.add('old');
  const refused: (string | undefined)[] = [];
  const renewing = clientOn(server, { accessToken: async (token) => (refused.push(token), token === 'old' ? 'new' : 'old') });
  renewing.start();
  await settle();
  expect(renewing.state).toBe('online');
  expect(refused).toEqual([undefined, 'old']);

  const stubborn = clientOn(server, { accessToken: async () => 'old' });
  stubborn.start();
  await settle();
  expect(stubborn.state).toBe('ended');
  expect(stubborn.endReason).toMatchObject({ code: 'unauthenticated' });
  await expect(stubborn.hub.GetMe()).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('Refused token that cannot be renewed yet is renewed with backoff, after the wait that the failure names', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(1);
  const server = new FakeServer();
  server.refusedTokens.add('old');
  const failures = [new TypeError('fetch failed'), new ChatHubError('rate_limited', 'Too many calls.', 60), new ChatHubError('unavailable', 'Later.')];
  const refused: (string | undefined)[] = [];
  const client = clientOn(server, {
    initialRetryDelay: 1_000,
    accessToken: async (token) => {
      // More calls than these would be calls without a pause.
      if (refused.push(token) > 100) return new Promise(() => {});
      if (token === undefined) return 'old';
      const failure = failures.shift();
      if (failure) throw failure;
      return 'new';
    },
  });
  client.start();

  const calls: number[] = [];
  for (const wait of [0, 900, 100, 61_900, 100, 3_900, 100]) {
    await settle(wait);
    calls.push(refused.length);
  }

  expect(calls).toEqual([2, 2, 3, 3, 4, 4, 5]);
  expect(refused).toEqual([undefined, 'old', 'old', 'old', 'old']);
  expect(client.state).toBe('online');
  vi.restoreAllMocks();
});

test('Server that does not say whether it refuses the token holds up neither the next attempt nor the end', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(1);
  const server = new FakeServer();
  server.isDown = true;
  const checks: AbortSignal[] = [];
  server.refuses = (_, signal) => (checks.push(signal), new Promise(() => {}));
  const client = clientOn(server, { initialRetryDelay: 1_000 });
  client.start();

  await settle(5_900);
  expect(server.transports).toHaveLength(1);
  await settle(100);
  expect(server.transports).toHaveLength(2);
  expect(checks.map((signal) => signal.aborted)).toEqual([true, false]);

  const stopped = vi.fn();
  void client.stop().then(stopped);
  await settle();
  expect(stopped).toHaveBeenCalled();
  expect(checks.map((signal) => signal.aborted)).toEqual([true, true]);
  vi.restoreAllMocks();
});

test('Token callback that fails without a network is asked again; one that says unauthenticated ends the client', async () => {
  const server = new FakeServer();
  let attempts = 0;
  const client = clientOn(server, { accessToken: async () => (++attempts < 3 ? Promise.reject(new TypeError('fetch failed')) : 'token') });
  client.start();
  await settle(60_000);
  expect(client.state).toBe('online');

  const signedOut = clientOn(server, { accessToken: () => Promise.reject(new ChatHubError('unauthenticated', 'Signed out.')) });
  signedOut.start();
  await settle();
  expect(signedOut.state).toBe('ended');
});

test('Token is renewed before it expires, without a change of the state', async () => {
  const server = new FakeServer();
  const first = tokenExpiringAt(Date.now() + 600_000);
  let token = first;
  const client = clientOn(server, { accessToken: async () => token });
  client.start();
  await settle();
  const states = statesOf(client);
  token = tokenExpiringAt(Date.now() + 1_200_000);

  await settle(539_000);
  expect(server.open[0]?.token).toBe(first);
  await settle(2_000);

  expect(server.open.map((transport) => transport.token)).toEqual([token]);
  expect(states).toEqual([]);
});

test('Draining server is left within the time it gives, after the calls in flight', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  const server = new FakeServer();
  const client = clientOn(server);
  client.start();
  await settle();
  const first = server.open[0];
  let respond = (_: object) => {};
  server.answers['GetProfile'] = () => new Promise((resolve) => (respond = resolve));
  const call = client.hub.GetProfile({ userId: 'u' });

  server.push('ServerDraining', { reconnectWithinSeconds: 10 });
  await settle(4_900);
  expect(server.open).toEqual([first]);
  await settle(200);
  expect(server.open).toEqual([first]);
  respond({ userId: 'u' });
  await settle();

  await expect(call).resolves.toEqual({ userId: 'u' });
  expect(server.open).toHaveLength(1);
  expect(server.open).not.toEqual([first]);
  expect(server.callsOf('GetProfile')).toHaveLength(1);
  vi.restoreAllMocks();
});

test('Offline device is offline at once, and online at once when the network is back', async () => {
  const server = new FakeServer();
  const network = new FakeNetwork();
  const client = clientOn(server, {}, { network });
  client.start();
  await settle();
  const states = statesOf(client);

  network.set(false);
  await settle(100_000);
  expect(states).toEqual(['offline']);
  expect(server.open).toHaveLength(0);
  network.set(true);
  await settle();

  expect(states).toEqual(['offline', 'reconnecting', 'online']);
});

test('Call waits out a rate limit, and for the next connection', async () => {
  const server = new FakeServer();
  const client = clientOn(server);
  client.start();
  await settle();
  let attempts = 0;
  server.answers['GetProfile'] = () => {
    if (++attempts === 1) throw new ChatHubError('rate_limited', 'Too many calls.', 3);
    if (attempts === 2) return server.lose();
    return { userId: 'u' };
  };

  const call = client.hub.GetProfile({ userId: 'u' });
  await settle(2_900);
  expect(attempts).toBe(1);
  await settle(60_000);

  await expect(call).resolves.toEqual({ userId: 'u' });
  expect(attempts).toBe(3);
});

test('Call without a connection fails as unreachable after its time; a refused one at once', async () => {
  const server = new FakeServer();
  const client = clientOn(server, { maxReconnectWait: 10_000 });
  client.start();
  await settle();
  server.answers['Follow'] = () => {
    throw new ChatHubError('user_not_found', 'There is no such user.');
  };
  await expect(client.hub.Follow({ userId: 'u' })).rejects.toMatchObject({ code: 'user_not_found' });

  server.isDown = true;
  server.dropAll();
  const call = client.hub.Follow({ userId: 'u' });
  const outcome = expect(call).rejects.toMatchObject({ code: 'unreachable' });
  await settle(11_000);
  await outcome;
});

test('Report whose connection broke is not repeated', async () => {
  const server = new FakeServer();
  const client = clientOn(server);
  client.start();
  await settle();
  server.answers['Report'] = () => server.lose();

  const outcome = expect(client.hub.Report({ userId: 'u', reason: 'spam' })).rejects.toMatchObject({ code: 'unreachable' });
  await settle(60_000);

  await outcome;
  expect(server.callsOf('Report')).toHaveLength(1);
});

test("Result of the client's own call counts as its version's event; version 0 never moves", async () => {
  const server = new FakeServer();
  const client = clientOn(server);
  client.start();
  await settle();
  const updates: string[] = [];
  client.on('update', (update) => updates.push(update.type));
  server.answers['Block'] = () => ({ version: 6, userId: 'u', youBlocked: true, removedRequestIds: [], badges: {} });
  server.answers['Unblock'] = () => ({ version: 0, userId: 'u', youBlocked: false, removedRequestIds: [], badges: {} });

  await client.hub.Block({ userId: 'u' });
  await client.hub.Unblock({ userId: 'u' });
  await settle();
  expect(updates).toEqual(['block', 'badges']);

  server.push('RequestRemoved', { version: 7, requestId: 'r', badges: {} });
  await settle();
  expect(updates).toEqual(['block', 'badges', 'requestRemoved', 'badges']);
  expect(server.callsOf('Sync')).toHaveLength(2);
});

test('Program that accepts a request while the inbox is loaded gets the first message as new', async () => {
  const server = new FakeServer();
  const accepted = complete({ state: 'accepted', conversationId: 'c' }, 'request');
  const conversation = complete({ lastSeq: 1, lastMessage: {} }, 'conversation');
  let isAccepted = false;
  // The acceptance is there before the response, so that every later read shows it.
  server.answers['AcceptRequest'] = () => {
    isAccepted = true;
    server.version = 6;
    return { version: 6, request: accepted, conversation, badges: complete({}, 'badges') };
  };
  server.answers['ListConversations'] = () => ({ items: isAccepted ? [conversation] : [] });
  server.answers['ListRequests'] = ({ direction }: { direction: string }) => ({ items: direction === 'incoming' && !isAccepted ? [complete({}, 'request')] : [] });
  server.answers['Sync'] = ({ after }: { after: number }) =>
    complete({ version: server.version, conversations: after < server.version ? [conversation] : [], requests: after < server.version ? [accepted] : [] }, 'syncPage');
  const client = clientOn(server);
  const messages: string[] = [];
  client.on('update', (update) => {
    if (update.type === 'request' && update.request.state === 'pending') void client.hub.AcceptRequest({ requestId: 'r' });
    if (update.type === 'message') messages.push(update.message.text);
  });
  client.start();
  await settle();

  expect(messages).toEqual(['Hello']);
});

test('After a break a random delay comes first; connections that do not last make it longer', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(1);
  const server = new FakeServer();
  const client = clientOn(server, { initialRetryDelay: 1_000, maxRetryDelay: 4_000 });
  client.start();
  await settle(60_000);

  server.dropAll();
  await settle(900);
  expect(client.state).toBe('reconnecting');
  expect(server.transports).toHaveLength(1);
  await settle(100);
  expect(server.transports).toHaveLength(2);
  server.dropAll();
  await settle(1_900);
  expect(server.transports).toHaveLength(2);
  await settle(100);
  expect(client.state).toBe('online');
  vi.restoreAllMocks();
});

test('Typing is not sent later', async () => {
  const server = new FakeServer();
  const client = clientOn(server);
  client.start();
  await settle();
  server.isDown = true;
  server.dropAll();
  await expect(client.hub.SetTyping({ conversationId: 'c' })).rejects.toMatchObject({ code: 'unreachable' });
});
