import { expect, test } from 'vitest';
import { ChatHubError, type Message, type Update } from '../src/index.js';
import { parseHubError } from '../src/errors.js';
import { errorOf } from '../src/accounts.js';
import { claimsOf, renewalDelay } from '../src/connection/tokens.js';
import { afterPage, loadingWindow } from '../src/message-window.js';
import { FollowerPosition } from '../src/tabs/follower-position.js';
import { complete } from './scripts.js';
import { tokenExpiringAt } from './setup.js';

test.for([
  ['not_followed: Messages cannot be sent.', 'not_followed', 'Messages cannot be sent.', undefined],
  ['rate_limited;retryAfter=7: Too many calls: wait.\nPlease.', 'rate_limited', 'Too many calls: wait.\nPlease.', 7],
  ["An unexpected error occurred invoking 'Follow' on the server. HubException: user_not_found: There is no such user.", 'user_not_found', 'There is no such user.', undefined],
  ["Failed to invoke 'Follow' due to an error on the server.", 'invalid_argument', "Failed to invoke 'Follow' due to an error on the server.", undefined],
  ["An unexpected error occurred invoking 'Follow' on the server.", 'invalid_argument', "An unexpected error occurred invoking 'Follow' on the server.", undefined],
  ["Unknown hub method 'Follow'", 'invalid_argument', "Unknown hub method 'Follow'", undefined],
  ['WebSocket is not in the OPEN state', 'unreachable', 'WebSocket is not in the OPEN state', undefined],
] as const)('Hub error %s reads as its code, sentence and wait', ([text, code, message, retryAfter]) => {
  expect(parseHubError(text)).toMatchObject({ code, message, retryAfter });
});

test('HTTP error reads as its problem details, without them as its status', async () => {
  const problem = { title: 'Too many calls.', status: 429, code: 'rate_limited', retryAfter: 7 };
  expect(await errorOf(new Response(JSON.stringify(problem), { status: 429 }))).toMatchObject({ code: 'rate_limited', message: 'Too many calls.', retryAfter: 7 });
  expect(await errorOf(new Response('<html>', { status: 429, headers: { 'retry-after': '9' } }))).toMatchObject({ code: 'rate_limited', retryAfter: 9 });
  expect((await errorOf(new Response('', { status: 401 }))).code).toBe('unauthenticated');
  expect((await errorOf(new Response('', { status: 502 }))).code).toBe('unreachable');
});

test('Only errors that waiting may cure are transient', () => {
  const transient = (['unreachable', 'rate_limited', 'unavailable', 'internal_error', 'conflict', 'unauthenticated'] as const)
    .filter((code) => new ChatHubError(code, '').isTransient);
  expect(transient).toEqual(['unreachable', 'rate_limited', 'unavailable', 'internal_error']);
});

test('Token is renewed up to a minute before it expires; one that does not say when is not', () => {
  expect(renewalDelay(tokenExpiringAt(3_600_000), 0)).toBe(3_540_000);
  expect(renewalDelay(tokenExpiringAt(100_000), 0)).toBe(80_000);
  expect(renewalDelay(tokenExpiringAt(1_000), 5_000)).toBe(0);
  expect(renewalDelay('opaque')).toBeUndefined();
});

test('Claims of a token are read whatever its alphabet', () => {
  const payload = btoa(String.fromCharCode(...new TextEncoder().encode('{"sub":"家族??>>"}'))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  expect(claimsOf(`h.${payload}.s`)).toEqual({ sub: '家族??>>' });
  expect(claimsOf('h.%%%.s')).toEqual({});
});

const message = (seq: number, rest: Partial<Message> = {}) => complete<Message>({ seq, text: `text ${seq}`, ...rest }, 'message');

test('Of two versions of a message the later change wins, and seen is never taken back', () => {
  const window = { ...loadingWindow, items: [message(2, { change: 3, text: 'edited', status: 'sent' }), message(3, { status: 'seen' })] };
  const merged = afterPage(window, [message(1), message(2, { change: 1, status: 'seen' }), message(3, { change: 4, text: 'later' })], false, 0, 'id-alice');
  expect(merged.items.map(({ seq, text, status }) => [seq, text, status])).toEqual([[1, 'text 1', 'sent'], [2, 'edited', 'seen'], [3, 'later', 'seen']]);
});

test('Mark that has arrived before the page it is about turns only own messages', () => {
  const page = [message(1, { senderId: 'id-bob' }), message(2), message(3, { senderId: 'id-bob' })];
  expect(afterPage(loadingWindow, page, false, 2, 'id-alice').items.map((item) => item.status)).toEqual(['seen', 'sent', 'sent']);
});

test('Follower drops messages that another leader repeats, and can go on where its updates ended', () => {
  const position = new FollowerPosition();
  const update = (seq: number): Update => ({ type: 'message', message: message(seq) });
  expect(position.resumable).toBeUndefined();
  expect(position.lacks(undefined)).toBe(true);

  position.accept([{ type: 'cleared' }, { type: 'ready' }], { epoch: 'e', version: 5 }, [['c', { seq: 2, change: 4 }]]);
  expect(position.accept([update(2), update(3)], { epoch: 'e', version: 6 }, [])).toEqual([update(3)]);
  expect(position.accept([update(3), update(4)], { epoch: 'e', version: 7 }, [])).toEqual([update(4)]);

  expect(position.resumable).toMatchObject({ epoch: 'e', version: 7, delivered: new Map([['c', { seq: 4, change: 4 }]]) });
  expect(position.lacks({ epoch: 'e', version: 7 })).toBe(false);
  expect(position.lacks({ epoch: 'e', version: 8 })).toBe(true);
  expect(position.lacks({ epoch: 'e2', version: 1 })).toBe(true);
  position.accept([{ type: 'cleared' }], { epoch: 'e2', version: 1 }, []);
  expect(position.resumable).toBeUndefined();
});
