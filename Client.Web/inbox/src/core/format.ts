import type { Texts } from '../text/index.js';

const DAY = 86_400_000;

/** Dates and times in one locale. */
export class Format {
  readonly #time: Intl.DateTimeFormat;
  readonly #weekday: Intl.DateTimeFormat;
  readonly #date: Intl.DateTimeFormat;
  readonly #longDate: Intl.DateTimeFormat;
  readonly #full: Intl.DateTimeFormat;
  readonly #month: Intl.DateTimeFormat;
  readonly #relative: Intl.RelativeTimeFormat;
  readonly #list: Intl.ListFormat;

  constructor(readonly locale: string, private readonly t: Texts) {
    this.#time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
    this.#weekday = new Intl.DateTimeFormat(locale, { weekday: 'short' });
    this.#date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
    this.#longDate = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
    this.#full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
    this.#month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
    this.#relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
    this.#list = new Intl.ListFormat(locale, { type: 'conjunction' });
  }

  time = (at: string): string => this.#time.format(new Date(at));
  full = (at: string): string => this.#full.format(new Date(at));
  list = (items: string[]): string => this.#list.format(items);
  number = (n: number): string => n.toLocaleString(this.locale);

  /** `2026-11` as a month. */
  month = (month: string): string => this.#month.format(new Date(`${month}-01T00:00:00Z`));

  /** As short as a list needs: a time today, a weekday this week, else a date. */
  short(at: string): string {
    const days = daysAgo(at);
    if (days <= 0) return this.time(at);
    if (days === 1) return this.t.chat.yesterday;
    return (days < 7 ? this.#weekday : this.#date).format(new Date(at));
  }

  day(at: string): string {
    const days = daysAgo(at);
    return days === 0 ? this.t.chat.today : days === 1 ? this.t.chat.yesterday : this.#longDate.format(new Date(at));
  }

  /** `in 3 hours`, `5 minutes ago`. */
  relative(at: number, now = Date.now()): string {
    const seconds = Math.round((at - now) / 1000);
    for (const [unit, length] of [['day', 86_400], ['hour', 3_600], ['minute', 60]] as const)
      if (Math.abs(seconds) >= length) return this.#relative.format(Math.round(seconds / length), unit);
    return this.#relative.format(seconds, 'second');
  }
}

export const isSameDay = (a: string, b: string): boolean => new Date(a).toDateString() === new Date(b).toDateString();

const startOfDay = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

const daysAgo = (at: string): number => Math.round((startOfDay(new Date()) - startOfDay(new Date(at))) / DAY);

/** Unicode scalar values of the trimmed text: what the server counts. */
export const lengthOf = (text: string): number => [...text.trim().replace(/\r\n?/g, '\n')].length;

/** The first letter of a name, whole as people see it. */
export function initialOf(name: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name.trim());
  return first ? first.segment.toLocaleUpperCase() : '?';
}

/** A stable hue of a user's id, for the avatar without a photo. */
export function hueOf(id: string): number {
  let hash = 7;
  for (const character of id) hash = (hash * 31 + character.codePointAt(0)!) % 360;
  return hash;
}
