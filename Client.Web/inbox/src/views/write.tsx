import { useEffect, useState } from 'preact/hooks';
import { ChatHubError, limits, type IntroTip } from '@chathub/client';
import { lengthOf } from '../core/format.js';
import { useClock, useInbox, useLoaded, useSettled, useStore } from '../core/hooks.js';
import { sentenceOf } from '../core/inbox.js';
import { Bar, Load } from '../ui/basics.js';
import { Icon } from '../ui/icons.js';
import { Avatar, Name } from '../ui/people.js';

const SETTLES_AFTER = 600;

/** Writing a request: tips that never stand in the way, what is left of the day, and the wait where nothing is. */
export function WriteRequest({ id }: { id: string }) {
  const { t, client } = useInbox();
  const [loaded, again] = useLoaded(() => client.hub.GetProfile({ userId: id }), [id]);
  return (
    <>
      <Bar title={t.write.title} />
      <div class="scroll">
        <Load of={loaded} again={again}>
          {(profile) => (
            <div class="content">
              <div class="row">
                <Avatar user={profile} size={56} />
                <span class="grow"><span class="row"><strong class="row"><Name user={profile} /></strong></span><bdi class="muted small">@{profile.username}</bdi></span>
              </div>
              <Form userId={id} />
            </div>
          )}
        </Load>
      </div>
    </>
  );
}

function Form({ userId }: { userId: string }) {
  const { t, client, memory, go, toast, format } = useInbox();
  const key = `request:${userId}`;
  const [text, setText] = useState(memory.get(key));
  const [error, setError] = useState<unknown>();
  const [waitsUntil, setWaitsUntil] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const left = useStore((state) => state.me?.requestsLeftToday);
  const now = useClock(30, waitsUntil > 0);
  const remaining = limits.requestTextMax - lengthOf(text);
  const tips = useTips(userId, text);
  const canSend = text.trim().length > 0 && remaining >= 0 && !isBusy && waitsUntil <= now;

  const send = async (): Promise<void> => {
    if (!canSend) return;
    setBusy(true);
    setError(undefined);
    const sending = client.outbox.send({ recipientId: userId, text: text.trim() });
    try {
      const { conversation } = await sending.result;
      memory.set(key, '');
      if (conversation) go({ view: 'chat', id: conversation.conversationId }, { replace: true });
      else go({ view: 'person', id: userId }, { replace: true });
      toast(t.write.sent);
    } catch (refusal) {
      // It is shown here and stays written: nothing waits in the outbox.
      client.outbox.discard(sending.clientId);
      if (refusal instanceof ChatHubError && refusal.code === 'request_limit_reached' && refusal.retryAfter) setWaitsUntil(Date.now() + refusal.retryAfter * 1000);
      setError(refusal);
      setBusy(false);
    }
  };
  return (
    <form class="form" onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <div class="field">
        <label for="request-text">{t.write.placeholder}</label>
        <textarea
          id="request-text" rows={6} value={text} aria-describedby="request-hint request-left" aria-invalid={remaining < 0}
          onInput={(event) => { setText(event.currentTarget.value); memory.set(key, event.currentTarget.value); }}
          onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); void send(); } }}
        />
        <span class="row"><span class="hint grow" id="request-hint">{t.write.explain}</span><span id="request-left" class={remaining < 0 ? 'error' : 'hint'}>{remaining < 50 ? (remaining < 0 ? t.chat.over(-remaining) : t.chat.left(remaining)) : ''}</span></span>
      </div>
      <ul class="tips" aria-label={t.write.tips} aria-live="polite">
        {tips.map((tip) => <li class="tip" key={tip.code}><Icon name="bulb" /><span>{t.write.tip[tip.code] ?? tip.text}</span></li>)}
      </ul>
      {error !== undefined && <p class="error" role="alert">{sentenceOf(error as Error, t)} {waitsUntil > now && t.write.wait(format.relative(waitsUntil, now))}</p>}
      <div class="row">
        <span class="muted small grow">{left !== undefined && t.write.left(left)}</span>
        <button type="submit" class="button main" disabled={!canSend}>{isBusy ? t.chat.sending : t.write.send}</button>
      </div>
    </form>
  );
}

/** The server's tips for what is written, once the writing pauses. */
function useTips(recipientId: string, text: string): readonly IntroTip[] {
  const { client } = useInbox();
  const [tips, setTips] = useState<readonly IntroTip[]>([]);
  const settled = useSettled(text.trim(), SETTLES_AFTER);
  useEffect(() => {
    if (!settled || lengthOf(settled) > limits.requestTextMax) return setTips([]);
    let isCurrent = true;
    client.hub.AdviseIntro({ recipientId, text: settled }).then((advice) => isCurrent && setTips(advice.tips), () => {});
    return () => {
      isCurrent = false;
    };
  }, [settled, recipientId]);
  return tips;
}
