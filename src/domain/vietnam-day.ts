/** The day (`2026-11-21`) in Vietnam, which has been seven hours ahead of UTC all year round since 1975. */
export function vietnamDay(at: Date): string {
  return new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
}
