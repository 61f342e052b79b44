import { useState } from 'preact/hooks';
import { memo } from '../ui/memo.js';
import type { Conversation, Message } from '@chathub/client';
import { useInbox } from '../core/hooks.js';
import { sentenceOf } from '../core/inbox.js';
import { isBigEmoji, piecesOf } from '../core/links.js';
import type { Row } from '../core/rows.js';
import { Tool } from '../ui/basics.js';

const QUICK = ['👍', '❤️', '😂'];

/** What can be done with one message, where the server can do it. */
export interface MessageActions {
  reply: (message: Message) => void;
  edit: (message: Message) => void;
  remove: (message: Message) => void;
  react: (message: Message, emoji: string | undefined) => void;
  /** Opens the list of all emoji. */
  pickEmoji: (message: Message) => void;
  report: (message: Message) => void;
  retry: (clientId: string) => void;
  discard: (clientId: string) => void;
}

interface Props {
  row: Row;
  chat: Conversation;
  status: 'sending' | 'failed' | 'sent' | 'seen' | 'theirs';
  quoted: Message | undefined;
  canChange: boolean;
  canEdit: boolean;
  actions: MessageActions;
}

export const MessageRow = memo(function MessageRow({ row, chat, status, quoted, canChange, canEdit, actions }: Props) {
  const { t, format, client } = useInbox();
  const { message, item, isMine } = row;
  const [isAtHand, atHand] = useAtHand();
  const author = isMine ? t.chat.you : chat.peer.displayName;
  const big = !message?.removedAt && isBigEmoji(row.text);
  const mine = message?.reactions?.find((reaction) => reaction.userId === client.userId)?.emoji;
  return (
    <li class={`${isMine ? 'mine' : ''}${row.isFirst ? ' first' : ''}${row.isLast ? ' last' : ''}`} data-key={row.key} data-seq={message?.seq} {...atHand}>
      <div class={`bubble ${status}${message?.removedAt ? ' removed' : ''}${big ? ' big' : ''}`} title={format.full(row.at)} tabIndex={-1}>
        <span class="hidden">{author}: </span>
        {quoted && <span class="quote said clip">{quoted.removedAt ? t.chat.removed : quoted.text}</span>}
        {message?.removedAt ? <span>{t.chat.removed}</span> : <span class="said"><Linked text={row.text} isOn={chat.state !== 'youBlocked'} /></span>}
        {!row.isLast && isMine && <span class="hidden">, {wordOf(status, t.chat)}</span>}
      </div>
      {message?.reactions && message.reactions.length > 0 && (
        <div class="reactions">
          {counted(message.reactions).map(([emoji, count]) => (
            <button type="button" class="reaction" aria-pressed={mine === emoji} onClick={() => actions.react(message, mine === emoji ? undefined : emoji)}>{emoji}{count > 1 && ` ${count}`}</button>
          ))}
        </div>
      )}
      {isAtHand && message && canChange && !message.removedAt && <Acts message={message} mine={mine} isMine={isMine} canEdit={canEdit} actions={actions} />}
      {(row.isLast || status === 'failed') && (
        <div class="meta">
          <time dateTime={row.at}>{format.time(row.at)}</time>
          {message?.editedAt && !message.removedAt && <span>{t.chat.edited}</span>}
          {isMine && <span class={`state ${status}`}>{wordOf(status, t.chat)}</span>}
          {status === 'failed' && item && (
            <>
              <span class="error">{item.failure && sentenceOf(item.failure, t)}</span>
              <button type="button" class="link" onClick={() => actions.retry(item.clientId)}>{t.chat.retry}</button>
              <button type="button" class="link" onClick={() => actions.discard(item.clientId)}>{t.chat.discard}</button>
            </>
          )}
        </div>
      )}
    </li>
  );
});

/** Whether the pointer or the focus is in the row: the actions of all others would be most of the document. */
function useAtHand() {
  const [isAtHand, set] = useState(false);
  const enter = (): void => set(true);
  const leave = ({ currentTarget: row }: { currentTarget: HTMLElement }): void => {
    // Focus moves within the row, too: its new place is known only afterwards.
    queueMicrotask(() => set(row.matches(':hover, :focus-within')));
  };
  return [isAtHand, { onPointerEnter: enter, onFocusIn: enter, onPointerLeave: leave, onFocusOut: leave }] as const;
}

interface ActsProps extends Pick<Props, 'canEdit' | 'actions'> {
  message: Message;
  mine: string | undefined;
  isMine: boolean;
}

/** What can be done with a message. */
function Acts({ message, mine, isMine, canEdit, actions }: ActsProps) {
  const { t } = useInbox();
  return (
    <div class="acts" role="group" aria-label={t.chat.actions}>
      {QUICK.map((emoji) => <button type="button" class="tool" aria-label={`${t.chat.react} ${emoji}`} aria-pressed={mine === emoji} onClick={() => actions.react(message, mine === emoji ? undefined : emoji)}>{emoji}</button>)}
      <Tool icon="smile" label={t.emoji.more} onClick={() => actions.pickEmoji(message)} />
      <Tool icon="reply" label={t.chat.reply} onClick={() => actions.reply(message)} />
      {isMine && canEdit && <Tool icon="write" label={t.chat.edit} onClick={() => actions.edit(message)} />}
      {isMine ? <Tool icon="close" label={t.chat.remove} onClick={() => actions.remove(message)} /> : <Tool icon="shield" label={t.chat.report} onClick={() => actions.report(message)} />}
    </div>
  );
}

const wordOf = (status: Props['status'], t: { sending: string; notSent: string; sent: string; seen: string }): string =>
  ({ sending: t.sending, failed: t.notSent, sent: t.sent, seen: t.seen, theirs: '' })[status];

/** A text whose web addresses are links: of accepted chats alone. */
function Linked({ text, isOn }: { text: string; isOn: boolean }) {
  if (!isOn) return <>{text}</>;
  return <>{piecesOf(text).map((piece) => (piece.href ? <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow ugc">{piece.text}</a> : piece.text))}</>;
}

function counted(reactions: readonly { emoji: string }[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { emoji } of reactions) counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
  return [...counts];
}
