import type { Me, PushContent } from '@chathub/client';
import { useState } from 'preact/hooks';
import { useInbox, useLoaded, useStore } from '../core/hooks.js';
import type { NotificationState } from '../core/inbox.js';
import { useSettings } from '../core/settings.js';

const contents: readonly PushContent[] = ['nothing', 'sender', 'text'];

/** Notifications while no page is open: on this device, and what they say on all. */
export function NotificationSettings({ me }: { me: Me }) {
  const { t, notifications } = useInbox();
  const [settings, save] = useSettings(me);
  if (!notifications && settings.pushContent === undefined) return null;
  return (
    <section class="card" aria-labelledby="settings-notifications">
      <h3 id="settings-notifications">{t.push.title}</h3>
      <DeviceSwitch />
      {settings.pushContent !== undefined && (
        <fieldset class="field">
          <legend>{t.push.content}</legend>
          {contents.map((content) => (
            <label class="choice" key={content}>
              <input type="radio" name="push-content" checked={settings.pushContent === content} onChange={() => save({ pushContent: content })} />
              <span>{t.push.contents[content]}</span>
            </label>
          ))}
        </fieldset>
      )}
    </section>
  );
}

function DeviceSwitch() {
  const { t } = useInbox();
  const [state, isBusy, change] = useNotifications();
  if (state === undefined) return null;
  if (state === 'unsupported' || state === 'blocked') return <p class="muted">{t.push[state]}</p>;
  return (
    <div class="split">
      <span class="grow">{t.push[state]}</span>
      <button type="button" class={`button${state === 'off' ? ' main' : ''}`} disabled={isBusy} onClick={() => change(state === 'off')}>{state === 'off' ? t.push.turnOn : t.push.turnOff}</button>
    </div>
  );
}

/** Asks once there is someone who may write; "Not now" is remembered. */
export function NotificationPrompt() {
  const { t, memory } = useInbox();
  const hasPeople = useStore(({ conversations, requests }) => conversations.size + requests.size > 0);
  const [state, isBusy, change] = useNotifications();
  const [isLater, setLater] = useState(memory.get('push') !== '');
  if (state !== 'off' || !hasPeople || isLater) return null;
  const later = (): void => {
    memory.set('push', 'later');
    setLater(true);
  };
  return (
    <div class="prompt" role="group" aria-label={t.push.title}>
      <p>{t.push.ask}</p>
      <div class="row">
        <button type="button" class="button small main" disabled={isBusy} onClick={() => change(true)}>{t.push.turnOn}</button>
        <button type="button" class="button small plain" onClick={later}>{t.push.later}</button>
      </div>
    </div>
  );
}

function useNotifications(): [NotificationState | undefined, boolean, (on: boolean) => void] {
  const { notifications, fail, memory } = useInbox();
  const [state, again] = useLoaded(async () => notifications?.state(), [notifications]);
  const [isBusy, setBusy] = useState(false);
  const change = (on: boolean): void => {
    setBusy(true);
    // Turned off by hand, it is not asked for again.
    if (!on) memory.set('push', 'later');
    void (on ? notifications!.turnOn() : notifications!.turnOff()).catch(fail).finally(() => {
      setBusy(false);
      again();
    });
  };
  return [state.state === 'ready' ? state.value : undefined, isBusy, change];
}
