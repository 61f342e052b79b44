import { useState } from 'preact/hooks';
import type { Request } from '@chathub/client';
import { deleteFolder, deleteRequests, restoreRequests } from '../core/clear-requests.js';
import { useInbox, useStore } from '../core/hooks.js';
import { hasFolders } from '../core/inbox.js';
import { Confirm, Tool } from '../ui/basics.js';

interface Props {
  folder: 'main' | 'filtered';
  items: readonly Request[];
  /** The chosen ids; undefined while nothing is being chosen. */
  chosen: ReadonlySet<string> | undefined;
  onChosen: (chosen: ReadonlySet<string> | undefined) => void;
}

/** Clears a folder in one act: select several, select by same text, delete all; each with undo. */
export function Clearing({ folder, items, chosen, onChosen }: Props) {
  const { t, client, toast, fail } = useInbox();
  const canClear = useStore(hasFolders);
  const [asks, setAsks] = useState(false);
  const [isBusy, setBusy] = useState(false);
  if (!canClear) return null;

  const run = async (remove: () => Promise<string[]>): Promise<void> => {
    setBusy(true);
    try {
      const removed = await remove();
      onChosen(undefined);
      toast(t.requests.removed(removed.length), { label: t.app.undo, run: () => void restoreRequests(client, removed).then(() => toast(t.requests.restored), fail) });
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  const picked = items.filter((request) => chosen?.has(request.requestId));
  const chooseSame = (): void => {
    const texts = new Set(picked.map((request) => fold(request.text)));
    onChosen(new Set(items.filter((request) => texts.has(fold(request.text))).map((request) => request.requestId)));
  };

  if (!chosen)
    return (
      <div class="clearing">
        <strong class="muted small">{t.requests.count(items.length)}</strong>
        <button type="button" class="button plain small" onClick={() => onChosen(new Set())}>{t.requests.select}</button>
        <button type="button" class="button plain small danger" disabled={isBusy} onClick={() => setAsks(true)}>{isBusy ? t.requests.clearing : t.requests.removeAll}</button>
        {asks && <Confirm title={t.requests.askAll} hint={t.requests.askAllHint} action={t.requests.removeAll} onClose={() => setAsks(false)} onYes={() => void run(() => deleteFolder(client, folder, items[0]!))} />}
      </div>
    );
  return (
    <div class="clearing" role="group" aria-label={t.requests.select}>
      <strong class="small" aria-live="polite">{t.requests.selected(picked.length)}</strong>
      <button type="button" class="button plain small" onClick={() => onChosen(new Set(items.map((request) => request.requestId)))}>{t.requests.all}</button>
      <button type="button" class="button plain small" disabled={picked.length === 0} onClick={chooseSame}>{t.requests.same}</button>
      <button type="button" class="button plain small danger" disabled={picked.length === 0 || isBusy} onClick={() => void run(() => deleteRequests(client, picked))}>{t.requests.remove}</button>
      <Tool icon="close" label={t.app.cancel} onClick={() => onChosen(undefined)} />
    </div>
  );
}

// Campaigns vary case and blanks.
const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
