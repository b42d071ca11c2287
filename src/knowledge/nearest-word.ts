import distance from 'natural/lib/natural/distance/levenshtein_distance.js';

/** The known word that was probably meant, or null when none is near. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  let best: { word: string; edits: number } | null = null;
  for (const candidate of known) {
    const edits = distance.DamerauLevenshteinDistance(wanted, candidate.toLowerCase(), { restricted: true });
    if (!best || edits < best.edits) best = { word: candidate, edits };
  }
  // Half of a short word may be wrong, a third of a long one; beyond that a guess misleads.
  const allowed = Math.max(1, Math.ceil(Math.min(word.length / 2, 1 + word.length / 4)));
  return best && best.edits <= allowed ? best.word : null;
}
