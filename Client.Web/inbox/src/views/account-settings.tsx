import { useState } from 'preact/hooks';
import { limits, type SessionInfo } from '@chathub/client';
import { useInbox, useLoaded } from '../core/hooks.js';
import { sentenceOf } from '../core/inbox.js';
import { Dialog } from '../ui/basics.js';

/** Sessions and the password, where the accounts are this server's own; the export and the erasure. */
export function AccountSettings() {
  const { api } = useInbox();
  const [sessions, again] = useLoaded(() => api.get<SessionInfo[] | { items: SessionInfo[] }>('api/me/sessions'), []);
  const isOwn = sessions.state === 'ready';
  return (
    <>
      {isOwn && <Sessions sessions={Array.isArray(sessions.value) ? sessions.value : sessions.value.items} again={again} />}
      {isOwn && <Password />}
      <Data canErase={isOwn} />
    </>
  );
}

function Sessions({ sessions, again }: { sessions: readonly SessionInfo[]; again: () => void }) {
  const { t, api, format, fail } = useInbox();
  const end = (path: string): void => void api.delete(path).then(() => again(), fail);
  return (
    <section class="card" aria-labelledby="settings-sessions">
      <h3 id="settings-sessions">{t.settings.sessions}</h3>
      <ul class="form">
        {sessions.map((one) => (
          <li class="split" key={one.sessionId}>
            <span class="grow"><strong>{deviceOf(one.device) ?? t.settings.unknownDevice}</strong><br /><span class="muted small">{[one.isCurrent && t.settings.current, one.address, t.settings.lastUsed(format.relative(Date.parse(one.lastUsedAt)))].filter(Boolean).join(' · ')}</span></span>
            {!one.isCurrent && <button type="button" class="button small" onClick={() => end(`api/me/sessions/${encodeURIComponent(one.sessionId)}`)}>{t.settings.end}</button>}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && <button type="button" class="button plain" onClick={() => end('api/me/sessions')}>{t.settings.endOthers}</button>}
    </section>
  );
}

/** The browser and the system of a User-Agent, as people name them. */
function deviceOf(agent: string | null | undefined): string | undefined {
  if (!agent) return undefined;
  const browser = /(Edg|Firefox|Chrome|Safari)\//.exec(agent)?.[1]?.replace('Edg', 'Edge');
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent)?.[1]?.replace(' OS X', '');
  return browser && system ? `${browser}, ${system}` : agent.slice(0, 60);
}

function Password() {
  const { t, api, toast } = useInbox();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [error, setError] = useState('');
  const change = async (): Promise<void> => {
    setError('');
    try {
      await api.put('api/me/password', { currentPassword: current, newPassword: next });
      setCurrent('');
      setNext('');
      toast(t.settings.passwordChanged);
    } catch (refusal) {
      setError(sentenceOf(refusal as Error, t));
    }
  };
  return (
    <section class="card" aria-labelledby="settings-password">
      <h3 id="settings-password">{t.settings.password}</h3>
      <form class="form" onSubmit={(event) => { event.preventDefault(); void change(); }}>
        <div class="field"><label for="settings-current">{t.settings.currentPassword}</label><input id="settings-current" type="password" required autocomplete="current-password" value={current} onInput={(event) => setCurrent(event.currentTarget.value)} /></div>
        <div class="field"><label for="settings-new">{t.settings.newPassword}</label><input id="settings-new" type="password" required minLength={limits.passwordMin} autocomplete="new-password" value={next} onInput={(event) => setNext(event.currentTarget.value)} /></div>
        {error && <p class="error" role="alert">{error}</p>}
        <button type="submit" class="button main" disabled={!current || !next}>{t.settings.changePassword}</button>
      </form>
    </section>
  );
}

function Data({ canErase }: { canErase: boolean }) {
  const { t, api, fail } = useInbox();
  const [asks, setAsks] = useState(false);
  const download = async (): Promise<void> => {
    const url = URL.createObjectURL(await api.blob('api/me/export'));
    const link = Object.assign(document.createElement('a'), { href: url, download: 'chathub.jsonl' });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };
  return (
    <section class="card" aria-labelledby="settings-data">
      <h3 id="settings-data">{t.settings.data}</h3>
      <div class="split"><span class="grow muted small">{t.settings.exportHint}</span><button type="button" class="button" onClick={() => void download().catch(fail)}>{t.settings.export}</button></div>
      {canErase && <div class="split"><span class="grow muted small">{t.settings.eraseHint}</span><button type="button" class="button plain danger" onClick={() => setAsks(true)}>{t.settings.erase}</button></div>}
      {asks && <Erase onClose={() => setAsks(false)} />}
    </section>
  );
}

function Erase({ onClose }: { onClose: () => void }) {
  const { t, api, client, signOut } = useInbox();
  const [password, setPassword] = useState('');
  const [error, setError] = useState('');
  const erase = async (): Promise<void> => {
    setError('');
    try {
      await api.delete(`api/directory/users/${encodeURIComponent(client.userId ?? '')}`, { password });
      await signOut?.();
    } catch (refusal) {
      setError(sentenceOf(refusal as Error, t));
    }
  };
  return (
    <Dialog title={t.settings.eraseAsk} onClose={onClose}>
      <form class="form" onSubmit={(event) => { event.preventDefault(); void erase(); }}>
        <p class="muted">{t.settings.eraseHint}</p>
        <div class="field"><label for="erase-password">{t.settings.currentPassword}</label><input id="erase-password" type="password" required autocomplete="current-password" value={password} onInput={(event) => setPassword(event.currentTarget.value)} /></div>
        {error && <p class="error" role="alert">{error}</p>}
        <div class="ends"><button type="button" class="button" onClick={onClose}>{t.app.cancel}</button><button type="submit" class="button danger" disabled={!password}>{t.settings.eraseConfirm}</button></div>
      </form>
    </Dialog>
  );
}
