import { describe, expect, it } from 'vitest';
import type { TestModule } from 'vitest/node';
import { SummaryReporter } from '../../src/setup/summary-reporter.ts';

type State = 'passed' | 'failed' | 'skipped';

describe('the line that ends a test run', () => {
  it('counts what passed and failed', () => {
    expect(report([['passed', 'passed', 'failed']]).lines).toEqual(['2 passed, 1 failed']);
  });

  it('counts a file that broke before its tests, and an error outside of any, as failures', () => {
    expect(report([['passed'], 'broken'], { errors: [new Error('late')] }).lines).toEqual([
      '1 passed, 2 failed',
    ]);
  });

  it('names what was skipped and why', () => {
    const { lines, failed } = report([['passed', 'skipped']]);
    expect(lines).toEqual([
      'skipped: test/some.test.ts > test 2 (no browser)',
      '1 passed, 0 failed, 1 skipped',
    ]);
    expect(failed).toBe(false);
  });

  it('fails the run for a skipped test where CI is true', () => {
    const { lines, failed } = report([['skipped']], { failOnSkip: true });
    expect(failed).toBe(true);
    expect(lines).toContain('A skipped test fails the run because CI is true.');
  });

  it('does not fail a run where CI is true and nothing was skipped', () => {
    expect(report([['passed']], { failOnSkip: true }).failed).toBe(false);
  });
});

function report(
  modules: readonly (readonly State[] | 'broken')[],
  { failOnSkip = false, errors = [] as readonly Error[] } = {},
): { lines: string[]; failed: boolean } {
  const lines: string[] = [];
  let failed = false;
  const print = (line: string) => lines.push(line);
  const reporter = new SummaryReporter({ failOnSkip, print, fail: () => (failed = true) });
  reporter.onTestRunEnd(modules.map(testModule), errors);
  return { lines, failed };
}

/** As much of vitest's module as the reporter looks at. */
function testModule(states: readonly State[] | 'broken'): TestModule {
  const broken = states === 'broken';
  const module = {
    relativeModuleId: 'test/some.test.ts',
    errors: () => (broken ? [new Error('import')] : []),
  };
  const tests = (broken ? [] : states).map((state, index) => ({
    module,
    fullName: `test ${index + 1}`,
    result: () => ({ state, note: state === 'skipped' ? 'no browser' : undefined }),
  }));
  return { ...module, children: { allTests: () => tests } } as unknown as TestModule;
}
