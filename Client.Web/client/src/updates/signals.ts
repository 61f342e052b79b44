import { Pulse } from '../connection/waiting.js';
import type { PresenceUpdate, TypingUpdate } from '../api.js';
import type { Change, Position } from '../contract.js';

/** What the connection passes to the update loop. */
export type Signal =
  /** An event, or the result of a call. */
  | { type: 'change'; change: Change }
  | { type: 'position'; position: Position }
  /** An update that is not stored. */
  | { type: 'transient'; update: TypingUpdate | PresenceUpdate }
  /** A connection was made. */
  | { type: 'connected' };

const capacity = 1_024;

/**
 * The queue from the connection to the update loop. It is bounded: while the loop waits for the server, further signals are
 * dropped, and catching up brings back what they changed.
 */
export class SignalQueue {
  readonly #signals: Signal[] = [];
  readonly #arrived = new Pulse();
  #overflowed = false;

  post(signal: Signal): void {
    // That there is a connection is never dropped: the loop waits for it.
    if (this.#signals.length >= capacity && signal.type !== 'connected') this.#overflowed = true;
    else this.#signals.push(signal);
    this.#arrived.set();
  }

  read(): Signal | undefined {
    return this.#signals.shift();
  }

  /** Whether a signal was dropped since the last call. */
  takeOverflow(): boolean {
    const overflowed = this.#overflowed;
    this.#overflowed = false;
    return overflowed;
  }

  /** Resolves to whether one arrived in time. */
  wait(signal: AbortSignal, milliseconds?: number): Promise<boolean> {
    return this.#signals.length > 0 ? Promise.resolve(true) : this.#arrived.wait(signal, milliseconds);
  }
}
