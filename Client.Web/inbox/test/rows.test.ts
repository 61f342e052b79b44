import type { Message, OutboxItem } from '@chathub/client';
import { describe, expect, it } from 'vitest';
import { rowsOf, SPAN } from '../src/core/rows.js';

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 26, 12, minutes)).toISOString();
const message = (seq: number, senderId = 'peer', minutes = seq, clientId?: string): Message =>
  ({ conversationId: 'c', seq, senderId, text: `#${seq}`, sentAt: at(minutes), status: 'sent', ...(clientId ? { clientId } : {}) });
const waiting = (clientId: string): OutboxItem => ({ clientId, content: { conversationId: 'c', text: clientId }, addedAt: at(10), state: 'pending' });

describe('rowsOf', () => {
  it('is bounded, and ends where it shall', () => {
    const items = Array.from({ length: 500 }, (_, i) => message(i + 1, 'peer', 0));
    const rows = rowsOf(items, 300, [], 'me');
    expect(rows).toHaveLength(SPAN);
    expect(rows.at(-1)?.message?.seq).toBe(300);
  });

  it('groups messages of one sender that are close in time', () => {
    const rows = rowsOf([message(1), message(2), message(3, 'me'), message(4, 'me', 30)], 4, [], 'me');
    expect(rows.map((row) => [row.isFirst, row.isLast])).toEqual([[true, false], [false, true], [true, true], [true, true]]);
    expect(rows.map((row) => row.day !== undefined)).toEqual([true, false, false, false]);
  });

  it('shows what waits after the latest message, once', () => {
    const items = [message(1), message(2, 'me', 2, 'a')];
    expect(rowsOf(items, 2, [waiting('a'), waiting('b')], 'me').map((row) => row.key)).toEqual(['#1', 'a', 'b']);
    expect(rowsOf(items, 1, [waiting('b')], 'me').map((row) => row.key)).toEqual(['#1']);
  });

  it('keeps the key of a message that is confirmed', () => {
    const before = rowsOf([], 0, [waiting('a')], 'me')[0];
    expect(rowsOf([message(1, 'me', 1, 'a')], 1, [], 'me')[0]?.key).toBe(before?.key);
  });
});
