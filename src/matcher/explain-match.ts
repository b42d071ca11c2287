import type { ExplainedTopic, Explanation, Match, MatchRule, RankedTopic } from './match.ts';
import type { Parts } from './open-matcher.ts';
import { EVIDENCE, evidence } from './ranker/confidence.ts';
import type { FeatureSpace, TextFeatures } from './ranker/feature-space.ts';
import type { Ranking } from './ranker/ranker.ts';
import type { Token } from './vietnamese/tokens.ts';

const EXPLAINED_TOPICS = 5;
const EXPLAINED_WORDS = 8;
/** What stands for the groups of letters, which mean nothing to people one by one. */
const LETTERS = '(chữ cái)';

type Explaining = Parts & { space: FeatureSpace };

/** How the match of a text came about: the same steps once more, with what they rest on. */
export function explainMatch(
  text: string,
  { match, rules }: { match: Match; rules: MatchRule[] },
  parts: Explaining,
): Explanation {
  const reading = parts.read(text);
  const features = parts.featuresOf(reading);
  const ranking = parts.topicRanker.rank(features);
  const values = evidence(ranking);
  return {
    match,
    changes: reading.changes,
    unknownWords: unknownWords(reading.tokens, features),
    rules,
    topics: match.topics
      .slice(0, EXPLAINED_TOPICS)
      .map(topic => explainTopic(topic, { features, ranking, parts })),
    evidence: EVIDENCE.map((name, i) => ({ name, value: values[i] ?? 0 })),
  };
}

type Ranked = { features: TextFeatures; ranking: Ranking; parts: Explaining };

function explainTopic(topic: RankedTopic, { features, ranking, parts }: Ranked): ExplainedTopic {
  const trained = ranking.candidates.find(({ label }) => label === topic.topicId);
  const alike = ranking.lookalikes.find(({ label }) => label === topic.topicId);
  const { texts, catalogueTexts } = parts.compiled;
  const nearestPhrase = trained ? texts[trained.nearest] : catalogueTexts[alike?.nearest ?? -1];
  return {
    ...topic,
    margin: trained?.margin ?? null,
    nearestPhrase: nearestPhrase ?? null,
    cosine: (trained ?? alike)?.cosine ?? 0,
    words: trained ? heaviestWords(features, topic.topicId, parts) : [],
  };
}

function heaviestWords(
  features: TextFeatures,
  topicId: string,
  { topicRanker, space }: Explaining,
): ExplainedTopic['words'] {
  const sums = new Map<string, number>();
  for (const { feature, weight } of topicRanker.contributions(features, topicId)) {
    const text = space.describe(feature) ?? LETTERS;
    sums.set(text, (sums.get(text) ?? 0) + weight);
  }
  return [...sums]
    .map(([text, weight]) => ({ text, weight }))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, EXPLAINED_WORDS);
}

function unknownWords(tokens: readonly Token[], { words }: TextFeatures): string[] {
  return tokens.filter((_, i) => (words[i] ?? 0) < 0).map(({ text }) => text);
}
