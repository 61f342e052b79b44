import { describe, expect, it } from 'vitest';
import { isBigEmoji, piecesOf } from '../src/core/links.js';

const hrefs = (text: string) => piecesOf(text).flatMap((piece) => piece.href ?? []);

describe('piecesOf', () => {
  it('loses no character of the text', () => {
    for (const text of ['', 'no link', 'https://a.example', 'See https://a.example/x. And (http://b.example/y_(z)), ok?', 'https://a.example/\u202Egnp.exe'])
      expect(piecesOf(text).map((piece) => piece.text).join('')).toBe(text);
  });

  it('makes links of http and https alone', () => {
    expect(hrefs('javascript:alert(1) data:text/html,x file:///etc ftp://a.example www.a.example')).toEqual([]);
    expect(hrefs('http://a.example https://b.example/c?d=e#f')).toEqual(['http://a.example', 'https://b.example/c?d=e#f']);
  });

  it('leaves the sentence its punctuation, and the address its brackets', () => {
    expect(hrefs('(see https://a.example/x).')).toEqual(['https://a.example/x']);
    expect(hrefs('https://a.example/y_(z).')).toEqual(['https://a.example/y_(z)']);
    expect(hrefs('“https://a.example”')).toEqual(['https://a.example']);
  });

  it('ends an address before quotes and bidirectional controls', () => {
    expect(hrefs('https://a.example/"onclick="x')).toEqual(['https://a.example/']);
    expect(hrefs('https://a.example/\u202Egnp.exe')).toEqual(['https://a.example/']);
  });
});

describe('isBigEmoji', () => {
  it.each(['👍', '🙂 🙂', '👨‍👩‍👧‍👦', '🇩🇪🇫🇷', '❤️'])('is true of %s', (text) => expect(isBigEmoji(text)).toBe(true));
  it.each(['', '12', 'a👍', '👍👍👍👍', '#'])('is false of "%s"', (text) => expect(isBigEmoji(text)).toBe(false));
});
