import type { Update } from '../api.js';
import type { Change, Conversation, Position, SyncPage } from '../contract.js';
import { Delivered, type DeliveredMarks } from './delivered.js';
import { stepsOfChange, stepsOfConversation, stepsOfPage } from './steps.js';

/**
 * Puts events, results and pages of Sync, in whatever order and however often they arrive, into a sequence of steps that
 * carries each change once and in the order of versions. Pure functions over a value; the update loop waits and calls.
 *
 * The next version is applied, an older one dropped, a later one held until the missing ones arrive. If they do not, pages
 * of Sync return what they changed. Either way `version` is what the application has. Between two pages no event is applied:
 * a page omits what was changed again since, and only the last page completes the state that the next event builds on.
 */
export interface SequencerState {
  readonly epoch: string;
  /** Every change up to this version has been applied. */
  readonly version: number;
  readonly highestSeen: number;
  readonly isBetweenPages: boolean;
  /** Whether the server has another epoch: only a reload helps. */
  readonly isEpochStale: boolean;
  readonly held: ReadonlyMap<number, Change>;
  readonly delivered: DeliveredMarks;
}

/** To be carried out in order. */
export type Step =
  | { type: 'publish'; update: Update }
  /** Fetch and deliver the missed messages after a seq, up to and including another. */
  | { type: 'fetch'; conversationId: string; after: number; upTo: number }
  /** Fetch and deliver the missed changes of messages after a number. */
  | { type: 'fetchChanges'; conversationId: string; after: number };

export interface Sequenced {
  readonly state: SequencerState;
  readonly steps: Step[];
}

/** Further versions beyond a gap are dropped: Sync closes such a gap at less cost. */
export const maxHeld = 256;

/** Milliseconds that a missing version may take to arrive before Sync is called. */
export const holdTime = 500;

/** Begins at a version; what existed before is added by `load`. */
export function begin(epoch: string, version: number): SequencerState {
  return { epoch, version, highestSeen: version, isBetweenPages: false, isEpochStale: false, held: new Map(), delivered: new Map() };
}

/** Whether a later version is known to exist than was applied; it may still arrive. */
export function isBehind(state: SequencerState): boolean {
  return state.highestSeen > state.version || state.isBetweenPages;
}

/** Conversations that existed before: their messages up to the last seq, or up to the seen ones, are not new. */
export function load(state: SequencerState, conversations: readonly Conversation[], replayUnseen = false): Sequenced {
  const delivered = new Delivered(state.delivered);
  const steps = conversations.flatMap((conversation) => stepsOfLoaded(conversation, delivered, replayUnseen));
  return { state: { ...state, delivered: delivered.marks }, steps };
}

/** Drops what a connection that has ended left beyond a gap: the gap will not be filled. */
export function connectionLost(state: SequencerState): SequencerState {
  return { ...state, held: new Map() };
}

/** An event, or the result of a call. */
export function receive(state: SequencerState, change: Change): Sequenced {
  const { version } = change.content;
  if (version <= state.version) return { state, steps: [] };
  const held = version <= state.version + maxHeld ? new Map(state.held).set(version, change) : state.held;
  return applyHeld({ ...state, held, highestSeen: Math.max(state.highestSeen, version) }, new Delivered(state.delivered), []);
}

/** The server's own position. */
export function observePosition(state: SequencerState, position: Position): SequencerState {
  return position.epoch === state.epoch
    ? { ...state, highestSeen: Math.max(state.highestSeen, position.version) }
    : { ...state, isEpochStale: true };
}

/** A page of Sync called with `epoch` and `version`; not one with reset. */
export function catchUp(state: SequencerState, page: SyncPage): Sequenced {
  const delivered = new Delivered(state.delivered);
  const steps = stepsOfPage(page, delivered);
  return applyHeld(advance(state, page), delivered, steps);
}

/**
 * A page of Sync during loading. Its conversations existed before, unless the same page contains the request whose
 * acceptance opened it: then (the application accepts what was just delivered, for example) all its messages are new.
 */
export function catchUpLoading(state: SequencerState, page: SyncPage, replayUnseen = false): Sequenced {
  const delivered = new Delivered(state.delivered);
  const opened = new Set(page.requests.map((request) => request.conversationId));
  const loaded = page.conversations.flatMap((conversation) =>
    opened.has(conversation.conversationId) && !delivered.knows(conversation.conversationId)
      ? stepsOfConversation(conversation, delivered)
      : stepsOfLoaded(conversation, delivered, replayUnseen));
  const steps = [...loaded, ...stepsOfPage({ ...page, conversations: [] }, delivered)];
  return applyHeld(advance(state, page), delivered, steps);
}

function stepsOfLoaded(conversation: Conversation, delivered: Delivered, replayUnseen: boolean): Step[] {
  const unseen = replayUnseen && conversation.unreadCount > 0;
  delivered.begin(conversation, unseen ? conversation.seenSeq : conversation.lastSeq);
  return stepsOfConversation(conversation, delivered);
}

function advance(state: SequencerState, page: SyncPage): SequencerState {
  const held = new Map([...state.held].filter(([version]) => version > page.version));
  const next = { ...state, version: page.version, isBetweenPages: page.hasMore, held };
  // The last page reaches the server's own version: only held events can be higher.
  return page.hasMore ? next : { ...next, highestSeen: Math.max(page.version, ...held.keys()), isEpochStale: false };
}

function applyHeld(state: SequencerState, delivered: Delivered, steps: Step[]): Sequenced {
  const held = new Map(state.held);
  let { version } = state;
  while (!state.isBetweenPages) {
    const next = held.get(version + 1);
    if (!next) break;
    held.delete(++version);
    steps.push(...stepsOfChange(next, delivered));
  }
  return { state: { ...state, version, held, delivered: delivered.marks }, steps };
}
