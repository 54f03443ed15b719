// What the doctor says about one thing.

export interface Check {
  /** One word: `model`. */
  readonly about: string;
  /** `absent` is neither well nor wrong: a thing that need not be there. */
  readonly verdict: 'ok' | 'problem' | 'absent';
  /** What was found and, for a problem, what to do: whole sentences. */
  readonly text: string;
}

/** One line a check, the words below each other. */
export function renderCheck({ verdict, about, text }: Check): string {
  const mark = verdict === 'absent' ? '-' : verdict;
  return `${mark.padEnd(8)} ${about.padEnd(11)} ${text}`;
}

/** Runs one check; what it throws becomes the problem. */
export async function attempt(about: string, check: () => Promise<string>): Promise<Check> {
  try {
    return { about, verdict: 'ok', text: await check() };
  } catch (error) {
    return { about, verdict: 'problem', text: error instanceof Error ? error.message : String(error) };
  }
}
