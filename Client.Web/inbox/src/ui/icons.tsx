// Drawn for this project on a grid of 24.
const paths = {
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM20 20l-4-4',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 7a2 2 0 1 0-4 0 2 2 0 0 0 4 0zM9 17a2 2 0 1 0-4 0 2 2 0 0 0 4 0z',
  people: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.4-3.8 3-6 6.5-6s6.1 2.2 6.5 6M16 4.500a3.3 3.3 0 0 1 0 6.300M18 14.300c2 .8 3.2 2.7 3.5 5.7',
  write: 'M12 20h8M4 20l1-4L16.5 4.500a2 2 0 0 1 3 3L8 19z',
  send: 'M5 12l15-7-5 15-3.5-6z',
  more: 'M5.5 11a1 1 0 1 0 0 2 1 1 0 0 0 0-2zM12 11a1 1 0 1 0 0 2 1 1 0 0 0 0-2zM18.5 11a1 1 0 1 0 0 2 1 1 0 0 0 0-2z',
  check: 'M5 13l4 4L19 7',
  chat: 'M4 6.500A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.500v7a2.5 2.5 0 0 1-2.5 2.500H11l-5 4v-4.050A2.5 2.5 0 0 1 4 13.500z',
  inbox: 'M4 13l2.5-8h11L20 13v6H4zM4 13h4.500l1.5 2.500h4l1.5-2.500H20',
  down: 'M6 9l6 6 6-6',
  keyboard: 'M3 7h18v10H3zM7 11h.01M11 11h.01M15 11h.01M8 14h8',
  bulb: 'M9 18h6M10 21h4M12 3a6 6 0 0 0-3.5 10.900c.6.5 1 1.2 1 2.100h5c0-.9.4-1.6 1-2.100A6 6 0 0 0 12 3z',
  shield: 'M12 3l7 3v5c0 4.5-3 8-7 10-4-2-7-5.5-7-10V6z',
  reply: 'M10 8L5 13l5 5M5 13h8c3.5 0 6 1.5 6 5',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.500c1.8 2.3 5.2 2.3 7 0M9 10h.01M15 10h.01',
  pin: 'M9 4h6l-1 6 3 3v1H7v-1l3-3zM12 14v6',
  mute: 'M6 10v5M4 4l16 16M9 7a6 6 0 0 1 9 5v3l1.5 2.500M6 12c0 3-1.5 4-1.5 5.500H16M10 20.500h4',
} as const;

export type IconName = keyof typeof paths;

export const Icon = ({ name, flips = false }: { name: IconName; flips?: boolean }) => (
  <svg class={`icon${flips ? ' flips' : ''}`} viewBox="0 0 24 24" aria-hidden="true"><path d={paths[name]} /></svg>
);

export const Verified = ({ label }: { label: string }) => (
  <svg class="verified" viewBox="0 0 24 24" role="img" aria-label={label}>
    <path fill-rule="evenodd" d="M12 2l2.6 2.1 3.3-.3 1 3.2 2.8 1.8-1.2 3.2 1.2 3.2-2.8 1.8-1 3.2-3.3-.3L12 22l-2.6-2.1-3.3.3-1-3.2-2.8-1.800L3.5 12 2.3 8.800l2.8-1.8 1-3.2 3.3.3zM16.3 8.700l-5.3 5.3-2.3-2.3-1.4 1.4 3.7 3.7 6.7-6.700z" />
  </svg>
);
