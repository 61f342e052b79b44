import type { Update } from '../api.js';
import type { InboxState } from '../inbox.js';
import type { DeliveredMark } from '../updates/delivered.js';
import { begin, type SequencerState } from '../updates/sequencer.js';
import type { TabPosition } from './messages.js';

/** How far a tab has come with the leader's updates, so that it can go on where the leader ends. */
export class FollowerPosition {
  readonly #delivered = new Map<string, DeliveredMark>();
  #position: TabPosition | undefined;
  #isReady = false;

  /** Undefined until the inbox was complete once: then only loading it gives everything. */
  get resumable(): SequencerState | undefined {
    return this.#position && this.#isReady
      ? { ...begin(this.#position.epoch, this.#position.version), delivered: new Map(this.#delivered) }
      : undefined;
  }

  /** Whether updates that begin at a position would leave a gap. */
  lacks(position: TabPosition | undefined): boolean {
    if (!this.#position) return true;
    return position !== undefined && (position.epoch !== this.#position.epoch || position.version > this.#position.version);
  }

  /** @returns The updates without messages that were delivered before: another leader may repeat the last ones. */
  accept(updates: readonly Update[], position: TabPosition, delivered: readonly [string, DeliveredMark][]): Update[] {
    const accepted = updates.filter((update) => this.#isNew(update));
    this.#position = position;
    for (const [conversationId, mark] of delivered) this.#delivered.set(conversationId, mark);
    return accepted;
  }

  #isNew(update: Update): boolean {
    if (update.type === 'cleared') {
      this.#delivered.clear();
      this.#isReady = false;
    } else if (update.type === 'ready') {
      this.#isReady = true;
    } else if (update.type === 'message') {
      const { conversationId, seq } = update.message;
      const mark = this.#delivered.get(conversationId) ?? { seq: 0, change: 0 };
      if (seq <= mark.seq) return false;
      this.#delivered.set(conversationId, { ...mark, seq });
    }
    return true;
  }
}

/** The updates that yield a state, without its messages. */
export function updatesOf(inbox: InboxState): Update[] {
  return [
    { type: 'cleared' },
    ...(inbox.me ? [{ type: 'me', me: inbox.me } as const] : []),
    { type: 'badges', badges: inbox.badges },
    ...[...inbox.conversations.values()].map((conversation) => ({ type: 'conversation', conversation }) as const),
    ...[...inbox.requests.values()].map((request) => ({ type: 'request', request }) as const),
    ...[...inbox.presence].map(([userId, isOnline]) => ({ type: 'presence', userId, isOnline }) as const),
    ...(inbox.isReady ? [{ type: 'ready' } as const] : []),
  ];
}
