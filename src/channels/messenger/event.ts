/** What the channel acts upon, parsed from a webhook's items. Kept in the inbox as JSON until it is done. */
export type MessengerEvent = EventBase &
  (
    | { kind: 'text'; text: string; ref: string | null }
    /** A quick reply, a menu item, a button: `payload` is a choice's id. */
    | { kind: 'tap'; payload: string; ref: string | null }
    | { kind: 'get-started'; ref: string | null }
    /** Came by an m.me link, a QR code or an advertisement. */
    | { kind: 'referral'; ref: string | null }
    | { kind: 'sticker' | 'image' | 'audio' | 'file' | 'location' }
    /** `num_edit`s are told apart by the event's id. */
    | { kind: 'edit'; messageId: string; text: string }
    | { kind: 'unsend'; messageId: string }
    /** Somebody else has the conversation, and these are their or the citizen's words. */
    | { kind: 'standby'; fromCitizen: boolean }
    /** A member of staff wrote from the Page Inbox while the conversation was ours. */
    | { kind: 'staff-message' }
    | { kind: 'thread-passed'; to: 'assistant' | 'staff' }
    | { kind: 'comment'; commentId: string; text: string }
  );

type EventBase = {
  /** The platform's message id where there is one; repeats have the same. */
  id: string;
  /** The person's page-scoped id. */
  personId: string;
  /** Milliseconds since 1970. */
  at: number;
};

/** Items that change nothing; they are counted. */
export type IgnoredKind =
  | 'reaction'
  | 'echo'
  | 'receipt'
  | 'optin'
  | 'administration'
  | 'feed'
  | 'own-comment'
  | 'unknown'
  | 'malformed';

export type EventKind = MessengerEvent['kind'];
