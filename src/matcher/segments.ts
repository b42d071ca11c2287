/** Where one question may end and another begin: punctuation and the words that join. */
const BOUNDARY = /[,;.?!\n]+|\s(?:và|va|với cả|voi ca|cùng với|đồng thời|ngoài ra|rồi thì|còn)\s/giu;
/** Emphasis such as "?!!" makes no segments; more than this is a story, not a list of questions. */
const MAX_SEGMENTS = 6;

/** The parts of a question in their order; one part when nothing joins. */
export function splitSegments(text: string): string[] {
  const segments = text
    .split(BOUNDARY)
    .map(segment => segment.trim())
    .filter(segment => /\p{L}/u.test(segment));
  return segments.length <= MAX_SEGMENTS ? segments : [text];
}

const CLAUSE = /[,;.?!\n]+|\s(?=(?:mà|nhưng|nhung|chứ|chỉ|giờ|bây giờ|nay)\s)/giu;
/** What a clause says at once is not meant: "không phải nhận con nuôi đâu", "căn cước ko mất". */
const DENIAL = /^((?:\S+\s+){0,3}?)(?:không|khong|ko|hok|chẳng|chả|chưa|chua)\s+\S.*$/iu;
/** What is over and done with: "khai tử cho bố xong rồi". */
const DONE = /\s(?:rồi|roi|xong)(?:\s+(?:ạ|a|nhé|năm ngoái|hôm qua|tuần trước|tháng trước))?$/iu;
const FEWEST_WORDS_LEFT = 3;

/** The text without what its clauses deny or tell as done; null where they do neither or too little is left. */
export function withoutAsides(text: string): string | null {
  const clauses = text.split(CLAUSE).map(clause => clause.trim());
  const asked = clauses.map(clause => (DONE.test(clause) ? '' : clause.replace(DENIAL, '$1').trim()));
  if (asked.every((clause, i) => clause === clauses[i])) return null;
  const left = asked.filter(clause => clause !== '').join(', ');
  return left.split(/\s+/).length >= FEWEST_WORDS_LEFT ? left : null;
}
