// Scenes in a folder: a picture each, and the list of questions that `blipcord eval` reads.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { evalItems } from './eval-items.ts';
import { paintScenes, type SceneSource } from './paint-scenes.ts';

/** @returns the list's file, and how many questions and captions it has */
export async function writeScenes(
  folder: string,
  source: SceneSource,
): Promise<{ file: string; count: number }> {
  await mkdir(folder, { recursive: true });
  const items: ReturnType<typeof evalItems> = [];
  let done = 0;
  for await (const painted of paintScenes(source)) {
    const image = `${String(++done).padStart(5, '0')}.png`;
    await writeFile(join(folder, image), painted.picture);
    items.push(...evalItems(painted, image));
  }
  const file = join(folder, 'dialogues.json');
  await writeFile(file, `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]\n`);
  return { file, count: items.length };
}
