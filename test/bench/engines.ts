import type { Engine } from './engine.ts';

/**
 * Every engine by its name, the order of the table. Loaded one by one, so that a process holds no other than its
 * own.
 */
export const ENGINES = {
  ours: async () => (await import('./engines/ours.ts')).ours,
  minisearch: async () => (await import('./engines/minisearch.ts')).minisearch,
  flexsearch: async () => (await import('./engines/flexsearch.ts')).flexsearch,
  'flexsearch-context': async () => (await import('./engines/flexsearch.ts')).flexsearchContext,
  'fuse.js': async () => (await import('./engines/fuse.ts')).fuse,
  orama: async () => (await import('./engines/orama.ts')).orama,
  'natural-bayes': async () => (await import('./engines/natural-bayes.ts')).naturalBayes,
  'natural-bayes-pairs': async () => (await import('./engines/natural-bayes.ts')).naturalBayesPairs,
  'natural-tfidf': async () => (await import('./engines/natural-tfidf.ts')).naturalTfIdf,
  ufuzzy: async () => (await import('./engines/ufuzzy.ts')).ufuzzy,
} as const satisfies Record<string, () => Promise<Engine>>;

export type EngineName = keyof typeof ENGINES;

export const OURS: EngineName = 'ours';

export function isEngineName(name: string): name is EngineName {
  return Object.hasOwn(ENGINES, name);
}
