/**
 * The wire contract, version 1.1: the shapes, methods, events and error codes of the hub.
 * Instants are RFC 3339 UTC strings, dates `YYYY-MM-DD`, ids opaque strings, versions and sequence numbers integers.
 * The HTTP endpoints' shapes are in `http-contract.ts`.
 */

// Shapes

export interface UserCard {
  userId: string;
  username: string;
  displayName: string;
  avatarUrl?: string | null;
  isVerified: boolean;
}

export interface Profile extends UserCard {
  bio?: string | null;
  followerCount: number;
  followingCount: number;
  youFollow: boolean;
  followsYou: boolean;
  youBlocked: boolean;
  /** Only between people with an open chat who both show their presence. */
  isOnline?: boolean | null;
  /** Rounded to 5 minutes. */
  lastSeenAt?: string | null;
  messageButton: MessageButton;
}

/** What `OpenConversation` would answer. */
export interface MessageButton {
  state: MessageButtonState;
  /** With `notice`: the sentence of `not_followed`, to be shown to the letter. */
  notice?: string | null;
  conversationId?: string | null;
  requestId?: string | null;
}

export type MessageButtonState = 'message' | 'request' | 'pending' | 'respond' | 'notice' | 'hidden';

export interface Settings {
  messagingPolicy: MessagingPolicy;
  sendSeenReceipts: boolean;
  showPresence: boolean;
  /** 0..200 of 1..50 characters, 2,000 in all; absent in the `me` of Sync. */
  hiddenWords?: string[] | null;
  /** 0..365. */
  minAccountAgeDays?: number;
  pushContent?: PushContent;
}

export type MessagingPolicy = 'everyone' | 'following' | 'nobody';
export type PushContent = 'nothing' | 'sender' | 'text';

/** The red dot shows while any but `filteredRequests` is above 0. */
export interface Badges {
  pendingRequests: number;
  filteredRequests?: number;
  unreadConversations: number;
  unreadMessages: number;
}

export interface Request {
  requestId: string;
  direction: RequestDirection;
  sender: UserCard;
  recipient: UserCard;
  text: string;
  sentAt: string;
  /** For the sender a deleted request keeps reading `pending` until it would have expired. */
  state: RequestState;
  acceptedAt?: string | null;
  conversationId?: string | null;
  /** For the recipient alone, absent once accepted. */
  folder?: RequestFolder | null;
  /** Of `GetRequest`, for the recipient alone. */
  context?: RequestContext | null;
}

export type RequestDirection = 'incoming' | 'outgoing';
export type RequestState = 'pending' | 'accepted' | 'withdrawn' | 'expired';
export type RequestFolder = 'main' | 'filtered' | 'deleted';
export type RequestFilter = 'pending' | 'accepted' | 'all';

export interface RequestContext {
  /** `YYYY-MM`; absent where the host application did not say. */
  senderJoined?: string | null;
  youFollow: boolean;
  followsYou: boolean;
  sharedFollowCount: number;
  /** At most 3. */
  sharedFollows: UserCard[];
  earlierRequests: number;
}

export interface Message {
  conversationId: string;
  /** 1, 2, 3 … without gaps in each conversation. */
  seq: number;
  senderId: string;
  /** To its sender alone. */
  clientId?: string | null;
  /** Empty once removed. */
  text: string;
  sentAt: string;
  /** Of the user's own messages: `sent` is shown blue, `seen` green. */
  status: MessageStatus;
  /** 0: as it was sent. Of two versions of a message the one with the higher `change` wins. */
  change?: number;
  editedAt?: string | null;
  removedAt?: string | null;
  replyToSeq?: number | null;
  reactions?: Reaction[] | null;
}

export type MessageStatus = 'sent' | 'seen';

export interface Reaction {
  userId: string;
  /** One RGI emoji sequence. */
  emoji: string;
}

export interface Conversation {
  conversationId: string;
  peer: UserCard;
  /** `unavailable` is worked out when read: it makes no event. */
  state: ConversationState;
  lastSeq: number;
  /** Absent while `lastSeq` ≤ `clearedSeq`. */
  lastMessage?: Message | null;
  unreadCount: number;
  seenSeq: number;
  peerSeenSeq: number;
  openedAt: string;
  updatedAt: string;
  /** The latest `change` of the conversation's messages. */
  lastChange?: number;
  clearedSeq?: number;
  sendSeenReceipts?: ReceiptChoice;
  mutedUntil?: string | null;
  isArchived?: boolean;
  isPinned?: boolean;
}

