import { z } from 'zod';
import { evaluateIntentRanks } from '../../matcher/evaluation/evaluate-ranks.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { fraction, type Report, type Row } from './report.ts';

const SOURCE = "Braun et al.'s corpora, github.com/sebischair/NLU-Evaluation-Corpora";
const FOLDER = 'nlu-evaluation-corpora';
const CORPORA = {
  Chatbot: 'ChatbotCorpus.json',
  AskUbuntu: 'AskUbuntuCorpus.json',
  WebApplication: 'WebApplicationsCorpus.json',
} as const;

/** F1 per corpus and over all; Braun et al., "Evaluating Natural Language Understanding Services", 2017, as carried on by NLP.js. */
const PUBLISHED: Record<string, readonly number[]> = {
  'NLP.js': [0.99, 0.94, 0.8, 0.93],
  Watson: [0.97, 0.92, 0.83, 0.92],
  LUIS: [0.98, 0.9, 0.81, 0.91],
  Rasa: [0.98, 0.86, 0.74, 0.88],
  DialogFlow: [0.93, 0.85, 0.8, 0.87],
};

const fileSchema = z.object({
  sentences: z.array(z.object({ text: z.string(), intent: z.string(), training: z.boolean() })),
});

/** Three small corpora with their own split; `None` is an intent like the others there. */
export async function evaluateBraun(directory: string | undefined): Promise<Report> {
  const example = `${FOLDER}/${CORPORA.Chatbot}`;
  const folder = openDataFolder(directory, { set: 'braun', example, source: SOURCE });
  const corpora = [];
  for (const [name, file] of Object.entries(CORPORA)) {
    corpora.push({ name, ...(await evaluateCorpus(folder, file)) });
  }
  const n = corpora.reduce((sum, corpus) => sum + corpus.n, 0);
  const overallF1 = corpora.reduce((sum, corpus) => sum + corpus.f1 * corpus.n, 0) / Math.max(1, n);
  const ours = [...corpora.map(({ f1 }) => f1), overallF1];
  return {
    figures: { set: 'braun', n, corpora, overallF1, published: PUBLISHED },
    tables: [
      {
        title: "Braun et al.'s corpora, F1",
        columns: [...Object.keys(CORPORA), 'overall'],
        rows: [
          ['Motcua', ...ours.map(value => fraction(value))],
          ...Object.entries(PUBLISHED).map(
            ([name, values]): Row => [name, ...values.map(value => fraction(value, 2))],
          ),
        ],
      },
    ],
    notes: [
      'No threshold: None is an intent like the others, as in the published runs.',
      'F1 is counted over all sentences (micro); overall pools the sentences of all three corpora.',
    ],
  };
}

/** Every sentence gets one intent, so each miss is one false positive and one false negative: F1 is the share of hits. */
async function evaluateCorpus(folder: DataFolder, file: string): Promise<{ n: number; f1: number }> {
  const { sentences } = await folder.json(`${FOLDER}/${file}`, fileSchema);
  const [train, test] = [
    sentences.filter(({ training }) => training),
    sentences.filter(({ training }) => !training),
  ];
  const { n, recallAt1 } = evaluateIntentRanks(train, test);
  return { n, f1: recallAt1 };
}
