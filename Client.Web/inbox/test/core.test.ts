import { describe, expect, it } from 'vitest';
import { centred, cropped } from '../src/core/crop.js';
import { initialOf, lengthOf } from '../src/core/format.js';
import { parseRoute, pathOf } from '../src/core/router.js';
import { de } from '../src/text/de.js';
import { en } from '../src/text/en.js';
import { directionOf, languageOf } from '../src/text/index.js';

describe('routes', () => {
  it.each(['chats', 'chats/a%2Fb', 'requests', 'requests/r', 'people/p', 'write/p', 'following', 'followers', 'blocked', 'settings', 'moderation'])('%s is its own path', (path) =>
    expect(pathOf(parseRoute(`#${path}`))).toBe(path));
  it.each(['', '#', 'absent', 'people', 'write/', 'chats/%E0%A4%A'])('"%s" leads to the chats', (path) => expect(parseRoute(path)).toEqual({ view: 'chats' }));
});

describe('lengthOf', () => {
  it('counts scalar values as the server does', () => expect(lengthOf('  a👍\r\nb  ')).toBe(4));
});

describe('initialOf', () => {
  it('takes a whole character', () => expect(['émile', '👨‍👩‍👧 family', '', 'فاطمة'].map(initialOf)).toEqual(['É', '👨‍👩‍👧', '?', 'ف']));
});

describe('cropped', () => {
  it('never leaves the picture', () => {
    expect(centred(900, 600)).toEqual({ x: 450, y: 300, side: 600 });
    expect(cropped(900, 600, 2, -50, 10_000)).toEqual({ side: 300, x: 150, y: 450 });
  });
});

describe('texts', () => {
  it('chooses a language that is complete', () => expect(['de-AT', 'EN', 'xx', ''].map(languageOf)).toEqual(['de', 'en', 'en', 'en']));
  it('knows the directions', () => expect(['ar-EG', 'he', 'de'].map(directionOf)).toEqual(['rtl', 'rtl', 'ltr']));
  it('has no empty text, and none left in English', () => {
    const same = pairs(en, de).filter(([path, a, b]) => a === '' || b === '' || (a === b && !names.has(path)));
    expect(same.map(([path]) => path)).toEqual([]);
  });
});

// Words that both languages share.
const names = new Set(['app.chats', 'shortcuts.chats', 'app.online', 'app.moderation', 'settings.name', 'settings.zoom', 'settings.filters', 'moderation.title', 'people.tabs.followers']);

function pairs(a: object, b: object, path = ''): [string, unknown, unknown][] {
  return Object.entries(a).flatMap(([name, value]): [string, unknown, unknown][] => {
    const other = (b as Record<string, unknown>)[name];
    const at = path ? `${path}.${name}` : name;
    if (typeof value === 'object') return pairs(value as object, other as object, at);
    return typeof value === 'string' ? [[at, value, other]] : [];
  });
}
