// Does in one go what is asked for in one turn of the event loop, and then what has come meanwhile.
import { setImmediate } from 'node:timers/promises';

interface Asked<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

export class Gatherer<Item, Result> {
  private readonly run: (items: Item[]) => Promise<readonly Result[]>;
  private readonly atOnce: number;
  private readonly asked: Asked<Item, Result>[] = [];
  private working: Promise<void> | undefined;

  /** @param run gives each item's result, in order; where it fails, all fail */
  constructor(run: (items: Item[]) => Promise<readonly Result[]>, atOnce: number) {
    this.run = run;
    this.atOnce = atOnce;
  }

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.asked.push({ item, resolve, reject });
      this.working ??= this.work();
    });
  }

  /** Resolves when nobody waits for anything. */
  async idle(): Promise<void> {
    await this.working;
  }

  private async work(): Promise<void> {
    while (this.asked.length > 0) {
      await setImmediate();
      await this.runAll(this.asked.splice(0, this.atOnce));
    }
    this.working = undefined;
  }

  private async runAll(asked: readonly Asked<Item, Result>[]): Promise<void> {
    try {
      const results = await this.run(asked.map(({ item }) => item));
      for (const [at, { resolve }] of asked.entries()) resolve(results[at] as Result);
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }
}
