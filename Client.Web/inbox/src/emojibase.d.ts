// The shape that core/emoji.ts reads; the compiler would infer the type of each of the 1,949 entries.
declare module 'emojibase-data/*/compact.json' {
  const entries: { unicode: string; label: string; tags?: string[]; group?: number; order?: number; skins?: { unicode: string }[] }[];
  export default entries;
}
