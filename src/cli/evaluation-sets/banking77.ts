import { evaluateIntentRanks } from '../../matcher/evaluation/evaluate-ranks.ts';
import type { LabelledText } from '../../matcher/evaluation/train-on-texts.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { percent, type Report, type Row } from './report.ts';

const SOURCE = 'BANKING77, github.com/PolyAI-LDN/task-specific-datasets';

/** Accuracy; Casanueva et al., "Efficient Intent Detection with Dual Sentence Encoders", 2020, and its successors. */
const PUBLISHED: Record<string, number> = {
  'fine-tuned BERT-sized models (about)': 0.93,
  'RoBERTa, 10 texts per intent': 0.843,
  'USE, 10 texts per intent': 0.842,
};

/** BANKING77 full: 77 intents that lie close together, nothing out of scope. */
export async function evaluateBanking77(directory: string | undefined): Promise<Report> {
  const example = 'banking77/train.csv';
  const folder = openDataFolder(directory, { set: 'banking77', example, source: SOURCE });
  const [train, test] = [await readPart(folder, 'train'), await readPart(folder, 'test')];
  const ranks = evaluateIntentRanks(train, test);
  return {
    figures: { set: 'banking77', accuracy: ranks.recallAt1, ...ranks, published: PUBLISHED },
    tables: [
      {
        title: 'BANKING77 full, %',
        columns: ['accuracy', 'top 3'],
        rows: [
          ['Motcua', percent(ranks.recallAt1), percent(ranks.recallAt3)],
          ...Object.entries(PUBLISHED).map(([name, accuracy]): Row => [name, percent(accuracy), '–']),
        ],
      },
    ],
    notes: ['No threshold: nothing is out of scope here.'],
  };
}

async function readPart(folder: DataFolder, part: 'train' | 'test'): Promise<LabelledText[]> {
  const rows = await folder.csv(`banking77/${part}.csv`, ['text', 'category']);
  return rows.map(({ text, category }) => ({ text, intent: category }));
}
