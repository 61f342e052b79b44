import { useState } from 'preact/hooks';
import { limits, type Conversation, type Message, type ReportReason, type UserCard } from '@chathub/client';
import { lengthOf } from '../core/format.js';
import { useInbox } from '../core/hooks.js';
import { sentenceOf } from '../core/inbox.js';
import { Dialog } from '../ui/basics.js';

const reasons: readonly ReportReason[] = ['harassment', 'spam', 'hate', 'sexual', 'minorSafety', 'other'];
const OFFERED = 30;

interface Props {
  user: UserCard;
  requestId?: string;
  chat?: Conversation;
  messages?: readonly Message[];
  /** Chosen from the start. */
  seqs?: readonly number[];
  /** Runs once the report is sent: `delete and report` deletes here. */
  onSent?: () => void;
  deletes?: boolean;
  onClose: () => void;
}

/** A report with its reason, a note, the messages that moderators shall see, and the block in the same step. */
export function ReportDialog({ user, requestId, chat, messages, seqs = [], onSent, deletes = false, onClose }: Props) {
  const { t, client, format, toast } = useInbox();
  const [reason, setReason] = useState<ReportReason>();
  const [note, setNote] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set(seqs));
  const [blocks, setBlocks] = useState(false);
  const [error, setError] = useState('');
  const [isBusy, setBusy] = useState(false);
  const offered = offeredOf(messages ?? [], user, seqs);
  const isLong = lengthOf(note) > limits.reportNoteMax;

  const send = async (): Promise<void> => {
    if (!reason || isLong || isBusy) return;
    setBusy(true);
    try {
      await client.hub.Report({
        userId: user.userId,
        reason,
        ...(note.trim() ? { note: note.trim() } : {}),
        ...(requestId ? { requestId } : {}),
        ...(chat && chosen.size > 0 ? { conversationId: chat.conversationId, seqs: [...chosen].sort((a, b) => a - b) } : {}),
        ...(blocks ? { block: true } : {}),
      });
      toast(t.report.sent);
      onClose();
      onSent?.();
    } catch (refusal) {
      setError(sentenceOf(refusal as Error, t));
      setBusy(false);
    }
  };
  const toggle = (seq: number): void => {
    const next = new Set(chosen);
    if (!next.delete(seq) && next.size < limits.reportSeqsMax) next.add(seq);
    setChosen(next);
  };
  return (
    <Dialog title={t.report.title(user.displayName)} onClose={onClose}>
      <form class="form" onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <p class="muted small">{t.report.hint}{deletes && ` ${t.report.deletes}`}</p>
        <fieldset class="field">
          <legend>{t.report.why}</legend>
          {reasons.map((one) => (
            <label class="choice" key={one}><input type="radio" name="reason" required checked={reason === one} onChange={() => setReason(one)} /><span>{t.report.reason[one]}</span></label>
          ))}
        </fieldset>
        {offered.length > 0 && (
          <fieldset class="field">
            <legend>{t.report.messages}</legend>
            {offered.map((message) => (
              <label class="choice" key={message.seq}>
                <input type="checkbox" checked={chosen.has(message.seq)} onChange={() => toggle(message.seq)} />
                <span class="grow"><bdi class="said">{shorten(message.text)}</bdi><span class="hint">{format.full(message.sentAt)}</span></span>
              </label>
            ))}
          </fieldset>
        )}
        <div class="field">
          <label for="report-note">{t.report.note}</label>
          <textarea id="report-note" value={note} rows={3} aria-invalid={isLong} onInput={(event) => setNote(event.currentTarget.value)} />
          {isLong && <span class="error">{t.chat.over(lengthOf(note) - limits.reportNoteMax)}</span>}
        </div>
        <label class="choice"><input type="checkbox" checked={blocks} onChange={(event) => setBlocks(event.currentTarget.checked)} /><span>{t.report.alsoBlock(user.displayName)}</span></label>
        {error && <p class="error" role="alert">{error}</p>}
        <div class="ends">
          <button type="button" class="button" onClick={onClose}>{t.app.cancel}</button>
          <button type="submit" class="button main" disabled={!reason || isLong || isBusy}>{t.report.send}</button>
        </div>
      </form>
    </Dialog>
  );
}

// The latest messages of the reported user, and what was chosen from the start.
const offeredOf = (messages: readonly Message[], user: UserCard, seqs: readonly number[]): Message[] => {
  const theirs = messages.filter((message) => message.senderId === user.userId && !message.removedAt);
  const from = theirs.length - OFFERED;
  return theirs.filter((message, i) => i >= from || seqs.includes(message.seq)).reverse();
};

const shorten = (text: string): string => {
  const characters = [...text];
  return characters.length > 160 ? `${characters.slice(0, 160).join('')}…` : text;
};
