// The order of test files that ends soonest on two cores: what takes longest comes first, lest it runs alone at the end.
// By itself vitest goes by how long each took before, and on a fresh machine by how large it is.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** A minute and a half, in a file of fifty lines. (Not beside it what takes both cores, as test/models/webgpu.) */
const longest = 'test/page/tour.test.ts';

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

const isLongest = ({ moduleId }: TestSpecification) => moduleId.endsWith(longest);
