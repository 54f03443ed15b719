// English: what stands with answers: buttons, menus, small print, and how a thread begins.
export const en = {
  againButton: 'Again',
  askButton: 'Ask',
  continueButton: 'Continue in thread',
  deleteButton: 'Delete',
  forgetMeButton: 'Forget me',
  forgetServerButton: 'Forget this server',
  keepButton: 'Keep it',
  anotherPicturePlaceholder: 'Look at another picture',
  pictureNumber: 'Picture {number}',
  frameNote: 'I looked at frame {number} of {all}.',
  unreadableNote: "Picture {number} of {all} can't be read.",
  placeNote: 'I looked at picture {number} of {all}.',
  stillNote: 'I looked at the still picture that stands for the video.',
  machineMade: 'Machine-made description: {text}',
  avatarDescription: 'The avatar of {person}',
  askPlaceholder: 'What is this?',
  avatarNote: "I looked at {person}'s avatar.",
  serverAvatarNote: "I looked at {person}'s avatar on this server.",
  defaultAvatarNote: '{person} has no avatar, so I looked at the one that Discord gives them.',
  silent: '*I have no words for that. Try asking in another way.*',
  sameAgain: 'Asked again, I say the same.',
  memoryFails:
    "*My memory fails: I may not know what was said before, and won't remember this. Please tell whoever runs me.*",
  memorySlides: {
    one: 'From here on I no longer remember the first question.',
    other: 'From here on I no longer remember the first {count} questions.',
  },
  newPicture: 'A new picture: ask away.',
  openingThread: 'Opening a thread…',
  threadOpened: "Let's talk about it in {thread}.",
  threadThere: 'The picture has a thread already: {thread}. Mention me there when you ask.',
  threadName: 'About this picture',
  howToChat:
    'Ask about this picture: just write, no need to mention me. Post another picture here to talk about that one instead.',
  howToChatByMention:
    'Ask about this picture: mention me in each message. Post another picture here to talk about that one instead.',
} as const;
