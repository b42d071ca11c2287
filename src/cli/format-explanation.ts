import type { ExplainedQuestion } from '../conversation/explain-question.ts';

/** An explanation on a terminal: what was read, why each topic stands where it stands, what would have to change. */
export function formatExplanation(question: string, explained: ExplainedQuestion): string {
  const { outcome, confidence, answersFrom, topics, changes, rules, facets, evidence, advice } = explained;
  return [
    `“${question}”`,
    `${outcome}, ${percent(confidence)} (answers from ${percent(answersFrom)}); facets: ${facets.join(', ') || 'none'}`,
    ...(changes.length > 0
      ? [`read as: ${changes.map(({ kind, from, to }) => `${from} → ${to} (${kind})`).join('; ')}`]
      : []),
    ...(rules.length > 0 ? [`rules: ${rules.join(', ')}`] : []),
    ...topics.flatMap((topic, i) => [
      `  ${i + 1}. ${topic.label} (${topic.topicId}): ${percent(topic.confidence)}, score ${topic.score.toFixed(2)}`,
      `     nearest: “${topic.nearestPhrase ?? '–'}” (${topic.cosine.toFixed(2)})`,
      `     words: ${topic.words.map(({ text, weight }) => `${text} ${signed(weight)}`).join(', ') || '–'}`,
    ]),
    `  evidence: ${evidence.map(({ name, value }) => `${name} ${value.toFixed(2)}`).join('; ')}`,
    ...advice.map(line => `  → ${line}`),
    '',
  ].join('\n');
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function signed(weight: number): string {
  return `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(2)}`;
}
