/// <reference types="node" />
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sentenceOf } from '../src/core/inbox.js';
import { de } from '../src/text/de.js';
import { en } from '../src/text/en.js';

const contract = readFileSync(new URL('../../client/src/contract.ts', import.meta.url), 'utf8');
const codes = [.../type ServerErrorCode =(.*?);/s.exec(contract)![1]!.matchAll(/'([a-z_]+)'/g)].map((match) => match[1]!);
const fixed = 'Messages cannot be sent since this user isn’t following you.';

describe.each([['en', en], ['de', de]])('the sentences of refusals in %s', (_, t) => {
  it('are there for every code, and never the server’s but the one that the contract fixes', () => {
    expect(codes).toContain('rate_limited');
    for (const code of [...codes, 'unreachable']) {
      const sentence = sentenceOf({ code: code as 'conflict', message: fixed }, t);
      if (code === 'not_followed') expect(sentence).toBe(fixed);
      else expect([code, sentence]).toEqual([code, t.errors[code]]);
    }
  });
  it('name what the field has to be', () => {
    expect(sentenceOf({ code: 'invalid_argument', message: 'displayName must be 1 to 50 characters.' }, t)).toBe(t.invalid.displayName);
    expect(sentenceOf({ code: 'invalid_argument', message: 'Nobody follows themselves.' }, t)).toBe(t.errors.invalid_argument);
    expect(sentenceOf(new Error('anything'), t)).toBe(t.errors.internal_error);
  });
});
