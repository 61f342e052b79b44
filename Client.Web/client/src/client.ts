import type { ChatHubClient, ChatHubClientOptions } from './api.js';

/** Creates the client; `start` connects it. */
export declare function createChatHubClient(options: ChatHubClientOptions): ChatHubClient;
