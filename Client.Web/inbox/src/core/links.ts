export interface Piece {
  text: string;
  href?: string;
}

const address = /\bhttps?:\/\/[^\s<>"'`\u2066-\u2069\u202a-\u202e]+/giu;
const trailing = /[.,;:!?'"»”’)\]}]+$/u;

/** A text cut at its web addresses. Only http and https become links, and only as they read. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(address)) {
    const found = trim(match[0]);
    if (!URL.canParse(found)) continue;
    if (match.index > at) pieces.push({ text: text.slice(at, match.index) });
    pieces.push({ text: found, href: found });
    at = match.index + found.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}

// A full stop ends the sentence, not the address; a bracket belongs to the address that opened it.
function trim(found: string): string {
  const end = trailing.exec(found)?.[0] ?? '';
  const bare = found.slice(0, found.length - end.length);
  return end.startsWith(')') && bare.includes('(') ? `${bare})` : bare;
}

const emojiOnly = /^(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200d\ufe0f\u20e3]|\s)+$/u;

/** One to three emoji and nothing else: shown large. */
export function isBigEmoji(text: string): boolean {
  if (text.length > 40 || !emojiOnly.test(text) || !/[\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(text)) return false;
  return [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text.replace(/\s/gu, ''))].length <= 3;
}
