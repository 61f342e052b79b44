// A direct-message server on Socket.IO with better-sqlite3, as durable as ChatHub: a message is acknowledged, and pushed to its
// receiver, after the commit that stores it. The messages of one turn of the event loop share a commit. It has no accounts, no
// requests, no limits and no counters: a user's id is their token, and a conversation is named by its receiver.
//
// node server.mjs DATABASE
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import Database from 'better-sqlite3';

const database = new Database(process.argv[2]);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec(`
  CREATE TABLE IF NOT EXISTS messages (
    conversation_id TEXT NOT NULL, seq INTEGER NOT NULL, sender_id TEXT NOT NULL, client_id TEXT NOT NULL, text TEXT NOT NULL, sent_at INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, seq)) WITHOUT ROWID;
  CREATE UNIQUE INDEX IF NOT EXISTS messages_once ON messages (sender_id, client_id);`);
const lastSeq = database.prepare('SELECT coalesce(max(seq), 0) FROM messages WHERE conversation_id = ?').pluck();
const known = database.prepare('SELECT seq, text, sent_at FROM messages WHERE sender_id = ? AND client_id = ?');
const insert = database.prepare('INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?)');

const sockets = new Map(); // by user id
let waiting = [];

function store({ senderId, conversationId, clientId, text }) {
  const found = known.get(senderId, clientId);
  if (found)
    return { conversationId, senderId, seq: found.seq, text: found.text, clientId, sentAt: new Date(found.sent_at), isNew: false };
  const [seq, sentAt] = [lastSeq.get(conversationId) + 1, new Date()];
  insert.run(conversationId, seq, senderId, clientId, text, sentAt.getTime());
  return { conversationId, senderId, seq, text, clientId, sentAt, isNew: true };
}

const storeAll = database.transaction(group => group.map(store));

function commit() {
  const group = waiting;
  waiting = [];
  for (const [index, { isNew, ...message }] of storeAll(group).entries()) {
    group[index].acknowledge(message);
    if (isNew)
      sockets.get(message.conversationId)?.emit('MessageReceived', { message });
  }
}

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });
io.on('connection', socket => {
  const senderId = socket.handshake.auth.token;
  sockets.set(senderId, socket);
  socket.on('disconnect', () => sockets.delete(senderId));
  socket.on('SendMessage', ({ conversationId, text, clientId }, acknowledge) => {
    if (waiting.push({ senderId, conversationId, text, clientId, acknowledge }) === 1)
      setImmediate(commit);
  });
});
http.listen(0, '127.0.0.1', () => console.log(`Now listening on: http://127.0.0.1:${http.address().port}`));
