// English: why something can't be done, and what to do instead.
export const en = {
  // Where and who.
  offInChannel:
    'I am switched off in this channel. Somebody who manages the server can change that with `/settings mode`.',
  offOnServer:
    'I am switched off on this server. Somebody who manages the server can change that with `/settings mode`.',
  onlyForRoles:
    'Here I answer people with the role {roles} only. Somebody who manages the server can let you ask with `/settings who`.',
  onlyForSome:
    'Here I answer some people only. Somebody who manages the server can let you ask with `/settings who`.',
  onlyAgeRestricted:
    'On this server I look at pictures in age-restricted channels only. Ask me in one of those.',
  neverAgeRestricted:
    'On this server I look at no pictures in age-restricted channels. Ask me in another one.',
  yourAnswersUsedUp: {
    one: 'That is all that you have for this hour: {count} answer. Ask again {when}.',
    other: 'That is all that you have for this hour: {count} answers. Ask again {when}.',
  },
  serverAnswersUsedUp: {
    one: 'That is all that this server has for this hour: {count} answer. Ask again {when}.',
    other: 'That is all that this server has for this hour: {count} answers. Ask again {when}.',
  },
  copyNotYours:
    'Only {asker}, who asked, {poster}, whose picture it is, or somebody who may manage messages can delete this. Ask one of them.',
  deleteNotYours:
    'Only {asker}, who asked, or somebody who may manage messages can delete this answer. Ask one of them.',
  noServerHere: 'There is no server here. Use /forget in the server that I am to forget.',
  serverNotYours:
    'Only who may manage this server can make me forget all of it. Ask one of them, or take "{mine}" for what is yours.',
  settingsWithoutServer: 'Settings belong to a server. Use /settings in one.',
  threadsImpossible:
    'Messages in {channel} can have no threads of their own, as in threads, forums and voice channels. Choose "{choice}" there, or decide this for a text channel.',
  quotaWithoutNumber: 'Give a number for `{person}`, for `{server}`, or for both.',
  nobodyNamed: 'Name a `{role}` or a `{person}`.',
  lacksPermissions: 'I lack {permissions} here. Somebody who manages this server can grant that to my role.',
  deniedAccess:
    'Discord denied me access here. Somebody who manages this server can check my role in this channel.',
  elsewhere: 'In {channel}: {told}',
  permissionViewChannel: 'View Channel',
  permissionReadMessageHistory: 'Read Message History',
  permissionSendMessages: 'Send Messages',
  permissionAttachFiles: 'Attach Files',
  permissionSendMessagesInThreads: 'Send Messages In Threads',
  permissionCreatePublicThreads: 'Create Public Threads',
  restarting: 'I am being restarted. Ask again in a minute.',

  // What is gone.
  questionForgotten: 'I no longer remember that question. Ask it once more.',
  pictureGoneHere: 'The picture is gone from this message. Post it again.',
  attachmentGone: 'Discord no longer has that picture. Attach it again.',
  linkExpired: 'Discord no longer hands out that picture. Post it again.',
  threadDeleted: 'The thread of that picture was deleted. Post the picture again to open a new one.',
  threadLocked:
    'The thread of that picture, {thread}, is locked. Let somebody who manages threads unlock it, or post the picture again for a new one.',

  // Which picture.
  messageKept:
    "Discord doesn't show me messages that don't mention me: the Message Content intent is off. Mention me, or leave the ping of your reply on.",
  onePictureAtOnce: 'I look at one picture at a time. Ask about each by itself, as in: what is in picture 2?',
  noSuchPicture: 'You asked about picture {number}, and that message holds {all}. Name one from 1 to {all}.',
  linkWithoutPicture:
    'Discord shows me no picture behind that link. Post the picture itself as a file, or reply to the message that holds it.',
  linkInCommand:
    "I can't see what a link in a command leads to. Post it in a message that mentions me, or hand over the picture with the `{image}` option.",
  postFirst: 'Post a picture here first, then ask me about it.',
  noPictureToMention:
    'I found no picture here. {why}Post one in a message that mentions me, or reply to one and mention me.',
  noPictureBehindReply:
    "I can't find a picture behind that reply. {why}Reply to the message that holds it, or post it again and mention me.",
  nothingToRemember:
    'I remember nothing here, as there is no picture that we could talk about. {why}Post one and ask me about it.',
  withheld:
    'Whoever posted this picture keeps their pictures from me. Ask about another one; if it is yours, `/privacy` lets me look again.',

  // What is no picture, and what can't be fetched.
  fileOfType: '`{name}` is of type {type}, and I can only look at pictures. {remedy}',
  fileUnknown: '`{name}` is not an image, and I can only look at pictures. {remedy}',
  screenshotOfMoment: 'Post a screenshot of the moment you mean.',
  screenshotOfPage: 'Post a screenshot of the page you mean.',
  postAsImage: 'Post it as a PNG, JPEG, WebP or GIF image.',
  lottieSticker:
    'The sticker "{name}" is an animation in the Lottie format, which I can\'t draw. Post a screenshot of it.',
  fileTooLarge: 'Expected an image of at most {most}, got {size}. Post a smaller copy.',
  fileTooLargeByFar: 'Expected an image of at most {most}, got more. Post a smaller copy.',
  fileTooSlow: 'The picture did not arrive within {limit}. Try again, or post a smaller copy.',
  fileNotFetched: "The picture couldn't be fetched from Discord. Try again in a moment.",
  fileServerFailed: "Discord's file server answered {status} for the picture. Try again in a moment.",
  foreignAddress: 'I only fetch pictures from Discord itself, not from {host}. Upload it here.',
} as const;
