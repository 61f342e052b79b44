import { readdirSync, readFileSync } from 'node:fs';
import type { Update } from '../src/index.js';

export const scriptsFolder = new URL('../../../Tests/Client/Scripts/', import.meta.url);

export interface Script {
  about: string;
  start: { version: number; conversations?: object[]; requests?: object[] };
  replayUnseen?: boolean;
  startCalls?: Step[];
  startUpdates?: string[];
  steps: Step[];
}

export type Step =
  | { event: string; content: object }
  | { position: object }
  | { connected: true }
  | { call: string; input: object; answer?: object; error?: string; lost?: true }
  | { load: { me: object; conversations?: object[]; requests?: object[] } }
  | { time: number; of?: number | null }
  | { updates: string[] }
  | { nothingElse: true };

export function readScripts(): [string, Script][] {
  return readdirSync(scriptsFolder)
    .filter((file) => file.endsWith('.json') && file !== 'shapes.json')
    .map((file) => [file.replace('.json', ''), JSON.parse(readFileSync(new URL(file, scriptsFolder), 'utf8')) as Script]);
}

type Json = { [name: string]: unknown };

const shapes = JSON.parse(readFileSync(new URL('shapes.json', scriptsFolder), 'utf8')) as { [shape: string]: Json };

/** The shape of the object, or of the objects in the array, under each property name. */
const shapeOfProperty: { [name: string]: string } = {
  badges: 'badges', me: 'me',
  request: 'request', acceptedRequest: 'request', withdrawnRequest: 'request', requests: 'request',
  message: 'message', lastMessage: 'message', items: 'message',
  conversation: 'conversation', conversations: 'conversation',
};

/** Fills what a script leaves out with the sample values of the shape. */
export function complete<T>(value: object, shape?: string): T {
  const all: Json = { ...(shape ? shapes[shape] : {}), ...value };
  return Object.fromEntries(Object.entries(all).map(([name, child]) => [name, completeProperty(name, child)])) as T;
}

function completeProperty(name: string, value: unknown): unknown {
  const shape = shapeOfProperty[name];
  if (!shape) return value;
  return Array.isArray(value) ? value.map((item: object) => complete(item, shape)) : complete(value as object, shape);
}

/** The reverse: leaves out what equals the sample values of the shape. */
export function omitSamples(value: object, shape?: string): Json {
  const samples = shape ? shapes[shape] : undefined;
  const properties = Object.entries(value).map(([name, child]) => [name, omitFromProperty(name, child)] as const);
  return Object.fromEntries(properties.filter(([name, child]) => child !== undefined && JSON.stringify(child) !== JSON.stringify(samples?.[name])));
}

function omitFromProperty(name: string, value: unknown): unknown {
  const shape = shapeOfProperty[name];
  if (!shape || value === undefined) return value;
  return Array.isArray(value) ? value.map((item: object) => omitSamples(item, shape)) : omitSamples(value as object, shape);
}

/** An update as the scripts write it. */
export function describe(update: Update): string {
  switch (update.type) {
    case 'cleared':
    case 'ready':
    case 'presenceCleared':
      return update.type;
    case 'me':
      return `me ${update.me.user.username}`;
    case 'badges':
      return `badges ${update.badges.pendingRequests} ${update.badges.unreadConversations} ${update.badges.unreadMessages}`;
    case 'conversation': {
      const { conversationId, state, lastSeq, unreadCount, seenSeq, peerSeenSeq } = update.conversation;
      return `conversation ${conversationId}: ${state}, last ${lastSeq}, unread ${unreadCount}, seen ${seenSeq}, by peer ${peerSeenSeq}`;
    }
    case 'request':
      return `request ${update.request.requestId}: ${update.request.direction}, ${update.request.state}`;
    case 'requestRemoved':
      return `requestRemoved ${update.requestId}`;
    case 'message': {
      const { conversationId, seq, text } = update.message;
      return `message ${conversationId} ${seq} ${text}${update.unreadCount === undefined ? '' : `, unread ${update.unreadCount}`}`;
    }
    case 'messageChanged': {
      const { conversationId, seq, text, change } = update.message;
      return `messageChanged ${conversationId} ${seq} ${text}, change ${change}`;
    }
    case 'seen':
      return `seen ${update.conversationId} by ${update.seenBy} up to ${update.seq}, unread ${update.unreadCount}`;
    case 'block':
      return `block ${update.userId} ${update.youBlocked}`;
    case 'typing':
      return `typing ${update.conversationId}`;
    case 'presence':
      return `presence ${update.userId} ${update.isOnline}`;
  }
}
