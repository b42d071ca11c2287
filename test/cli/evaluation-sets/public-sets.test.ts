import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateBanking77 } from '../../../src/cli/evaluation-sets/banking77.ts';
import { evaluateBraun } from '../../../src/cli/evaluation-sets/braun.ts';
import { evaluateCatalogue } from '../../../src/cli/evaluation-sets/catalogue.ts';
import { evaluateClinc150 } from '../../../src/cli/evaluation-sets/clinc150.ts';
import { evaluateHint3 } from '../../../src/cli/evaluation-sets/hint3.ts';
import { formatReport } from '../../../src/cli/evaluation-sets/report.ts';
import { SMALL_INTENTS } from '../../fixtures/intents-folder.ts';
import { BANKING77, BRAUN, CATALOGUE, CLINC150, dataFolder, HINT3 } from './tiny-sets.ts';

describe('CLINC150', () => {
  it('is measured without a threshold and at operating points fixed beforehand', async () => {
    const report = await evaluateClinc150(await dataFolder(CLINC150));
    expect(report.figures).toMatchObject({
      set: 'clinc150',
      accuracyWithoutThreshold: 1,
      points: [
        { name: 'balanced', n: 7, oosRecall: 1 },
        { name: 'recall:0.5', n: 7 },
        { name: 'recall:0.75', n: 7, oosRecall: 1 },
      ],
    });
    const text = formatReport(report);
    expect(text).toMatch(/Motcua, no threshold +100\.0 +– +–\n/);
    expect(text).toMatch(/BERT, by threshold +96\.2 +52\.3/);
    expect(text).toContain('maximises its objective on val and oos_val');
  });

  it('asks for its file where it is missing or another', async () => {
    await expect(evaluateClinc150(undefined)).rejects.toThrow(
      '--set clinc150 needs --data DIR, a folder that holds clinc150/data_full.json (CLINC150, github.com/clinc/oos-eval)',
    );
    await expect(evaluateClinc150(await dataFolder({}))).rejects.toThrow(
      /clinc150\/data_full\.json cannot be read: put data_full\.json there, from CLINC150/,
    );
    const wrong = await dataFolder({ 'clinc150/data_full.json': '{"train": []}' });
    await expect(evaluateClinc150(wrong)).rejects.toThrow(/is not the data_full\.json of CLINC150/);
  });
});

describe('HINT3', () => {
  it('is measured bot by bot and in the mean, at a threshold from the training set', async () => {
    const report = await evaluateHint3(await dataFolder(HINT3));
    const { bots, mean } = report.figures as {
      bots: Record<string, { overallAccuracy: number; inScopeAccuracy: number; oosRecall: number }>;
      mean: { overallAccuracy: number };
    };
    expect(Object.keys(bots)).toEqual(['curekart', 'powerplay11', 'sofmattress']);
    const bot = bots.curekart!;
    expect(bot.overallAccuracy).toBeCloseTo((4 * bot.inScopeAccuracy + 3 * bot.oosRecall) / 7, 10);
    expect(mean.overallAccuracy).toBeCloseTo(bot.overallAccuracy, 10);
    const text = formatReport(report);
    expect(text).toMatch(
      /curekart, %\n.*\n {2}Motcua +100\.0 .*\n {2}Dialogflow +75\.0 +73\.2 +57\.3 +86\.5/,
    );
    expect(text).toMatch(/mean of the three bots(.|\n)*Dialogflow +69\.3 +68\.0 +58\.9 +72\.9/);
    expect(text).toContain('of the training set alone');
  });
});

describe("Braun et al.'s corpora", () => {
  it('are measured as F1 for each and over all, None as an intent like the others', async () => {
    const report = await evaluateBraun(await dataFolder(BRAUN));
    expect(report.figures).toMatchObject({ n: 15, overallF1: 0.8 });
    expect(formatReport(report)).toMatch(
      /Motcua +\.800 +\.800 +\.800 +\.800\n {2}NLP\.js +\.99 +\.94 +\.80 +\.93/,
    );
  });
});

describe('BANKING77', () => {
  it('is measured by its accuracy', async () => {
    const report = await evaluateBanking77(await dataFolder(BANKING77));
    expect(report.figures).toMatchObject({ set: 'banking77', n: 4, accuracy: 1 });
    expect(formatReport(report)).toMatch(
      /Motcua +100\.0 +100\.0\n {2}fine-tuned BERT-sized models \(about\) +93\.0/,
    );
  });
});

describe('the titles of the national catalogue', () => {
  it('are ranked for the labelled questions, with and without accents', async () => {
    const folder = await dataFolder(CATALOGUE);
    const report = await evaluateCatalogue(folder, {
      labels: join(folder, 'labels.csv'),
      intents: SMALL_INTENTS,
    });
    expect(report.figures).toMatchObject({ titles: 4, asked: 3, labelled: 2 });
    const runs = report.figures.runs as { name: string; n: number; recallAt1: number; mrr: number }[];
    expect(runs.map(({ name }) => name)).toEqual([
      'titles alone, with accents',
      'titles alone, without accents',
      'titles, product lexicon and facets, with accents',
      'titles, product lexicon and facets, without accents',
    ]);
    // Four titles are too few to weigh their words.
    for (const run of runs) expect(run).toMatchObject({ n: 2, recallAt3: 1 });
  });

  it('are not measured with a label that no title has', async () => {
    const folder = await dataFolder({ ...CATALOGUE, 'labels.csv': 'question,codes\n1,9.999999\n' });
    await expect(
      evaluateCatalogue(folder, { labels: join(folder, 'labels.csv'), intents: SMALL_INTENTS }),
    ).rejects.toThrow('question 1 has the code 9.999999, which no title has');
  });
});
