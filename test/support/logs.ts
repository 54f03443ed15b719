// Loggers for tests: one that keeps quiet, one that remembers.
import type { Logger } from '../../models/logger.ts';

export interface LogLine {
  readonly level: keyof Logger;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface RecordedLog extends Logger {
  readonly lines: readonly LogLine[];
}

export function recordLog(): RecordedLog {
  const lines: LogLine[] = [];
  const at = (level: keyof Logger) => (fields: object, message: string) =>
    void lines.push({ level, message, fields: { ...fields } });
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

const quiet = () => {};
export const silentLog: Logger = { debug: quiet, info: quiet, warn: quiet, error: quiet };
