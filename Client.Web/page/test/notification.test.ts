import { describe, expect, it } from 'vitest';
import { notificationOf } from '../worker/notification.js';

const texts = new URLSearchParams({ message: 'New message', request: 'New request', accepted: 'Accepted' });

describe('notificationOf', () => {
  it('says no more than the payload does', () =>
    expect(notificationOf({ type: 'message.received', conversationId: 'c/1' }, texts)).toMatchObject({ title: 'New message', options: { body: '', tag: 'c/1', data: { path: 'chats/c%2F1' } } }));
  it('shows the sender, and what it is', () =>
    expect(notificationOf({ type: 'request.received', requestId: 'r', title: 'Ben' }, texts)).toMatchObject({ title: 'Ben', options: { body: 'New request', data: { path: 'requests/r' } } }));
  it('shows the text where the payload has it', () =>
    expect(notificationOf({ type: 'message.received', conversationId: 'c', title: 'Ben', body: 'Hello' }, texts)).toMatchObject({ title: 'Ben', options: { body: 'Hello' } }));
  it('leads from an acceptance to the chat', () =>
    expect(notificationOf({ type: 'request.accepted', requestId: 'r', conversationId: 'c', title: 'Ben' }, texts)).toMatchObject({ options: { body: 'Accepted', data: { path: 'chats/c' } } }));
  it('leads to the requests where the payload names none', () => expect(notificationOf({ type: 'request.received' }, texts)).toMatchObject({ title: 'New request', options: { data: { path: 'requests' } } }));
  it('ignores a type that it does not know', () => expect([notificationOf({}, texts), notificationOf({ type: 'poll.ended', title: 'Ben' }, texts)]).toEqual([undefined, undefined]));
});
