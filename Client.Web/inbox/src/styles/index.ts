import base from './base.css?inline';
import chat from './chat.css?inline';
import forms from './forms.css?inline';
import layout from './layout.css?inline';
import list from './list.css?inline';
import tokens from './tokens.css?inline';

let sheet: CSSStyleSheet | undefined;

/** One sheet for every inbox of a page: made by script, which no Content-Security-Policy counts as an inline style. */
export function styles(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync([tokens, base, layout, list, chat, forms].join('\n'));
  }
  return sheet;
}
