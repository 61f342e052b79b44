import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { limits, type Conversation, type MessageWindow } from '@chathub/client';
import { useEvent, useInbox, useOutbox } from '../core/hooks.js';
import { rowsOf, SPAN, STEP, type Row } from '../core/rows.js';
import { MessageRow, type MessageActions } from './message.js';

/** Pixels from an end at which the shown span moves on. */
const NEAR = 700;
/** Pixels from the bottom that still count as being there. */
const BOTTOM = 60;

interface Props {
  chat: Conversation;
  window: MessageWindow;
  actions: MessageActions;
  canChange: boolean;
  children?: ComponentChildren;
}

/** Where the reader is: at the bottom, or at the row that is the first in view, which lies `offset` below the upper edge. */
interface Place {
  sticks: boolean;
  key?: string;
  offset: number;
  /** How far it was scrolled then. */
  top: number;
}

/**
 * The messages of a chat. The document holds at most `SPAN` of them: the span that is shown moves with the scrolling, and what
 * is seen stays where it is when rows come or go above it.
 */
export function Thread({ chat, window, actions, canChange, children }: Props) {
  const { t, format, client, announce } = useInbox();
  const box = useRef<HTMLDivElement>(null);
  const place = useRef<Place>({ sticks: true, offset: 0, top: 0 });
  // The seq that the shown span ends with; undefined: it ends with the latest message.
  const [endSeq, setEndSeq] = useState<number>();
  const [sticks, setSticks] = useState(true);
  const [newFrom, setNewFrom] = useState(() => (chat.unreadCount > 0 ? firstUnread(window, chat.seenSeq, client.userId) : undefined));
  const isLoading = useRef(false);
  const outbox = useOutbox();
  const { items, hasEarlier } = window;
  const waiting = useMemo(() => outbox.filter((item) => 'conversationId' in item.content && item.content.conversationId === chat.conversationId), [outbox, chat.conversationId]);
  const end = endSeq === undefined ? items.length : Math.min(items.length, indexOf(window, endSeq) + 1);
  const rows = useMemo(() => rowsOf(items, end, waiting, client.userId), [items, end, waiting]);
  const last = items.at(-1)?.seq ?? 0;

  const loadEarlier = useEvent(async () => {
    if (isLoading.current || !hasEarlier) return;
    isLoading.current = true;
    try {
      await client.store.loadEarlier(chat.conversationId, 60);
    } catch {
      // The next scrolling tries again; the banner says what the matter is.
    } finally {
      isLoading.current = false;
    }
  });

  const moveSpan = useEvent(() => {
    const node = box.current!;
    if (node.clientHeight === 0 || place.current.sticks) return;
    if (node.scrollTop < NEAR) {
      if (end > SPAN) setEndSeq(items[Math.max(SPAN, end - STEP) - 1]!.seq);
      else void loadEarlier();
    } else if (node.scrollHeight - node.scrollTop - node.clientHeight < NEAR && end < items.length) {
      const next = end + STEP;
      setEndSeq(next >= items.length ? undefined : items[next - 1]!.seq);
    }
  });

  const remember = useEvent(() => {
    const node = box.current!;
    const atBottom = endSeq === undefined && node.scrollHeight - node.scrollTop - node.clientHeight < BOTTOM;
    const shown = [...node.querySelectorAll<HTMLElement>('li[data-key]')].find((row) => row.offsetTop + row.offsetHeight > node.scrollTop);
    place.current = { sticks: atBottom, offset: shown ? offsetOf(shown, node) : 0, top: node.scrollTop, ...(shown ? { key: shown.dataset.key! } : {}) };
    setSticks(atBottom);
  });

  const markSeen = useMarkSeen(chat, box, place, rows);
  const onScroll = useEvent(() => {
    remember();
    moveSpan();
    markSeen();
  });

  // Before the browser paints: the bottom stays the bottom, and what is looked at stays where it is.
  useLayoutEffect(() => {
    const node = box.current!;
    const { sticks: atBottom, key, offset, top } = place.current;
    if (atBottom) node.scrollTop = node.scrollHeight;
    else if (key !== undefined) {
      const row = node.querySelector<HTMLElement>(`li[data-key="${CSS.escape(key)}"]`);
      // What was scrolled since the last scroll event counts, unless a shorter list has moved it.
      const isCut = node.scrollTop + node.clientHeight >= node.scrollHeight;
      const wanted = offset - (isCut ? 0 : node.scrollTop - top);
      if (row) node.scrollTop += offsetOf(row, node) - wanted;
      // At the upper end it may be out of reach until the rows before are there.
      place.current = { ...place.current, offset: wanted, top: node.scrollTop };
    }
    moveSpan();
    markSeen();
  }, [rows]);

  useLayoutEffect(() => {
    const node = box.current!;
    const line = node.querySelector<HTMLElement>('.new');
    if (line && line.offsetTop < node.scrollTop) {
      node.scrollTop = Math.max(0, line.offsetTop - 40);
      remember();
    }
    const observer = new ResizeObserver(() => {
      if (place.current.sticks) node.scrollTop = node.scrollHeight;
      markSeen();
    });
    observer.observe(node);
    document.addEventListener('visibilitychange', markSeen);
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', markSeen);
    };
  }, []);

  const previous = useRef(last);
  useEffect(() => {
    const latest = items.at(-1);
    if (!latest || last <= previous.current) return;
    const isMine = latest.senderId === client.userId;
    if (isMine) setNewFrom(undefined);
    else {
      if ((document.visibilityState === 'hidden' || !place.current.sticks) && newFrom === undefined) setNewFrom(firstUnread(window, previous.current, client.userId));
      announce(t.chat.arrived(chat.peer.displayName, latest.text));
    }
    previous.current = last;
  }, [last]);

  const toLatest = useEvent(() => {
    place.current = { sticks: true, offset: 0, top: 0 };
    setEndSeq(undefined);
    setSticks(true);
    box.current!.scrollTop = box.current!.scrollHeight;
    markSeen();
  });
  // What is written is shown.
  const newest = waiting.at(-1)?.clientId;
  useEffect(() => {
    if (newest) toLatest();
  }, [newest]);

  // Up and Down go from message to message, so that what can be done with one is a Tab away.
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const from = event.target as HTMLElement;
    if (by === undefined || event.altKey || !from.matches('.thread, .bubble')) return;
    event.preventDefault();
    const bubbles = [...box.current!.querySelectorAll<HTMLElement>('.bubble')];
    const at = bubbles.indexOf(from);
    const to = at < 0 ? bubbles.length - 1 : Math.min(bubbles.length - 1, Math.max(0, at + by));
    bubbles[to]?.focus({ preventScroll: true });
    bubbles[to]?.scrollIntoView({ block: 'nearest' });
  };

  const bySeq = (seq: number | null | undefined) => (seq ? items[indexOf(window, seq)] : undefined);
  return (
    <>
      <div class="thread" ref={box} onScroll={onScroll} onKeyDown={onKeyDown} role="log" aria-live="off" aria-label={t.chat.log(chat.peer.displayName)} tabIndex={0}>
        <ol>
          {!hasEarlier && end <= SPAN && <li class="day" key="start">{t.chat.start(chat.peer.displayName)}</li>}
          {rows.map((row) => [
            row.day && <li class="day" key={`day ${row.key}`}><time dateTime={row.day}>{format.day(row.day)}</time></li>,
            newFrom !== undefined && row.message?.seq === newFrom && <li class="new" key="new">{t.chat.newMessages}</li>,
            <MessageRow
              key={row.key} row={row} chat={chat} status={statusOf(row, chat)} quoted={bySeq(row.message?.replyToSeq)} canChange={canChange}
              canEdit={Date.now() - Date.parse(row.at) < limits.editMinutes * 60_000} actions={actions}
            />,
          ])}
        </ol>
      </div>
      <div class="foot">
        {!sticks && (
          <button type="button" class="button small latest" onClick={toLatest}>
            {chat.unreadCount > 0 ? t.chat.newBelow(chat.unreadCount) : t.chat.latest} <span aria-hidden="true">↓</span>
          </button>
        )}
        {children}
      </div>
    </>
  );
}

