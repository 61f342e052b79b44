import { useEffect, useMemo, useState } from 'preact/hooks';
import { chats, type Conversation } from '@chathub/client';
import { useClock, useInbox, useOutbox, useStore } from '../core/hooks.js';
import { Empty, Spinner } from '../ui/basics.js';
import { Icon } from '../ui/icons.js';
import { List } from '../ui/list.js';
import { Avatar, Name } from '../ui/people.js';

const ROW = 76;

/** The chats, by latest. */
export function ChatList() {
  const { t, route, client } = useInbox();
  const conversations = useStore((state) => state.conversations);
  const isReady = useStore((state) => state.isReady);
  const [wantsArchive, setArchive] = useState(false);
  const archived = useMemo(() => chats(client.store.state, true).length, [conversations]);
  // Its last chat has left it: with the archive goes the way out of it.
  const isArchive = wantsArchive && archived > 0;
  const items = useMemo(() => chats(client.store.state, isArchive), [conversations, isArchive]);
  useEffect(() => {
    if (archived === 0) setArchive(false);
  }, [archived]);

  if (items.length === 0 && !isReady) return <Spinner />;
  return (
    <>
      {archived > 0 && (
        <div class="tabs folders">
          <button type="button" class="tab" aria-current={!isArchive} onClick={() => setArchive(false)}>{t.app.chats}</button>
          <button type="button" class="tab" aria-current={isArchive} onClick={() => setArchive(true)}>{t.chats.archived}</button>
        </div>
      )}
      {items.length === 0 ? (
        <Empty icon="chat" title={t.chats.none}><p>{t.chats.noneHint}</p></Empty>
      ) : (
        <List items={items} keyOf={(chat) => chat.conversationId} height={ROW} label={t.app.chats} current={route.view === 'chat' ? route.id : undefined}>
          {(chat, tabIndex) => <ChatRow chat={chat} tabIndex={tabIndex} />}
        </List>
      )}
    </>
  );
}

function ChatRow({ chat, tabIndex }: { chat: Conversation; tabIndex: 0 | -1 }) {
  const { t, format, route, go } = useInbox();
  const isCurrent = route.view === 'chat' && route.id === chat.conversationId;
  const { lastMessage: last } = chat;
  const isMuted = !!chat.mutedUntil && Date.parse(chat.mutedUntil) > Date.now();
  return (
    <button type="button" class={`item${chat.unreadCount > 0 ? ' unread' : ''}`} aria-current={isCurrent} tabIndex={tabIndex} onClick={() => go({ view: 'chat', id: chat.conversationId })}>
      <Avatar user={chat.peer} size={52} presence={chat.state === 'open'} />
      <span class="grow">
        <span class="top"><Name user={chat.peer} /><span class="grow" />{last && <time dateTime={last.sentAt}>{format.short(last.sentAt)}</time>}</span>
        <span class="below">
          <Preview chat={chat} />
          {isMuted && <span role="img" aria-label={t.chats.muted}><Icon name="mute" /></span>}
          {chat.isPinned && <span role="img" aria-label={t.chats.pinned}><Icon name="pin" /></span>}
          {chat.unreadCount > 0 && <span class="count">{chat.unreadCount > 99 ? '99+' : chat.unreadCount}<span class="hidden"> {t.chats.unread(chat.unreadCount)}</span></span>}
        </span>
      </span>
    </button>
  );
}

/** The second line: typing, a draft, what waits to be sent, or the last message with its state. */
function Preview({ chat }: { chat: Conversation }) {
  const { t, memory, client, route } = useInbox();
  const typing = useStore((state) => state.typing.get(chat.conversationId) ?? 0);
  const now = useClock(1, typing > Date.now());
  const waiting = useOutbox().findLast((item) => 'conversationId' in item.content && item.content.conversationId === chat.conversationId);
  const draft = route.view === 'chat' && route.id === chat.conversationId ? '' : memory.get(`draft:${chat.conversationId}`);
  const { lastMessage: last } = chat;

  if (typing > now) return <span class="said typing">{t.chats.typing}</span>;
  if (draft) return <span class="said"><strong>{t.chats.draft}</strong> <bdi class="clip">{draft}</bdi></span>;
  if (waiting) return <><span class="said"><bdi class="clip">{waiting.content.text}</bdi></span><span class="mark">{waiting.state === 'failed' ? t.chat.notSent : t.chat.sending}</span></>;
  if (!last) return <span class="said">{t.chats.empty}</span>;
  if (last.removedAt) return <span class="said">{t.chats.removed}</span>;
  const isMine = last.senderId === client.userId;
  // What this side has sent is seen from the moment the peer's mark passes it.
  const status = isMine && last.seq <= chat.peerSeenSeq ? 'seen' : last.status;
  return (
    <>
      <span class="said">{isMine && <>{t.chats.you} </>}<bdi class="clip">{last.text}</bdi></span>
      {isMine && <span class={`mark ${status}`}>{t.chats[status]}</span>}
    </>
  );
}
