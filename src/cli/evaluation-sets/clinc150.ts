import { z } from 'zod';
import { evaluateIntents } from '../../matcher/evaluation/evaluate-intents.ts';
import type { LabelledText } from '../../matcher/evaluation/train-on-texts.ts';
import { openDataFolder } from './data-folder.ts';
import { percent, type Report, type Row } from './report.ts';

const SOURCE = 'CLINC150, github.com/clinc/oos-eval';

/** In-scope accuracy and out-of-scope recall; Larson et al., "An Evaluation Dataset for Intent Classification and Out-of-Scope Prediction", 2019, table 2. */
const PUBLISHED = {
  'by threshold': {
    SVM: [0.882, 0.18],
    FastText: [0.886, 0.283],
    DialogFlow: [0.908, 0.267],
    Rasa: [0.909, 0.312],
    CNN: [0.909, 0.309],
    MLP: [0.934, 0.491],
    BERT: [0.962, 0.523],
  },
  'trained on 100 oos': {
    FastText: [0.89, 0.097],
    SVM: [0.91, 0.145],
    CNN: [0.912, 0.189],
    DialogFlow: [0.917, 0.14],
    Rasa: [0.915, 0.453],
    MLP: [0.935, 0.474],
    BERT: [0.969, 0.403],
  },
} as const;

/** Fixed beforehand, so that none is picked by its test figures. */
const OPERATING_POINTS = {
  balanced: 'balanced',
  'recall:0.5': { minRecall: 0.5 },
  'recall:0.75': { minRecall: 0.75 },
} as const;

const pairs = z.array(z.tuple([z.string(), z.string()]));
const fileSchema = z.object({ train: pairs, val: pairs, test: pairs, oos_val: pairs, oos_test: pairs });

/** CLINC150 full: 150 intents and out-of-scope questions, at operating points chosen on its validation part. */
export async function evaluateClinc150(directory: string | undefined): Promise<Report> {
  const file = 'clinc150/data_full.json';
  const folder = openDataFolder(directory, { set: 'clinc150', example: file, source: SOURCE });
  const data = await folder.json(file, fileSchema);
  const sets = {
    train: data.train.map(inScope),
    tune: [...data.val.map(inScope), ...data.oos_val.map(outOfScope)],
    test: [...data.test.map(inScope), ...data.oos_test.map(outOfScope)],
  };
  const names = Object.keys(OPERATING_POINTS);
  const measured = evaluateIntents(sets, Object.values(OPERATING_POINTS), () => performance.now());
  const points = measured.map((figures, i) => ({ name: names[i] as string, ...figures }));
  const accuracyWithoutThreshold = measured[0]?.accuracyWithoutThreshold;
  return {
    figures: { set: 'clinc150', accuracyWithoutThreshold, points, published: PUBLISHED },
    tables: [
      {
        title: 'CLINC150 full: in-scope accuracy and out-of-scope recall, %',
        columns: ['in scope', 'out of scope', 'precision'],
        rows: [
          ['Motcua, no threshold', percent(accuracyWithoutThreshold), '–', '–'],
          ...points.map(({ name, inScopeAccuracy, oosRecall, oosPrecision }): Row => {
            return [`Motcua, ${name}`, percent(inScopeAccuracy), percent(oosRecall), percent(oosPrecision)];
          }),
          ...publishedRows(),
        ],
      },
    ],
    notes: [
      'Trained on train; each threshold maximises its objective on val and oos_val; measured once on test and oos_test.',
      'recall:0.75 = highest in-scope accuracy of the thresholds that surely (95 %) reject 75 % of texts like oos_val.',
    ],
  };
}

function publishedRows(): Row[] {
  return Object.entries(PUBLISHED).flatMap(([how, systems]) =>
    Object.entries(systems).map(
      ([name, [accuracy, recall]]): Row => [`${name}, ${how}`, percent(accuracy), percent(recall), '–'],
    ),
  );
}

function inScope([text, intent]: [string, string]): LabelledText {
  return { text, intent };
}

function outOfScope([text]: [string, string]): LabelledText {
  return { text, intent: null };
}
