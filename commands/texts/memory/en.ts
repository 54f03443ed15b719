// English: what is remembered and kept, and what is forgotten.
export const en = {
  memoryHeading: '**What I remember about [this picture]({link})**',
  memoryFullness: '{used} / {all} tokens',
  memoryShares: '{picture} of them are the picture and {words} the words.',
  memorySharesWithRoom:
    '{picture} of them are the picture and {words} the words; {room} more stay free for the answer.',
  nothingAsked: 'Nothing was asked about it yet.',
  noLongerKept: {
    one: 'The first question is no longer kept.',
    other: 'The first {count} questions are no longer kept.',
  },
  struckOut: 'What is struck out no longer fits beside this question.',
  readsNext: '**What I would read next**, after the picture:',
  readsNextInFile: 'What I would read next, after the picture, is in the file.',
  nothingToForget: 'There was nothing to forget.',
  forgotten: 'I forgot {questions} in {conversations}, and what I saw in {pictures}.',
  ofQuestions: { one: '{count} question', other: '{count} questions' },
  ofConversations: { one: '{count} conversation', other: '{count} conversations' },
  ofPictures: { one: '{count} picture', other: '{count} pictures' },
  ofAnswers: { one: '{count} answer', other: '{count} answers' },
  keptAsItIs: 'I keep everything as it is.',
  forgetServerQuestion:
    'Shall I forget all that was said to me in this server, whoever asked, and what I saw in its pictures? That is for good.',
  forgetMeHereQuestion:
    'Shall I forget what you asked me in this server and in our direct messages, with the answers, and what I saw in pictures of yours that nobody else asked about? That is for good.',
  forgetMeEverywhereQuestion:
    'Shall I forget what you asked me in all servers and in our direct messages, with the answers, and what I saw in pictures of yours that nobody else asked about? That is for good.',
  picturesLeftAlone:
    'I leave your pictures alone: I neither fetch nor keep them, whoever asks. `/privacy {option}:` takes that back.',
  removedOfYours: 'I removed what I kept of {pictures} and {answers} about them.',
  looksAgain:
    'I look at your pictures again: when somebody asks about one, and where a server has me look at every picture. `/privacy` takes that back at any time.',
  looksWhenAsked:
    'I look at a picture of yours when somebody asks about it, and where a server has me look at every picture. `/privacy {option}:` keeps them from me.',
  keptAboutYou: 'What I keep about you:',
  keptPictures: 'what the model saw in {pictures} of yours (numbers, never the picture itself), for 30 days',
  keptAboutPictures: {
    one: '{count} question about your pictures, with the answers',
    other: '{count} questions about your pictures, with the answers',
  },
  keptAsked: {
    one: '{count} question that you asked, with the answers',
    other: '{count} questions that you asked, with the answers',
  },
  keptAnswered: 'for an hour, which of your messages I answered, and how often where there is a quota',
  keptHowLong:
    'Questions stay until they, their answers or the picture are deleted, a server has me forget them by age, or you use `/forget`.',
  keptLanguage: 'the language of your Discord, to write to you in it',
} as const;