export type ConversationState = 'open' | 'youBlocked' | 'unavailable';
export type ReceiptChoice = 'default' | 'on' | 'off';

export interface Me {
  user: UserCard;
  bio?: string | null;
  settings: Settings;
  badges: Badges;
  epoch: string;
  /** Never moves a client's version. */
  version: number;
  isBanned: boolean;
  /** Absent while banned: until lifted. */
  bannedUntil?: string | null;
  banReason?: string | null;
  warning?: Warning | null;
  requestsLeftToday: number;
}

export interface Warning {
  at: string;
  reason: string;
}

export interface Page<T> {
  items: T[];
  nextCursor?: string | null;
}

export interface MessagePage {
  /** By rising `seq`; with `changedAfter` by rising `change`. */
  items: Message[];
  hasMore: boolean;
}

export interface IntroAdvice {
  tips: IntroTip[];
}

export interface IntroTip {
  code: IntroTipCode;
  text: string;
}

export type IntroTipCode = 'tooGeneric' | 'tooLong' | 'noOpenQuestion' | 'notFollowing' | 'aboutLooks' | 'veryPopular';

export interface ReportReceipt {
  reportId: string;
  /** With `block`; version 0 if blocked before. */
  blockChanged?: BlockChanged | null;
}

export type ReportReason = 'harassment' | 'spam' | 'hate' | 'sexual' | 'minorSafety' | 'other';

export interface SyncPage {
  epoch: string;
  /** How far the page reaches; on the last page the user's counter. */
  version: number;
  hasMore: boolean;
  /** Another epoch, or `after` is ahead of the server: drop everything and read the lists. */
  reset: boolean;
  /** Holds for the last page. */
  me: Me;
  conversations: Conversation[];
  requests: Request[];
  removedRequestIds: string[];
}

// Inputs

/** A method without arguments. */
export type EmptyInput = Record<string, never>;

/** The result of a method without one. */
export type Nothing = Record<string, never>;

export interface PageInput {
  cursor?: string;
  /** 1..100, 30 by default. */
  limit?: number;
}

export interface UserInput {
  userId: string;
}

export interface RequestInput {
  requestId: string;
}

export interface ConversationInput {
  conversationId: string;
}

export interface UpdateProfileInput {
  displayName?: string;
  bio?: string;
}

export type UpdateSettingsInput = Partial<Settings>;

export interface SearchUsersInput extends PageInput {
  /** 2..50 characters. */
  query: string;
}

export type GetProfileInput = { userId: string } | { username: string };

export interface AdviseIntroInput {
  recipientId: string;
  text: string;
}

export interface SendRequestInput {
  recipientId: string;
  /** 1..500 characters after trimming. */
  text: string;
  clientId: string;
}

export interface ListRequestsInput extends PageInput {
  direction: RequestDirection;
  state?: RequestFilter;
  /** Only with incoming and pending; `main` by default. */
  folder?: RequestFolder;
}

export type DeleteRequestsInput =
  | { requestIds: string[] }
  | { folder: 'main' | 'filtered'; upToRequestId: string };

export interface ListConversationsInput extends PageInput {
  archived?: boolean;
}

export interface GetMessagesInput {
  conversationId: string;
  before?: number;
  after?: number;
  /** Alone: messages whose `change` is above it. */
  changedAfter?: number;
  limit?: number;
}

export interface SendMessageInput {
  conversationId: string;
  /** 1..4,000 characters after trimming. */
  text: string;
  clientId: string;
  replyToSeq?: number;
}

export interface MessageInput {
  conversationId: string;
  seq: number;
}

export interface EditMessageInput extends MessageInput {
  text: string;
}

export interface ReactInput extends MessageInput {
  /** None takes the reaction away. */
  emoji?: string;
}

export interface UpdateConversationInput extends ConversationInput {
  sendSeenReceipts?: ReceiptChoice;
  /** In the past: unmutes; beyond 3000-01-01: until unmuted. */
  mutedUntil?: string;
  isArchived?: boolean;
  isPinned?: boolean;
}

