import { z } from 'zod';
import { FACETS, type Facet } from './facet.ts';
import type { Procedure, Topic } from './topic.ts';

const phrase = z.string().trim().min(1).max(200);

/** `intents/_facets.yaml`: how citizens ask for each facet, whatever the procedure. */
export const facetPhrasesSchema = z.record(z.enum(FACETS), z.array(phrase).min(1));
export type FacetPhrases = Record<Facet, string[]>;

/**
 * `intents/_lexicon.yaml`: standard form → what people type instead.
 * `abbreviations` and `teencode` replace whole words ("cccd", "dc"); `synonyms` are everyday names that mean
 * the standard form ("giấy độc thân"); both forms stay visible to the matcher.
 */
export const lexiconSchema = z.strictObject({
  abbreviations: z.record(phrase, z.array(phrase).min(1)),
  teencode: z.record(phrase, z.array(phrase).min(1)),
  synonyms: z.record(phrase, z.array(phrase).min(1)),
});
export type Lexicon = z.infer<typeof lexiconSchema>;

/** The states of a revision. */
const REVISION_STATUSES = ['draft', 'in-review', 'published', 'retired'] as const;
export type RevisionStatus = (typeof REVISION_STATUSES)[number];

/** One saved version of a topic. */
export type Revision = {
  /** 1, 2, 3 … within the topic. */
  number: number;
  status: RevisionStatus;
  topic: Topic;
  /** A staff account's id, or `release` for what was shipped. */
  author: string;
  at: string;
  note: string;
};

/** A topic with its whole history, as it is stored. */
export type TopicRecord = {
  id: string;
  /** Counts the saves; a save that expects another version is refused. */
  version: number;
  /** Hash of the shipped topic that the newest release revision came from; null for a topic born here. */
  shippedHash: string | null;
  /** True when the release no longer holds the topic. */
  removedFromRelease: boolean;
  revisions: Revision[];
};

export type PublishedTopic = { topic: Topic; revision: number };

/** Procedures that were imported from the national catalogue, apart from what people curate. */
export type Catalogue = {
  /** Hash of the procedures. */
  version: string;
  procedures: Procedure[];
};

/** What is live: immutable once written. */
export type KnowledgeSnapshot = {
  /** Hash of the content; the same content has the same version. */
  version: string;
  publishedAt: string;
  topics: PublishedTopic[];
  facets: FacetPhrases;
  lexicon: Lexicon;
  /** Hash of the release's files that were taken over last. */
  releaseHash?: string;
  /** Absent before an import. */
  catalogue?: Catalogue;
};
