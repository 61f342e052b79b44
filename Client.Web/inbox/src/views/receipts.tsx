import type { Conversation } from '@chathub/client';
import { useInbox, useStore } from '../core/hooks.js';
import { Dialog } from '../ui/basics.js';

const choices = ['default', 'on', 'off'] as const;

/** Whether the peer of this chat sees what was seen, whatever the setting for all chats says. */
export function ReceiptsDialog({ chat, onClose }: { chat: Conversation; onClose: () => void }) {
  const { t, client, fail } = useInbox();
  const isOn = useStore((state) => state.me?.settings.sendSeenReceipts ?? true);
  const { conversationId, peer, sendSeenReceipts: current = 'default' } = chat;
  const save = (sendSeenReceipts: (typeof choices)[number]): void => void client.hub.UpdateConversation({ conversationId, sendSeenReceipts }).catch(fail);
  return (
    <Dialog title={t.receipts.title(peer.displayName)} onClose={onClose}>
      <div role="radiogroup" aria-label={t.receipts.item}>
        {choices.map((choice) => (
          <label class="choice" key={choice}>
            <input type="radio" name="receipts" checked={current === choice} onChange={() => save(choice)} />
            <span>{t.receipts.choice[choice]}{choice === 'default' && <span class="hint">{t.receipts.now[isOn ? 'on' : 'off']}</span>}</span>
          </label>
        ))}
      </div>
      <p class="muted small">{t.receipts.hint}</p>
      <div class="ends"><button type="button" class="button main" onClick={onClose}>{t.app.close}</button></div>
    </Dialog>
  );
}
