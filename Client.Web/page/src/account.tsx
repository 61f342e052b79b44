import { useId, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { fieldOf, sentenceOf, type Texts } from '@chathub/inbox';
import type { SignedIn, SignUp } from './session.js';

type Field = 'username' | 'password' | 'birthDate' | 'displayName' | 'inviteCode';
type Errors = Partial<Record<Field | 'all', string>>;

interface Props {
  t: Texts;
  signedIn: SignedIn;
  /** What is said above the form; empty: nothing. */
  notice: string;
  /** Whether accounts belong to another site: there is nothing to fill in then. */
  isElsewhere: boolean;
  onDone: () => void;
}

/** Signing in and up. */
export function Account({ t, signedIn, notice, isElsewhere, onDone }: Props) {
  const [isNew, setNew] = useState(false);
  const [values, setValues] = useState<Record<Field, string>>({ username: '', password: '', birthDate: '', displayName: '', inviteCode: '' });
  const [errors, setErrors] = useState<Errors>(notice ? { all: notice } : {});
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const a = t.account;

  const send = async (): Promise<void> => {
    const missing = (isNew ? ['username', 'password', 'birthDate'] : ['username', 'password']).filter((name) => !values[name as Field].trim());
    if (missing.length > 0) return fail(Object.fromEntries(missing.map((name) => [name, a.required])));
    setBusy(true);
    setErrors({});
    try {
      if (isNew) await signedIn.signUp(signUpOf(values));
      else await signedIn.signIn(values.username.trim(), values.password);
      onDone();
    } catch (error) {
      setBusy(false);
      fail(errorsOf(error, t, isNew));
    }
  };
  const fail = (found: Errors): void => {
    setErrors(found);
    const first = Object.keys(found).find((name) => name !== 'all') ?? 'username';
    form.current?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
  };
  const field = (name: Field) => ({
    name,
    value: values[name],
    error: errors[name],
    onInput: (value: string) => {
      setValues({ ...values, [name]: value });
      if (errors[name]) setErrors({ ...errors, [name]: undefined });
    },
  });
  if (isElsewhere) return <main class="account"><p>{notice}</p></main>;
  return (
    <main class="account">
      <form ref={form} noValidate onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <img src="./icon.svg" alt="" width={56} height={56} />
        <h1>{isNew ? a.join : a.welcome}</h1>
        <p class="muted">{a.tagline}</p>
        {errors.all && <p class="error" role="alert">{errors.all}</p>}
        <Input label={a.username} autocomplete="username" hint={isNew ? a.usernameHint : ''} {...field('username')} />
        <Input label={a.password} type="password" autocomplete={isNew ? 'new-password' : 'current-password'} hint={isNew ? a.passwordHint : ''} {...field('password')} />
        {isNew && <Input label={a.birthDate} type="date" autocomplete="bday" hint={a.birthHint} {...field('birthDate')} />}
        {isNew && <Input label={a.displayName} autocomplete="name" {...field('displayName')} />}
        {isNew && <Input label={a.invite} autocomplete="off" {...field('inviteCode')} />}
        <button type="submit" class="main" disabled={isBusy}>{isBusy ? a.checking : isNew ? a.signUp : a.signIn}</button>
        <p class="muted">{isNew ? a.haveAccount : a.noAccount} <button type="button" class="link" onClick={() => { setNew(!isNew); setErrors({}); }}>{isNew ? a.signIn : a.signUp}</button></p>
      </form>
    </main>
  );
}

interface InputProps {
  label: string;
  name: string;
  value: string;
  error: string | undefined;
  hint?: ComponentChildren;
  type?: 'text' | 'password' | 'date';
  autocomplete: string;
  onInput: (value: string) => void;
}

function Input({ label, name, value, error, hint, type = 'text', autocomplete, onInput }: InputProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id} name={name} type={type as 'text'} value={value} autocomplete={autocomplete as 'on'} autocapitalize="none" spellcheck={false}
        aria-invalid={error !== undefined} aria-describedby={`${id}-about`} onInput={(event) => onInput(event.currentTarget.value)}
      />
      <span id={`${id}-about`} class={error ? 'error' : 'hint'}>{error ?? hint}</span>
    </div>
  );
}

const signUpOf = ({ username, password, birthDate, displayName, inviteCode }: Record<Field, string>): SignUp => ({
  username: username.trim(),
  password,
  birthDate,
  ...(displayName.trim() ? { displayName: displayName.trim() } : {}),
  ...(inviteCode.trim() ? { inviteCode: inviteCode.trim() } : {}),
});

/** A refusal at the field that it names. */
function errorsOf(error: unknown, t: Texts, isNew: boolean): Errors {
  const { code, message } = error as { code?: string; message?: string };
  if (!code) return { all: t.account.unreachable };
  if (code === 'username_taken') return { username: t.errors.username_taken! };
  if (code === 'invalid_credentials') return { password: t.account.wrong };
  const field = fieldOf(message ?? '');
  if (code === 'invalid_argument' && field && field in t.invalid) return { [field]: t.invalid[field] };
  if (code === 'forbidden' && isNew) return { inviteCode: t.invalid.inviteCode! };
  return { all: sentenceOf(error as Error, t) };
}
