import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Feedback } from '../../src/domain/conversation.ts';
import type { OneTimeLink } from '../../src/domain/staff.ts';
import type { InboxEvent, Store } from '../../src/stores/store.ts';
import {
  aCatalogue,
  anAccount,
  anInboxEvent,
  anUnanswered,
  aSession,
  aSnapshot,
  aTopicRecord,
  aTurn,
  minutesAfter,
  noon,
} from './store-samples.ts';

type OpenedStore = {
  store: Store;
  /** Closes the store and opens it on the same data; absent where nothing outlives the process. */
  reopen?: () => Promise<Store>;
  /** Everything that is kept, as raw text, file names included; absent where there is no such thing. */
  rawContent?: () => Promise<string>;
};

type OpenStore = (now: () => Date) => Promise<OpenedStore>;

/** What every store promises. Each expectation is checked as it stands, and again after reopening. */
export function describeStoreContract(name: string, open: OpenStore): void {
  describe(`${name} as a store`, () => {
    let now = noon;
    let opened: OpenedStore;
    let store: Store;

    beforeEach(async () => {
      now = noon;
      opened = await open(() => now);
      store = opened.store;
    });
    afterEach(() => store.close());

    async function nowAndReopened(check: () => Promise<void>): Promise<void> {
      await check();
      if (opened.reopen === undefined) return;
      store = await opened.reopen();
      await check();
    }

    describe('knowledge', () => {
      test('is empty at first', async () => {
        expect(await store.knowledge.listTopicRecords()).toEqual([]);
        expect(await store.knowledge.findTopicRecord('1.001193')).toBeNull();
        expect(await store.knowledge.currentSnapshot()).toBeNull();
      });

      test('keeps topic records with their revisions', async () => {
        const khaiTu = aTopicRecord({ id: 'khai-tu', shippedHash: null });
        await store.knowledge.saveTopicRecords([khaiTu, aTopicRecord()]);
        await nowAndReopened(async () => {
          expect(await store.knowledge.listTopicRecords()).toEqual([aTopicRecord(), khaiTu]);
          expect(await store.knowledge.findTopicRecord('khai-tu')).toEqual(khaiTu);
        });
      });

      test('takes the next version of a record', async () => {
        await store.knowledge.saveTopicRecords([aTopicRecord()]);
        await store.knowledge.saveTopicRecords([aTopicRecord({ version: 2, shippedHash: 'h2' })]);
        await nowAndReopened(async () => {
          expect(await store.knowledge.listTopicRecords()).toEqual([
            aTopicRecord({ version: 2, shippedHash: 'h2' }),
          ]);
        });
      });

      test('refuses the whole batch when one record was saved by someone else', async () => {
        await store.knowledge.saveTopicRecords([aTopicRecord()]);
        const batch = [aTopicRecord({ id: 'khai-tu' }), aTopicRecord({ shippedHash: 'late' })];
        await expect(store.knowledge.saveTopicRecords(batch)).rejects.toMatchObject({ code: 'conflict' });
        await nowAndReopened(async () => {
          expect(await store.knowledge.listTopicRecords()).toEqual([aTopicRecord()]);
        });
      });

      test('lets one of two curators who save the same version win', async () => {
        const saves = ['lan', 'minh'].map(note =>
          store.knowledge.saveTopicRecords([aTopicRecord({ shippedHash: note })]),
        );
        const results = await Promise.allSettled(saves);
        expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      });

      test('hands out copies: changing one changes nothing that is kept', async () => {
        await store.knowledge.saveTopicRecords([aTopicRecord()]);
        const found = await store.knowledge.findTopicRecord('1.001193');
        found!.revisions.pop();
        expect(await store.knowledge.findTopicRecord('1.001193')).toEqual(aTopicRecord());
      });

      test('has the snapshot live that was published last', async () => {
        await store.knowledge.publishSnapshot(aSnapshot());
        await store.knowledge.publishSnapshot(aSnapshot({ version: 'v2', topics: [] }));
        await nowAndReopened(async () => {
          expect(await store.knowledge.currentSnapshot()).toEqual(aSnapshot({ version: 'v2', topics: [] }));
        });
      });

      test('keeps the catalogue beside the snapshot that was published with it', async () => {
        const imported = aSnapshot({ version: 'v2', catalogue: aCatalogue() });
        const curated = aSnapshot({ version: 'v3', topics: [], catalogue: aCatalogue() });
        for (const snapshot of [aSnapshot(), imported, curated]) {
          await store.knowledge.publishSnapshot(snapshot);
          await nowAndReopened(async () => {
            expect(await store.knowledge.currentSnapshot()).toEqual(snapshot);
          });
        }
      });

      test('goes back to an earlier snapshot when that is published again', async () => {
        const again = aSnapshot({ publishedAt: minutesAfter(9) });
        for (const snapshot of [aSnapshot(), aSnapshot({ version: 'v2', topics: [] }), again])
          await store.knowledge.publishSnapshot(snapshot);
        await nowAndReopened(async () => {
          expect(await store.knowledge.currentSnapshot()).toEqual(again);
        });
      });
    });

    describe('conversations', () => {
      const asked = { turn: aTurn(), session: aSession({ topicId: '1.001193' }), unanswered: null };
      const failedTurn = aTurn({ id: 't-2', question: 'xin phép nuôi ong ở đâu', at: minutesAfter(2) });
      const failed = { turn: failedTurn, session: aSession(), unanswered: anUnanswered(failedTurn) };

      test('knows nothing of a session or turn that never was', async () => {
        expect(await store.conversations.loadSession('s-lan')).toBeNull();
        expect(await store.conversations.findTurn('t-1')).toBeNull();
        expect(await store.conversations.findTurnByMessage('s-lan', 'm-t-1')).toBeNull();
        expect(await store.conversations.findFeedback('t-1')).toBeNull();
        expect(await store.conversations.listUnanswered()).toEqual([]);
      });

      test('opens a session', async () => {
        await store.conversations.openSession(aSession());
        await nowAndReopened(async () => {
          expect(await store.conversations.loadSession('s-lan')).toEqual(aSession());
        });
      });

      test('saves a turn with its session and its unanswered question', async () => {
        await store.conversations.openSession(aSession());
        await store.conversations.commitTurn(asked);
        await store.conversations.commitTurn(failed);
        await nowAndReopened(async () => {
          expect(await store.conversations.findTurn('t-1')).toEqual(asked.turn);
          expect(await store.conversations.findTurn('t-2')).toEqual(failedTurn);
          expect(await store.conversations.loadSession('s-lan')).toEqual(failed.session);
          expect(await store.conversations.listUnanswered()).toEqual([failed.unanswered]);
        });
      });

      test('hands out copies of a session', async () => {
        await store.conversations.openSession(aSession());
        const session = await store.conversations.loadSession('s-lan');
        session!.topicId = 'khai-tu';
        expect(await store.conversations.loadSession('s-lan')).toEqual(aSession());
      });

      test('forgets a session that was silent for more than a day, and keeps its turns', async () => {
        await store.conversations.commitTurn(asked);
        now = new Date(minutesAfter(25 * 60));
        await nowAndReopened(async () => {
          expect(await store.conversations.loadSession('s-lan')).toBeNull();
          expect(await store.conversations.findTurn('t-1')).toEqual(asked.turn);
        });
      });

      test('finds a turn of last week, and its unanswered question', async () => {
        await store.conversations.commitTurn(asked);
        await store.conversations.commitTurn(failed);
        now = new Date(minutesAfter(8 * 24 * 60));
        await store.conversations.openSession(aSession({ id: 's-minh', lastTurnAt: now.toISOString() }));
        await nowAndReopened(async () => {
          expect(await store.conversations.findTurn('t-1')).toEqual(asked.turn);
          expect(await store.conversations.findTurn('t-2')).toEqual(failedTurn);
          expect(await store.conversations.listUnanswered()).toEqual([failed.unanswered]);
        });
      });

      test('finds the turn of a message that is sent again, in its own session only', async () => {
        await store.conversations.commitTurn(asked);
        await nowAndReopened(async () => {
          expect(await store.conversations.findTurnByMessage('s-lan', 'm-t-1')).toEqual(asked.turn);
          expect(await store.conversations.findTurnByMessage('s-minh', 'm-t-1')).toBeNull();
        });
      });

      test('lists the last turns of a session, oldest first', async () => {
        for (const id of ['t-1', 't-2', 't-3'])
          await store.conversations.commitTurn({ ...asked, turn: aTurn({ id }) });
        const turn = aTurn({ id: 't-4', sessionId: 's-minh' });
        await store.conversations.commitTurn({ ...asked, turn, session: aSession({ id: 's-minh' }) });
        await nowAndReopened(async () => {
          const turns = await store.conversations.listTurns('s-lan', 2);
          expect(turns.map(({ id }) => id)).toEqual(['t-2', 't-3']);
        });
      });

      test('gives one of two turns for the same message to the citizen', async () => {
        const twice = ['t-1', 't-9'].map(id =>
          store.conversations.commitTurn({ ...asked, turn: aTurn({ id, messageId: 'm-1' }) }),
        );
        const results = await Promise.allSettled(twice);
        expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
        expect(results[1]).toMatchObject({ reason: { code: 'conflict' } });
        await nowAndReopened(async () => {
          expect((await store.conversations.findTurnByMessage('s-lan', 'm-1'))?.id).toBe('t-1');
          expect(await store.conversations.findTurn('t-9')).toBeNull();
        });
      });

      test('saves a hundred turns that come at once', async () => {
        const turns = Array.from({ length: 100 }, (_, i) => aTurn({ id: `t-${i}` }));
        await Promise.all(turns.map(turn => store.conversations.commitTurn({ ...asked, turn })));
        await nowAndReopened(async () => {
          for (const turn of turns) expect(await store.conversations.findTurn(turn.id)).toEqual(turn);
        });
      });

      test('lists unanswered questions oldest first', async () => {
        const [late, early] = [
          aTurn({ id: 't-5', at: minutesAfter(5) }),
          aTurn({ id: 't-4', at: minutesAfter(4) }),
        ];
        for (const turn of [late, early])
          await store.conversations.commitTurn({ ...asked, turn, unanswered: anUnanswered(turn) });
        await nowAndReopened(async () => {
          const ids = (await store.conversations.listUnanswered()).map(({ turnId }) => turnId);
          expect(ids).toEqual(['t-4', 't-5']);
        });
      });

      describe('feedback', () => {
        const yes: Feedback = { helpful: true, at: minutesAfter(3) };
        const no: Feedback = { helpful: false, at: minutesAfter(4) };
        const unhelpful = anUnanswered(asked.turn, { reason: 'unhelpful' });

        test('is kept with the question that it says was not answered', async () => {
          await store.conversations.commitTurn(asked);
          await store.conversations.recordFeedback('t-1', no, unhelpful);
          await nowAndReopened(async () => {
            expect(await store.conversations.findFeedback('t-1')).toEqual(no);
            expect(await store.conversations.listUnanswered()).toEqual([unhelpful]);
          });
        });

        test('that comes last wins', async () => {
          await store.conversations.commitTurn(asked);
          await store.conversations.recordFeedback('t-1', no, unhelpful);
          await store.conversations.recordFeedback('t-1', yes, null);
          await nowAndReopened(async () => {
            expect(await store.conversations.findFeedback('t-1')).toEqual(yes);
            expect(await store.conversations.listUnanswered()).toEqual([]);
          });
        });

        test('on a turn that is unknown is refused', async () => {
          const refused = store.conversations.recordFeedback('t-1', no, unhelpful);
          await expect(refused).rejects.toMatchObject({ code: 'turn-not-found' });
          expect(await store.conversations.listUnanswered()).toEqual([]);
        });
      });

      describe('forgetting', () => {
        /** A clarification whose choices the citizen rejects: their words are in both turns. */
        const secret = 'chồng tôi tên Phạm Văn Bí Mật đánh tôi';
        const askedBack = {
          turn: aTurn({ id: 't-3', question: secret }),
          session: aSession({ pending: { question: secret, choices: [], facets: [] } }),
          unanswered: null,
        };
        const rejection = aTurn({ id: 't-4', question: 'không phải', at: minutesAfter(2) });
        const rejected = {
          turn: rejection,
          session: aSession({ lastTurnAt: minutesAfter(2) }),
          unanswered: anUnanswered(rejection, { text: secret, reason: 'rejected' }),
        };

        test('a turn leaves no trace of its words', async () => {
          await store.conversations.commitTurn(failed);
          await store.conversations.commitTurn(askedBack);
          const no = { helpful: false, at: minutesAfter(3) };
          await store.conversations.recordFeedback('t-3', no, anUnanswered(askedBack.turn, { id: 'u-9' }));
          now = new Date(minutesAfter(24 * 60));
          await store.conversations.commitTurn(rejected);
          await store.conversations.forgetTurn('t-3');
          await nowAndReopened(async () => {
            expect(await store.conversations.findTurn('t-3')).toBeNull();
            expect(await store.conversations.findFeedback('t-3')).toBeNull();
            expect(await store.conversations.findTurnByMessage('s-lan', 'm-t-3')).toBeNull();
            expect(await store.conversations.listUnanswered()).toEqual([failed.unanswered]);
            expect(await store.conversations.findTurn('t-2')).toEqual(failedTurn);
            expect(await store.conversations.findTurn('t-4')).toEqual(rejection);
            expect((await opened.rawContent?.()) ?? '').not.toContain('Bí Mật');
          });
        });

        test('a turn leaves its session, without the question that it asked back', async () => {
          await store.conversations.commitTurn(askedBack);
          await store.conversations.forgetTurn('t-3');
          await nowAndReopened(async () => {
            expect(await store.conversations.loadSession('s-lan')).toEqual(aSession());
            expect((await opened.rawContent?.()) ?? '').not.toContain('Bí Mật');
          });
        });

        test('a turn of last week works too, and late feedback does not bring its words back', async () => {
          await store.conversations.commitTurn(askedBack);
          now = new Date(minutesAfter(7 * 24 * 60));
          await store.conversations.openSession(aSession({ id: 's-minh', lastTurnAt: now.toISOString() }));
          await store.conversations.forgetTurn('t-3');
          const late = store.conversations.recordFeedback(
            't-3',
            { helpful: false, at: now.toISOString() },
            anUnanswered(askedBack.turn),
          );
          await expect(late).rejects.toMatchObject({ code: 'turn-not-found' });
          await nowAndReopened(async () => {
            expect(await store.conversations.findTurn('t-3')).toBeNull();
            expect((await opened.rawContent?.()) ?? '').not.toContain('Bí Mật');
          });
        });

        test('a turn that never was changes nothing', async () => {
          await store.conversations.commitTurn(asked);
          await store.conversations.forgetTurn('t-77');
          expect(await store.conversations.findTurn('t-1')).toEqual(asked.turn);
        });

        test('a person removes all of theirs and nothing of others', async () => {
          const minh = { sessionId: 's-minh', personId: 'psid-minh' };
          const minhs = {
            turn: aTurn({ id: 't-8', ...minh }),
            session: aSession({ id: 's-minh', personId: 'psid-minh' }),
            unanswered: anUnanswered(aTurn({ id: 't-8', ...minh })),
          };
          await store.conversations.openSession(aSession());
          await store.conversations.commitTurn(askedBack);
          await store.conversations.commitTurn(minhs);
          now = new Date(minutesAfter(4 * 24 * 60));
          await store.conversations.commitTurn({
            ...rejected,
            session: aSession({ lastTurnAt: now.toISOString() }),
          });
          const no = { helpful: false, at: minutesAfter(3) };
          await store.conversations.recordFeedback('t-3', no, anUnanswered(askedBack.turn, { id: 'u-9' }));

          await store.conversations.forgetPerson('messenger', 'psid-lan');
          await nowAndReopened(async () => {
            expect(await store.conversations.loadSession('s-lan')).toBeNull();
            for (const id of ['t-3', 't-4']) expect(await store.conversations.findTurn(id)).toBeNull();
            expect(await store.conversations.findFeedback('t-3')).toBeNull();
            expect(await store.conversations.listUnanswered()).toEqual([minhs.unanswered]);
            expect(await store.conversations.findTurn('t-8')).toEqual(minhs.turn);
            expect((await opened.rawContent?.()) ?? '').not.toMatch(/Bí Mật|psid-lan|s-lan/);
          });
        });

        test('a person of one channel leaves a namesake on another', async () => {
          await store.conversations.commitTurn(asked);
          await store.conversations.forgetPerson('zalo', 'psid-lan');
          expect(await store.conversations.findTurn('t-1')).toEqual(asked.turn);
        });

        test('does not stop the turns that come meanwhile', async () => {
          await store.conversations.commitTurn(askedBack);
          const turns = Array.from({ length: 20 }, (_, i) => aTurn({ id: `t-m${i}`, sessionId: 's-minh' }));
          const session = aSession({ id: 's-minh' });
          await Promise.all([
            ...turns
              .slice(0, 10)
              .map(turn => store.conversations.commitTurn({ turn, session, unanswered: null })),
            store.conversations.forgetTurn('t-3'),
            ...turns
              .slice(10)
              .map(turn => store.conversations.commitTurn({ turn, session, unanswered: null })),
          ]);
          await nowAndReopened(async () => {
            expect(await store.conversations.findTurn('t-3')).toBeNull();
            for (const turn of turns) expect(await store.conversations.findTurn(turn.id)).toEqual(turn);
          });
        });
      });
    });

    describe('inbox', () => {
      const bodies = (events: InboxEvent[]) => events.map(({ body }) => body);

      test('keeps what came until it is done', async () => {
        const [first, second] = [anInboxEvent(), anInboxEvent({ id: 'm-2', at: noon.getTime() + 1 })];
        expect(await store.inbox.record([first, second])).toEqual([first, second]);
        await nowAndReopened(async () => {
          expect(await store.inbox.pending()).toEqual([first, second]);
        });
        await store.inbox.done('messenger', 'm-1');
        await nowAndReopened(async () => {
          expect(await store.inbox.pending()).toEqual([second]);
        });
      });

      test('gives back oldest first by when people wrote', async () => {
        const late = anInboxEvent({ id: 'm-2', at: noon.getTime() + 5 });
        await store.inbox.record([late]);
        await store.inbox.record([anInboxEvent()]);
        await nowAndReopened(async () => {
          expect(await store.inbox.pending()).toEqual([anInboxEvent(), late]);
        });
      });

      test('takes a repeat for known, also when it is done', async () => {
        await store.inbox.record([anInboxEvent()]);
        await store.inbox.done('messenger', 'm-1');
        await nowAndReopened(async () => {
          expect(await store.inbox.record([anInboxEvent({ body: 'lại' })])).toEqual([]);
          expect(await store.inbox.pending()).toEqual([]);
        });
      });

      test('records one of five deliveries at once, and each waits until that is kept', async () => {
        const batch = [anInboxEvent(), anInboxEvent({ id: 'm-2' }), anInboxEvent({ id: 'm-2' })];
        const recorded = await Promise.all([1, 2, 3, 4, 5].map(() => store.inbox.record(batch)));
        expect(bodies(recorded.flat())).toHaveLength(2);
        await nowAndReopened(async () => {
          expect(await store.inbox.pending()).toHaveLength(2);
        });
      });

      test('tells channels apart', async () => {
        const zalo = anInboxEvent({ channel: 'zalo' });
        expect(await store.inbox.record([anInboxEvent(), zalo])).toHaveLength(2);
        await store.inbox.done('zalo', 'm-1');
        await nowAndReopened(async () => {
          expect(await store.inbox.pending()).toEqual([anInboxEvent()]);
        });
      });

      test('remembers ids for three days', async () => {
        await store.inbox.record([anInboxEvent()]);
        await store.inbox.done('messenger', 'm-1');
        now = new Date(minutesAfter(4 * 24 * 60));
        expect(await store.inbox.record([anInboxEvent()])).toHaveLength(1);
      });

      test('forgets an unsent message for good, and does not take it again', async () => {
        await store.inbox.record([anInboxEvent({ body: { text: 'số căn cước của tôi' } })]);
        await store.inbox.forget('messenger', 'm-1');
        await store.inbox.forget('messenger', 'm-lạ');
        expect((await opened.rawContent?.()) ?? '').not.toContain('căn cước');
        await nowAndReopened(async () => {
          expect(await store.inbox.pending()).toEqual([]);
          expect(await store.inbox.record([anInboxEvent()])).toEqual([]);
        });
      });

      test('forgets a person', async () => {
        const other = anInboxEvent({ id: 'm-2', personId: 'psid-minh' });
        await store.inbox.record([anInboxEvent({ body: 'nhập hộ khẩu' }), other]);
        await store.inbox.forgetPerson('messenger', 'psid-lan');
        expect((await opened.rawContent?.()) ?? '').not.toContain('hộ khẩu');
        await nowAndReopened(async () => {
          expect(await store.inbox.pending()).toEqual([other]);
        });
      });

      test('holds no words of what is done when it is closed', async () => {
        await store.inbox.record([anInboxEvent({ body: 'khai sinh' })]);
        await store.inbox.done('messenger', 'm-1');
        await opened.reopen?.().then(again => {
          store = again;
        });
        expect((await opened.rawContent?.()) ?? '').not.toContain('khai sinh');
      });

      test('hands out copies', async () => {
        await store.inbox.record([anInboxEvent({ body: { text: 'khai sinh' } })]);
        const [event] = await store.inbox.pending();
        (event!.body as { text: string }).text = 'khác';
        expect(bodies(await store.inbox.pending())).toEqual([{ text: 'khai sinh' }]);
      });
    });

    describe('staff', () => {
      const link: OneTimeLink = { tokenHash: 'l-1', purpose: 'first-admin', expiresAt: minutesAfter(60) };
      const login = {
        tokenHash: 'g-1',
        accountId: 'a-hoa',
        createdAt: minutesAfter(0),
        expiresAt: minutesAfter(60),
      };

      test('accounts are found by id and by e-mail in any case', async () => {
        await store.staff.saveAccount(anAccount());
        await nowAndReopened(async () => {
          expect(await store.staff.listAccounts()).toEqual([anAccount()]);
          expect(await store.staff.findAccount('a-hoa')).toEqual(anAccount());
          expect(await store.staff.findAccountByEmail('hoa@QUANGNINH.gov.vn')).toEqual(anAccount());
          expect(await store.staff.findAccountByEmail('lan@quangninh.gov.vn')).toBeNull();
          expect(await store.staff.findAccount('a-lan')).toBeNull();
        });
      });

      test('an account is replaced by its id', async () => {
        await store.staff.saveAccount(anAccount());
        await store.staff.saveAccount(anAccount({ disabled: true }));
        await nowAndReopened(async () => {
          expect(await store.staff.listAccounts()).toEqual([anAccount({ disabled: true })]);
        });
      });

      test('two accounts cannot have one e-mail', async () => {
        const second = anAccount({ id: 'a-hoa-2', email: 'hoa@quangninh.gov.vn' });
        const saves = await Promise.allSettled(
          [anAccount(), second].map(account => store.staff.saveAccount(account)),
        );
        expect(saves[1]).toMatchObject({ status: 'rejected', reason: { code: 'conflict' } });
        await nowAndReopened(async () => {
          expect(await store.staff.listAccounts()).toEqual([anAccount()]);
        });
      });

      test('a login lives until it is deleted', async () => {
        await store.staff.saveLogin(login);
        await store.staff.saveLogin({ ...login, tokenHash: 'g-2' });
        await nowAndReopened(async () => {
          expect(await store.staff.findLogin('g-1')).toEqual(login);
        });
        await store.staff.deleteLogin('g-1');
        await nowAndReopened(async () => {
          expect(await store.staff.findLogin('g-1')).toBeNull();
          expect(await store.staff.findLogin('g-2')).toEqual({ ...login, tokenHash: 'g-2' });
        });
      });

      test('a link is taken once, however many ask at the same time', async () => {
        await store.staff.saveLink(link);
        const taken = await Promise.all(Array.from({ length: 5 }, () => store.staff.takeLink('l-1')));
        expect(taken.filter(found => found !== null)).toEqual([link]);
        await nowAndReopened(async () => {
          expect(await store.staff.findLink('l-1')).toBeNull();
          expect(await store.staff.takeLink('l-1')).toBeNull();
        });
      });

      test('a new link replaces the one of the same purpose', async () => {
        await store.staff.saveLink(link);
        await store.staff.saveLink({ ...link, tokenHash: 'l-2' });
        await nowAndReopened(async () => {
          expect(await store.staff.findLink('l-1')).toBeNull();
          expect(await store.staff.findLink('l-2')).toEqual({ ...link, tokenHash: 'l-2' });
        });
      });
    });
  });
}
