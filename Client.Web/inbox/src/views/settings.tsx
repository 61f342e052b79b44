import { useState } from 'preact/hooks';
import { limits, type Me, type MessagingPolicy } from '@chathub/client';
import { lengthOf } from '../core/format.js';
import { useInbox, useLoaded, useStore } from '../core/hooks.js';
import { sentenceOf, type Theme } from '../core/inbox.js';
import { useSettings } from '../core/settings.js';
import { languageNames, languageOf } from '../text/index.js';
import { Bar, Spinner } from '../ui/basics.js';
import { AccountSettings } from './account-settings.js';
import { NotificationSettings } from './notifications.js';
import { PhotoSettings } from './photo.js';

const policies: readonly MessagingPolicy[] = ['everyone', 'following', 'nobody'];
const themes: readonly Theme[] = ['auto', 'light', 'dark'];

export function SettingsView() {
  const { t, signOut, fail } = useInbox();
  const me = useStore((state) => state.me);
  return (
    <>
      <Bar title={t.settings.title}>
        {signOut && <button type="button" class="button small" onClick={() => void signOut().catch(fail)}>{t.app.signOut}</button>}
      </Bar>
      <div class="scroll">
        {me ? (
          <div class="content">
            <ModerationLink />
            <ProfileSettings me={me} />
            <Reach me={me} />
            <Privacy me={me} />
            <NotificationSettings me={me} />
            {me.settings.hiddenWords && <Filters me={me} />}
            <Appearance />
            <AccountSettings />
          </div>
        ) : (
          <Spinner />
        )}
      </div>
    </>
  );
}

/** Shown to moderators alone: the queue answers anyone else that it is not theirs. */
function ModerationLink() {
  const { t, api, go } = useInbox();
  const [queue] = useLoaded(() => api.get('api/moderation/reports?state=open&limit=1'), []);
  if (queue.state !== 'ready') return null;
  return <button type="button" class="button wide" onClick={() => go({ view: 'moderation' })}>{t.app.moderation}</button>;
}

function ProfileSettings({ me }: { me: Me }) {
  const { t, client, toast } = useInbox();
  const [name, setName] = useState(me.user.displayName);
  const [bio, setBio] = useState(me.bio ?? '');
  const [error, setError] = useState('');
  const isChanged = name !== me.user.displayName || bio !== (me.bio ?? '');
  const left = limits.bioMax - lengthOf(bio);
  const save = async (): Promise<void> => {
    setError('');
    try {
      await client.hub.UpdateProfile({ displayName: name, bio });
      toast(t.app.saved);
    } catch (refusal) {
      setError(sentenceOf(refusal as Error, t));
    }
  };
  return (
    <section class="card" aria-labelledby="settings-profile">
      <h3 id="settings-profile">{t.settings.profile}</h3>
      <PhotoSettings user={me.user} />
      <form class="form" onSubmit={(event) => { event.preventDefault(); void save(); }}>
        <div class="field"><label for="settings-name">{t.settings.name}</label><input id="settings-name" required value={name} maxLength={limits.displayNameMax * 2} autocomplete="name" onInput={(event) => setName(event.currentTarget.value)} /></div>
        <div class="field">
          <label for="settings-bio">{t.settings.bio}</label>
          <textarea id="settings-bio" rows={3} value={bio} aria-invalid={left < 0} onInput={(event) => setBio(event.currentTarget.value)} />
          {left < 40 && <span class={left < 0 ? 'error' : 'hint'}>{left < 0 ? t.chat.over(-left) : t.chat.left(left)}</span>}
        </div>
        {error && <p class="error" role="alert">{error}</p>}
        <button type="submit" class="button main" disabled={!isChanged || !name.trim() || left < 0}>{t.app.save}</button>
      </form>
    </section>
  );
}

