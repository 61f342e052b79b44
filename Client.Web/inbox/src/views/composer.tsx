import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { limits, type Message } from '@chathub/client';
import { lengthOf } from '../core/format.js';
import { useInbox } from '../core/hooks.js';
import { Tool } from '../ui/basics.js';
import { Icon } from '../ui/icons.js';

const COUNTS_FROM = limits.messageTextMax - 200;
const TYPING_EVERY = 3_000;

interface Props {
  conversationId: string;
  replyTo: Message | undefined;
  editing: Message | undefined;
  replyName: string;
  onSend: (text: string) => void;
  onCancel: () => void;
}

/** Where a message is written. The draft of each chat survives a reload. */
export function Composer({ conversationId, replyTo, editing, replyName, onSend, onCancel }: Props) {
  const { t, client, memory } = useInbox();
  const key = `draft:${conversationId}`;
  const [text, setText] = useState(memory.get(key));
  const area = useRef<HTMLTextAreaElement>(null);
  const typedAt = useRef(0);
  const left = limits.messageTextMax - lengthOf(text);
  const canSend = text.trim().length > 0 && left >= 0;

  useEffect(() => {
    if (editing) setText(editing.text);
    if (editing || replyTo) area.current?.focus();
  }, [editing, replyTo]);

  useLayoutEffect(() => {
    const node = area.current!;
    node.style.height = 'auto';
    node.style.height = `${node.scrollHeight}px`;
  }, [text]);

  useEffect(() => {
    // A phone's keyboard would cover what one came to read.
    if (matchMedia('(hover: hover)').matches) area.current?.focus();
  }, []);

  const write = (value: string): void => {
    setText(value);
    if (editing) return;
    memory.set(key, value);
    if (value.trim() && Date.now() - typedAt.current > TYPING_EVERY && client.state === 'online') {
      typedAt.current = Date.now();
      client.hub.SetTyping({ conversationId }).catch(() => {});
    }
  };
  const send = (): void => {
    if (!canSend) return;
    onSend(text.trim());
    typedAt.current = 0;
    setText(editing ? memory.get(key) : '');
    if (!editing) memory.set(key, '');
    area.current?.focus();
  };
  const cancel = (): void => {
    if (editing) setText(memory.get(key));
    onCancel();
    area.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && (editing || replyTo)) {
      event.stopPropagation();
      cancel();
    }
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || matchMedia('(hover: none)').matches) return;
    event.preventDefault();
    send();
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); send(); }}>
      {(replyTo || editing) && (
        <div class="above">
          <span class="said clip"><strong>{editing ? t.chat.editing : t.chat.replyTo(replyName)}</strong> {(editing ?? replyTo)!.text}</span>
          <Tool icon="close" label={t.app.cancel} onClick={cancel} />
        </div>
      )}
      <div class="composer">
        <div class="box">
          <textarea ref={area} rows={1} value={text} placeholder={t.chat.write} aria-label={t.chat.write} aria-description={t.chat.hint} aria-invalid={left < 0} enterkeyhint="send" onInput={(event) => write(event.currentTarget.value)} onKeyDown={onKeyDown} />
          {left <= limits.messageTextMax - COUNTS_FROM && <span class={`left${left < 0 ? ' over' : ''}`} role="status">{left < 0 ? t.chat.over(-left) : t.chat.left(left)}</span>}
        </div>
        <button type="submit" class="tool send" disabled={!canSend} aria-label={t.chat.send} title={t.chat.send}><Icon name="send" flips /></button>
      </div>
    </form>
  );
}
