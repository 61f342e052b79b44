import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Conversation, Message, MessageWindow, UserCard } from '@chathub/client';
import { useClock, useEvent, useInbox, useLoaded, usePresenceRound, useStore } from '../core/hooks.js';
import { Confirm, Load, Menu, Spinner, Tool, type MenuItem } from '../ui/basics.js';
import { Avatar, Name } from '../ui/people.js';
import { Composer } from './composer.js';
import { EmojiDialog } from './emoji.js';
import type { MessageActions } from './message.js';
import { ReceiptsDialog } from './receipts.js';
import { ReportDialog } from './report.js';
import { Thread } from './thread.js';

const PAGE = 60;
const FOREVER = '9999-01-01T00:00:00Z';

export function Chat({ id }: { id: string }) {
  const { t, client } = useInbox();
  const chat = useStore((state) => state.conversations.get(id));
  const window = useStore((state) => state.messages.get(id));
  const [opened, again] = useLoaded(() => client.store.openConversation(id, PAGE), [id]);
  useEffect(() => () => client.store.closeConversation(id), [id]);

  if (window && !window.isLoading && chat) return <OpenChat key={id} chat={chat} window={window} />;
  if (opened.state === 'failed') return <Load of={opened} again={again}>{() => null}</Load>;
  return (
    <>
      {chat && <Head chat={chat} onReport={() => {}} />}
      <Spinner />
      <span class="hidden">{t.app.loading}</span>
    </>
  );
}

function OpenChat({ chat, window }: { chat: Conversation; window: MessageWindow }) {
  const { t, client, fail } = useInbox();
  const id = chat.conversationId;
  const [replyTo, setReplyTo] = useState<Message>();
  const [editing, setEditing] = useState<Message>();
  const [reported, setReported] = useState<number[]>();
  const [reacted, setReacted] = useState<Message>();
  const me = useStore((state) => state.me);
  const canChange = typeof chat.lastChange === 'number' && chat.state === 'open';

  const actions = useMemo<MessageActions>(() => ({
    reply: (message) => { setEditing(undefined); setReplyTo(message); },
    edit: (message) => { setReplyTo(undefined); setEditing(message); },
    remove: (message) => void client.hub.RemoveMessage({ conversationId: id, seq: message.seq }).catch(fail),
    react: (message, emoji) => void client.hub.React({ conversationId: id, seq: message.seq, ...(emoji ? { emoji } : {}) }).catch(fail),
    pickEmoji: setReacted,
    report: (message) => setReported([message.seq]),
    retry: (clientId) => client.outbox.retry(clientId),
    discard: (clientId) => client.outbox.discard(clientId),
  }), [id]);

  const send = useEvent((text: string) => {
    if (editing) client.hub.EditMessage({ conversationId: id, seq: editing.seq, text }).catch(fail);
    else client.outbox.send({ conversationId: id, text, ...(replyTo ? { replyToSeq: replyTo.seq } : {}) });
    setReplyTo(undefined);
    setEditing(undefined);
  });
  const unblock = (): void => void client.hub.Unblock({ userId: chat.peer.userId }).catch(fail);
  const name = chat.peer.displayName;
  return (
    <>
      <Head chat={chat} onReport={() => setReported([])} />
      <Thread chat={chat} window={window} actions={actions} canChange={canChange}>
        <TypingLine chat={chat} />
        {chat.state === 'youBlocked' ? (
          <div class="closed"><p>{t.chat.blocked(name)}</p><button type="button" class="button" onClick={unblock}>{t.chat.unblock}</button></div>
        ) : chat.state === 'unavailable' ? (
          <div class="closed"><p>{t.chat.unavailable}</p></div>
        ) : me?.settings.messagingPolicy === 'nobody' ? (
          <div class="closed"><p>{t.chat.off}</p></div>
        ) : me?.isBanned ? null : (
          <Composer conversationId={id} replyTo={replyTo} editing={editing} replyName={replyTo?.senderId === chat.peer.userId ? name : t.chat.you} onSend={send} onCancel={() => { setReplyTo(undefined); setEditing(undefined); }} />
        )}
      </Thread>
      {reacted && <EmojiDialog onChosen={(emoji) => actions.react(reacted, emoji)} onClose={() => setReacted(undefined)} />}
      {reported && <ReportDialog user={chat.peer} chat={chat} messages={window.items} seqs={reported} onClose={() => setReported(undefined)} />}
    </>
  );
}

