/** What each role may do; the one table that the server and the console read. */
export const PERMISSIONS = {
  curator: ['knowledge.read', 'knowledge.write', 'review.read'],
  reviewer: ['knowledge.read', 'knowledge.write', 'knowledge.publish', 'review.read', 'review.resolve'],
  admin: [
    'knowledge.read',
    'knowledge.write',
    'knowledge.publish',
    'review.read',
    'review.resolve',
    'staff.manage',
    'settings.manage',
    'figures.read',
  ],
} as const satisfies Record<string, readonly string[]>;

export type Role = keyof typeof PERMISSIONS;
export type Permission = (typeof PERMISSIONS)[Role][number];

export function may(role: Role, permission: Permission): boolean {
  return (PERMISSIONS[role] as readonly Permission[]).includes(permission);
}

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
