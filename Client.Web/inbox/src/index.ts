import { ChatHubInbox } from './element.js';

export { ChatHubInbox, type BadgesDetail, type TokenCallback } from './element.js';
export { Api } from './core/api.js';
export { fieldOf, sentenceOf, type Notifications, type NotificationState } from './core/inbox.js';
export { directionOf, languageNames, languageOf, loadTexts, type Texts } from './text/index.js';

if (!customElements.get('chathub-inbox')) customElements.define('chathub-inbox', ChatHubInbox);

declare global {
  interface HTMLElementTagNameMap {
    'chathub-inbox': ChatHubInbox;
  }
}
