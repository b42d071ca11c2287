/** Curators write, reviewers approve, admins do both and manage accounts. */
type Role = 'curator' | 'reviewer' | 'admin';

export type StaffAccount = {
  id: string;
  /** Unique, compared in lower case. */
  email: string;
  name: string;
  role: Role;
  /** argon2id, PHC string. */
  passwordHash: string;
  createdAt: string;
  disabled: boolean;
};

/** A staff member's session; only the hash of its token is kept. */
export type Login = { tokenHash: string; accountId: string; createdAt: string; expiresAt: string };

/** A link that works once: sets up the first admin (later: invites, resets a password). */
export type OneTimeLink = { tokenHash: string; purpose: 'first-admin'; expiresAt: string };
