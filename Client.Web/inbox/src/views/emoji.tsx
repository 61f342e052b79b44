import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { findEmoji, loadEmoji, withTone, type Emoji } from '../core/emoji.js';
import { useInbox, useLoaded } from '../core/hooks.js';
import { Dialog, Load } from '../ui/basics.js';

const FOUND_MAX = 120;
const RECENT_MAX = 24;
const RECENT = -1;

/** All emoji, to react with one: by groups, by search, by the keyboard. */
export function EmojiDialog({ onChosen, onClose }: { onChosen: (emoji: string) => void; onClose: () => void }) {
  const { t, format } = useInbox();
  const [all, again] = useLoaded(() => loadEmoji(format.locale), [format.locale]);
  return (
    <Dialog title={t.emoji.title} onClose={onClose}>
      <Load of={all} again={again}>{(emoji) => <Picker all={emoji} onChosen={(chosen) => { onClose(); onChosen(chosen); }} />}</Load>
    </Dialog>
  );
}

function Picker({ all, onChosen }: { all: readonly Emoji[]; onChosen: (emoji: string) => void }) {
  const { t, memory } = useInbox();
  const recent = useMemo(() => memory.get('emoji').split(' ').filter(Boolean), []);
  const [group, setGroup] = useState(recent.length > 0 ? RECENT : 0);
  const [query, setQuery] = useState('');
  const [tone, setTone] = useState(Number(memory.get('emoji-tone')));
  const grid = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // A phone's keyboard would cover the emoji.
    if (matchMedia('(hover: hover)').matches) search.current?.focus();
  }, []);
  const shown = useMemo(
    () => (query.trim() ? findEmoji(all, query, FOUND_MAX) : group === RECENT ? recentOf(all, recent) : all.filter((emoji) => emoji.group === group)),
    [all, query, group],
  );
  const choose = (emoji: string): void => {
    memory.set('emoji', [emoji, ...recent.filter((one) => one !== emoji)].slice(0, RECENT_MAX).join(' '));
    onChosen(emoji);
  };
  const chooseTone = (value: number): void => {
    memory.set('emoji-tone', value > 0 ? String(value) : '');
    setTone(value);
  };
  const toGrid = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    grid.current?.querySelector('button')?.focus();
  };
  const groups = [...(recent.length > 0 ? [RECENT] : []), ...Object.keys(t.emoji.groups).map(Number)];
  const nameOf = (one: number): string => (one === RECENT ? t.emoji.recent : t.emoji.groups[one]!);
  return (
    <div class="emoji">
      <div class="row">
        <div class="field grow"><input ref={search} type="search" value={query} placeholder={t.emoji.search} aria-label={t.emoji.search} autocomplete="off" onInput={(event) => setQuery(event.currentTarget.value)} onKeyDown={toGrid} /></div>
        <div class="field"><select aria-label={t.emoji.tone} value={tone} onChange={(event) => chooseTone(Number(event.currentTarget.value))}>{t.emoji.tones.map((name, index) => <option key={name} value={index} aria-label={name} title={name}>{['✋', '✋🏻', '✋🏼', '✋🏽', '✋🏾', '✋🏿'][index]}</option>)}</select></div>
      </div>
      <div class="groups">
        {groups.map((one) => <button type="button" key={one} class="tool" aria-pressed={!query.trim() && one === group} aria-label={nameOf(one)} title={nameOf(one)} onClick={() => { setGroup(one); setQuery(''); }}>{one === RECENT ? '🕘' : SIGNS[one]}</button>)}
      </div>
      <Grid key={`${group} ${query}`} grid={grid} emoji={shown} tone={tone} onChosen={choose} label={query.trim() ? t.emoji.search : nameOf(group)} />
      <p class="hidden" role="status">{shown.length === 0 ? t.emoji.none : ''}</p>
    </div>
  );
}

/** What stands for each group. */
const SIGNS = ['😀', '👋', '', '🐻', '🍔', '✈️', '⚽', '💡', '🔣', '🏁'] as const;

const recentOf = (all: readonly Emoji[], recent: readonly string[]): Emoji[] =>
  recent.flatMap((text) => {
    const known = all.find((emoji) => emoji.text === text || emoji.tones.includes(text));
    return known ? [{ ...known, text, tones: [] }] : [];
  });

interface GridProps {
  grid: { current: HTMLDivElement | null };
  emoji: readonly Emoji[];
  tone: number;
  label: string;
  onChosen: (emoji: string) => void;
}

/** One of them is in the tab order; the arrows go to the others. */
function Grid({ grid, emoji, tone, label, onChosen }: GridProps) {
  const { t } = useInbox();
  const [active, setActive] = useState(0);
  const onKeyDown = (event: KeyboardEvent): void => {
    const buttons = [...grid.current!.querySelectorAll('button')];
    const top = buttons[0]?.offsetTop;
    const columns = Math.max(1, buttons.findIndex((button) => button.offsetTop !== top));
    const forward = getComputedStyle(grid.current!).direction === 'rtl' ? -1 : 1;
    const to = { ArrowRight: active + forward, ArrowLeft: active - forward, ArrowDown: active + columns, ArrowUp: active - columns, Home: 0, End: emoji.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const index = Math.min(emoji.length - 1, Math.max(0, to));
    setActive(index);
    buttons[index]?.focus();
  };
  if (emoji.length === 0) return <p class="muted">{t.emoji.none}</p>;
  return (
    <div class="grid" role="group" aria-label={label} ref={grid} onKeyDown={onKeyDown}>
      {emoji.map((one, index) => {
        const text = withTone(one, tone);
        return <button type="button" key={one.text} class="tool" aria-label={one.label} title={one.label} tabIndex={index === active ? 0 : -1} onFocus={() => setActive(index)} onClick={() => onChosen(text)}>{text}</button>;
      })}
    </div>
  );
}
