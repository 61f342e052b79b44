import type { MessageChangedUpdate, MessageUpdate, SeenUpdate, Update } from './api.js';
import { limits, type Badges, type Conversation, type Me, type Message, type Request } from './contract.js';
import { afterChange, afterMessage, afterSeen, newer, withoutCleared, type MessageWindow } from './message-window.js';

/**
 * The user's inbox as a value: immutable, so that it can be kept and compared. Applied to every update in order, it equals
 * the server's state whenever `isReady`.
 */
export interface InboxState {
  /** False while the inbox is loaded. The conversations of the first page are there before. */
  readonly isReady: boolean;
  readonly me: Me | undefined;
  /** The numbers behind the red dot. */
  readonly badges: Badges;
  readonly conversations: ReadonlyMap<string, Conversation>;
  /** Pending when the inbox was loaded, or changed since, in whatever state; both directions. An accepted one's text reads as its message does. */
  readonly requests: ReadonlyMap<string, Request>;
  /** The loaded messages of the conversations that were opened. */
  readonly messages: ReadonlyMap<string, MessageWindow>;
  /** When each peer's last sign of typing expires, in milliseconds since 1970, by conversation. */
  readonly typing: ReadonlyMap<string, number>;
  /** Whether peers are online, by user; absent where it is not known, as after each new connection until it changes. */
  readonly presence: ReadonlyMap<string, boolean>;
}

// A request that was accepted is one of the first two messages of its conversation.
const requestMessages = 2;

const emptyMap: ReadonlyMap<string, never> = new Map<string, never>();

export const emptyInbox: InboxState = {
  isReady: false,
  me: undefined,
  badges: { pendingRequests: 0, filteredRequests: 0, unreadConversations: 0, unreadMessages: 0 },
  conversations: emptyMap,
  requests: emptyMap,
  messages: emptyMap,
  typing: emptyMap,
  presence: emptyMap,
};

/** The state after more updates. Each map is copied at most once for all of them. */
export function applyUpdates(state: InboxState, updates: readonly Update[], now = Date.now()): InboxState {
  const draft = new Draft(state, now);
  for (const update of updates) draft.apply(update);
  return draft.state;
}

/** The state without signs of typing that have expired. */
export function expireTyping(state: InboxState, now = Date.now()): InboxState {
  const typing = new Map([...state.typing].filter(([, expires]) => expires > now));
  return typing.size === state.typing.size ? state : { ...state, typing };
}

/** The chats: pinned ones first, then the latest; archived ones apart. */
export function chats(state: InboxState, archived = false): Conversation[] {
  return [...state.conversations.values()]
    .filter((conversation) => (conversation.isArchived ?? false) === archived)
    .sort((a, b) => Number(b.isPinned ?? false) - Number(a.isPinned ?? false) || compare(b.updatedAt, a.updatedAt));
}

/** A folder of incoming pending requests, the newest first. The folder `deleted` is read by ListRequests. */
export function requestsFolder(state: InboxState, folder: 'main' | 'filtered' = 'main'): Request[] {
  return [...state.requests.values()]
    .filter((request) => request.direction === 'incoming' && request.state === 'pending' && (request.folder ?? 'main') === folder)
    .sort((a, b) => compare(b.sentAt, a.sentAt));
}

/** Whether the red dot shows. */
export function hasNews({ badges }: InboxState): boolean {
  return badges.pendingRequests + badges.unreadConversations + badges.unreadMessages > 0;
}

// Instants of one form compare as text.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The names of the state's maps, and the type of each one's values. */
interface Maps {
  conversations: Conversation;
  requests: Request;
  messages: MessageWindow;
  typing: number;
  presence: boolean;
}

/** Copy-on-write over a state, for one batch of updates. */
class Draft {
  state: InboxState;
  readonly #now: number;
  readonly #copied = new Set<keyof Maps>();

  constructor(state: InboxState, now: number) {
    this.state = state;
    this.#now = now;
  }

  apply(update: Update): void {
    switch (update.type) {
      case 'cleared':
        this.state = emptyInbox;
        this.#copied.clear();
        return;
      case 'ready':
        this.#assign({ isReady: true });
        return;
      case 'me':
        this.#applyMe(update.me);
        return;
      case 'badges':
        this.#assign({ badges: update.badges });
        return;
      case 'conversation':
        this.#applyConversation(update.conversation);
        return;
      case 'message':
        this.#applyMessage(update);
        return;
      case 'messageChanged':
        this.#applyMessageChange(update);
        return;
      case 'seen':
        this.#applySeen(update);
        return;
      case 'request':
        this.#map('requests').set(update.request.requestId, update.request);
        return;
      case 'requestRemoved':
        this.#map('requests').delete(update.requestId);
        return;
      case 'typing':
        this.#map('typing').set(update.conversationId, this.#now + limits.typingSeconds * 1_000);
        return;
      case 'presence':
        this.#map('presence').set(update.userId, update.isOnline);
        return;
      case 'presenceCleared':
        if (this.state.presence.size > 0) this.#map('presence').clear();
        return;
      case 'block':
        // Presence is hidden from then on; the conversation comes with an update of its own.
        if (update.youBlocked) this.#map('presence').delete(update.userId);
        return;
    }
  }