function Head({ chat, onReport }: { chat: Conversation; onReport: () => void }) {
  const { t, client, go, fail } = useInbox();
  const [asks, setAsks] = useState<'block' | 'clear' | 'receipts'>();
  const { peer, conversationId } = chat;
  const update = (change: { mutedUntil?: string; isPinned?: boolean; isArchived?: boolean }): void => void client.hub.UpdateConversation({ conversationId, ...change }).catch(fail);
  const isMuted = !!chat.mutedUntil && Date.parse(chat.mutedUntil) > Date.now();
  const own: MenuItem[] = chat.isPinned === undefined ? [] : [
    { label: chat.isPinned ? t.chats.unpin : t.chats.pin, run: () => update({ isPinned: !chat.isPinned }) },
    { label: isMuted ? t.chats.unmute : t.chats.mute, run: () => update({ mutedUntil: isMuted ? new Date(0).toISOString() : FOREVER }) },
    { label: chat.isArchived ? t.chats.unarchive : t.chats.archive, run: () => update({ isArchived: !chat.isArchived }) },
    { label: t.receipts.item, run: () => setAsks('receipts') },
    { label: t.chats.clear, run: () => setAsks('clear') },
  ];
  const items: MenuItem[] = [
    { label: t.chat.profile, run: () => go({ view: 'person', id: peer.userId }) },
    ...own,
    chat.state === 'youBlocked'
      ? { label: t.person.unblock, run: () => void client.hub.Unblock({ userId: peer.userId }).catch(fail) }
      : { label: t.person.block, run: () => setAsks('block'), isDanger: true },
    { label: t.person.report, run: onReport, isDanger: true },
  ];
  return (
    <header class="bar">
      <Tool icon="back" flips label={t.app.back} class="tool back" onClick={() => go({ view: 'chats' })} />
      <Who chat={chat} />
      <Menu label={t.chat.options} items={items} />
      {asks === 'block' && <Confirm title={t.person.blockAsk(peer.displayName)} hint={t.person.blockHint} action={t.person.block} onClose={() => setAsks(undefined)} onYes={() => void client.hub.Block({ userId: peer.userId }).catch(fail)} />}
      {asks === 'clear' && <Confirm title={t.chats.clearAsk} hint={t.chats.clearHint(peer.displayName)} action={t.chats.clear} onClose={() => setAsks(undefined)} onYes={() => void client.hub.ClearConversation({ conversationId, upToSeq: chat.lastSeq }).catch(fail)} />}
      {asks === 'receipts' && <ReceiptsDialog chat={chat} onClose={() => setAsks(undefined)} />}
    </header>
  );
}

/** The peer, online or when last: read with the profile, because `lastSeenAt` makes no event. */
function Who({ chat }: { chat: Conversation }) {
  const { client, go } = useInbox();
  const { peer } = chat;
  const known = useStore((state) => state.presence.get(peer.userId));
  const round = usePresenceRound();
  const [profile] = useLoaded(() => client.hub.GetProfile({ userId: peer.userId }), [peer.userId, known, round, chat.state]);
  const read = profile.state === 'ready' ? profile.value : undefined;
  return (
    <button type="button" class="who" onClick={() => go({ view: 'person', id: peer.userId })}>
      <Avatar user={peer} size={42} presence={chat.state === 'open'} wasOnline={read?.isOnline} />
      <span class="grow"><strong><Name user={peer} /></strong><Presence peer={peer} isOnline={known ?? read?.isOnline === true} lastSeenAt={read?.lastSeenAt} /></span>
    </button>
  );
}

function Presence({ peer, isOnline, lastSeenAt }: { peer: UserCard; isOnline: boolean; lastSeenAt: string | null | undefined }) {
  const { t, format } = useInbox();
  useClock(60);
  if (isOnline) return <span class="small muted clip">{t.app.online}</span>;
  return <span class="small muted clip">{lastSeenAt ? t.chat.lastSeen(format.relative(Date.parse(lastSeenAt))) : <bdi>@{peer.username}</bdi>}</span>;
}

function TypingLine({ chat }: { chat: Conversation }) {
  const { t } = useInbox();
  const until = useStore((state) => state.typing.get(chat.conversationId) ?? 0);
  const now = useClock(1, until > Date.now());
  return <div class="typing-line" aria-live="polite">{until > Math.max(now, Date.now()) ? t.chat.typing(chat.peer.displayName) : ''}</div>;
}

