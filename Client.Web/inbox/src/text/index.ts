import { en, type Texts } from './en.js';

export type { Texts };

/** The languages whose texts are complete. English comes with the component; the others are loaded when they are wanted. */
const languages: Record<string, () => Promise<Texts>> = {
  en: async () => en,
  de: async () => (await import('./de.js')).de,
};

export const languageNames: Record<string, string> = { en: 'English', de: 'Deutsch' };

/** The language of a locale (`de-AT` is `de`), or English. */
export const languageOf = (locale: string): string => {
  const language = locale.toLowerCase().split('-')[0] ?? 'en';
  return language in languages ? language : 'en';
};

export const loadTexts = (locale: string): Promise<Texts> => languages[languageOf(locale)]!();

const rightToLeft = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ks', 'nqo', 'ps', 'sd', 'syr', 'ug', 'ur', 'yi']);

export const directionOf = (locale: string): 'ltr' | 'rtl' => (rightToLeft.has(locale.toLowerCase().split('-')[0] ?? '') ? 'rtl' : 'ltr');
