import type { Conversation, SavedConversation } from './conversation.ts';

/** Raised when the saved shape changes: what an older widget saved is then left alone. */
const SHAPE = 1;

type SimpleStorage = { getItem(key: string): string | null; setItem(key: string, value: string): void };

/**
 * Keeps the conversation in a browser storage. `storage` is a function because merely naming
 * `sessionStorage` throws where the site may not store anything; then nothing is kept.
 */
export function saveIn(storage: () => SimpleStorage, key: string): SavedConversation {
  return {
    load() {
      try {
        const saved = JSON.parse(storage().getItem(key) ?? 'null') as {
          shape: number;
          state: Conversation;
        } | null;
        return saved?.shape === SHAPE ? saved.state : null;
      } catch {
        return null;
      }
    },
    save(state) {
      try {
        storage().setItem(key, JSON.stringify({ shape: SHAPE, state }));
      } catch {
        // Full or forbidden: the conversation goes on, and a reload starts anew.
      }
    },
  };
}
