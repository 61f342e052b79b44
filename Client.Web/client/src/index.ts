export * from './api.js';
export * from './contract.js';
export { ChatHubError } from './errors.js';
export { chats, emptyInbox, hasNews, requestsFolder, type InboxState, type InboxStore, type MessageWindow } from './store.js';
export { createChatHubClient } from './client.js';