export interface ClearConversationInput extends ConversationInput {
  upToSeq: number;
}

export interface ReportInput {
  userId: string;
  reason: ReportReason;
  /** 0..1,000 characters. */
  note?: string;
  requestId?: string;
  conversationId?: string;
  /** 1..100. */
  seqs?: number[];
  block?: boolean;
}

export interface SyncInput {
  epoch?: string;
  after: number;
  limit?: number;
}

// Events

/** A change of the user's view. Version 0 is a result that found nothing left to do: it moves nothing. */
export interface Versioned {
  version: number;
  badges: Badges;
}

export interface RequestReceived extends Versioned {
  request: Request;
}

export interface RequestChanged extends Versioned {
  request: Request;
  conversation?: Conversation | null;
  acceptedRequest?: Request | null;
}

export interface RequestAccepted extends Versioned {
  request: Request;
  conversation: Conversation;
}

export interface RequestRemoved extends Versioned {
  requestId: string;
}

export interface RequestsRemoved extends Versioned {
  requestIds: string[];
}

export interface RequestRestored extends Versioned {
  request: Request;
}

export interface MessageReceived extends Versioned {
  message: Message;
  /** When it is new to the user. */
  conversation?: Conversation | null;
  unreadCount: number;
}

export interface MessageChanged extends Versioned {
  message: Message;
  lastChange: number;
}

export interface MessagesSeen extends Versioned {
  conversationId: string;
  seenBy: string;
  seq: number;
  at: string;
  unreadCount: number;
}

export interface ConversationChanged extends Versioned {
  conversation: Conversation;
}

export interface BlockChanged extends Versioned {
  userId: string;
  youBlocked: boolean;
  conversation?: Conversation | null;
  withdrawnRequest?: Request | null;
  removedRequestIds: string[];
}

/** Its badges are those of `me`. */
export interface MeChanged {
  version: number;
  me: Me;
}

export interface Typing {
  conversationId: string;
  userId: string;
}

export interface PresenceChanged {
  userId: string;
  isOnline: boolean;
}

export interface Position {
  epoch: string;
  version: number;
}

export interface ServerDraining {
  reconnectWithinSeconds: number;
}

/** The events that raise the user's version by one each. */
export interface ChangeEvents {
  RequestReceived: RequestReceived;
  RequestChanged: RequestChanged;
  RequestAccepted: RequestAccepted;
  RequestRemoved: RequestRemoved;
  RequestsRemoved: RequestsRemoved;
  RequestRestored: RequestRestored;
  MessageReceived: MessageReceived;
  MessageChanged: MessageChanged;
  MessagesSeen: MessagesSeen;
  ConversationChanged: ConversationChanged;
  BlockChanged: BlockChanged;
  MeChanged: MeChanged;
}

/** The events that are not stored. */
export interface TransientEvents {
  Typing: Typing;
  PresenceChanged: PresenceChanged;
  Position: Position;
  ServerDraining: ServerDraining;
}

export type HubEvents = ChangeEvents & TransientEvents;

/** A change with the name of its event: what a result of a call is, too. */
export type Change = { [Name in keyof ChangeEvents]: { event: Name; content: ChangeEvents[Name] } }[keyof ChangeEvents];

// Methods

