import type { Place } from './gazetteer.ts';
import type { OfficeField, Role } from './read-ask.ts';

/** What an answer has to tell about places: an article's from the directory, a procedure's in one more line. */
export type Lookup = {
  kind: 'places' | 'offices';
  /** None: the citizen has yet to say which. Several: namesakes, or all that were named. */
  places: Place[];
  /** `where`: the citizen wants to go there. */
  about: 'merger' | 'where' | null;
  roles: Role[];
  fields: OfficeField[];
};

/** The present units of a lookup, each once. */
export function unitsOf({ places }: Pick<Lookup, 'places'>): Place['units'][number]['unit'][] {
  return [...new Set(places.flatMap(place => place.units.map(({ unit }) => unit)))];
}