  /** Sync omits the hidden words: those of the state stay. */
  #applyMe(me: Me): void {
    const hiddenWords = me.settings.hiddenWords ?? this.state.me?.settings.hiddenWords;
    const settings = hiddenWords ? { ...me.settings, hiddenWords } : me.settings;
    this.#assign({ me: { ...me, settings }, badges: me.badges });
  }

  #applyConversation(conversation: Conversation): void {
    this.#clearRequests(conversation);
    this.#map('conversations').set(conversation.conversationId, conversation);
    this.#updateWindow(conversation.conversationId, (window) => withoutCleared(window, conversation.clearedSeq ?? 0));
  }

  #applyMessage({ message, unreadCount }: MessageUpdate): void {
    const { conversationId, senderId, seq } = message;
    this.#updateWindow(conversationId, (window) => afterMessage(window, message));
    const conversation = this.state.conversations.get(conversationId);
    if (conversation?.peer.userId === senderId && this.state.typing.has(conversationId)) this.#map('typing').delete(conversationId);
    // A missed message that is fetched later than its conversation was read is part of it already.
    if (!conversation || seq < conversation.lastSeq) return;
    this.#map('conversations').set(conversationId, {
      ...conversation,
      lastSeq: seq,
      lastMessage: conversation.lastMessage?.seq === seq ? newer(conversation.lastMessage, message) : message,
      unreadCount: unreadCount ?? conversation.unreadCount,
      updatedAt: message.sentAt,
      // Any new message takes the conversation out of the archive; one that the conversation shows already is not new.
      isArchived: seq > conversation.lastSeq ? false : conversation.isArchived ?? false,
    });
  }

  #applyMessageChange({ message, lastChange }: MessageChangedUpdate): void {
    const { conversationId } = message;
    this.#updateWindow(conversationId, (window) => afterChange(window, message));
    const conversation = this.state.conversations.get(conversationId);
    if (!conversation) return;
    this.#changeRequest(message, conversation);
    const { lastMessage } = conversation;
    this.#map('conversations').set(conversationId, {
      ...conversation,
      ...(lastMessage?.seq === message.seq ? { lastMessage: newer(lastMessage, message) } : {}),
      lastChange: Math.max(conversation.lastChange ?? 0, lastChange),
    });
  }

  /** A change that the conversation has already may be older than the request's text. */
  #changeRequest(message: Message, conversation: Conversation): void {
    if (message.seq > requestMessages || (message.change ?? 0) <= (conversation.lastChange ?? 0)) return;
    const request = this.#requestsOf(conversation).find((item) => item.sender.userId === message.senderId && item.sentAt === message.sentAt);
    if (request) this.#map('requests').set(request.requestId, { ...request, text: message.text });
  }

  #clearRequests(conversation: Conversation): void {
    const known = this.state.conversations.get(conversation.conversationId);
    const [before, clearedSeq] = [known?.clearedSeq ?? 0, conversation.clearedSeq ?? 0];
    if (!known || before >= requestMessages || clearedSeq <= before) return;
    const cleared = this.#requestsOf(conversation).sort((a, b) => compare(a.sentAt, b.sentAt)).slice(0, clearedSeq);
    for (const request of cleared) this.#map('requests').set(request.requestId, { ...request, text: '' });
  }

  #requestsOf({ conversationId }: Conversation): Request[] {
    return [...this.state.requests.values()].filter((request) => request.conversationId === conversationId);
  }

  #applySeen({ conversationId, seenBy, seq, unreadCount }: SeenUpdate): void {
    const conversation = this.state.conversations.get(conversationId);
    if (!conversation) return;
    if (seenBy !== conversation.peer.userId) {
      this.#map('conversations').set(conversationId, { ...conversation, seenSeq: Math.max(conversation.seenSeq, seq), unreadCount });
      return;
    }

    this.#updateWindow(conversationId, (window) => afterSeen(window, seenBy, seq));
    const { lastMessage } = conversation;
    const isSeen = lastMessage && lastMessage.senderId !== seenBy && lastMessage.seq <= seq;
    this.#map('conversations').set(conversationId, {
      ...conversation,
      peerSeenSeq: Math.max(conversation.peerSeenSeq, seq),
      ...(isSeen ? { lastMessage: { ...lastMessage, status: 'seen' as const } } : {}),
    });
  }

  #updateWindow(conversationId: string, update: (window: MessageWindow) => MessageWindow): void {
    const window = this.state.messages.get(conversationId);
    const next = window && update(window);
    if (next && next !== window) this.#map('messages').set(conversationId, next);
  }

  #assign(values: Partial<InboxState>): void {
    this.state = { ...this.state, ...values };
  }

  #map<Name extends keyof Maps>(name: Name): Map<string, Maps[Name]> {
    if (!this.#copied.has(name)) {
      this.#assign({ [name]: new Map<string, Maps[Name]>(this.state[name] as ReadonlyMap<string, Maps[Name]>) });
      this.#copied.add(name);
    }
    return this.state[name] as ReadonlyMap<string, Maps[Name]> as Map<string, Maps[Name]>;
  }
}
