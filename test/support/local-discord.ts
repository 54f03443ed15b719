// A local Discord for one test: on a free port, every request checked against Discord's schema, ended after the test.
import { expect, onTestFinished } from 'vitest';
import { type Playground, type PlaygroundOptions, startPlayground } from '../../src/playground/playground.ts';
import { recordLog } from './logs.ts';
import { createOpenApiValidator, type OpenApiValidator } from './openapi-validator.ts';

export interface LocalDiscord extends Playground {
  readonly validator: OpenApiValidator;
}

/**
 * Call it inside a test (not in a hook). When the test ends, the server closes, and the test fails if anything that
 * passed was not as Discord publishes it.
 */
export async function startLocalDiscord(options: Partial<PlaygroundOptions> = {}): Promise<LocalDiscord> {
  const validator = createOpenApiValidator();
  const log = recordLog();
  const playground = await startPlayground({ port: 0, log, validate: validator, ...options });
  onTestFinished(async () => {
    await playground.close();
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    expect(validator.mismatches, 'what passed between the bot and Discord').toEqual([]);
  });
  return { ...playground, validator };
}
