import { type EvaluationFigures, evaluateIntents } from '../../matcher/evaluation/evaluate-intents.ts';
import type { LabelledText } from '../../matcher/evaluation/train-on-texts.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { mean, percent, type Report, type Row, type Table } from './report.ts';

const SOURCE = 'HINT3 v1, github.com/hellohaptik/HINT3';
const OUT_OF_SCOPE = 'NO_NODES_DETECTED';
const BOTS = ['curekart', 'powerplay11', 'sofmattress'] as const;
type Bot = (typeof BOTS)[number];

/** In-scope accuracy at threshold 0.1 (ours: without); then overall, in scope, out-of-scope recall at the threshold. */
type Figures = readonly [free: number, overall: number, inScope: number, oosRecall: number];
type System = Record<Bot, Figures>;

/** Arora et al., "HINT3: Raising the bar for Intent Detection in the Wild", 2020: each system's best threshold. */
const PUBLISHED: Record<string, System> = {
  Dialogflow: fromPercent([75.0, 73.2, 57.3, 86.5], [59.6, 62.1, 47.6, 67.7], [73.2, 68.8, 71.9, 64.5]),
  LUIS: fromPercent([72.6, 71.0, 50.9, 87.9], [48.0, 64.1, 41.5, 72.9], [59.3, 66.0, 59.3, 75.3]),
  Rasa: fromPercent([84.1, 64.1, 73.9, 55.8], [49.1, 71.7, 31.6, 87.3], [69.3, 63.7, 48.1, 85.5]),
  Haptik: fromPercent([80.3, 74.8, 60.4, 86.8], [66.5, 61.6, 61.5, 61.7], [72.3, 66.0, 65.4, 66.9]),
  BERT: fromPercent([83.6, 65.1, 80.3, 52.3], [58.5, 66.5, 43.6, 75.4], [73.6, 69.0, 63.6, 76.5]),
};

/** HINT3 v1: three shops' bots as customers really write, most of it out of scope. */
export async function evaluateHint3(directory: string | undefined): Promise<Report> {
  const folder = openDataFolder(directory, {
    set: 'hint3',
    example: 'hint3/dataset/v1/train/curekart_train.csv',
    source: SOURCE,
  });
  const bots: Partial<Record<Bot, EvaluationFigures & { overallAccuracy: number }>> = {};
  const ours: Partial<System> = {};
  for (const bot of BOTS) {
    const measured = await evaluateBot(folder, bot);
    bots[bot] = measured;
    ours[bot] = [
      measured.accuracyWithoutThreshold ?? 0,
      measured.overallAccuracy,
      measured.inScopeAccuracy ?? 0,
      measured.oosRecall ?? 0,
    ];
  }
  const systems = { Motcua: ours as System, ...PUBLISHED };
  const [accuracyWithoutThreshold, overallAccuracy, inScopeAccuracy, oosRecall] = meanOf(systems.Motcua);
  return {
    figures: {
      set: 'hint3',
      bots,
      mean: { accuracyWithoutThreshold, overallAccuracy, inScopeAccuracy, oosRecall },
      published: PUBLISHED,
    },
    tables: [
      ...BOTS.map(bot => tableOf(`HINT3 v1, ${bot}, %`, systems, figures => figures[bot])),
      tableOf('HINT3 v1, mean of the three bots, %', systems, meanOf),
    ],
    notes: [
      'Ours: the threshold maximises overall accuracy in cross-validation of the training set alone, whole intents held out as out of scope.',
      "The others': the best threshold on the test set, as published; their column without threshold is at 0.1.",
    ],
  };
}

async function evaluateBot(folder: DataFolder, bot: Bot) {
  const [train, test] = [await readPart(folder, bot, 'train'), await readPart(folder, bot, 'test')];
  const [figures] = evaluateIntents({ train, test }, ['balanced'], () => performance.now()) as [
    EvaluationFigures,
  ];
  const inScope = test.filter(({ intent }) => intent !== null).length;
  const right = (figures.inScopeAccuracy ?? 0) * inScope + (figures.oosRecall ?? 0) * (test.length - inScope);
  return { ...figures, overallAccuracy: right / Math.max(1, test.length) };
}

async function readPart(folder: DataFolder, bot: Bot, part: 'train' | 'test'): Promise<LabelledText[]> {
  const rows = await folder.csv(`hint3/dataset/v1/${part}/${bot}_${part}.csv`, ['sentence', 'label']);
  return rows.map(({ sentence, label }) => ({
    text: sentence,
    intent: label === OUT_OF_SCOPE ? null : label,
  }));
}

function meanOf(figures: System): Figures {
  const column = (i: number) => mean(BOTS.map(bot => figures[bot][i]));
  return [column(0), column(1), column(2), column(3)];
}

function tableOf(title: string, systems: Record<string, System>, pick: (figures: System) => Figures): Table {
  return {
    title,
    columns: ['no threshold', 'overall', 'in scope', 'out of scope'],
    rows: Object.entries(systems).map(([name, figures]): Row => [name, ...pick(figures).map(percent)]),
  };
}

/** One list for each of `BOTS`, as published: in percent, with one decimal. */
function fromPercent(curekart: Figures, powerplay11: Figures, sofmattress: Figures): System {
  const share = (value: number) => Math.round(value * 10) / 1000;
  const shares = ([free, overall, inScope, oosRecall]: Figures): Figures => {
    return [share(free), share(overall), share(inScope), share(oosRecall)];
  };
  return { curekart: shares(curekart), powerplay11: shares(powerplay11), sofmattress: shares(sofmattress) };
}