/** Each method's input, result, and the event that the user's other devices get (the calling one gets the result). */
export interface HubMethods {
  GetMe: { input: EmptyInput; result: Me };
  UpdateProfile: { input: UpdateProfileInput; result: MeChanged; event: 'MeChanged' };
  UpdateSettings: { input: UpdateSettingsInput; result: MeChanged; event: 'MeChanged' };
  SearchUsers: { input: SearchUsersInput; result: Page<UserCard> };
  GetProfile: { input: GetProfileInput; result: Profile };
  Follow: { input: UserInput; result: Profile };
  Unfollow: { input: UserInput; result: Profile };
  Block: { input: UserInput; result: BlockChanged; event: 'BlockChanged' };
  Unblock: { input: UserInput; result: BlockChanged; event: 'BlockChanged' };
  ListFollowing: { input: PageInput; result: Page<UserCard> };
  ListFollowers: { input: PageInput; result: Page<UserCard> };
  ListBlocked: { input: PageInput; result: Page<UserCard> };
  AdviseIntro: { input: AdviseIntroInput; result: IntroAdvice };
  SendRequest: { input: SendRequestInput; result: RequestChanged; event: 'RequestChanged' };
  ListRequests: { input: ListRequestsInput; result: Page<Request> };
  GetRequest: { input: RequestInput; result: Request };
  AcceptRequest: { input: RequestInput; result: RequestAccepted; event: 'RequestAccepted' };
  DeleteRequest: { input: RequestInput; result: RequestRemoved; event: 'RequestRemoved' };
  DeleteRequests: { input: DeleteRequestsInput; result: RequestsRemoved; event: 'RequestsRemoved' };
  RestoreRequest: { input: RequestInput; result: RequestRestored; event: 'RequestRestored' };
  WithdrawRequest: { input: RequestInput; result: RequestChanged; event: 'RequestChanged' };
  OpenConversation: { input: UserInput; result: ConversationChanged; event: 'ConversationChanged' };
  ListConversations: { input: ListConversationsInput; result: Page<Conversation> };
  GetConversation: { input: ConversationInput; result: Conversation };
  GetMessages: { input: GetMessagesInput; result: MessagePage };
  SendMessage: { input: SendMessageInput; result: MessageReceived; event: 'MessageReceived' };
  EditMessage: { input: EditMessageInput; result: MessageChanged; event: 'MessageChanged' };
  RemoveMessage: { input: MessageInput; result: MessageChanged; event: 'MessageChanged' };
  React: { input: ReactInput; result: MessageChanged; event: 'MessageChanged' };
  UpdateConversation: { input: UpdateConversationInput; result: ConversationChanged; event: 'ConversationChanged' };
  ClearConversation: { input: ClearConversationInput; result: ConversationChanged; event: 'ConversationChanged' };
  MarkSeen: { input: MessageInput; result: MessagesSeen; event: 'MessagesSeen' };
  SetTyping: { input: ConversationInput; result: Nothing };
  Report: { input: ReportInput; result: ReportReceipt };
  Sync: { input: SyncInput; result: SyncPage };
}

export type HubMethod = keyof HubMethods;
export type InputOf<Method extends HubMethod> = HubMethods[Method]['input'];
export type ResultOf<Method extends HubMethod> = HubMethods[Method]['result'];

/** The server's methods, one function each. */
export type Hub = {
  readonly [Method in HubMethod]: (
    ...input: EmptyInput extends InputOf<Method> ? [input?: InputOf<Method>] : [input: InputOf<Method>]
  ) => Promise<ResultOf<Method>>;
};

// Errors

/** The codes of refused calls. */
export type ServerErrorCode =
  | 'invalid_argument' | 'conflict'
  | 'messaging_banned' | 'messaging_disabled'
  | 'user_not_found' | 'request_not_found' | 'conversation_not_found'
  | 'cannot_message_self' | 'you_blocked_user' | 'messaging_unavailable' | 'not_followed'
  | 'request_required' | 'request_pending' | 'already_connected' | 'request_closed' | 'request_limit_reached'
  | 'rate_limited' | 'username_taken' | 'invalid_credentials' | 'unauthenticated' | 'forbidden'
  | 'edit_closed' | 'unavailable' | 'internal_error';

/**
 * `unreachable` is the SDK's own: there is no connection, or it broke before the response. Whether the call took effect is
 * unknown; repeating it, with the same clientId where it has one, is safe.
 */
export type ErrorCode = ServerErrorCode | 'unreachable';

// Limits

/** Lengths count Unicode scalar values, texts after trimming. */
export const limits = {
  usernameMin: 3,
  usernameMax: 30,
  passwordMin: 8,
  passwordMax: 128,
  displayNameMax: 50,
  bioMax: 160,
  requestTextMax: 500,
  messageTextMax: 4_000,
  queryMin: 2,
  queryMax: 50,
  reportNoteMax: 1_000,
  reportSeqsMax: 100,
  deleteRequestsMax: 100,
  pinnedMax: 20,
  hiddenWordsMax: 200,
  hiddenWordMax: 50,
  hiddenWordsCharactersMax: 2_000,
  minAccountAgeDaysMax: 365,
  pageMax: 100,
  pageDefault: 30,
  avatarBytesMax: 256 * 1024,
  editMinutes: 15,
  typingSeconds: 5,
} as const;
