import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Standing } from '../../models/backend.ts';
import { BusyError } from '../../models/errors.ts';
import { FairQueue, type Ticket, type Visit } from '../../models/fair-queue.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Notes who comes in, in order. */
function visitors(queue: FairQueue) {
  const inside: string[] = [];
  const tickets = new Map<string, Ticket>();
  const visit = (name: string, more: Visit = {}) => {
    const entered = queue.enter({ caller: name.slice(0, 1), ...more }).then((ticket) => {
      inside.push(name);
      tickets.set(name, ticket);
      return ticket;
    });
    entered.catch(() => {});
    return entered;
  };
  const leave = async (name: string) => {
    tickets.get(name)?.leave();
    await settled();
  };
  return { inside, visit, leave };
}

const settled = () => vi.advanceTimersByTimeAsync(0);
const messageOf = (promise: Promise<unknown>) => promise.then(String, (error: Error) => error.message);

describe('FairQueue', () => {
  it('lets as many in as there is room for, and another when one leaves', async () => {
    const { inside, visit, leave } = visitors(new FairQueue({ room: 2, maxWaiting: 9 }));
    for (const name of ['a1', 'b1', 'c1', 'd1']) void visit(name);
    await settled();
    expect(inside).toEqual(['a1', 'b1']);
    await leave('b1');
    await leave('b1'); // once is enough
    expect(inside).toEqual(['a1', 'b1', 'c1']);
  });

  it('lets callers take turns, however much each of them asks for', async () => {
    const { inside, visit, leave } = visitors(new FairQueue({ room: 1, maxWaiting: 9 }));
    for (const name of ['x', 'a1', 'a2', 'a3', 'b1', 'b2', 'c1']) void visit(name);
    await settled();
    for (const name of ['x', 'a1', 'b1', 'c1', 'a2', 'b2']) await leave(name);
    expect(inside).toEqual(['x', 'a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  });

  it('counts sizes, lets nobody overtake a large one, and lets one in that is larger than all the room', async () => {
    const { inside, visit, leave } = visitors(new FairQueue({ room: 4, maxWaiting: 9 }));
    void visit('a', { size: 2 });
    void visit('b', { size: 3 });
    void visit('c', { size: 1 });
    void visit('d', { size: 64 });
    await settled();
    expect(inside).toEqual(['a']);
    await leave('a');
    expect(inside).toEqual(['a', 'b', 'c']);
    await leave('b');
    expect(inside).toEqual(['a', 'b', 'c']);
    await leave('c');
    expect(inside).toEqual(['a', 'b', 'c', 'd']);
  });

  it('turns away who comes when too many wait, and says when to try again', async () => {
    const { inside, visit, leave } = visitors(new FairQueue({ room: 2, maxWaiting: 3 }));
    void visit('x');
    await settled();
    await vi.advanceTimersByTimeAsync(12_000);
    await leave('x'); // a visit lasts 12 seconds
    for (const name of ['a', 'b', 'c', 'd', 'e']) void visit(name);
    const late = visit('f');
    await expect(late).rejects.toBeInstanceOf(BusyError);
    expect(await messageOf(late)).toBe(
      'I am busy with 2 requests, and 3 more are waiting. Try again in about 30 seconds.',
    );
    await leave('a');
    await leave('b');
    expect(inside).toEqual(['x', 'a', 'b', 'c', 'd']);
    void visit('g');
    await leave('c');
    expect(inside.at(-1)).toBe('e');
  });

  it('does not let one caller fill it: the newest of whoever has most gives way', async () => {
    const { inside, visit, leave } = visitors(new FairQueue({ room: 1, maxWaiting: 3 }));
    void visit('x');
    const many = ['a1', 'a2', 'a3'].map((name) => visit(name));
    void visit('b1');
    expect(await messageOf(many[2] as Promise<unknown>)).toMatch(/^I am busy with 1 request, and 3 more/);
    expect(await messageOf(visit('a4'))).toMatch(/^I am busy/);
    for (const name of ['x', 'a1', 'b1', 'a2']) await leave(name);
    expect(inside).toEqual(['x', 'a1', 'b1', 'a2']);
  });

  it('forgets at once who is aborted while waiting, with the reason', async () => {
    const { inside, visit, leave } = visitors(new FairQueue({ room: 1, maxWaiting: 1 }));
    const controller = new AbortController();
    void visit('a');
    const gone = visit('b', { signal: controller.signal });
    const reason = new Error('the message was deleted');
    controller.abort(reason);
    await expect(gone).rejects.toBe(reason);
    void visit('c'); // there is room to wait again
    await leave('a');
    expect(inside).toEqual(['a', 'c']);
    await expect(visit('d', { signal: controller.signal })).rejects.toBe(reason);
  });

  it('makes room at once when one inside is aborted', async () => {
    const { inside, visit } = visitors(new FairQueue({ room: 1, maxWaiting: 1 }));
    const controller = new AbortController();
    const ticket = await visit('a', { signal: controller.signal });
    void visit('b');
    controller.abort(new Error('enough'));
    await settled();
    expect(inside).toEqual(['a', 'b']);
    expect(ticket.signal.reason).toEqual(new Error('enough'));
  });

  it('ends waiting and working at the deadline', async () => {
    const { visit } = visitors(new FairQueue({ room: 1, maxWaiting: 9 }));
    const working = await visit('a', { deadlineMs: 130_000 });
    const waiting = visit('b', { deadlineMs: 60_000 });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await messageOf(waiting)).toBe(
      'I am busy, and could not answer within 60 seconds. Try again in about 5 seconds.',
    );
    expect(working.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(70_000);
    expect(working.signal.reason).toBeInstanceOf(BusyError);
    expect(String(working.signal.reason)).toMatch(/within 3 minutes\./);
  });

  it.each([
    [5, '5 milliseconds'],
    [1_500, '1.5 seconds'],
    [5_001, '10 seconds'],
  ])('names a limit of %d ms as %s', async (deadlineMs, limit) => {
    const { visit } = visitors(new FairQueue({ room: 1, maxWaiting: 9 }));
    void visit('a');
    const waiting = visit('b', { deadlineMs });
    await vi.advanceTimersByTimeAsync(deadlineMs);
    expect(await messageOf(waiting)).toContain(`could not answer within ${limit}.`);
  });

  it('leaves no timer behind', async () => {
    const { visit, leave } = visitors(new FairQueue({ room: 1, maxWaiting: 9 }));
    const ticket = await visit('a', { deadlineMs: 60_000 });
    const waiting = visit('b', { deadlineMs: 60_000, signal: AbortSignal.timeout(10) });
    await vi.advanceTimersByTimeAsync(10);
    await waiting.catch(() => {});
    await leave('a');
    expect(vi.getTimerCount()).toBe(0);
    expect(ticket.signal.aborted).toBe(false);
  });

  it('tells who waits how many come before, in the order of their turns, and how long that takes of late', async () => {
    const { visit, leave } = visitors(new FairQueue({ room: 2, maxWaiting: 9 }));
    const heard: Record<string, Standing> = {};
    const listen = (name: string) => {
      const onStanding = (standing: Standing) => {
        heard[name] = standing;
      };
      return visit(name, { onStanding });
    };
    for (const name of ['x1', 'y1', 'a1', 'a2', 'b1']) void listen(name);
    await settled();
    expect(heard).toEqual({ a1: { before: 2 }, b1: { before: 3 }, a2: { before: 4 } });
    await vi.advanceTimersByTimeAsync(10_000);
    await leave('x1');
    expect(heard.b1).toEqual({ before: 2, waitMs: 0 }); // y1 has been there as long as things take
    expect(heard.a2).toEqual({ before: 3, waitMs: 10_000 });
    await leave('y1');
    await vi.advanceTimersByTimeAsync(4_000);
    void listen('c1');
    expect(heard.a2).toEqual({ before: 2, waitMs: 6_000 });
    expect(heard.c1).toEqual({ before: 3, waitMs: 6_000 });
  });
});
