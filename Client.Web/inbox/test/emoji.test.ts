/// <reference types="node" />
import { readFileSync } from 'node:fs';
import de from 'emojibase-data/de/compact.json';
import en from 'emojibase-data/en/compact.json';
import { describe, expect, it } from 'vitest';
import { emojiOf, findEmoji, withTone } from '../src/core/emoji.js';

const file = new URL('../../../Server/Conversations/Emoji/rgi-emoji.txt', import.meta.url);
const accepted = new Set(readFileSync(file, 'utf8').split('\n').filter((line) => !line.startsWith('# ')).flatMap((line) => line.split(' ')));

describe.each([['en', en], ['de', de]])('the emoji with names in %s', (_, entries) => {
  const all = emojiOf(entries);
  it('are sequences that the server takes, with and without a tone', () => {
    expect(all.length).toBeGreaterThan(1_800);
    expect(all.flatMap((emoji) => [emoji.text, ...emoji.tones]).filter((text) => !accepted.has(text))).toEqual([]);
  });
  it('have five tones or none, and each its own name', () => {
    expect(new Set(all.map((emoji) => emoji.tones.length))).toEqual(new Set([0, 5]));
    expect(all.filter((emoji) => !emoji.label)).toEqual([]);
  });
});

describe('findEmoji', () => {
  const all = emojiOf(en);
  it('finds by the beginnings of words, in any order', () => {
    expect(findEmoji(all, 'up thu', 5).map((emoji) => emoji.text)).toContain('👍');
    expect(findEmoji(emojiOf(de), 'daumen', 9).map((emoji) => emoji.text)).toContain('👍');
    expect(findEmoji(all, 'no such emoji', 5)).toEqual([]);
  });
  it('is bounded', () => expect(findEmoji(all, 'f', 7)).toHaveLength(7));
  it('takes the tone that was chosen where there is one', () => {
    const [thumb] = findEmoji(all, 'thumbs up', 1);
    expect([0, 3].map((tone) => withTone(thumb!, tone))).toEqual(['👍', '👍🏽']);
  });
});
