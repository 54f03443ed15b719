// Ends a test run with one line of counts. Where CI is true, a skipped test fails the run and is named.
import type { Reporter, TestCase, TestModule } from 'vitest/node';

export interface SummaryReporterOptions {
  readonly failOnSkip: boolean;
  readonly print: (line: string) => void;
  /** Called once when the run must count as failed though every test that ran passed. */
  readonly fail: () => void;
}

export class SummaryReporter implements Reporter {
  readonly #options: SummaryReporterOptions;

  constructor(options: SummaryReporterOptions) {
    this.#options = options;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const { failOnSkip, print, fail } = this.#options;
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const skipped = tests.filter((test) => test.result().state === 'skipped');
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    const failed = tests.length - passed - skipped.length + brokenModules(modules) + unhandledErrors.length;
    if (skipped.length > 0) {
      for (const test of skipped) print(`skipped: ${describe(test)}`);
      if (failOnSkip) {
        print('A skipped test fails the run because CI is true.');
        fail();
      }
    }
    const counts = [`${passed} passed`, `${failed} failed`];
    print([...counts, ...(skipped.length > 0 ? [`${skipped.length} skipped`] : [])].join(', '));
  }
}

/** Files that failed outside of their tests: on import, or in a hook. */
function brokenModules(modules: readonly TestModule[]): number {
  return modules.filter((module) => module.errors().length > 0).length;
}

function describe(test: TestCase): string {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  return `${test.module.relativeModuleId} > ${test.fullName}${note ? ` (${note})` : ''}`;
}
