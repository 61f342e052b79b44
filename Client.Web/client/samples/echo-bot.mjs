// Accepts every request and echoes every message. Usage: node echo-bot.mjs SERVER USERNAME PASSWORD
import { ChatHubAccounts, createChatHubClient } from '@chathub/client';

const [url, username, password] = process.argv.slice(2);
const accounts = new ChatHubAccounts(url);
let session = await accounts.signIn({ username, password });

const chat = createChatHubClient({
  url,
  accessToken: async (refused) => {
    if (refused === session.accessToken) session = await accounts.signIn({ username, password });
    return session.accessToken;
  },
});

chat.on('update', (update) => {
  if (update.type === 'request' && update.request.direction === 'incoming' && update.request.state === 'pending') {
    chat.hub.AcceptRequest({ requestId: update.request.requestId }).catch(console.error);
  } else if (update.type === 'message' && update.message.senderId !== chat.userId) {
    chat.outbox.send({ conversationId: update.message.conversationId, text: update.message.text });
  }
});
chat.start();
