// German.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const de = translate(en, {
  offInChannel:
    'In diesem Kanal bin ich ausgeschaltet. Wer den Server verwaltet, kann das mit `/settings mode` ändern.',
  offOnServer:
    'Auf diesem Server bin ich ausgeschaltet. Wer den Server verwaltet, kann das mit `/settings mode` ändern.',
  onlyForRoles:
    'Hier antworte ich nur Leuten mit der Rolle {roles}. Wer den Server verwaltet, kann dich mit `/settings who` fragen lassen.',
  onlyForSome:
    'Hier antworte ich nur bestimmten Leuten. Wer den Server verwaltet, kann dich mit `/settings who` fragen lassen.',
  onlyAgeRestricted:
    'Auf diesem Server sehe ich mir Bilder nur in Kanälen mit Altersbeschränkung an. Frag mich in einem davon.',
  neverAgeRestricted:
    'Auf diesem Server sehe ich mir in Kanälen mit Altersbeschränkung keine Bilder an. Frag mich in einem anderen.',
  yourAnswersUsedUp: {
    one: 'Mehr bekommst du in dieser Stunde nicht: {count} Antwort. Frag {when} wieder.',
    other: 'Mehr bekommst du in dieser Stunde nicht: {count} Antworten. Frag {when} wieder.',
  },
  serverAnswersUsedUp: {
    one: 'Mehr bekommt dieser Server in dieser Stunde nicht: {count} Antwort. Frag {when} wieder.',
    other: 'Mehr bekommt dieser Server in dieser Stunde nicht: {count} Antworten. Frag {when} wieder.',
  },
  copyNotYours:
    'Das können nur {asker} (hat gefragt), {poster} (hat das Bild gepostet) oder jemand, der Nachrichten verwalten darf, löschen. Frag sie.',
  deleteNotYours:
    'Diese Antwort kann nur löschen, wer gefragt hat, also {asker}, oder wer Nachrichten verwalten darf. Bitte jemanden davon.',
  noServerHere: 'Hier ist kein Server. Benutze /forget auf dem Server, den ich vergessen soll.',
  serverNotYours:
    'Einen ganzen Server lasse ich mich nur von denen vergessen machen, die ihn verwalten dürfen. Bitte jemanden davon, oder nimm „{mine}“ für das, was von dir ist.',
  settingsWithoutServer: 'Einstellungen gehören zu einem Server. Benutze /settings auf einem.',
  threadsImpossible:
    'Nachrichten in {channel} können keine eigenen Threads haben, wie in Threads, Foren und Sprachkanälen. Wähle dort „{choice}“ oder lege dies für einen Textkanal fest.',
  quotaWithoutNumber: 'Gib eine Zahl für `{person}`, für `{server}` oder für beides an.',
  nobodyNamed: 'Nenne eine `{role}` oder eine `{person}`.',
  lacksPermissions:
    'Mir fehlt hier: {permissions}. Wer diesen Server verwaltet, kann das meiner Rolle erlauben.',
  deniedAccess:
    'Discord lässt mich hier nicht hinein. Wer diesen Server verwaltet, kann meine Rolle in diesem Kanal prüfen.',
  elsewhere: 'Zu {channel}: {told}',
  permissionViewChannel: 'Kanal ansehen',
  permissionReadMessageHistory: 'Nachrichtenverlauf anzeigen',
  permissionSendMessages: 'Nachrichten senden',
  permissionAttachFiles: 'Dateien anhängen',
  permissionSendMessagesInThreads: 'Nachrichten in Threads senden',
  permissionCreatePublicThreads: 'Öffentliche Threads erstellen',
  restarting: 'Ich werde gerade neu gestartet. Frag in einer Minute noch einmal.',

  questionForgotten: 'An diese Frage erinnere ich mich nicht mehr. Stell sie noch einmal.',
  pictureGoneHere: 'Das Bild ist nicht mehr an dieser Nachricht. Poste es noch einmal.',
  attachmentGone: 'Discord hat dieses Bild nicht mehr. Häng es noch einmal an.',
  linkExpired: 'Discord gibt dieses Bild nicht mehr heraus. Poste es noch einmal.',
  threadDeleted:
    'Der Thread zu diesem Bild wurde gelöscht. Poste das Bild noch einmal, dann öffne ich einen neuen.',
  threadLocked:
    'Der Thread zu diesem Bild, {thread}, ist gesperrt. Wer Threads verwaltet, kann ihn entsperren; oder poste das Bild noch einmal für einen neuen.',

  messageKept:
    'Discord zeigt mir keine Nachrichten, die mich nicht erwähnen: Der „Message Content Intent“ ist aus. Erwähne mich, oder lass den Ping deiner Antwort an.',
  onePictureAtOnce:
    'Ich sehe mir immer nur ein Bild an. Frag nach jedem einzeln, etwa: what is in picture 2?',
  noSuchPicture:
    'Du fragst nach Bild {number}, und diese Nachricht enthält {all}. Nenne eines von 1 bis {all}.',
  linkWithoutPicture:
    'Discord zeigt mir hinter diesem Link kein Bild. Poste das Bild selbst als Datei, oder antworte auf die Nachricht, auf der es ist.',
  linkInCommand:
    'Wohin ein Link in einem Befehl führt, sehe ich nicht. Poste ihn in einer Nachricht, die mich erwähnt, oder gib das Bild mit der Option `{image}` mit.',
  postFirst: 'Poste hier zuerst ein Bild und frag mich dann danach.',
  noPictureToMention:
    'Ich habe hier kein Bild gefunden. {why}Poste eines in einer Nachricht, die mich erwähnt, oder antworte auf eines und erwähne mich.',
  noPictureBehindReply:
    'Hinter dieser Antwort finde ich kein Bild. {why}Antworte auf die Nachricht mit dem Bild, oder poste es noch einmal und erwähne mich.',
  nothingToRemember:
    'Hier erinnere ich mich an nichts, denn es gibt kein Bild, über das wir reden könnten. {why}Poste eines und frag mich danach.',
  withheld:
    'Wer dieses Bild gepostet hat, hält seine Bilder von mir fern. Frag nach einem anderen; wenn es deines ist, lässt `/privacy` mich wieder hinsehen.',

  fileOfType: '`{name}` ist vom Typ {type}, und ich kann mir nur Bilder ansehen. {remedy}',
  fileUnknown: '`{name}` ist kein Bild, und ich kann mir nur Bilder ansehen. {remedy}',
  screenshotOfMoment: 'Poste einen Screenshot des Moments, den du meinst.',
  screenshotOfPage: 'Poste einen Screenshot der Seite, die du meinst.',
  postAsImage: 'Poste es als Bild im Format PNG, JPEG, WebP oder GIF.',
  lottieSticker:
    'Der Sticker „{name}“ ist eine Animation im Lottie-Format, die ich nicht zeichnen kann. Poste einen Screenshot davon.',
  fileTooLarge: 'Das Bild darf höchstens {most} groß sein und hat {size}. Poste eine kleinere Kopie.',
  fileTooLargeByFar: 'Das Bild darf höchstens {most} groß sein und hat mehr. Poste eine kleinere Kopie.',
  fileTooSlow:
    'Das Bild kam nicht innerhalb von {limit} an. Versuche es noch einmal, oder poste eine kleinere Kopie.',
  fileNotFetched: 'Das Bild ließ sich nicht von Discord holen. Versuche es gleich noch einmal.',
  fileServerFailed:
    'Discords Dateiserver hat für das Bild mit {status} geantwortet. Versuche es gleich noch einmal.',
  foreignAddress: 'Ich hole Bilder nur von Discord selbst, nicht von {host}. Lade es hier hoch.',
});
