import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useInbox, type Loaded } from '../core/hooks.js';
import { sentenceOf } from '../core/inbox.js';
import { isList } from '../core/router.js';
import { Icon, type IconName } from './icons.js';

export const Tool = ({ icon, label, flips = false, ...rest }: { icon: IconName; label: string; flips?: boolean; [name: string]: unknown }) => (
  <button type="button" class="tool" aria-label={label} title={label} {...rest}><Icon name={icon} flips={flips} /></button>
);

export const Spinner = () => {
  const { t } = useInbox();
  return <div role="status"><div class="spinner" /><span class="hidden">{t.app.loading}</span></div>;
};

export const Empty = ({ icon, title, children }: { icon: IconName; title: string; children?: ComponentChildren }) => (
  <div class="empty"><Icon name={icon} /><h2>{title}</h2>{children}</div>
);

/** Loading and failure alike everywhere; the rest is what was loaded. */
export function Load<T>({ of, again, children }: { of: Loaded<T>; again: () => void; children: (value: T) => ComponentChildren }) {
  const { t } = useInbox();
  if (of.state === 'loading') return <Spinner />;
  if (of.state === 'ready') return <>{children(of.value)}</>;
  return (
    <div class="empty" role="alert">
      <p>{sentenceOf(of.error as Error, t)}</p>
      <button type="button" class="button" onClick={again}>{t.app.retry}</button>
    </div>
  );
}

/** The bar above the main pane: back (where one pane is shown), the title, tools. */
export function Bar({ title, children, level = 2 }: { title?: string; children?: ComponentChildren; level?: 1 | 2 }) {
  const { t, go, route } = useInbox();
  const Title = `h${level}` as 'h2';
  const isRequest = route.view === 'request' || route.view === 'requests';
  return (
    <div class="bar">
      {!isList(route) && <Tool icon="back" flips label={t.app.back} class="tool back" onClick={() => go({ view: isRequest ? 'requests' : 'chats' })} />}
      {title && <Title class="title clip">{title}</Title>}
      {children}
    </div>
  );
}

/** A modal dialog of the platform's own: it holds the focus and gives it back. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose} onClick={(event) => event.target === dialog.current && dialog.current?.close()}>
      <div class="inside"><h2 id={id}>{title}</h2>{children}</div>
    </dialog>
  );
}

export function Confirm({ title, hint, action, onYes, onClose }: { title: string; hint?: string; action: string; onYes: () => void; onClose: () => void }) {
  const { t } = useInbox();
  return (
    <Dialog title={title} onClose={onClose}>
      {hint && <p class="muted">{hint}</p>}
      <div class="ends">
        <button type="button" class="button" onClick={onClose}>{t.app.cancel}</button>
        <button type="button" class="button danger" onClick={() => { onClose(); onYes(); }}>{action}</button>
      </div>
    </Dialog>
  );
}

export interface MenuItem {
  label: string;
  run: () => void;
  isDanger?: boolean;
}

/** A button with a menu: arrows move, Escape closes and gives the focus back. */
export function Menu({ label, items, icon = 'more' }: { label: string; items: MenuItem[]; icon?: IconName }) {
  const [isOpen, setOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isOpen) return;
    list.current?.querySelector('button')?.focus();
    const root = anchor.current?.getRootNode() as ShadowRoot;
    const close = (event: Event): void => {
      if (!event.composedPath().includes(anchor.current!)) setOpen(false);
    };
    root.addEventListener('pointerdown', close);
    return () => root.removeEventListener('pointerdown', close);
  }, [isOpen]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isOpen) return;
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf((anchor.current!.getRootNode() as ShadowRoot).activeElement as HTMLButtonElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      buttons.at(to % buttons.length)?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.stopPropagation();
      setOpen(false);
      anchor.current?.querySelector('button')?.focus();
    }
  };
  return (
    <span class="anchor" ref={anchor} onKeyDown={onKeyDown}>
      <Tool icon={icon} label={label} aria-haspopup="menu" aria-expanded={isOpen} aria-controls={isOpen ? id : undefined} onClick={() => setOpen(!isOpen)} />
      {isOpen && (
        <div class="menu" role="menu" id={id} ref={list} aria-label={label}>
          {items.map((item) => (
            <button type="button" role="menuitem" tabIndex={-1} class={item.isDanger ? 'danger' : ''} onClick={() => { setOpen(false); anchor.current?.querySelector('button')?.focus(); item.run(); }}>{item.label}</button>
          ))}
        </div>
      )}
    </span>
  );
}
