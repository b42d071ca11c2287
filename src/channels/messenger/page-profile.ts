import type { Centre } from '../../domain/centre.ts';
import { TALK_TO_PERSON } from '../../domain/conversation.ts';
import type { Topic } from '../../domain/topic.ts';
import type { MenuItem, MessengerProfile } from './page-setup.ts';
import { GET_STARTED } from './parse-webhook.ts';
import { shortTitles } from './short-titles.ts';
import { shorten } from './split-text.ts';

/** https://developers.facebook.com/docs/messenger-platform/reference/messenger-profile-api */
const LIMITS = { greeting: 160, iceBreakers: 4, question: 80, menuItems: 20, menuTitle: 30 } as const;

/** The page's welcome screen and menu: who speaks, the topics asked most, and the way to a person. Pure. */
export function pageProfile(centre: Centre, topics: readonly Topic[]): MessengerProfile {
  const byId = new Map(topics.map(topic => [topic.id, topic]));
  const featured = centre.featured.flatMap(id => byId.get(id) ?? []);
  return {
    get_started: { payload: GET_STARTED },
    greeting: [{ locale: 'default', text: greetingText(centre) }],
    // The platform refuses an empty list.
    ice_breakers:
      featured.length > 0
        ? [{ locale: 'default', call_to_actions: featured.map(iceBreaker).slice(0, LIMITS.iceBreakers) }]
        : [],
    persistent_menu: [
      {
        locale: 'default',
        composer_input_disabled: false,
        call_to_actions: menuItems(centre, featured).slice(0, LIMITS.menuItems),
      },
    ],
  };
}

function greetingText({ name }: Centre): string {
  const who = `Trợ lý tự động của ${name}.`;
  return shorten(
    `${who} Anh/chị cứ hỏi về thủ tục hành chính; xin đừng gửi số căn cước hay giấy tờ.`,
    LIMITS.greeting,
  );
}

function iceBreaker(topic: Topic): { question: string; payload: string } {
  if (topic.kind === 'article') return { question: shorten(topic.name, LIMITS.question), payload: topic.id };
  return {
    question: shorten(`${topic.label}: cần giấy tờ gì?`, LIMITS.question),
    payload: `${topic.id}/documents`,
  };
}

function menuItems(centre: Centre, featured: readonly Topic[]): MenuItem[] {
  const taps = [TALK_TO_PERSON, ...featured.map(({ id, label }) => ({ id, name: label }))];
  const titles = shortTitles(
    taps.map(({ name }) => name),
    LIMITS.menuTitle,
  );
  const { website } = centre.contacts;
  return [
    ...taps.map(({ id }, i): MenuItem => ({ type: 'postback', title: titles[i] ?? '', payload: id })),
    ...(website?.startsWith('https:')
      ? [{ type: 'web_url', title: 'Trang web của Trung tâm', url: website } as const]
      : []),
  ];
}
