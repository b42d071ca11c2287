import { readFile } from 'node:fs/promises';
import { loadIntents } from '../../knowledge/load-intents.ts';
import {
  evaluateRanks,
  type Query,
  type RankFigures,
  trainLabelRanking,
} from '../../matcher/evaluation/evaluate-ranks.ts';
import type { LabelledText } from '../../matcher/evaluation/train-on-texts.ts';
import { type CompiledLexicon, compileLexicon, EMPTY_LEXICON } from '../../matcher/vietnamese/lexicon.ts';
import { usageError } from '../run-command.ts';
import { parseCsv } from './csv.ts';
import { openDataFolder } from './data-folder.ts';
import { fraction, percent, type Report, type Row } from './report.ts';

const SOURCE = 'the national catalogue and the frequent questions of dichvucong.gov.vn';
const TITLES = 'national-catalogue/titles.csv';
const QUESTIONS = 'citizen-questions-dev/portal-faq-200.csv';

type Question = Query & { unaccented: string };
type Run = RankFigures & { name: string };

/**
 * Portal questions against the titles of the national catalogue, one text per class and nothing else.
 * @param labels file with the codes that answer each question: columns `question` (its number, from 1) and `codes`
 * (separated by `|`); questions without a title of their own are left out
 * @param intents folder of the knowledge files, for its lexicon
 */
export async function evaluateCatalogue(
  directory: string | undefined,
  { labels, intents }: { labels: string; intents: string },
): Promise<Report> {
  const folder = openDataFolder(directory, { set: 'catalogue', example: TITLES, source: SOURCE });
  const rows = await folder.csv(TITLES, ['ma_thu_tuc', 'ten_thu_tuc']);
  const titles = rows.map(row => ({ text: row.ten_thu_tuc, intent: row.ma_thu_tuc }));
  const asked = await folder.csv(QUESTIONS, ['question', 'question_no_diacritics']);
  const codesOf = await readLabels(labels, new Set(titles.map(({ intent }) => intent)));
  const questions = asked.flatMap((row, i) => {
    const codes = codesOf.get(i + 1) ?? [];
    const question = { text: row.question, unaccented: row.question_no_diacritics, labels: codes };
    return codes.length > 0 ? [question] : [];
  });
  const { lexicon, facets } = await loadIntents(intents);
  const asides = Object.values(facets)
    .flat()
    .map(text => ({ text, intent: null }));
  const runs = [
    ...rankBothWays('titles alone', titles, questions, EMPTY_LEXICON),
    ...rankBothWays(
      'titles, product lexicon and facets',
      [...titles, ...asides],
      questions,
      compileLexicon(lexicon),
    ),
  ];
  return toReport(runs, { titles: titles.length, asked: asked.length, labelled: questions.length });
}

function rankBothWays(
  name: string,
  titles: readonly LabelledText[],
  questions: readonly Question[],
  lexicon: CompiledLexicon,
): Run[] {
  const rank = trainLabelRanking(titles, lexicon);
  const unaccented = questions.map(question => ({ ...question, text: question.unaccented }));
  return [
    { name: `${name}, with accents`, ...evaluateRanks(questions, rank) },
    { name: `${name}, without accents`, ...evaluateRanks(unaccented, rank) },
  ];
}

function toReport(runs: readonly Run[], counts: { titles: number; asked: number; labelled: number }): Report {
  return {
    figures: { set: 'catalogue', ...counts, runs, published: {} },
    tables: [
      {
        title: `Titles of the national catalogue (${counts.titles}) as the only knowledge, ${counts.labelled} of ${counts.asked} portal questions, %`,
        columns: ['n', 'at 1', 'at 3', 'at 5', 'at 10', 'MRR'],
        rows: runs.map(
          (run): Row => [
            `Motcua, ${run.name}`,
            String(run.n),
            ...[run.recallAt1, run.recallAt3, run.recallAt5, run.recallAt10].map(percent),
            fraction(run.mrr),
          ],
        ),
      },
    ],
    notes: [
      'No threshold; a hit is any of the codes that a question was labelled with by reading; questions without a title are left out.',
      'No published figures exist for this set.',
    ],
  };
}

/** Question number → codes. A code that no title has is a mistake in the labels, not a miss. */
async function readLabels(file: string, known: ReadonlySet<string>): Promise<Map<number, string[]>> {
  const content = await readFile(file, 'utf8').catch(() => {
    throw usageError(`${file} cannot be read: give --labels FILE with the columns question and codes`);
  });
  const rows = parseCsv(content, ['question', 'codes'], file);
  return new Map(
    rows.map(({ question, codes }) => {
      const list = codes.split('|').flatMap(code => code.trim() || []);
      const unknown = list.find(code => !known.has(code));
      if (unknown)
        throw usageError(`${file}: question ${question} has the code ${unknown}, which no title has`);
      return [Number(question), list];
    }),
  );
}
