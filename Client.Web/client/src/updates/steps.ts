import type { Update } from '../api.js';
import type { Change, Conversation, Request, SyncPage } from '../contract.js';
import type { Delivered } from './delivered.js';
import type { Step } from './sequencer.js';

/** The steps of one event or result, its badges last. */
export function stepsOfChange(change: Change, delivered: Delivered): Step[] {
  if (change.event === 'MeChanged') return publish({ type: 'me', me: change.content.me });
  return [...stepsOfContent(change, delivered), ...publish({ type: 'badges', badges: change.content.badges })];
}

/** The steps of a page of Sync. Its `me` is valid on the last page only. */
export function stepsOfPage(page: SyncPage, delivered: Delivered): Step[] {
  return [
    ...page.conversations.flatMap((conversation) => stepsOfConversation(conversation, delivered)),
    ...page.requests.flatMap(stepsOfRequest),
    ...page.removedRequestIds.flatMap(stepsOfRemoval),
    ...(page.hasMore ? [] : publish({ type: 'me', me: page.me })),
  ];
}

/** The conversation comes first, so that the application knows it when its messages arrive. */
export function stepsOfConversation(conversation: Conversation | null | undefined, delivered: Delivered): Step[] {
  return conversation ? [...publish({ type: 'conversation', conversation }), ...delivered.catchUp(conversation)] : [];
}

function stepsOfContent(change: Exclude<Change, { event: 'MeChanged' }>, delivered: Delivered): Step[] {
  switch (change.event) {
    case 'RequestReceived':
    case 'RequestRestored':
      return stepsOfRequest(change.content.request);
    case 'RequestChanged': {
      const { request, acceptedRequest, conversation } = change.content;
      return [...stepsOfRequest(request), ...stepsOfRequest(acceptedRequest), ...stepsOfConversation(conversation, delivered)];
    }
    case 'RequestAccepted':
      return [...stepsOfRequest(change.content.request), ...stepsOfConversation(change.content.conversation, delivered)];
    case 'RequestRemoved':
      return stepsOfRemoval(change.content.requestId);
    case 'RequestsRemoved':
      return change.content.requestIds.flatMap(stepsOfRemoval);
    case 'MessageReceived': {
      const { message, conversation, unreadCount } = change.content;
      return [...(conversation ? publish({ type: 'conversation', conversation }) : []), ...delivered.add(message, unreadCount)];
    }
    case 'MessageChanged':
      return delivered.change(change.content);
    case 'MessagesSeen': {
      const { conversationId, seenBy, seq, at, unreadCount } = change.content;
      return publish({ type: 'seen', conversationId, seenBy, seq, at, unreadCount });
    }
    case 'ConversationChanged':
      return stepsOfConversation(change.content.conversation, delivered);
    case 'BlockChanged': {
      const { userId, youBlocked, conversation, withdrawnRequest, removedRequestIds } = change.content;
      return [
        ...publish({ type: 'block', userId, youBlocked }),
        ...stepsOfConversation(conversation, delivered),
        ...stepsOfRequest(withdrawnRequest),
        ...removedRequestIds.flatMap(stepsOfRemoval),
      ];
    }
  }
}

function stepsOfRequest(request: Request | null | undefined): Step[] {
  return request ? publish({ type: 'request', request }) : [];
}

function stepsOfRemoval(requestId: string): Step[] {
  return publish({ type: 'requestRemoved', requestId });
}

function publish(update: Update): Step[] {
  return [{ type: 'publish', update }];
}
