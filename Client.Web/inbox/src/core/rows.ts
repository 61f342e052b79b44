import type { Message, MessageContent, OutboxItem } from '@chathub/client';
import { isSameDay } from './format.js';

/** Messages of one sender within this time are one group. */
const GROUP_MS = 5 * 60_000;

/** The most messages in the document at once: several screens, so that scrolling always has some on both sides. */
export const SPAN = 120;

/** How far the shown span moves at once. */
export const STEP = 40;

export interface Row {
  key: string;
  message?: Message;
  /** On its way to the server. */
  item?: OutboxItem;
  text: string;
  at: string;
  isMine: boolean;
  isFirst: boolean;
  isLast: boolean;
  /** The instant whose day begins with this row. */
  day?: string;
}

/** The span of messages that ends before `end`, and with the latest one what waits in the outbox. */
export function rowsOf(items: readonly Message[], end: number, waiting: readonly OutboxItem[], me: string | undefined): Row[] {
  const start = Math.max(0, end - SPAN);
  const rows = items.slice(start, end).map((message) => rowOf(message, me));
  if (end === items.length) {
    // Confirmed a moment ago, it is a message already.
    const confirmed = new Set(rows.map((row) => row.key));
    rows.push(...waiting.filter((item) => !confirmed.has(item.clientId)).map(waitingRow));
  }
  const before = items[start - 1];
  group(rows, before && rowOf(before, me));
  return rows;
}

const rowOf = (message: Message, me: string | undefined): Row => ({
  key: message.clientId ?? `#${message.seq}`,
  message,
  text: message.text,
  at: message.sentAt,
  isMine: message.senderId === me,
  isFirst: true,
  isLast: true,
});

const waitingRow = (item: OutboxItem): Row => ({
  key: item.clientId,
  item,
  text: (item.content as MessageContent).text,
  at: item.addedAt,
  isMine: true,
  isFirst: true,
  isLast: true,
});

function group(rows: Row[], before: Row | undefined): void {
  let previous = before;
  for (const row of rows) {
    if (!previous || !isSameDay(previous.at, row.at)) row.day = row.at;
    row.isFirst = !previous || row.day !== undefined || previous.isMine !== row.isMine || Date.parse(row.at) - Date.parse(previous.at) > GROUP_MS;
    if (previous) previous.isLast = row.isFirst;
    previous = row;
  }
}
