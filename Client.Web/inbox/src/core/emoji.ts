import { languageOf } from '../text/index.js';

/** As emojibase has it: its order, groups and names are those of Unicode's CLDR. */
interface Entry {
  unicode: string;
  label: string;
  tags?: string[];
  group?: number;
  order?: number;
  skins?: { unicode: string }[];
}

export interface Emoji {
  text: string;
  label: string;
  group: number;
  /** What a search compares with. */
  words: string;
  /** The same with one skin tone each, light to dark; empty where it has none. */
  tones: readonly string[];
}

/** The group that holds parts of emoji, not emoji. */
const COMPONENTS = 2;

/** Loaded when they are wanted; the names are in the language of the texts. */
const languages: Record<string, () => Promise<{ default: Entry[] }>> = {
  en: () => import('emojibase-data/en/compact.json'),
  de: () => import('emojibase-data/de/compact.json'),
};

let loaded: { language: string; all: Promise<Emoji[]> } | undefined;

export function loadEmoji(locale: string): Promise<Emoji[]> {
  const language = languageOf(locale);
  if (loaded?.language !== language) {
    const all = languages[language]!().then((module) => emojiOf(module.default));
    loaded = { language, all };
    // The next opening tries again.
    all.catch(() => {
      loaded = undefined;
    });
  }
  return loaded.all;
}

export const emojiOf = (entries: readonly Entry[]): Emoji[] =>
  entries.filter(({ group }) => group !== undefined && group !== COMPONENTS).sort((a, b) => a.order! - b.order!).map(({ unicode, label, tags = [], group, skins = [] }) => ({
    text: qualified(unicode),
    label,
    group: group!,
    words: [label, ...tags].join(' ').toLowerCase(),
    tones: TONES.flatMap((tone) => skins.find((skin) => isOnlyOf(skin.unicode, tone))?.unicode ?? []),
  }));

export const withTone = ({ text, tones }: Emoji, tone: number): string => (tone > 0 ? tones[tone - 1] ?? text : text);

/** Those each of whose words a name or tag begins with. */
export function findEmoji(all: readonly Emoji[], query: string, max: number): Emoji[] {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  const found: Emoji[] = [];
  for (const emoji of all) {
    if (words.every((word) => ` ${emoji.words}`.includes(` ${word}`)) && found.push(emoji) === max) break;
  }
  return found;
}

const TONES = ['\u{1F3FB}', '\u{1F3FC}', '\u{1F3FD}', '\u{1F3FE}', '\u{1F3FF}'];

/** Whether both people of a pair have this tone. */
const isOnlyOf = (text: string, tone: string): boolean => text.includes(tone) && TONES.every((other) => other === tone || !text.includes(other));

/** As Unicode recommends it for interchange: no variation selector where the character is an emoji by itself. */
const qualified = (text: string): string => text.replace(/^(\p{Emoji_Presentation})\uFE0F$/u, '$1');
