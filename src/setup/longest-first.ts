// The order of test files that ends soonest on two cores: what takes longest comes first, lest it runs alone at the end.
// By itself vitest goes by how long each took before, and on a fresh machine by how large it is.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** They take a minute or more, and are small. */
const longest: readonly string[] = ['test/page/tour.test.ts', 'test/models/webgpu.test.ts'];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

const isLong = ({ moduleId }: TestSpecification) => longest.some((name) => moduleId.endsWith(name));
