// Hears how far a model is on its way from the hub.
export interface PullReporter {
  /** The weights: how many bytes they have, how many of those are here already, and what is done with the others. */
  begin(total: number, here: number, work: 'fetching' | 'writing'): void;
  advance(bytes: number): void;
  /** A sentence about what holds it up. */
  note(text: string): void;
  end(): void;
}
