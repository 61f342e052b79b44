import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Api } from '@chathub/inbox';
import { loadTexts } from '../../inbox/src/text/index.js';
import { Push } from '../src/push.js';

/** The browser's side: one subscription, a new endpoint each time. */
function browser() {
  let made = 0;
  let current: PushSubscription | null = null;
  const pushManager = {
    getSubscription: async () => current,
    subscribe: async () =>
      (current ??= {
        options: { applicationServerKey: new Uint8Array([1, 2, 3]).buffer },
        toJSON: () => ({ endpoint: `https://push.example.org/${++made}`, keys: { p256dh: 'p', auth: 'a' } }),
        unsubscribe: async () => {
          current = null;
          return true;
        },
      } as unknown as PushSubscription),
  };
  const kept = new Map<string, string>();
  vi.stubGlobal('navigator', { serviceWorker: { register: async () => {}, ready: Promise.resolve({ pushManager }), getRegistration: async () => ({ pushManager }) } });
  vi.stubGlobal('window', { PushManager: class {}, Notification: class {} });
  vi.stubGlobal('Notification', { permission: 'granted', requestPermission: async () => 'granted' });
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value), removeItem: (key: string) => kept.delete(key) });
  return { subscription: () => current };
}

/** The server's side: what was put, in its order. */
function server() {
  const puts: string[] = [];
  const api = { get: async () => ({ publicKey: 'AQID' }), put: async (path: string) => void puts.push(path), delete: async () => {} } as unknown as Api;
  return { puts, api };
}

let user: string | undefined;
const pushTo = (api: Api) => new Push(api, () => user, () => loadTexts('en'));

beforeEach(() => {
  user = 'u1';
});
afterEach(() => vi.unstubAllGlobals());

describe('Push', () => {
  it('puts its subscription again under the same id, for each session', async () => {
    browser();
    const { puts, api } = server();
    const push = pushTo(api);
    await push.turnOn();
    await push.resume();
    expect(puts).toHaveLength(2);
    expect(puts[1]).toBe(puts[0]);
  });

  it('comes back after a session that ended, once its user signs in again', async () => {
    const { subscription } = browser();
    const { puts, api } = server();
    const push = pushTo(api);
    await push.turnOn();
    await push.suspend();
    expect(subscription()).toBeNull();
    await push.resume();
    expect(subscription()).not.toBeNull();
    expect(puts[1]).toBe(puts[0]);
    expect(await push.state()).toBe('on');
  });

  it('ends permanently where another user signs in', async () => {
    const { subscription } = browser();
    const { puts, api } = server();
    const push = pushTo(api);
    await push.turnOn();
    await push.suspend();
    user = 'u2';
    expect(await push.state()).toBe('off');
    await push.resume();
    user = 'u1';
    await push.resume();
    expect(subscription()).toBeNull();
    expect(puts).toHaveLength(1);
  });

  it('stays off where it was turned off', async () => {
    const { subscription } = browser();
    const { puts, api } = server();
    const push = pushTo(api);
    await push.turnOn();
    await push.turnOff();
    await push.resume();
    expect(subscription()).toBeNull();
    expect(puts).toHaveLength(1);
  });
});
