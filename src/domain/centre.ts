import { z } from 'zod';
import type { Office, Places } from './places.ts';
import { procedureSchema } from './topic.ts';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'viết giờ dạng 07:30');

/** The centre's file. */
export const centreSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1),
  province: z.string().min(1),
  contacts: z.strictObject({
    phone: z.string().min(3),
    /** Tổng đài 1022 or the like, where the province has one. */
    hotline: z.string().min(3).optional(),
    email: z.email().optional(),
    address: z.string().min(1),
    website: z.url().optional(),
    fanpage: z.url().optional(),
  }),
  /** Opening hours; ISO weekdays, 1 = Monday. */
  hours: z
    .array(z.strictObject({ days: z.array(z.number().int().min(1).max(7)).min(1), from: time, to: time }))
    .min(1),
  /** Topic ids that the greeting offers. */
  featured: z.array(z.string()).max(6).default([]),
  /** Evidence for the contacts and hours above. */
  evidence: z.strictObject({ source: z.string(), checkedOn: z.string(), verified: z.boolean() }),
  /** Facts that the province sets (mostly fees), by topic id; they override the procedure's own. */
  overlay: z.record(z.string(), procedureSchema.shape.facts.partial()).default({}),
  /** Files of the province's directory, relative to this one: units, and whom to call there. */
  places: z.string().min(1).optional(),
  offices: z.string().min(1).optional(),
  /** The Facebook page: whether questions in comments get one private message. */
  messenger: z.strictObject({ answerComments: z.boolean() }).optional(),
});

/** The public-service centre that runs this assistant: who it is, how to reach it, what its province sets and has. */
export type Centre = Omit<z.infer<typeof centreSchema>, 'places' | 'offices'> & {
  places?: Places;
  offices?: Office[];
};

/** What an article's text may name in double braces, e.g. `{{centre.phone}}`. */
export const CENTRE_PLACEHOLDERS = [
  'centre.name',
  'centre.province',
  'centre.phone',
  'centre.hotline',
  'centre.email',
  'centre.address',
  'centre.website',
  'centre.hours',
] as const;
