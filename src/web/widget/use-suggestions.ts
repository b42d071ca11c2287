import { useEffect, useState } from 'preact/hooks';
import type { Suggestion } from '../../domain/conversation.ts';
import type { Api } from './api.ts';

const PAUSE_MS = 180;
const SHORTEST = 2;
/** Suggestions compare names; a text beyond this is a whole question, and none would fit. */
const LONGEST = 60;
const NONE: Suggestion[] = [];

/** Topics whose name comes near what is being typed, once the typing pauses. */
export function useSuggestions(api: Api, text: string) {
  const [suggestions, setSuggestions] = useState(NONE);
  const query = text.trim();
  const useful = query.length >= SHORTEST && query.length <= LONGEST && !query.includes('\n');

  useEffect(() => {
    if (!useful) return setSuggestions(NONE);
    const aborted = new AbortController();
    const timer = setTimeout(async () => {
      const found = await api.suggest(query, aborted.signal).catch(() => NONE);
      if (!aborted.signal.aborted) setSuggestions(found);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      aborted.abort();
    };
  }, [api, query, useful]);

  return { suggestions, dismiss: () => setSuggestions(NONE) };
}
