// The data sets' files as they are published, two or three entries of each.

const people = (answers: readonly string[]) =>
  Array.from({ length: 10 }, (_, at) => ({
    answer: answers[at % answers.length],
    answer_confidence: 'yes',
    answer_id: at + 1,
  }));

export const vqaQuestions = {
  info: { description: 'This is v2.0 of the VQA dataset.', version: '2.0', year: 2017 },
  task_type: 'Open-Ended',
  data_type: 'mscoco',
  license: { name: 'CC BY 4.0' },
  data_subtype: 'val2014',
  questions: [
    { image_id: 42, question: 'Is it sunny?', question_id: 42000 },
    { image_id: 42, question: 'How many dogs are there?', question_id: 42001 },
  ],
};

export const vqaAnnotations = {
  info: vqaQuestions.info,
  data_type: 'mscoco',
  data_subtype: 'val2014',
  license: vqaQuestions.license,
  annotations: [
    {
      question_type: 'how many',
      multiple_choice_answer: '2',
      answers: people(['2', 'two', '3']),
      image_id: 42,
      answer_type: 'number',
      question_id: 42001,
    },
    {
      question_type: 'is it',
      multiple_choice_answer: 'yes',
      answers: people(['yes']),
      image_id: 42,
      answer_type: 'yes/no',
      question_id: 42000,
    },
  ],
};

export const okvqaAnnotations = {
  ...vqaAnnotations,
  annotations: vqaAnnotations.annotations.map((one) => ({
    ...one,
    question_type: 'four',
    answer_type: 'other',
    confidence: 3,
    answers: one.answers.map((answer) => ({ ...answer, raw_answer: answer.answer })),
  })),
  question_types: { four: 'Sports and Recreation', one: 'Vehicles and Transportation' },
};

export const gqaQuestions = {
  '201307251': {
    semantic: [{ operation: 'select', dependencies: [], argument: 'scene' }],
    entailed: [],
    equivalent: ['201307251'],
    question: 'Is it overcast?',
    imageId: 'n161313',
    isBalanced: true,
    groups: { global: null, local: '13-weather' },
    answer: 'no',
    semanticStr: 'select: scene->verify weather: overcast [0]',
    annotations: { answer: {}, question: {}, fullAnswer: {} },
    types: { detailed: 'weatherVerify', semantic: 'global', structural: 'verify' },
    fullAnswer: 'No, it is clear.',
  },
};

export const karpathySplits = {
  dataset: 'coco',
  images: [
    {
      filepath: 'val2014',
      sentids: [770337, 771687],
      filename: 'COCO_val2014_000000391895.jpg',
      imgid: 0,
      split: 'test',
      sentences: [
        { tokens: ['a', 'man'], raw: 'A man with a red helmet.', imgid: 0, sentid: 770337 },
        { tokens: ['a', 'man'], raw: 'Man riding a motor bike.', imgid: 0, sentid: 771687 },
      ],
      cocoid: 391895,
    },
    {
      filepath: 'train2014',
      sentids: [1],
      filename: 'COCO_train2014_000000000009.jpg',
      imgid: 1,
      split: 'train',
      sentences: [{ tokens: ['food'], raw: 'Food.', imgid: 1, sentid: 1 }],
      cocoid: 9,
    },
  ],
};

export const nocapsFile = {
  licenses: [],
  info: { description: 'nocaps validation' },
  images: [
    {
      license: 0,
      id: 0,
      open_images_id: '0013ea2087020901',
      width: 1024,
      height: 732,
      coco_url: 'https://example.com/val/0013ea2087020901.jpg',
      date_captured: '2018-11-06',
      file_name: '0013ea2087020901.jpg',
      domain: 'near-domain',
    },
  ],
  annotations: [
    { id: 0, image_id: 0, caption: 'A baby is standing in front of a house.' },
    { id: 1, image_id: 0, caption: 'A little girl in a white jacket.' },
  ],
};

export const cocoFile = {
  info: {},
  images: [{ license: 5, file_name: 'COCO_val2014_000000203564.jpg', id: 203564, height: 400, width: 600 }],
  licenses: [],
  annotations: [{ image_id: 203564, id: 37, caption: 'A bicycle replica.' }],
};
