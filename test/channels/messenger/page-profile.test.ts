import { describe, expect, it } from 'vitest';
import { pageProfile } from '../../../src/channels/messenger/page-profile.ts';
import { SMALL_CENTRE, SMALL_SNAPSHOT } from '../../fixtures/small-knowledge.ts';

const topics = SMALL_SNAPSHOT.topics.map(({ topic }) => topic);

describe('the page’s profile', () => {
  it('says that an automatic assistant speaks, within 160 characters', () => {
    const [greeting] = pageProfile(SMALL_CENTRE, topics).greeting;
    expect(greeting?.text).toMatch(/^Trợ lý tự động của Trung tâm Phục vụ hành chính công tỉnh Thử Nghiệm\./);
    expect(greeting?.text.length).toBeLessThanOrEqual(160);
  });

  it('breaks the ice with the topics asked most, at most four; a topic that is gone is left out', () => {
    const featured = ['khai-sinh', 'khong-con', 'thuong-tru', 'bao-tieng-on'];
    const { ice_breakers } = pageProfile({ ...SMALL_CENTRE, featured }, topics);
    expect(ice_breakers).toEqual([
      {
        locale: 'default',
        call_to_actions: [
          { question: 'Khai sinh: cần giấy tờ gì?', payload: 'khai-sinh/documents' },
          { question: 'Thường trú: cần giấy tờ gì?', payload: 'thuong-tru/documents' },
          { question: 'Phản ánh tiếng ồn', payload: 'bao-tieng-on' },
        ],
      },
    ]);
  });

  it('keeps the way to a person at the top of the menu, then the topics, then the website', () => {
    const contacts = { ...SMALL_CENTRE.contacts, website: 'https://dichvucong.vi-du.vn' };
    const { persistent_menu } = pageProfile({ ...SMALL_CENTRE, contacts, featured: ['khai-sinh'] }, topics);
    expect(persistent_menu[0]?.call_to_actions).toEqual([
      { type: 'postback', title: 'Gặp cán bộ', payload: 'talk-to-person' },
      { type: 'postback', title: 'Khai sinh', payload: 'khai-sinh' },
      { type: 'web_url', title: 'Trang web của Trung tâm', url: 'https://dichvucong.vi-du.vn' },
    ]);
  });
});