// To the fraction of a pixel: offsetTop is rounded.
const offsetOf = (row: HTMLElement, box: HTMLElement): number => row.getBoundingClientRect().top - box.getBoundingClientRect().top;

/** The first message of the peer after those that were seen; undefined where it is not loaded. */
const firstUnread = ({ items }: MessageWindow, seen: number, me: string | undefined): number | undefined => items.find((message) => message.seq > seen && message.senderId !== me)?.seq;

const indexOf = ({ items }: MessageWindow, seq: number): number => (items.length === 0 ? -1 : seq - items[0]!.seq);

function statusOf(row: Row, chat: Conversation): 'sending' | 'failed' | 'sent' | 'seen' | 'theirs' {
  if (row.item) return row.item.state === 'failed' ? 'failed' : 'sending';
  if (!row.isMine) return 'theirs';
  return row.message!.status === 'seen' || row.message!.seq <= chat.peerSeenSeq ? 'seen' : 'sent';
}

/** Marks what can be read as seen: up to the last message of the peer in view, while the page is visible. */
function useMarkSeen(chat: Conversation, box: { current: HTMLDivElement | null }, place: { current: { sticks: boolean } }, rows: readonly Row[]): () => void {
  const { client } = useInbox();
  const marked = useRef(0);
  return useEvent(() => {
    const node = box.current;
    if (!node || node.clientHeight === 0 || document.visibilityState === 'hidden') return;
    const seq = place.current.sticks ? lastOfPeer(rows) : lastInView(node);
    if (seq === undefined || seq <= Math.max(marked.current, chat.seenSeq)) return;
    marked.current = seq;
    client.hub.MarkSeen({ conversationId: chat.conversationId, seq }).catch(() => {
      marked.current = 0;
    });
  });
}

const lastOfPeer = (rows: readonly Row[]): number | undefined => rows.findLast((row) => row.message && !row.isMine)?.message?.seq;

function lastInView(node: HTMLElement): number | undefined {
  const bottom = node.scrollTop + node.clientHeight;
  const row = [...node.querySelectorAll<HTMLElement>('li[data-seq]:not(.mine)')].findLast((one) => one.offsetTop + Math.min(one.offsetHeight, 40) <= bottom);
  return row ? Number(row.dataset.seq) : undefined;
}
