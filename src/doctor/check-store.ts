// Whether the store takes a record and gives it back.
import { openStore as open, type Store } from '../../conversation/store.ts';
import { attempt, type Check } from './check.ts';

export async function checkStore(
  address: string,
  openStore: (address: string) => Store = open,
): Promise<Check> {
  return attempt('store', async () => {
    const store = openStore(address);
    try {
      const records = store.namespace<number>('doctor');
      const written = Date.now();
      await records.set('check', written);
      const read = await records.get('check');
      await records.delete('check');
      if (read !== written)
        throw new Error(
          `${address} took a record and gave back ${read}. Name another place in BLIPCORD_STORE.`,
        );
      return `${address} writes and reads.`;
    } finally {
      await store.close();
    }
  });
}
