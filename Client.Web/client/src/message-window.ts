import type { Message } from './contract.js';

/** A run of messages without gaps that ends with the latest one. */
export interface MessageWindow {
  /** By rising seq. */
  readonly items: readonly Message[];
  /** Whether there are earlier ones. */
  readonly hasEarlier: boolean;
  /** Whether the first page is being read: what arrives meanwhile is kept. */
  readonly isLoading: boolean;
}

export const loadingWindow: MessageWindow = { items: [], hasEarlier: true, isLoading: true };

/** With a page of messages that lie before, or at, those of the window. Of two versions of a message the later one wins. */
export function afterPage(window: MessageWindow, page: readonly Message[], hasEarlier: boolean, peerSeenSeq: number, peerId: string | undefined): MessageWindow {
  const items = new Map(window.items.map((message) => [message.seq, message]));
  for (const message of page) {
    const known = items.get(message.seq);
    items.set(message.seq, known ? newer(known, message) : message);
  }
  const sorted = [...items.values()].sort((a, b) => a.seq - b.seq);
  const loaded = { items: sorted, hasEarlier, isLoading: false };
  // A mark may have arrived between the reading of the page and its arrival.
  return peerId === undefined ? loaded : afterSeen(loaded, peerId, peerSeenSeq);
}

/** With a new message. */
export function afterMessage(window: MessageWindow, message: Message): MessageWindow {
  const last = window.items.at(-1);
  return last && message.seq <= last.seq ? afterChange(window, message) : { ...window, items: [...window.items, message] };
}

/** With another version of a message that it may hold. */
export function afterChange(window: MessageWindow, message: Message): MessageWindow {
  const index = indexOf(window.items, message.seq);
  const known = window.items[index];
  if (!known) {
    // While the first page is being read, it may be about to arrive in an earlier version.
    return window.isLoading ? { ...window, items: [...window.items, message].sort((a, b) => a.seq - b.seq) } : window;
  }

  const next = newer(known, message);
  return next === known ? window : { ...window, items: window.items.with(index, next) };
}

/** With everything up to a seq seen by the peer. */
export function afterSeen(window: MessageWindow, peerId: string, upTo: number): MessageWindow {
  const isTurning = (message: Message) => message.seq <= upTo && message.senderId !== peerId && message.status !== 'seen';
  if (!window.items.some(isTurning)) return window;
  return { ...window, items: window.items.map((message) => isTurning(message) ? { ...message, status: 'seen' } : message) };
}

/** Without what the user has cleared. */
export function withoutCleared(window: MessageWindow, clearedSeq: number): MessageWindow {
  const first = window.items[0];
  if (!first || first.seq > clearedSeq) return window;
  return { ...window, items: window.items.filter((message) => message.seq > clearedSeq), hasEarlier: false };
}

/** Of two versions of a message the valid one: the one with the higher change. Seen is never taken back. */
export function newer(known: Message, other: Message): Message {
  const winner = (other.change ?? 0) > (known.change ?? 0) ? other : known;
  const isSeen = known.status === 'seen' || other.status === 'seen';
  return isSeen && winner.status !== 'seen' ? { ...winner, status: 'seen' } : winner;
}

// Seqs have no gaps, so that the index follows from the first one; except while loading.
function indexOf(items: readonly Message[], seq: number): number {
  const guess = seq - (items[0]?.seq ?? 0);
  return items[guess]?.seq === seq ? guess : items.findIndex((message) => message.seq === seq);
}
