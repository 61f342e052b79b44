import type { Conversation, Message, MessageChanged } from '../contract.js';
import type { Step } from './sequencer.js';

/** What the application has of a conversation: its messages up to a seq, and their changes up to a number. */
export interface DeliveredMark {
  readonly seq: number;
  readonly change: number;
}

export type DeliveredMarks = ReadonlyMap<string, DeliveredMark>;

/** Copy-on-write over the marks, for one pass of the sequencer. */
export class Delivered {
  #marks: DeliveredMarks;
  #copy: Map<string, DeliveredMark> | undefined;

  constructor(marks: DeliveredMarks) {
    this.#marks = marks;
  }

  get marks(): DeliveredMarks {
    return this.#copy ?? this.#marks;
  }

  knows(conversationId: string): boolean {
    return this.marks.has(conversationId);
  }

  /** Messages up to this seq are older than the subscription; ignored for a conversation that is known already. */
  begin(conversation: Conversation, seq: number): void {
    if (!this.knows(conversation.conversationId)) this.#set(conversation.conversationId, { seq, change: conversation.lastChange ?? 0 });
  }

  /** A message from an event or a result, preceded by the missed ones before it, if any. */
  add(message: Message, unreadCount?: number): Step[] {
    const { conversationId, seq } = message;
    const last = this.#last(conversationId);
    if (seq <= last.seq) return [];
    this.#set(conversationId, { ...last, seq });
    const publish: Step = { type: 'publish', update: { type: 'message', message, ...(unreadCount === undefined ? {} : { unreadCount }) } };
    return seq > last.seq + 1 ? [{ type: 'fetch', conversationId, after: last.seq, upTo: seq - 1 }, publish] : [publish];
  }

  /** What a conversation shows to be missing: messages (its last one comes with it) and changes of messages. */
  catchUp(conversation: Conversation): Step[] {
    const { conversationId, lastSeq, lastMessage, lastChange = 0 } = conversation;
    return [...this.#missedMessages(conversationId, lastSeq, lastMessage), ...this.#missedChanges(conversationId, lastChange)];
  }

  /** A changed message from an event or a result, preceded by the missed changes before it, if any. */
  change({ message, lastChange }: MessageChanged): Step[] {
    const { conversationId } = message;
    const last = this.#last(conversationId);
    if (lastChange <= last.change) return [];
    this.#set(conversationId, { ...last, change: lastChange });
    const publish: Step = { type: 'publish', update: { type: 'messageChanged', message, lastChange } };
    return lastChange > last.change + 1 ? [{ type: 'fetchChanges', conversationId, after: last.change }, publish] : [publish];
  }

  #missedMessages(conversationId: string, upTo: number, lastMessage: Message | null | undefined): Step[] {
    if (lastMessage?.seq === upTo) return this.add(lastMessage);
    const last = this.#last(conversationId);
    if (upTo <= last.seq) return [];
    this.#set(conversationId, { ...last, seq: upTo });
    return [{ type: 'fetch', conversationId, after: last.seq, upTo }];
  }

  #missedChanges(conversationId: string, upTo: number): Step[] {
    const last = this.#last(conversationId);
    if (upTo <= last.change) return [];
    this.#set(conversationId, { ...last, change: upTo });
    return [{ type: 'fetchChanges', conversationId, after: last.change }];
  }

  // A conversation that was not there at the beginning is new: all of its messages and changes are.
  #last(conversationId: string): DeliveredMark {
    return this.marks.get(conversationId) ?? { seq: 0, change: 0 };
  }

  #set(conversationId: string, mark: DeliveredMark): void {
    this.#copy ??= new Map(this.#marks);
    this.#copy.set(conversationId, mark);
  }
}
