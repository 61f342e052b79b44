import type { Texts } from './en.js';

const plural = new Intl.PluralRules('de');
const many = (n: number, one: string, other: string): string => `${n.toLocaleString('de')} ${plural.select(n) === 'one' ? one : other}`;

export const de: Texts = {
  app: {
    name: 'Nachrichten', chats: 'Chats', requests: 'Anfragen', search: 'Personen suchen', settings: 'Einstellungen', people: 'Personen', back: 'Zurück',
    close: 'Schließen', cancel: 'Abbrechen', save: 'Speichern', saved: 'Gespeichert', loading: 'Wird geladen…', retry: 'Erneut versuchen', more: 'Mehr', undo: 'Rückgängig',
    newMessage: 'Neue Nachricht', shortcuts: 'Tastenkürzel', signOut: 'Abmelden', moderation: 'Moderation',
    verified: 'Verifiziert', online: 'Online', news: 'Es gibt Neues', 
  },
  connection: {
    connecting: 'Verbindung wird aufgebaut…', reconnecting: 'Verbindung wird wiederhergestellt… Was du schreibst, wird danach gesendet.',
    offline: 'Du bist offline. Was du schreibst, wird gesendet, sobald du wieder online bist.', ended: 'Die Verbindung wurde beendet.',
  },
  chats: {
    none: 'Noch keine Chats', noneHint: 'Finde Personen und sag Hallo. Ein Chat beginnt, sobald eine Anfrage angenommen wurde.', choose: 'Deine Nachrichten',
    chooseHint: 'Wähle einen Chat aus oder beginne einen neuen.', you: 'Du:', empty: 'Noch keine Nachrichten', typing: 'schreibt…', sent: 'Gesendet', seen: 'Gesehen',
    unread: (n) => many(n, 'ungelesene Nachricht', 'ungelesene Nachrichten'), draft: 'Entwurf:', removed: 'Nachricht gelöscht', muted: 'Stumm', pinned: 'Angeheftet',
    archived: 'Archivierte Chats', pin: 'Anheften', unpin: 'Lösen', mute: 'Stummschalten', unmute: 'Stummschaltung aufheben', archive: 'Archivieren', unarchive: 'Zu den Chats verschieben', clear: 'Chat leeren',
    clearAsk: 'Diesen Chat für dich leeren?', clearHint: (name) => `${name} behält die eigenen Nachrichten.`,
  },
  chat: {
    write: 'Nachricht schreiben', send: 'Senden', sending: 'Wird gesendet…', sent: 'Gesendet', seen: 'Gesehen', notSent: 'Nicht gesendet',
    retry: 'Erneut senden', discard: 'Verwerfen', today: 'Heute', yesterday: 'Gestern', newMessages: 'Neue Nachrichten', latest: 'Zum Ende springen',
    newBelow: (n) => many(n, 'neue Nachricht', 'neue Nachrichten'), typing: (name) => `${name} schreibt…`, log: (name) => `Nachrichten mit ${name}`,
    start: (name) => `Hier beginnt dein Chat mit ${name}.`, left: (n) => `noch ${many(n, 'Zeichen', 'Zeichen')}`,
    over: (n) => `${many(n, 'Zeichen', 'Zeichen')} zu viel`, you: 'Du', hint: 'Eingabe sendet, Umschalt+Eingabe beginnt eine neue Zeile',
    blocked: (name) => `Du hast ${name} blockiert.`, unblock: 'Blockierung aufheben', unavailable: 'Diese Person ist zurzeit nicht erreichbar.',
    lastSeen: (when) => `Zuletzt online ${when}`, edited: 'bearbeitet', removed: 'Diese Nachricht wurde gelöscht', reply: 'Antworten', replyTo: (name) => `Antwort an ${name}`,
    edit: 'Bearbeiten', editing: 'Nachricht bearbeiten', remove: 'Für beide löschen', react: 'Reagieren', report: 'Melden', actions: 'Aktionen zur Nachricht', profile: 'Profil',
    arrived: (name, text) => `${name}: ${text}`, options: 'Optionen des Chats', off: 'Nachrichten sind in deinen Einstellungen ausgeschaltet.',
  },
  emoji: {
    more: 'Weitere Reaktionen', title: 'Mit einem Emoji reagieren', search: 'Emoji suchen', none: 'Kein Emoji gefunden', recent: 'Zuletzt', tone: 'Hautton',
    groups: { 0: 'Smileys und Gefühle', 1: 'Menschen', 3: 'Tiere und Natur', 4: 'Essen und Trinken', 5: 'Reisen und Orte', 6: 'Aktivitäten', 7: 'Gegenstände', 8: 'Symbole', 9: 'Flaggen' } as Record<number, string>,
    tones: ['Standard', 'Hell', 'Mittelhell', 'Mittel', 'Mitteldunkel', 'Dunkel'],
  },
  push: {
    title: 'Mitteilungen', ask: 'Soll dieses Gerät dir mitteilen, wenn dir jemand schreibt, auch wenn diese Seite geschlossen ist?', later: 'Nicht jetzt',
    turnOn: 'Einschalten', turnOff: 'Ausschalten', on: 'Dieses Gerät zeigt Mitteilungen.', off: 'Dieses Gerät zeigt keine Mitteilungen.',
    blocked: 'Mitteilungen dieser Seite sind blockiert: Erlaube sie in den Einstellungen deines Browsers.', unsupported: 'Dieser Browser hat keine Mitteilungen für diese Seite. Füge sie auf dem Telefon zuerst zum Startbildschirm hinzu.',
    content: 'Was Mitteilungen sagen', contents: { nothing: 'Nur, dass es etwas Neues gibt', sender: 'Von wem es ist', text: 'Von wem es ist, und den Text' },
    notification: { message: 'Neue Nachricht', request: 'Neue Nachrichtenanfrage', accepted: 'Deine Anfrage wurde angenommen' },
  },
  receipts: {
    item: 'Lesebestätigungen', title: (name: string) => `${name} zeigen, wann du Nachrichten gesehen hast?`, hint: 'Beim Einschalten wird nichts gezeigt, was du vorher gesehen hast.',
    choice: { default: 'Wie in den Einstellungen', on: 'An', off: 'Aus' }, now: { on: 'gerade an', off: 'gerade aus' },
  },
  requests: {
    title: 'Nachrichtenanfragen', none: 'Keine Anfragen', noneHint: 'Wenn dir Personen schreiben, denen du nicht folgst, warten ihre Anfragen hier. Sie sehen nicht, ob du sie gelesen hast.',
    folders: { main: 'Anfragen', filtered: 'Gefiltert', deleted: 'Gelöscht' }, filteredHint: 'Anfragen mit deinen verborgenen Wörtern oder jenseits deiner Grenzen. Wer sie sendet, sieht keinen Unterschied.',
    noneFiltered: 'Nichts wurde gefiltert', noneDeleted: 'Nichts wurde gelöscht', arrived: (name) => `Neue Anfrage von ${name}`,
    select: 'Auswählen', selected: (n) => `${n.toLocaleString('de')} ausgewählt`, all: 'Alle auswählen', same: 'Gleichen Text auswählen', remove: 'Löschen', removeAll: 'Alle löschen',
    removed: (n) => `${many(n, 'Anfrage', 'Anfragen')} gelöscht`, restored: 'Wiederhergestellt', restore: 'Wiederherstellen', clearing: 'Wird gelöscht…',
    askAll: 'Alle Anfragen in diesem Ordner löschen?', askAllHint: 'Wer sie gesendet hat, erfährt davon nichts.', view: (name) => `Anfrage von ${name}`,
    choose: 'Nachrichtenanfragen', chooseHint: 'Wähle eine Anfrage aus, um sie zu lesen. Wer sie gesendet hat, erfährt davon nichts.', outgoing: 'Gesendet', noneOutgoing: 'Du hast keine Anfragen gesendet',
    state: { pending: 'Wartet', accepted: 'Angenommen', withdrawn: 'Zurückgezogen', expired: 'Abgelaufen' }, withdraw: 'Zurückziehen', 
    count: (n) => many(n, 'Anfrage', 'Anfragen'),
  },
  preview: {
    unseen: 'Dass du das gelesen hast, ist erst zu sehen, wenn du annimmst.', accept: 'Annehmen', remove: 'Löschen', block: 'Blockieren',
    report: 'Melden', removeReport: 'Löschen und melden', gone: 'Diese Anfrage gibt es nicht mehr.', gonehint: 'Sie wurde zurückgezogen, ist abgelaufen oder wurde auf einem anderen Gerät beantwortet.',
    joined: (when) => `Dabei seit ${when}`, youFollow: 'Du folgst', followsYou: 'Folgt dir', earlier: (n) => many(n, 'frühere Anfrage', 'frühere Anfragen'),
    shared: (names, more) => (more > 0 ? `Gefolgt von ${names} und ${more.toLocaleString('de')} weiteren, denen du folgst` : `Gefolgt von ${names}`),
    sentAt: (when) => `Gesendet am ${when}`,
  },
  person: {
    followers: () => 'Follower', following: 'gefolgt', follow: 'Folgen', unfollow: 'Gefolgt', unfollowLabel: (name) => `${name} nicht mehr folgen`, followsYou: 'Folgt dir',
    message: 'Nachricht', request: 'Anfrage senden', pending: 'Anfrage gesendet', respond: 'Anfrage beantworten', block: 'Blockieren', unblock: 'Blockierung aufheben', report: 'Melden', you: 'Das bist du',
    blocked: (name) => `Du hast ${name} blockiert`, unblocked: (name) => `Du hast die Blockierung von ${name} aufgehoben`, notFound: 'Diese Person wurde nicht gefunden.',
    blockAsk: (name) => `${name} blockieren?`, blockHint: 'Diese Person kann dir nicht mehr schreiben, und ihre offene Anfrage verschwindet. Sie erfährt davon nichts.',
  },
  people: {
    tabs: { following: 'Gefolgt', followers: 'Follower', blocked: 'Blockiert' }, none: { following: 'Du folgst noch niemandem', followers: 'Noch keine Follower', blocked: 'Du hast niemanden blockiert' },
    results: 'Personen', noResults: (query) => `Keine Personen zu „${query}“ gefunden`, short: 'Gib mindestens 2 Zeichen ein', found: (n) => `${many(n, 'Person', 'Personen')} gefunden`,
  },
  write: {
    title: 'Neue Anfrage', placeholder: 'Stell dich vor. Warum schreibst du?', send: 'Anfrage senden', tips: 'Tipps', left: (n) => `Heute noch ${many(n, 'Anfrage', 'Anfragen')}`,
    wait: (when) => `Die nächste Anfrage kannst du ${when} senden.`, sent: 'Anfrage gesendet', explain: 'Eine Nachricht. Wird sie angenommen, öffnet sich der Chat; bis dahin siehst du nichts.',
    tip: {
      tooGeneric: 'Schreib persönlich: Was interessiert dich an dieser Person?', tooLong: 'Bleib bei höchstens drei Sätzen.', noOpenQuestion: 'Schließ mit einer offenen Frage: Darauf antwortet man leichter.',
      notFollowing: 'Folge der Person zuerst: Das zeigt, dass du es ernst meinst.', aboutLooks: 'Schreib darüber, was die Person tut, und nicht, wie sie aussieht.', veryPopular: 'Diese Person bekommt viele Anfragen; eine Antwort kann dauern.',
    },
  },
  report: {
    title: (name) => `${name} melden`, why: 'Was ist nicht in Ordnung?', note: 'Was sollte die Moderation wissen? (freiwillig)', messages: 'Nachrichten für die Moderation', alsoBlock: (name) => `${name} auch blockieren`,
    send: 'Meldung senden', sent: 'Danke. Die Moderation sieht sich das an.', hint: 'Die Person erfährt nicht, dass du sie gemeldet hast.', deletes: 'Die Anfrage wird auch gelöscht.',
    reason: { harassment: 'Belästigung oder Mobbing', spam: 'Spam oder Betrug', hate: 'Hass', sexual: 'Unerwünschte sexuelle Inhalte', minorSafety: 'Ein Kind ist in Gefahr', other: 'Etwas anderes' },
  },
  ban: {
    until: (when) => `Du kannst bis ${when} keine Nachrichten senden.`, forever: 'Du kannst keine Nachrichten senden, bis die Moderation deine Sperre aufhebt.', reason: (reason) => `Grund: ${reason}`, warning: 'Eine Verwarnung der Moderation', understood: 'Verstanden',
  },
  settings: {
    title: 'Einstellungen', profile: 'Profil', name: 'Name', bio: 'Über dich', photo: 'Foto', change: 'Foto ändern', removePhoto: 'Foto entfernen', cropTitle: 'Ausschnitt wählen', zoom: 'Zoom', cropHint: 'Zum Verschieben ziehen oder die Pfeiltasten benutzen.',
    use: 'Foto verwenden', badPhoto: 'Diese Datei ist kein lesbares Bild.', who: 'Wer dir schreiben kann', privacy: 'Privatsphäre', appearance: 'Darstellung',
    policy: { everyone: 'Alle', following: 'Personen, denen du folgst', nobody: 'Niemand' },
    policyHint: { everyone: 'Wem du nicht folgst, der sendet zuerst eine Anfrage.', following: 'Nur Personen, denen du folgst, können dir schreiben.', nobody: 'Nachrichten sind aus, auch in deinen Chats. Lesen kannst du sie weiterhin.' },
    receipts: 'Zeigen, dass du Nachrichten gesehen hast', receiptsHint: 'Ausgeschaltet sehen andere nur „Gesendet“.', presence: 'Zeigen, dass du online bist', presenceHint: 'Nur Personen, mit denen du einen Chat hast, und nur solange sie es auch zeigen.',
    filters: 'Filter', words: 'Verborgene Wörter', wordsHint: 'Eins je Zeile. Anfragen mit diesen Wörtern kommen in den Ordner „Gefiltert“.', age: 'Mindestalter von Konten in Tagen', ageHint: 'Anfragen jüngerer Konten kommen in den Ordner „Gefiltert“.',
    sessions: 'Wo du angemeldet bist', current: 'Dieses Gerät', end: 'Abmelden', endOthers: 'Überall sonst abmelden', lastUsed: (when) => `Zuletzt benutzt ${when}`, unknownDevice: 'Unbekanntes Gerät',
    password: 'Passwort', currentPassword: 'Aktuelles Passwort', newPassword: 'Neues Passwort', changePassword: 'Passwort ändern', passwordChanged: 'Passwort geändert. Deine anderen Geräte sind abgemeldet.',
    data: 'Deine Daten', exportHint: 'Alles, was über dich gespeichert ist, als Datei.', export: 'Daten herunterladen', erase: 'Konto löschen', eraseHint: 'Deine Nachrichten bleiben bei denen, denen du geschrieben hast, als von einem gelöschten Konto. Das lässt sich nicht rückgängig machen.', eraseAsk: 'Konto endgültig löschen?', eraseConfirm: 'Endgültig löschen',
    language: 'Sprache', theme: 'Farben', themes: { auto: 'Wie das Gerät', light: 'Hell', dark: 'Dunkel' },
  },
  moderation: {
    title: 'Moderation', queue: 'Offene Meldungen', resolved: 'Erledigt', bans: 'Sperren', audit: 'Protokoll', none: 'Keine offenen Meldungen', noneHint: 'Neue Meldungen erscheinen hier.', noBans: 'Niemand ist gesperrt', noAudit: 'Noch ist nichts geschehen',
    by: (name) => `Gemeldet von ${name}`, reporters: (n) => many(n, 'Person meldet', 'Personen melden'), evidence: 'Belege', noEvidence: 'Es wurden keine Nachrichten angefügt.', note: 'Hinweis', history: 'Verlauf', dismiss: 'Verwerfen', warn: 'Verwarnen', ban: 'Sperren', showMore: 'Mehr anzeigen', lift: 'Sperre aufheben', duration: 'Wie lange',
    durations: { 24: '1 Tag', 72: '3 Tage', 168: '1 Woche', 720: '30 Tage', 0: 'Bis sie aufgehoben wird' }, reason: 'Grund, den die Person liest', done: 'Erledigt', banned: (until) => `Gesperrt bis ${until}`, bannedForever: 'Gesperrt, bis die Sperre aufgehoben wird', addNote: 'Notiz hinzufügen', notes: 'Notizen der Moderation', warnings: 'Verwarnungen', earlier: 'Andere Meldungen', noHistory: 'Bisher nichts', open: 'Öffnen', opened: (n) => many(n, 'Beleg', 'Belege'), lifted: (when) => `aufgehoben ${when}`, request: 'Anfrage', message: 'Nachricht', forbidden: 'Diese Seite ist für die Moderation.', 
    actions: { dismiss: 'Verworfen', warn: 'Verwarnt', ban: 'Gesperrt' },
    audited: { openReport: 'öffnete eine Meldung über', dismissReport: 'verwarf eine Meldung über', warn: 'verwarnte', ban: 'sperrte', liftBan: 'hob die Sperre auf von', addNote: 'schrieb eine Notiz über' },
  },
  shortcuts: { search: 'Personen suchen', next: 'Nächster Chat', previous: 'Voriger Chat', requests: 'Anfragen', chats: 'Chats', settings: 'Einstellungen', back: 'Zurück, schließen', send: 'Senden', line: 'Neue Zeile', list: 'In einer Liste bewegen', help: 'Diese Liste' },
  account: {
    signIn: 'Anmelden', signUp: 'Konto erstellen', username: 'Benutzername', password: 'Passwort', birthDate: 'Geburtsdatum', displayName: 'Name (freiwillig)', invite: 'Einladungscode (falls vorhanden)', welcome: 'Willkommen zurück', join: 'Konto erstellen', tagline: 'Du entscheidest, wer dir schreiben kann.',
    noAccount: 'Neu hier?', haveAccount: 'Schon ein Konto?', usernameHint: '3 bis 30 Buchstaben a–z, Ziffern, _ und .', passwordHint: 'Mindestens 8 Zeichen', birthHint: 'Wird niemandem gezeigt', checking: 'Einen Moment…', wrong: 'Benutzername oder Passwort sind falsch.', unreachable: 'Der Server ist nicht erreichbar.', required: 'Das wird gebraucht.', issuer: 'Die Konten dieses Servers gehören zu einer anderen Seite: Melde dich dort an.', ended: 'Du wurdest abgemeldet.',
  },
  errors: {
    unreachable: 'Der Server ist nicht erreichbar. Bitte versuch es noch einmal.', internal_error: 'Etwas ist schiefgegangen. Bitte versuch es noch einmal.', rate_limited: 'Das war etwas schnell. Bitte versuch es gleich noch einmal.', unavailable: 'Der Server kann gerade nicht speichern. Bitte versuch es gleich noch einmal.',
    messaging_banned: 'Du bist für Nachrichten gesperrt.', messaging_disabled: 'Nachrichten sind in deinen Einstellungen ausgeschaltet.', messaging_unavailable: 'Diese Person ist nicht erreichbar.', you_blocked_user: 'Du hast diese Person blockiert. Hebe das zuerst auf.', request_pending: 'Deine Anfrage wartet auf eine Antwort.', request_closed: 'Diese Anfrage ist nicht mehr offen.', request_not_found: 'Diese Anfrage gibt es nicht mehr.', conversation_not_found: 'Diesen Chat gibt es nicht.', user_not_found: 'Diese Person wurde nicht gefunden.', username_taken: 'Dieser Benutzername ist vergeben.', invalid_credentials: 'Das Passwort ist falsch.', edit_closed: 'Diese Nachricht kann nicht mehr geändert werden.', already_connected: 'Ihr habt schon einen Chat.', request_limit_reached: 'Du hast vorerst so viele Anfragen gesendet, wie du kannst.',
    invalid_argument: 'Etwas davon wird nicht angenommen. Bitte prüfe deine Eingaben.', conflict: 'Das wurde schon mit anderem Inhalt gesendet.', cannot_message_self: 'Du kannst dir nicht selbst schreiben.', request_required: 'Sende zuerst eine Anfrage: Der Chat öffnet sich, sobald sie angenommen ist.', unauthenticated: 'Du wurdest abgemeldet. Bitte melde dich wieder an.', forbidden: 'Das darfst du nicht.',
  },
  invalid: {
    username: '3 bis 30 Buchstaben a–z, Ziffern, _ und ., mindestens ein Buchstabe oder eine Ziffer, und kein reservierter Name.', password: '8 bis 128 Zeichen: nicht dein Benutzername, und keines der häufigsten Passwörter.', newPassword: '8 bis 128 Zeichen: nicht dein Benutzername, und keines der häufigsten Passwörter.',
    birthDate: 'Ein Tag in der Vergangenheit, höchstens 120 Jahre zurück.', displayName: '1 bis 50 sichtbare Zeichen in einer Zeile.', bio: 'Höchstens 160 Zeichen.', inviteCode: 'Dieser Code ist falsch oder wurde schon benutzt.', hiddenWords: 'Höchstens 200 Wörter von 1 bis 50 Zeichen, zusammen 2.000 Zeichen.', minAccountAgeDays: '0 bis 365 Tage.', reason: '1 bis 500 Zeichen.', text: 'Es ist leer, zu lang, oder enthält Zeichen, die nicht erlaubt sind.', isPinned: 'Höchstens 20 Chats können angeheftet werden.',
  },
};
