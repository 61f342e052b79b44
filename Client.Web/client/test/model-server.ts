import type { Badges, Change, Conversation, Me, Message, MessagePage, Position, Request, SyncPage } from '../src/index.js';
import { complete } from './scripts.js';

/** Numbers that a seed determines (mulberry32). */
export function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

interface ModelChat {
  readonly id: string;
  readonly messages: Message[];
  stamp: number;
  seenSeq: number;
  peerSeenSeq: number;
  isBlocked: boolean;
  lastChange: number;
}

/**
 * A reference model of one user's inbox: changes that raise the version by one, the event of each, and the reads by which a
 * client catches up, in pages of any size. A test makes the changes and delivers the events.
 */
export class ModelServer {
  readonly #chats = new Map<string, ModelChat>();
  readonly #requests = new Map<string, { request: Request; isRemoved: boolean; stamp: number }>();
  readonly #random: (below: number) => number;
  readonly #changesMessages: boolean;
  #epoch = 1;
  version = 0;

  constructor(random: (below: number) => number, changesMessages: boolean) {
    this.#random = random;
    this.#changesMessages = changesMessages;
  }

  get position(): Position {
    return { epoch: this.#epoch === 1 ? 'e' : `e${this.#epoch}`, version: this.version };
  }

  get conversations(): Conversation[] {
    return [...this.#chats.values()].map((chat) => this.#conversation(chat));
  }

  get requests(): Request[] {
    return [...this.#requests.values()].filter((entry) => !entry.isRemoved).map((entry) => entry.request);
  }

  get badges(): Badges {
    const unread = this.conversations.map((conversation) => conversation.unreadCount);
    return {
      pendingRequests: this.requests.length, filteredRequests: 0,
      unreadConversations: unread.filter((count) => count > 0).length, unreadMessages: unread.reduce((sum, count) => sum + count, 0),
    };
  }

  get me(): Me {
    return complete<Me>({ ...this.position, badges: this.badges }, 'me');
  }

  /** As after the restore of a backup: another epoch. */
  changeEpoch(): void {
    this.#epoch++;
  }

  /** One random change of the user's view, as its event. */
  change(): Change {
    this.version++;
    const chats = [...this.#chats.values()];
    const chat = chats[this.#random(Math.max(1, chats.length))];
    const choice = this.#random(10);
    if (!chat || choice === 0) return this.#open();
    if (choice === 5) return this.#see(chat, false);
    if (choice === 6) return this.#see(chat, true);
    if (choice === 7) return this.#receiveRequest();
    if (choice === 8) return this.#removeRequest();
    if (choice === 9) return this.#block(chat);
    return this.#changesMessages && choice === 4 && chat.messages.length > 0 ? this.#edit(chat) : this.#send(chat);
  }

  sync(after: number): SyncPage {
    const stamped = [
      ...[...this.#chats.values()].map((chat) => ({ stamp: chat.stamp, conversation: this.#conversation(chat) })),
      ...[...this.#requests.values()].map(({ stamp, request, isRemoved }) => ({ stamp, ...(isRemoved ? { removed: request.requestId } : { request }) })),
    ].filter((item) => item.stamp > after).sort((a, b) => a.stamp - b.stamp);
    // A page never splits a version.
    const last = stamped[this.#random(4)]?.stamp ?? Infinity;
    const items: { conversation?: Conversation; request?: Request; removed?: string }[] = stamped.filter((item) => item.stamp <= last);
    const hasMore = items.length < stamped.length;
    return {
      epoch: this.position.epoch, version: hasMore ? last : this.version, hasMore, reset: false, me: this.me,
      conversations: items.flatMap((item) => item.conversation ?? []),
      requests: items.flatMap((item) => item.request ?? []),
      removedRequestIds: items.flatMap((item) => item.removed ?? []),
    };
  }

  getMessages({ conversationId, after = 0, changedAfter, limit }: { conversationId: string; after?: number; changedAfter?: number; limit: number }): MessagePage {
    const chat = this.#chats.get(conversationId);
    const found = (chat?.messages ?? []).map((message) => this.#message(message, chat))
      .filter((message) => (changedAfter === undefined ? message.seq > after : (message.change ?? 0) > changedAfter))
      .sort((a, b) => (changedAfter === undefined ? a.seq - b.seq : (a.change ?? 0) - (b.change ?? 0)));
    const items = found.slice(0, Math.min(limit, 1 + this.#random(4)));
    return { items, hasMore: items.length < found.length };
  }

  #open(): Change {
    const id = `c${this.#chats.size}`;
    const chat = { id, messages: [], stamp: this.version, seenSeq: 0, peerSeenSeq: 0, isBlocked: false, lastChange: 0 };
    this.#chats.set(id, chat);
    return { event: 'ConversationChanged', content: { ...this.#versioned(), conversation: this.#conversation(chat) } };
  }

  #send(chat: ModelChat): Change {
    chat.stamp = this.version;
    const senderId = this.#random(2) === 0 ? 'id-bob' : 'id-alice';
    chat.messages.push(complete<Message>({ conversationId: chat.id, seq: chat.messages.length + 1, senderId, text: `text ${this.version}` }, 'message'));
    return { event: 'MessageReceived', content: { ...this.#versioned(), message: this.#last(chat), unreadCount: this.#unread(chat) } };
  }

  #edit(chat: ModelChat): Change {
    chat.stamp = this.version;
    const seq = 1 + this.#random(chat.messages.length);
    const edited = { ...chat.messages[seq - 1]!, text: `edit ${this.version}`, change: ++chat.lastChange };
    chat.messages[seq - 1] = edited;
    return { event: 'MessageChanged', content: { ...this.#versioned(), message: this.#message(edited, chat), lastChange: chat.lastChange } };
  }

  #see(chat: ModelChat, byPeer: boolean): Change {
    chat.stamp = this.version;
    const seq = chat.messages.length;
    if (byPeer) chat.peerSeenSeq = seq;
    else chat.seenSeq = seq;
    return {
      event: 'MessagesSeen',
      content: { ...this.#versioned(), conversationId: chat.id, seenBy: byPeer ? 'id-alice' : 'id-bob', seq, at: '2026-11-22T12:00:00.000Z', unreadCount: this.#unread(chat) },
    };
  }

  #receiveRequest(): Change {
    const request = complete<Request>({ requestId: `r${this.#requests.size}` }, 'request');
    this.#requests.set(request.requestId, { request, isRemoved: false, stamp: this.version });
    return { event: 'RequestReceived', content: { ...this.#versioned(), request } };
  }

  #removeRequest(): Change {
    const present = [...this.#requests.values()].filter((entry) => !entry.isRemoved);
    const entry = present[this.#random(Math.max(1, present.length))];
    if (!entry) return this.#receiveRequest();
    entry.isRemoved = true;
    entry.stamp = this.version;
    return { event: 'RequestRemoved', content: { ...this.#versioned(), requestId: entry.request.requestId } };
  }

  #block(chat: ModelChat): Change {
    chat.stamp = this.version;
    chat.isBlocked = !chat.isBlocked;
    return {
      event: 'BlockChanged',
      content: { ...this.#versioned(), userId: 'id-alice', youBlocked: chat.isBlocked, conversation: this.#conversation(chat), removedRequestIds: [] },
    };
  }

  #versioned(): { version: number; badges: Badges } {
    return { version: this.version, badges: this.badges };
  }

  #conversation(chat: ModelChat): Conversation {
    return complete<Conversation>({
      conversationId: chat.id, state: chat.isBlocked ? 'youBlocked' : 'open', lastSeq: chat.messages.length, unreadCount: this.#unread(chat),
      seenSeq: chat.seenSeq, peerSeenSeq: chat.peerSeenSeq,
      ...(chat.messages.length > 0 ? { lastMessage: this.#last(chat) } : {}),
      ...(this.#changesMessages ? { lastChange: chat.lastChange } : {}),
    }, 'conversation');
  }

  #last(chat: ModelChat): Message {
    return this.#message(chat.messages.at(-1)!, chat);
  }

  #message(message: Message, chat: ModelChat | undefined): Message {
    const isSeen = message.senderId === 'id-bob' && message.seq <= (chat?.peerSeenSeq ?? 0);
    return isSeen ? { ...message, status: 'seen' } : message;
  }

  #unread(chat: ModelChat): number {
    return chat.messages.filter((message) => message.senderId !== 'id-bob' && message.seq > chat.seenSeq).length;
  }
}
