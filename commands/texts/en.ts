// English: the texts that the others translate. What stands in braces is filled in.
export const en = {
  // Commands, their options and choices.
  captionHelp: 'Says what a picture shows',
  askHelp: 'Answers a question about a picture',
  chatHelp: 'Opens a thread to talk about a picture',
  memoryHelp: 'Shows what I remember here, and how full my memory is',
  helpHelp: 'Shows by examples what I can do here',
  statusHelp: 'Says what I run on and how busy I am',
  forgetHelp: 'Makes me forget what was said and seen',
  privacyHelp: 'Shows what I keep about you, and lets you keep your pictures from me',
  imageOption: 'image',
  imageOptionHelp: 'The picture; without it, the newest one posted here',
  userOption: 'user',
  userOptionHelp: 'Whose avatar to look at, in place of a picture',
  frameOption: 'frame',
  frameOptionHelp: 'Of a GIF: first, middle, last, a number, or a share such as 50%',
  promptOption: 'prompt',
  promptOptionHelp: 'How the caption begins, as in: this is a picture of',
  privateOption: 'private',
  privateOptionHelp: 'Only you see the answer',
  questionOption: 'question',
  questionOptionHelp: 'What you want to know, as in: what is this?',
  nextQuestionOption: 'question',
  nextQuestionOptionHelp: 'What you would ask next; without it, the shortest question there is',
  whatOption: 'what',
  whatOptionHelp: 'How much of it',
  forgetConversation: 'This conversation',
  forgetMe: 'Me: what I asked and posted',
  forgetServer: 'This server (for those who manage it)',
  picturesOption: 'pictures',
  picturesOptionHelp: 'What I do with your pictures from now on; without it, I tell what I keep',
  picturesOut: 'Leave them alone and forget what you kept',
  picturesIn: 'Look at them when asked',

  // A message's menu, and the form that it opens.
  captionImage: 'Caption image',
  askAboutImage: 'Ask about image',
  describeImage: 'Describe for screen readers',
  askTitle: 'Ask about this picture',
  askLabel: 'Your question',

  // Sentences.
  answersInEnglish: 'I answer in English, and understand English best.',
  noPictureHere: "I found no picture here. {why}Post one, or hand it over with the command's image option.",
  contentIntentOff:
    "Discord doesn't show me pictures in messages that don't mention me: the Message Content intent is off. ",
  messageWithoutPicture:
    'That message holds no picture. Open the menu of one that does, and choose "{command}" there.',
  noWords: 'I have no words for this picture. Describe it in your own.',
  describedAlready: 'Described already, by whoever posted it:\n{descriptions}',
  describedByMe: 'Described already, by me:\n{descriptions}',
  describedHere: 'With a description for screen readers.',
  leftUndescribed: "Left out, as I can't read it as a picture: {files}.",
  copyDescription: "I can't post pictures here, so copy this into the description:",
  copyMeanwhile: '{lacks} Until then, copy this into the description:',
  pictureGone: 'The message with that picture is gone. Post the picture again.',
  noThreadsHere:
    "I can't open a thread here. Use {command} in a text channel, or mention me in a reply to a picture.",
  chatAlready: 'We are in a visual chat already: just ask here.',
  channelGone: 'The channel that this was about was deleted meanwhile. Ask me in another one.',
  threadClosed:
    "This thread is archived or locked, so I can't write in it. Somebody who manages threads can open it again.",
  notSure: "I'm not sure of this.",
  loadingModel: 'I am starting my model anew…',
  questionsBefore: {
    one: '{count} question is before yours.',
    other: '{count} questions are before yours.',
  },
  questionsBeforeFor: {
    one: '{count} question is before yours, about {wait}.',
    other: '{count} questions are before yours, about {wait}.',
  },
  lookingAtPicture: 'I am looking at the picture…',
  thinking: 'I am thinking…',
  cutOff: 'I was restarted before I had answered. Ask again.',
  wentWrong:
    'Something went wrong on my side. Try again; if it stays so, tell whoever runs me about incident {incident}.',
  goOnBefore: '{problem} Until then we go on with the picture before it.',
  noSuchFrame:
    '"{frame}" names no frame. Write first, middle, last, a number such as 3, or a share such as 50%.',
  pictureOrPerson:
    'You handed over a picture and named a person, and I look at one thing at a time. Leave one of the two options out.',
  avatarGone:
    'That avatar was changed meanwhile, and Discord no longer has it. Ask about the new one with `/caption {option}:`.',
  avatarWithheld:
    '{person} keeps their pictures from me, and their avatar is one of them. Name somebody else; if it is you, `/privacy` lets me look again.',
  tooSlow: 'I was too slow, and Discord has given up waiting for me. Please try that again.',
  cantReadThis: "I can't read this one.",
  lackingToWatch:
    "I can't do in {channel} what you decided for pictures there: I lack {permissions}. Grant that to my role, or decide otherwise with `/settings mode`.",
} as const;
