import { z } from 'zod';
import { FACETS } from './facet.ts';

/**
 * The shape of a topic, on disk, in the store and in memory. Parsed once at the edge;
 * a value that is absent is unknown, and is said to be unknown: nothing is guessed.
 */

const text = (max: number) => z.string().trim().min(1).max(max);
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'viết ngày dạng 2026-11-21');

/** Where a fact comes from, when it was last compared with that source, and whether the two agreed. */
const evidenceShape = {
  source: text(300),
  checkedOn: isoDate,
  verified: z.boolean(),
};
const ownEvidence = z.object(evidenceShape).partial().shape;

/** A fact with its value; evidence that is left out is that of `facts.evidence`. */
const fact = <T extends z.ZodType>(value: T) =>
  z.strictObject({ value, note: text(600).optional(), ...ownEvidence });

export const LEVELS = ['ministry', 'province', 'commune', 'other'] as const;
const FEE_CHANNELS = ['any', 'in-person', 'online', 'post'] as const;
export const TIME_UNITS = ['minute', 'hour', 'working-day', 'day', 'month', 'year'] as const;

const fee = z.strictObject({
  /** Đồng; 0 is free; `province` = set by the provincial council, found in the centre's overlay. */
  amount: z.union([z.number().int().min(0), z.literal('province')]),
  for: text(300),
  channel: z.enum(FEE_CHANNELS).default('any'),
});

const documentItem = z.strictObject({
  name: text(700),
  copies: z.number().int().min(0).max(20).optional(),
  kind: z.enum(['original', 'copy', 'certified-copy', 'show']).optional(),
});

const factsSchema = z.strictObject({
  evidence: z.strictObject(evidenceShape),
  level: fact(z.array(z.enum(LEVELS)).min(1)).optional(),
  agency: fact(text(400)).optional(),
  fees: fact(z.array(fee).min(1)).optional(),
  /** Counted from a complete and valid dossier. `value: 0` = on the same day. */
  time: fact(z.strictObject({ value: z.number().min(0), unit: z.enum(TIME_UNITS) })).optional(),
  documents: fact(z.array(documentItem).min(1)).optional(),
  /** Nộp trực tuyến: toàn trình, một phần, chưa có. */
  online: fact(z.enum(['full', 'partial', 'none'])).optional(),
  forms: fact(z.array(z.strictObject({ name: text(300), url: z.url().optional() })).min(1)).optional(),
  legal: fact(
    z
      .array(z.strictObject({ number: text(60), title: text(400).optional(), validTo: isoDate.optional() }))
      .min(1),
  ).optional(),
  /** Stored, not built: addresses of the national portal hold a UUID. */
  url: z.url().optional(),
});

/** A text (Markdown) that a curator wrote; for a procedure it overrides what is composed from the facts. */
const curatedText = z.strictObject({ text: text(4000), ...ownEvidence });

const named = {
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,79}$/, 'chỉ dùng chữ thường không dấu, số, dấu chấm và gạch nối'),
  /** The official title; the longest of the national catalogue has 1,094 characters. */
  name: text(1200),
  /** The everyday name on a tap. */
  label: text(20),
  aliases: z.array(text(120)).default([]),
  phrases: z.array(text(300)).min(1),
};

/** What is compared with a procedure's record in the national catalogue. */
export const CATALOGUE_PARTS = ['code', 'name', 'level', 'url', 'documents', 'legal', 'fee', 'time'] as const;

export const procedureSchema = z.strictObject({
  kind: z.literal('procedure'),
  ...named,
  code: z
    .string()
    .regex(/^\d\.\d{6}$/, 'mã thủ tục có dạng 1.001193')
    .optional(),
  replaces: z.array(z.string()).default([]),
  field: z.string().regex(/^[a-z0-9-]+$/),
  facts: factsSchema,
  answers: z.partialRecord(z.enum(FACETS), curatedText).default({}),
  /** Where the file knowingly differs from the national catalogue: why, and the newer source. */
  differs: z.partialRecord(z.enum(CATALOGUE_PARTS), text(400)).optional(),
});

const ARTICLE_GROUPS = ['contact', 'report', 'emergency', 'howto', 'smalltalk'] as const;

export const articleSchema = z.strictObject({
  kind: z.literal('article'),
  ...named,
  group: z.enum(ARTICLE_GROUPS),
  /**
   * `handover`: the citizen asks for a person; the reply hands the conversation over. `fallback`: the sentence asks
   * nothing of this desk; the reply says so, and the question is kept as one that was not answered.
   */
  outcome: z.enum(['handover', 'fallback']).optional(),
  /** A question for this facet that names no procedure is answered by this article. */
  answersFacet: z.enum(FACETS).optional(),
  /** Answered from the centre's directory, where a place is named: its units, or the offices there. */
  lookup: z.enum(['places', 'offices']).optional(),
  answer: curatedText,
  links: z.array(z.strictObject({ title: text(80), url: z.url() })).default([]),
});

export const topicSchema = z.discriminatedUnion('kind', [procedureSchema, articleSchema]);

export type Evidence = z.infer<z.ZodObject<typeof evidenceShape>>;
export type Facts = z.infer<typeof factsSchema>;
export type Fee = z.infer<typeof fee>;

export type Procedure = z.infer<typeof procedureSchema> & {
  /** Set for a procedure that was imported from the national catalogue and that no curator has written yet. */
  origin?: 'catalogue';
};
export type Article = z.infer<typeof articleSchema>;
export type Topic = Procedure | Article;
export type ArticleGroup = (typeof ARTICLE_GROUPS)[number];

/** A topic as a reply names it. */
export type TopicRef = {
  id: string;
  kind: 'procedure' | 'article';
  /** The article's group; a procedure's field. */
  group: string;
  code: string | null;
  name: string;
  label: string;
};

export function topicRef(topic: Topic): TopicRef {
  const { id, kind, name, label } = topic;
  if (topic.kind === 'article') return { id, kind, group: topic.group, code: null, name, label };
  return { id, kind, group: topic.field, code: topic.code ?? null, name, label };
}

/** The evidence of one fact or text: its own where it has some, the procedure's otherwise. */
export function evidenceOf(own: Partial<Evidence>, otherwise: Evidence): Evidence {
  return {
    source: own.source ?? otherwise.source,
    checkedOn: own.checkedOn ?? otherwise.checkedOn,
    verified: own.verified ?? otherwise.verified,
  };
}
