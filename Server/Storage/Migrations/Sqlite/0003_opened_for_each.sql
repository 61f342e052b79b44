-- Each of the two has opened a chat at a time of their own: who opened it while it was empty does not tell the other when.
ALTER TABLE participants ADD COLUMN opened_at INTEGER NOT NULL DEFAULT 0;
UPDATE participants SET opened_at = (SELECT c.opened_at FROM conversations c WHERE c.conversation_key = participants.conversation_key);
ALTER TABLE conversations DROP COLUMN opened_at;
