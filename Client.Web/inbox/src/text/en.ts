const plural = new Intl.PluralRules('en');
const many = (n: number, one: string, other: string): string => `${n.toLocaleString('en')} ${plural.select(n) === 'one' ? one : other}`;

/** Every text of the inbox in English. Other languages are `Texts` too, so that the compiler finds what they miss. */
export const en = {
  app: {
    name: 'Messages', chats: 'Chats', requests: 'Requests', search: 'Search people', settings: 'Settings', people: 'People', back: 'Back',
    close: 'Close', cancel: 'Cancel', save: 'Save', saved: 'Saved', loading: 'Loading…', retry: 'Try again', more: 'More', undo: 'Undo',
    newMessage: 'New message', shortcuts: 'Keyboard shortcuts', signOut: 'Sign out', moderation: 'Moderation',
    verified: 'Verified', online: 'Online', news: 'Something new', 
  },
  connection: {
    connecting: 'Connecting…', reconnecting: 'Reconnecting… What you write is sent as soon as the connection is back.',
    offline: 'You are offline. What you write is sent as soon as you are back.', ended: 'The connection has ended.',
  },
  chats: {
    none: 'No chats yet', noneHint: 'Find people and say hello. A chat begins once a request is accepted.', choose: 'Your messages',
    chooseHint: 'Choose a chat, or start a new one.', you: 'You:', empty: 'No messages yet', typing: 'typing…', sent: 'Sent', seen: 'Seen',
    unread: (n: number) => many(n, 'unread message', 'unread messages'), draft: 'Draft:', removed: 'Message removed', muted: 'Muted', pinned: 'Pinned',
    archived: 'Archived chats', pin: 'Pin', unpin: 'Unpin', mute: 'Mute', unmute: 'Unmute', archive: 'Archive', unarchive: 'Move to chats', clear: 'Clear this chat',
    clearAsk: 'Clear this chat for you?', clearHint: (name: string) => `${name} keeps their copy of the messages.`,
  },
  chat: {
    write: 'Write a message', send: 'Send', sending: 'Sending…', sent: 'Sent', seen: 'Seen', notSent: 'Not sent',
    retry: 'Retry', discard: 'Discard', today: 'Today', yesterday: 'Yesterday', newMessages: 'New messages', latest: 'Jump to latest',
    newBelow: (n: number) => many(n, 'new message', 'new messages'), typing: (name: string) => `${name} is typing…`, log: (name: string) => `Messages with ${name}`,
    start: (name: string) => `This is the beginning of your chat with ${name}.`, left: (n: number) => many(n, 'character left', 'characters left'),
    over: (n: number) => many(n, 'character too many', 'characters too many'), you: 'You', hint: 'Enter sends, Shift+Enter makes a new line',
    blocked: (name: string) => `You blocked ${name}.`, unblock: 'Unblock', unavailable: 'This person cannot be messaged at the moment.',
    lastSeen: (when: string) => `Last seen ${when}`, edited: 'edited', removed: 'This message was removed', reply: 'Reply', replyTo: (name: string) => `Reply to ${name}`,
    edit: 'Edit', editing: 'Edit message', remove: 'Remove for both', react: 'React', report: 'Report', actions: 'Message actions', profile: 'Profile',
    arrived: (name: string, text: string) => `${name}: ${text}`, options: 'Chat options', off: 'Messaging is switched off in your settings.',
  },
  emoji: {
    more: 'More reactions', title: 'React with an emoji', search: 'Search emoji', none: 'No emoji found', recent: 'Recent', tone: 'Skin tone',
    groups: { 0: 'Smileys', 1: 'People', 3: 'Animals and nature', 4: 'Food and drink', 5: 'Travel and places', 6: 'Activities', 7: 'Objects', 8: 'Symbols', 9: 'Flags' } as Record<number, string>,
    tones: ['Default', 'Light', 'Medium-light', 'Medium', 'Medium-dark', 'Dark'],
  },
  push: {
    title: 'Notifications', ask: 'Shall this device notify you when someone writes to you, also while this page is closed?', later: 'Not now',
    turnOn: 'Turn on', turnOff: 'Turn off', on: 'This device notifies you.', off: 'This device does not notify you.',
    blocked: 'Notifications of this page are blocked: allow them in your browser’s settings.', unsupported: 'This browser has no notifications for this page. On a phone, add it to your home screen first.',
    content: 'What notifications say', contents: { nothing: 'Only that there is something new', sender: 'Who it is from', text: 'Who it is from, and the text' },
    notification: { message: 'New message', request: 'New message request', accepted: 'Your request was accepted' },
  },
  receipts: {
    item: 'Seen receipts', title: (name: string) => `Show ${name} when you have seen messages?`, hint: 'Turning it on shows nothing that you have seen before.',
    choice: { default: 'As in your settings', on: 'On', off: 'Off' }, now: { on: 'now on', off: 'now off' },
  },
  requests: {
    title: 'Message requests', none: 'No requests', noneHint: 'When people whom you don’t follow write to you, their requests wait here. They cannot see whether you have read them.',
    folders: { main: 'Requests', filtered: 'Filtered', deleted: 'Deleted' }, filteredHint: 'Requests with your hidden words, or beyond your limits. Their senders see no difference.',
    noneFiltered: 'Nothing was filtered', noneDeleted: 'Nothing was deleted', arrived: (name: string) => `New request from ${name}`,
    select: 'Select', selected: (n: number) => `${n.toLocaleString('en')} selected`, all: 'Select all', same: 'Select same text', remove: 'Delete', removeAll: 'Delete all',
    removed: (n: number) => `${many(n, 'request', 'requests')} deleted`, restored: 'Restored', restore: 'Restore', clearing: 'Deleting…',
    askAll: 'Delete all requests in this folder?', askAllHint: 'Their senders are not notified.', view: (name: string) => `Request from ${name}`,
    choose: 'Message requests', chooseHint: 'Choose a request to read it. Its sender is not notified.', outgoing: 'Sent', noneOutgoing: 'You sent no requests',
    state: { pending: 'Waiting', accepted: 'Accepted', withdrawn: 'Withdrawn', expired: 'Expired' }, withdraw: 'Withdraw', 
    count: (n: number) => many(n, 'request', 'requests'),
  },
  preview: {
    unseen: 'They cannot see that you have read this until you accept.', accept: 'Accept', remove: 'Delete', block: 'Block',
    report: 'Report', removeReport: 'Delete and report', gone: 'This request is no longer there.', gonehint: 'It was withdrawn, has expired, or was answered on another device.',
    joined: (when: string) => `Joined ${when}`, youFollow: 'You follow them', followsYou: 'Follows you', earlier: (n: number) => many(n, 'earlier request', 'earlier requests'),
    shared: (names: string, more: number) => (more > 0 ? `Followed by ${names} and ${more.toLocaleString('en')} more whom you follow` : `Followed by ${names}`),
    sentAt: (when: string) => `Sent ${when}`,
  },
  person: {
    followers: (n: number): string => (plural.select(n) === 'one' ? 'follower' : 'followers'), following: 'following', follow: 'Follow', unfollow: 'Following', unfollowLabel: (name: string) => `Unfollow ${name}`, followsYou: 'Follows you',
    message: 'Message', request: 'Send a request', pending: 'Request sent', respond: 'Answer the request', block: 'Block', unblock: 'Unblock', report: 'Report', you: 'This is you',
    blocked: (name: string) => `You blocked ${name}`, unblocked: (name: string) => `You unblocked ${name}`, notFound: 'This person could not be found.',
    blockAsk: (name: string) => `Block ${name}?`, blockHint: 'They cannot message you, and their open request disappears. They are not notified.',
  },
  people: {
    tabs: { following: 'Following', followers: 'Followers', blocked: 'Blocked' }, none: { following: 'You follow no one yet', followers: 'No followers yet', blocked: 'You blocked no one' },
    results: 'People', noResults: (query: string) => `No people found for “${query}”`, short: 'Type at least 2 characters', found: (n: number) => `${many(n, 'person', 'people')} found`,
  },
  write: {
    title: 'New request', placeholder: 'Introduce yourself. Why do you write to them?', send: 'Send request', tips: 'Tips', left: (n: number) => `${many(n, 'request', 'requests')} left today`,
    wait: (when: string) => `You can send the next request ${when}.`, sent: 'Request sent', explain: 'One message. If they accept it, the chat opens; until then you see nothing of them.',
    tip: {
      tooGeneric: 'Make it personal: mention what interests you about them.', tooLong: 'Keep it to three sentences or fewer.', noOpenQuestion: 'End with an open question: it is easier to answer.',
      notFollowing: 'Follow them first: it shows that you mean it.', aboutLooks: 'Write about what they do rather than how they look.', veryPopular: 'They get many requests; an answer may take a while.',
    } as Record<string, string>,
  },
  report: {
    title: (name: string) => `Report ${name}`, why: 'What is wrong?', note: 'Anything a moderator should know? (optional)', messages: 'Messages to show the moderators', alsoBlock: (name: string) => `Also block ${name}`,
    send: 'Send report', sent: 'Thank you. A moderator will look at it.', hint: 'They are not notified that you reported them.', deletes: 'The request is deleted as well.',
    reason: { harassment: 'Harassment or bullying', spam: 'Spam or scam', hate: 'Hate', sexual: 'Unwanted sexual content', minorSafety: 'A child is in danger', other: 'Something else' },
  },
  ban: {
    until: (when: string) => `You cannot send messages until ${when}.`, forever: 'You cannot send messages until a moderator lifts your ban.', reason: (reason: string) => `Reason: ${reason}`, warning: 'A moderator’s warning', understood: 'Understood',
  },
  settings: {
    title: 'Settings', profile: 'Profile', name: 'Name', bio: 'About you', photo: 'Photo', change: 'Change photo', removePhoto: 'Remove photo', cropTitle: 'Position your photo', zoom: 'Zoom', cropHint: 'Drag to move, or use the arrow keys.',
    use: 'Use photo', badPhoto: 'This file is no picture that can be read.', who: 'Who can message you', privacy: 'Privacy', appearance: 'Appearance',
    policy: { everyone: 'Everyone', following: 'People you follow', nobody: 'No one' },
    policyHint: { everyone: 'People you don’t follow send a request first.', following: 'Only people you follow can write to you.', nobody: 'Messaging is off, also in your chats. You can still read them.' },
    receipts: 'Show when you have seen messages', receiptsHint: 'When off, others see “Sent” only.', presence: 'Show when you are online', presenceHint: 'Only to people you have a chat with, and only while they show it too.',
    filters: 'Filters', words: 'Hidden words', wordsHint: 'One a line. Requests with these words go to the folder Filtered.', age: 'Minimum age of accounts, in days', ageHint: 'Requests from younger accounts go to the folder Filtered.',
    sessions: 'Where you are signed in', current: 'This device', end: 'Sign out', endOthers: 'Sign out everywhere else', lastUsed: (when: string) => `Last used ${when}`, unknownDevice: 'Unknown device',
    password: 'Password', currentPassword: 'Current password', newPassword: 'New password', changePassword: 'Change password', passwordChanged: 'Password changed. Your other devices are signed out.',
    data: 'Your data', exportHint: 'Everything stored on you, as a file.', export: 'Download your data', erase: 'Delete your account', eraseHint: 'Your messages stay with the people you wrote to, as from a removed user. This cannot be undone.', eraseAsk: 'Delete your account permanently?', eraseConfirm: 'Delete permanently',
    language: 'Language', theme: 'Theme', themes: { auto: 'As the device', light: 'Light', dark: 'Dark' },
  },
  moderation: {
    title: 'Moderation', queue: 'Open reports', resolved: 'Resolved', bans: 'Bans', audit: 'Audit', none: 'No open reports', noneHint: 'New reports appear here.', noBans: 'No one is banned', noAudit: 'Nothing was done yet',
    by: (name: string) => `Reported by ${name}`, reporters: (n: number) => many(n, 'reporter', 'reporters'), evidence: 'Evidence', noEvidence: 'No messages were attached.', note: 'Note', history: 'History', dismiss: 'Dismiss', warn: 'Warn', ban: 'Ban', showMore: 'Show more', lift: 'Lift ban', duration: 'How long',
    durations: { 24: '1 day', 72: '3 days', 168: '1 week', 720: '30 days', 0: 'Until lifted' } as Record<number, string>, reason: 'Reason that they read', done: 'Done', banned: (until: string) => `Banned until ${until}`, bannedForever: 'Banned until lifted', addNote: 'Add a note', notes: 'Moderators’ notes', warnings: 'Warnings', earlier: 'Other reports', noHistory: 'Nothing so far', open: 'Open', opened: (n: number) => many(n, 'piece of evidence', 'pieces of evidence'), lifted: (when: string) => `lifted ${when}`, request: 'Request', message: 'Message', forbidden: 'This page is for moderators.', 
    actions: { dismiss: 'Dismissed', warn: 'Warned', ban: 'Banned' } as Record<string, string>,
    audited: { openReport: 'opened a report on', dismissReport: 'dismissed a report on', warn: 'warned', ban: 'banned', liftBan: 'lifted the ban of', addNote: 'wrote a note on' },
  },
  shortcuts: { search: 'Search people', next: 'Next chat', previous: 'Previous chat', requests: 'Requests', chats: 'Chats', settings: 'Settings', back: 'Back, close', send: 'Send', line: 'New line', list: 'Move in a list', help: 'This list' },
  account: {
    signIn: 'Sign in', signUp: 'Create account', username: 'Username', password: 'Password', birthDate: 'Date of birth', displayName: 'Name (optional)', invite: 'Invite code (if you have one)', welcome: 'Welcome back', join: 'Create your account', tagline: 'You decide who can write to you.',
    noAccount: 'New here?', haveAccount: 'Already have an account?', usernameHint: '3 to 30 letters a–z, digits, _ and .', passwordHint: 'At least 8 characters', birthHint: 'Not shown to anyone', checking: 'One moment…', wrong: 'The username or the password is wrong.', unreachable: 'The server cannot be reached.', required: 'This is needed.', issuer: 'This server’s accounts belong to another site: sign in there.', ended: 'You were signed out.',
  },
  errors: {
    unreachable: 'The server cannot be reached. Please try again.', internal_error: 'Something went wrong. Please try again.', rate_limited: 'That was a bit fast. Please try again in a moment.', unavailable: 'The server cannot save just now. Please try again in a moment.',
    messaging_banned: 'You are banned from messaging.', messaging_disabled: 'Messaging is switched off in your settings.', messaging_unavailable: 'This person cannot be messaged.', you_blocked_user: 'You blocked this person. Unblock them first.', request_pending: 'Your request is waiting for an answer.', request_closed: 'This request is no longer open.', request_not_found: 'This request is no longer there.', conversation_not_found: 'This chat is not there.', user_not_found: 'This person could not be found.', username_taken: 'This username is taken.', invalid_credentials: 'The password is wrong.', edit_closed: 'It is too late to change this message.', already_connected: 'You have a chat already.', request_limit_reached: 'You have sent as many requests as you can for now.',
    invalid_argument: 'Something in it is not accepted. Please check what you entered.', conflict: 'This was sent before with other content.', cannot_message_self: 'You cannot message yourself.', request_required: 'Send a request first: the chat opens once it is accepted.', unauthenticated: 'You were signed out. Please sign in again.', forbidden: 'You may not do this.',
  } as Record<string, string>,
  /** Of `invalid_argument`, by the field that the server names. */
  invalid: {
    username: '3 to 30 letters a–z, digits, _ and ., at least one letter or digit, and none that is reserved.', password: '8 to 128 characters: not your username, and none of the most common passwords.', newPassword: '8 to 128 characters: not your username, and none of the most common passwords.',
    birthDate: 'A day in the past, at most 120 years ago.', displayName: '1 to 50 characters that can be seen, in one line.', bio: 'At most 160 characters.', inviteCode: 'This code is wrong, or was used already.', hiddenWords: 'At most 200 words of 1 to 50 characters, 2,000 characters in all.', minAccountAgeDays: '0 to 365 days.', reason: '1 to 500 characters.', text: 'It is empty, too long, or holds characters that are not allowed.', isPinned: 'At most 20 chats can be pinned.',
  } as Record<string, string>,
};

export type Texts = typeof en;
