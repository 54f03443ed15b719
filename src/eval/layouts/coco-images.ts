/** Where COCO's images may lie: in the folder itself or in one for their split, named as in 2014 or as in 2017. */
export function cocoImages(type: string, split: string, imageId: number): string[] {
  const number = String(imageId).padStart(12, '0');
  if (type !== 'mscoco') return inFolders(`${type}_${split}_${number}.png`, split, type); // VQA's drawn scenes
  const later = split.replace(/\d+$/, '2017');
  return [...inFolders(`COCO_${split}_${number}.jpg`, split), ...inFolders(`${number}.jpg`, later)];
}

/** The name, and the same in each of the folders. */
export function inFolders(name: string, ...folders: readonly string[]): string[] {
  return [name, ...folders.map((folder) => `${folder}/${name}`)];
}
