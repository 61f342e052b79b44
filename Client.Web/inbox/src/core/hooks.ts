import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { InboxState, OutboxItem } from '@chathub/client';
import type { Inbox } from './inbox.js';

export const InboxContext = createContext<Inbox | undefined>(undefined);

export function useInbox(): Inbox {
  const inbox = useContext(InboxContext);
  if (!inbox) throw new Error('There is no inbox around this view.');
  return inbox;
}

/** A part of the inbox's state; the view is drawn again when that part changes. */
export function useStore<T>(select: (state: InboxState) => T): T {
  const { store } = useInbox().client;
  const current = select(store.state);
  const latest = useRef({ select, current });
  latest.current = { select, current };
  const [, draw] = useState(0);
  useEffect(() => {
    const check = (): void => {
      if (!Object.is(latest.current.select(store.state), latest.current.current)) draw((n) => n + 1);
    };
    check();
    return store.subscribe(check);
  }, [store]);
  return current;
}

export function useOutbox(): readonly OutboxItem[] {
  const { client } = useInbox();
  const [items, set] = useState(client.outbox.items);
  useEffect(() => {
    set(client.outbox.items);
    return client.on('outbox', (all) => set([...all]));
  }, [client]);
  return items;
}

/** Another number whenever presence that was read may no longer hold, as after a new connection: what has read it reads it again. */
export function usePresenceRound(): number {
  const { client } = useInbox();
  const [round, set] = useState(0);
  useEffect(() => client.on('update', (update) => {
    if (update.type === 'presenceCleared') set((n) => n + 1);
  }), [client]);
  return round;
}

export type Loaded<T> = { state: 'loading' } | { state: 'failed'; error: unknown } | { state: 'ready'; value: T };

/** What `load` brings, again whenever one of `inputs` changes, and when `again` is called. */
export function useLoaded<T>(load: () => Promise<T>, inputs: unknown[]): [Loaded<T>, (value?: T) => void] {
  const [loaded, set] = useState<Loaded<T>>({ state: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    // What is shown stays until what takes its place is there.
    set((now) => (now.state === 'ready' ? now : { state: 'loading' }));
    load().then(
      (value) => isCurrent && set({ state: 'ready', value }),
      (error: unknown) => isCurrent && set({ state: 'failed', error }),
    );
    return () => {
      isCurrent = false;
    };
  }, [...inputs, round]);
  const again = useCallback((value?: T): void => {
    if (value === undefined) setRound((n) => n + 1);
    else set({ state: 'ready', value });
  }, []);
  return [loaded, again];
}

/** The function with the latest closure and a stable identity. */
export function useEvent<Arguments extends unknown[], Result>(handler: (...input: Arguments) => Result): (...input: Arguments) => Result {
  const latest = useRef(handler);
  useLayoutEffect(() => {
    latest.current = handler;
  });
  return useCallback((...input: Arguments) => latest.current(...input), []);
}

/** Draws again each `seconds`: for times that pass. */
export function useClock(seconds: number, isOn = true): number {
  const [now, set] = useState(Date.now());
  useEffect(() => {
    if (!isOn) return;
    set(Date.now());
    const timer = setInterval(() => set(Date.now()), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds, isOn]);
  return now;
}

/** The value once it has not changed for `milliseconds`. */
export function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, set] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => set(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
