export * from './api.js';
export * from './contract.js';
export { ChatHubError } from './errors.js';
export { applyUpdates, chats, emptyInbox, hasNews, requestsFolder, type InboxState } from './inbox.js';
export type { MessageWindow } from './message-window.js';
export type { InboxStore } from './store.js';
export { createChatHubClient } from './client.js';
