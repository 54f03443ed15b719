// The program's log: readable lines in a terminal, JSON lines anywhere else, always on stderr.
import { pino } from 'pino';
import pretty from 'pino-pretty';
import type { Logger } from '../models/logger.ts';
import type { LogLevel } from './config.ts';

export interface LogOptions {
  readonly level: LogLevel;
  /** Default: whether stderr is a terminal. */
  readonly readable?: boolean;
}

export function openLog({ level, readable = process.stderr.isTTY === true }: LogOptions): Logger {
  if (!readable) return pino({ level, base: null }, pino.destination({ dest: 2, sync: true }));
  return pino(
    { level, base: null },
    pretty({ destination: 2, sync: true, translateTime: 'SYS:HH:MM:ss', ignore: 'hostname,pid' }),
  );
}
