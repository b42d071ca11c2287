import { buildMatcher, type MatcherKnowledge } from '../build-matcher.ts';
import { compileLexicon } from '../vietnamese/lexicon.ts';
import { assignFolds } from './folds.ts';
import { groupNearDuplicates } from './near-duplicates.ts';

/** A way to write a phrase, such as without accents; `seed` differs for each phrase. */
export type Writing = { name: string; write: (phrase: string, seed: number) => string };

export type CrossValidation = {
  folds: number;
  seed: number;
  writings: readonly Writing[];
  /** Every so many-th topic is unknown to a fold altogether (other ones each time): its phrases are out of scope. */
  withoutEvery?: number;
};

/** What the matcher made of a phrase that it was not trained on. */
export type HeldOutAnswer = {
  writing: string;
  /** As it was asked. */
  phrase: string;
  /** The topic that it is a phrase of; null where the fold does not know that topic. */
  expected: string | null;
  /** Topic ids, best first. */
  topics: string[];
  /** Of the top topic, 0–1; 0 where there is none. */
  confidence: number;
  /** The phrase says nearly what a name, label or alias says, which stays in the training. */
  isNearName: boolean;
};

type HeldOut = { phrase: string; topicId: string; fold: number; isNearName: boolean };

/**
 * The product's matcher on its own topics: each fold builds it without the fold's phrases and asks them, in every
 * writing. Names and aliases stay. Yields the answers fold by fold, since each costs a whole training.
 */
export function* crossValidateTopics(
  knowledge: MatcherKnowledge,
  { folds, seed, writings, withoutEvery }: CrossValidation,
): Generator<HeldOutAnswer[]> {
  const phrases = splitPhrases(knowledge, { folds, seed });
  for (let fold = 0; fold < folds; fold += 1) {
    const heldOut = phrases.flatMap((phrase, i) =>
      phrase.fold === fold ? [{ ...phrase, seed: seed + i }] : [],
    );
    const isKnown = (_: unknown, i: number) => !withoutEvery || i % withoutEvery !== fold % withoutEvery;
    const known = { ...knowledge, topics: knowledge.topics.filter(isKnown) };
    const ids = new Set(known.topics.map(({ id }) => id));
    const matcher = buildMatcher(withoutPhrases(known, new Set(heldOut.map(({ phrase }) => phrase))));
    yield writings.flatMap(writing =>
      heldOut.map(({ phrase, topicId, isNearName, seed }): HeldOutAnswer => {
        const asked = writing.write(phrase, seed);
        const { topics } = matcher.match(asked);
        return {
          writing: writing.name,
          phrase: asked,
          expected: ids.has(topicId) ? topicId : null,
          topics: topics.map(topic => topic.topicId),
          confidence: topics[0]?.confidence ?? 0,
          isNearName,
        };
      }),
    );
  }
}

/** Equal phrases share a fold, so leaving a phrase out by its text leaves it out of every topic. */
function splitPhrases(
  { topics, lexicon }: MatcherKnowledge,
  { folds, seed }: { folds: number; seed: number },
): HeldOut[] {
  const compiled = compileLexicon(lexicon);
  const phrases = topics.flatMap(({ id, phrases: own }) => own.map(phrase => ({ phrase, topicId: id })));
  const texts = phrases.map(({ phrase }) => phrase);
  const foldOf = assignFolds(groupNearDuplicates(texts, compiled), { folds, seed });
  const names = topics.flatMap(({ name, label, aliases }) => [name, label, ...aliases]);
  const groups = groupNearDuplicates([...texts, ...names], compiled);
  const groupsOfNames = new Set(groups.slice(texts.length));
  return phrases.map((phrase, i) => ({
    ...phrase,
    fold: foldOf[i] as number,
    isNearName: groupsOfNames.has(groups[i] as number),
  }));
}

function withoutPhrases(knowledge: MatcherKnowledge, heldOut: ReadonlySet<string>): MatcherKnowledge {
  const topics = knowledge.topics.map(topic => ({
    ...topic,
    phrases: topic.phrases.filter(phrase => !heldOut.has(phrase)),
  }));
  return { ...knowledge, topics };
}
