// The data sets whose files are read, for people and without what reads them.

/** By name: which files, and where the images lie. */
export const LAYOUT_FILES = {
  own: 'a list of your own, see below; images lie beside it',
  vqav2: 'v2_OpenEnded_mscoco_val2014_questions.json v2_mscoco_val2014_annotations.json; COCO images',
  okvqa: 'OpenEnded_mscoco_val2014_questions.json mscoco_val2014_annotations.json; COCO images',
  gqa: 'testdev_balanced_questions.json; images/',
  karpathy: 'dataset_coco.json; COCO images of 2014',
  nocaps: 'nocaps_val_4500_captions.json; the images that its coco_url name',
  coco: 'captions_val2014.json or captions_val2017.json; COCO images',
} as const;

export type LayoutName = keyof typeof LAYOUT_FILES;
