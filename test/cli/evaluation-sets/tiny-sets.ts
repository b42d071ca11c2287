import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { emptyFolder } from '../../fixtures/intents-folder.ts';

/** Handmade stand-ins for the public sets: a few lines each, in the files that the sets come in. */
const TRAIN: Record<string, string[]> = {
  'khai-sinh': [
    'làm khai sinh cho con',
    'giấy khai sinh cần gì',
    'đăng ký khai sinh muộn',
    'khai sinh cho bé ở phường',
    'con mới đẻ làm khai sinh',
  ],
  'bang-lai': [
    'đổi bằng lái xe',
    'mất bằng lái',
    'bằng lái xe hết hạn',
    'cấp lại bằng lái bị rách',
    'thi bằng lái xe máy',
  ],
  'thuong-tru': [
    'đăng ký thường trú',
    'nhập hộ khẩu về nhà vợ',
    'chuyển hộ khẩu sang tỉnh khác',
    'thường trú cho người ở trọ',
    'xóa thường trú cho người mất',
  ],
};
const TEST: [text: string, label: string][] = [
  ['xin giấy khai sinh', 'khai-sinh'],
  ['bằng lái xe bị mất', 'bang-lai'],
  ['nhập hộ khẩu cho con dâu', 'thuong-tru'],
  ['gia hạn bằng lái', 'bang-lai'],
];
const CHATTER = ['hôm nay trời mưa to quá', 'đội nào vô địch năm ngoái', 'nấu phở thế nào cho ngon'];

const trainPairs = Object.entries(TRAIN).flatMap(([label, texts]) =>
  texts.map((text): [string, string] => [text, label]),
);
const oos = CHATTER.map((text): [string, string] => [text, 'oos']);
const csv = (header: string, pairs: [string, string][]) =>
  `${header}\n${pairs.map(([text, label]) => `"${text}",${label}`).join('\n')}\n`;
const corpus = JSON.stringify({
  sentences: [
    ...trainPairs.map(([text, intent]) => ({ text, intent, training: true })),
    ...[...TEST, ['giấy tờ gì đó', 'None']].map(([text, intent]) => ({ text, intent, training: false })),
  ],
});

export const CLINC150 = {
  'clinc150/data_full.json': JSON.stringify({
    ...{ train: trainPairs, val: TEST, test: TEST, oos_train: [], oos_val: oos, oos_test: oos },
  }),
};

export const HINT3 = Object.fromEntries(
  ['curekart', 'powerplay11', 'sofmattress'].flatMap(bot => [
    [`hint3/dataset/v1/train/${bot}_train.csv`, csv('sentence,label', trainPairs)],
    [
      `hint3/dataset/v1/test/${bot}_test.csv`,
      csv('sentence,label', [
        ...TEST,
        ...CHATTER.map((text): [string, string] => [text, 'NO_NODES_DETECTED']),
      ]),
    ],
  ]),
);

export const BRAUN = Object.fromEntries(
  ['Chatbot', 'AskUbuntu', 'WebApplications'].map(name => [
    `nlu-evaluation-corpora/${name}Corpus.json`,
    corpus,
  ]),
);

export const BANKING77 = {
  'banking77/train.csv': csv('text,category', trainPairs),
  'banking77/test.csv': csv('text,category', TEST),
};

export const CATALOGUE = {
  'national-catalogue/titles.csv': [
    'ma_thu_tuc,ten_thu_tuc,linh_vuc,cap_thuc_hien,bo',
    '1.000001,Đăng ký khai sinh,Hộ tịch,Cấp xã,x',
    '1.000002,Đăng ký lại khai sinh,Hộ tịch,Cấp xã,x',
    '1.000003,"Cấp, đổi giấy phép lái xe",Đường bộ,Cấp tỉnh,x',
    '1.000004,Đăng ký thường trú,Cư trú,Cấp xã,x',
  ].join('\n'),
  'citizen-questions-dev/portal-faq-200.csv': [
    'question,question_no_diacritics',
    'Con tôi chưa có giấy khai sinh thì làm sao?,Con toi chua co giay khai sinh thi lam sao?',
    'Ai trực tổng đài buổi tối?,Ai truc tong dai buoi toi?',
    'Giấy phép lái xe cũ đổi thế nào?,Giay phep lai xe cu doi the nao?',
  ].join('\n'),
  'labels.csv': 'question,codes\n1,1.000001|1.000002\n3,1.000003\n',
};

/** A folder with these files; gone after the test. */
export async function dataFolder(files: Record<string, string>): Promise<string> {
  const folder = await emptyFolder();
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}
