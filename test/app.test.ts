import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { createTestApp } from './server/test-app.ts';

describe('the app', () => {
  it('answers a citizen’s question from the first message', async () => {
    const { express } = await createTestApp();
    const opened = await request(express).post('/api/v1/sessions').expect(201);
    expect(opened.body.greeting).toContain('trợ lý tự động');
    const answered = await request(express)
      .post(`/api/v1/sessions/${opened.body.sessionId}/messages`)
      .send({ text: 'làm khai sinh cần giấy tờ gì' })
      .expect(200);
    console.log(answered.body);
  });
});
