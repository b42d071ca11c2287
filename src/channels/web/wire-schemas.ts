import { z } from 'zod';
import { OUTCOMES } from '../../domain/conversation.ts';
import { FACETS } from '../../domain/facet.ts';
import {
  MAX_QUESTION_LENGTH,
  type WireFeedback,
  type WireMessage,
  type WireReply,
  type WireSession,
  type WireSuggestions,
} from './wire.ts';

/** The wire types as schemas: they check what comes in, and describe the API in OpenAPI. */

const suggestion = z.object({ id: z.string(), name: z.string() });

const topicRef = z.object({
  id: z.string(),
  kind: z.enum(['procedure', 'article']),
  group: z.string().describe('The article’s group; a procedure’s field.'),
  code: z.string().nullable().describe('Mã thủ tục hành chính, e.g. 1.001193'),
  name: z.string(),
  label: z.string(),
});

export const idSchema = z.object({ id: z.string().max(100) });
export const turnIdSchema = z.object({ turnId: z.string().max(100) });
export const suggestQuerySchema = z.object({ q: z.string().max(200).default('') });

export const sessionSchema = z.object({
  sessionId: z.string(),
  greeting: z.string().describe('Markdown.'),
  suggestions: z.array(suggestion),
  centre: z.object({ name: z.string(), phone: z.string(), hours: z.string() }),
}) satisfies z.ZodType<WireSession>;

export const messageSchema = z.object({
  // The length is checked after cleaning, and has its own error.
  text: z
    .string()
    .optional()
    .meta({ maxLength: MAX_QUESTION_LENGTH, description: 'What the citizen typed.' }),
  choiceId: z
    .string()
    .regex(/^[a-z0-9][a-z0-9./-]{0,119}$|^$/)
    .optional()
    .describe('The id of the choice or suggestion tapped; goes before text.'),
  messageId: z
    .string()
    .regex(/^[\w.:-]{1,100}$/)
    .optional()
    .describe('A repeat gets the reply of the first.'),
}) satisfies z.ZodType<WireMessage>;

export const replySchema = z.object({
  turnId: z.string(),
  outcome: z.enum(OUTCOMES),
  confidence: z.number().min(0).max(1),
  topic: topicRef.nullable(),
  facet: z.enum(FACETS).nullable(),
  facets: z.array(z.enum(FACETS)),
  topics: z.array(topicRef),
  choices: z.array(topicRef),
  reply: z.string().describe('Markdown.'),
  links: z.array(z.object({ title: z.string(), url: z.string() })),
  suggestions: z.array(suggestion),
  micros: z.number().int(),
}) satisfies z.ZodType<WireReply>;

export const feedbackSchema = z.object({ helpful: z.boolean() }) satisfies z.ZodType<WireFeedback>;

export const suggestionsSchema = z.object({
  suggestions: z.array(suggestion),
}) satisfies z.ZodType<WireSuggestions>;