function Reach({ me }: { me: Me }) {
  const { t } = useInbox();
  const [settings, save] = useSettings(me);
  return (
    <section class="card">
      <fieldset class="field">
        <legend><h3>{t.settings.who}</h3></legend>
        {policies.map((policy) => (
          <label class="choice" key={policy}>
            <input type="radio" name="policy" checked={settings.messagingPolicy === policy} onChange={() => save({ messagingPolicy: policy })} />
            <span>{t.settings.policy[policy]}<span class="hint">{t.settings.policyHint[policy]}</span></span>
          </label>
        ))}
      </fieldset>
    </section>
  );
}

function Privacy({ me }: { me: Me }) {
  const { t } = useInbox();
  const [settings, save] = useSettings(me);
  return (
    <section class="card">
      <fieldset class="field">
        <legend><h3>{t.settings.privacy}</h3></legend>
        <label class="choice"><input type="checkbox" checked={settings.sendSeenReceipts} onChange={(event) => save({ sendSeenReceipts: event.currentTarget.checked })} /><span>{t.settings.receipts}<span class="hint">{t.settings.receiptsHint}</span></span></label>
        <label class="choice"><input type="checkbox" checked={settings.showPresence} onChange={(event) => save({ showPresence: event.currentTarget.checked })} /><span>{t.settings.presence}<span class="hint">{t.settings.presenceHint}</span></span></label>
      </fieldset>
    </section>
  );
}

function Filters({ me }: { me: Me }) {
  const { t, toast, client } = useInbox();
  const [words, setWords] = useState((me.settings.hiddenWords ?? []).join('\n'));
  const [days, setDays] = useState(me.settings.minAccountAgeDays ?? 0);
  const [error, setError] = useState('');
  const save = async (): Promise<void> => {
    setError('');
    try {
      const hiddenWords = [...new Set(words.split('\n').map((word) => word.trim()).filter(Boolean))];
      await client.hub.UpdateSettings({ hiddenWords, minAccountAgeDays: days });
      toast(t.app.saved);
    } catch (refusal) {
      setError(sentenceOf(refusal as Error, t));
    }
  };
  return (
    <section class="card" aria-labelledby="settings-filters">
      <h3 id="settings-filters">{t.settings.filters}</h3>
      <form class="form" onSubmit={(event) => { event.preventDefault(); void save(); }}>
        <div class="field"><label for="settings-words">{t.settings.words}</label><textarea id="settings-words" rows={4} value={words} aria-describedby="settings-words-hint" onInput={(event) => setWords(event.currentTarget.value)} /><span class="hint" id="settings-words-hint">{t.settings.wordsHint}</span></div>
        <div class="field"><label for="settings-age">{t.settings.age}</label><input id="settings-age" type="number" min={0} max={limits.minAccountAgeDaysMax} value={days} aria-describedby="settings-age-hint" onInput={(event) => setDays(event.currentTarget.valueAsNumber || 0)} /><span class="hint" id="settings-age-hint">{t.settings.ageHint}</span></div>
        {error && <p class="error" role="alert">{error}</p>}
        <button type="submit" class="button main">{t.app.save}</button>
      </form>
    </section>
  );
}

function Appearance() {
  const { t, theme, setTheme, setLocale, format } = useInbox();
  return (
    <section class="card" aria-labelledby="settings-appearance">
      <h3 id="settings-appearance">{t.settings.appearance}</h3>
      <div class="field"><label for="settings-theme">{t.settings.theme}</label><select id="settings-theme" value={theme} onChange={(event) => setTheme(event.currentTarget.value as Theme)}>{themes.map((one) => <option key={one} value={one}>{t.settings.themes[one]}</option>)}</select></div>
      {setLocale && <div class="field"><label for="settings-language">{t.settings.language}</label><select id="settings-language" value={languageOf(format.locale)} onChange={(event) => setLocale(event.currentTarget.value)}>{Object.entries(languageNames).map(([language, name]) => <option key={language} value={language} lang={language}>{name}</option>)}</select></div>}
    </section>
  );
}
