// English: what the bot can do, how it is doing, and its hello in a new server.
export const en = {
  allCommands: 'All commands',
  helpSmallPrint:
    'I speak English, in few words, and I make mistakes: do not rely on what I say about a picture.',
  helpInChannel: '**I look at pictures and talk about them.** In this channel:',
  helpInThread: '**In this thread we talk about its picture.**',
  helpInDirect: '**I look at pictures and talk about them.** Here between us:',
  helpPost: "Post a picture with `@{bot} What is this?`, or reply to anybody's picture and mention {me}.",
  helpReply: 'Reply to my answer to ask on; I remember what was said about that picture.',
  helpReplyByPing: 'Reply to my answer to ask on, and leave the ping of your reply on.',
  helpAsk:
    '`/ask {question}: What color is it?` asks about the newest picture here, `/caption` describes it.',
  helpChat: '`/chat` opens a thread about it, in which every message is a question.',
  helpJustWrite: 'Just write: `What is this?`, then `What color is it?`. I remember the questions before.',
  helpMentionAndWrite:
    'Mention me and write: `What is this?`, then `What color is it?`. I remember the questions before.',
  helpAnother: 'Post another picture to talk about that one; reply to an old answer to go back.',
  helpMemory: '`/memory` shows what I remember, `/forget {what}: {conversation}` begins anew.',
  helpPostHere: 'Post a picture, and I say what it shows.',
  helpThenWrite: 'Then just write: `What is this?`, `What color is it?`. I remember the questions before.',
  helpMenus: 'In the menu of a message, under *Apps*: {names}.',
  statusModel: '**Model** {name}',
  statusModelPositions: '**Model** {name}, {positions} positions',
  statusDevice: '**Device** {device} in {precision}',
  statusNodes: '-# Of the {all} nodes of its graphs, that device holds {held}.',
  statusDeviceWeights: '**Device** {device}, computing in {precision}, weights in {weights}',
  statusUnderWay: '**Answers being made or waiting** {all}',
  statusNoAnswers: '**Answers since the start** none yet',
  statusAnswers:
    '**Answers since the start** {all}, half of them within {half} s (p50), 19 of 20 within {most} s (p95)',
  statusUpSince: '**Up since** {since}',
  statusDiscord: '**Discord** {ping} ms',
  statusDiscordUnmeasured: '**Discord** not measured yet',
  statusMemory: '**Memory in use** {mebibytes} MiB',
  hello: '**Hello! I look at pictures and talk about them.**',
  helloPost:
    'Post a picture with `@{bot} What is this?`, or use `/caption`, `/ask` and `/chat`. `/help` shows more.',
  helloLacks: 'I lack {permissions}. Whoever manages this server can grant that to my role.',
  permissionIn: '{permission} in {channels}',
  permissionInMore: '{permission} in {channels} and {more} more',
  ownMembership: 'my own membership',
  helloContentOff:
    'The Message Content intent is off, so that I see only messages that mention me. Whoever runs me can switch it on in the Developer Portal.',
  helloSettings:
    'Whoever manages this server decides with `/settings` who may ask me, where and how often, and whether I caption pictures that nobody asks about.',
  helloPrivacy:
    'Whoever does not want me to look at their pictures says so with `/privacy`; `/forget` removes what I remember.',
} as const;
