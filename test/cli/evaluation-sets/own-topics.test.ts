import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateOwnTopics } from '../../../src/cli/evaluation-sets/own-topics.ts';
import { formatReport } from '../../../src/cli/evaluation-sets/report.ts';
import { emptyFolder, SMALL_INTENTS } from '../../fixtures/intents-folder.ts';

const PHRASES = 14;

describe('the own topics', () => {
  it('are asked as written, without accents and with typing noise, and the misses written down', async () => {
    const [lines, errors]: [string[], string] = [[], join(await emptyFolder(), 'misses.jsonl')];
    const report = await evaluateOwnTopics({
      ...{ intents: SMALL_INTENTS, errors, progress: line => lines.push(line) },
    });
    const writings = report.figures.writings as { name: string; n: number; top1: number }[];
    expect(writings.map(({ name, n }) => [name, n])).toEqual([
      ['as written', PHRASES],
      ['without accents', PHRASES],
      ['typing noise', PHRASES],
    ]);
    // Ten folds with all topics, ten with a fifth of them unknown.
    expect(lines).toHaveLength(20);
    const misses = (await readFile(errors, 'utf8'))
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line));
    const right = writings.reduce((sum, { top1 }) => sum + top1 * PHRASES, 0);
    expect(misses).toHaveLength(Math.round(3 * PHRASES - right));
    for (const { expected, got } of misses) expect(got).not.toBe(expected);
    expect(formatReport(report)).toMatch(/Own topics, 10 of 10 folds(.|\n)*Reliability of the confidence/);
  });

  it('are measured on some folds for a quick look', async () => {
    const report = await evaluateOwnTopics({ intents: SMALL_INTENTS, folds: 2, progress: () => undefined });
    const [asWritten] = report.figures.writings as { n: number }[];
    expect(report.figures.folds).toBe(2);
    expect(asWritten?.n).toBeLessThan(PHRASES / 2);
  });
});
