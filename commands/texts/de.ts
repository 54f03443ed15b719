// German.
import { en } from './en.ts';
import { translate } from './translate.ts';

export const de = translate(en, {
  captionHelp: 'Sagt, was ein Bild zeigt',
  askHelp: 'Beantwortet eine Frage zu einem Bild',
  chatHelp: 'Öffnet einen Thread, um über ein Bild zu reden',
  memoryHelp: 'Zeigt, woran ich mich hier erinnere und wie voll mein Gedächtnis ist',
  helpHelp: 'Zeigt an Beispielen, was ich hier kann',
  statusHelp: 'Sagt, worauf ich laufe und wie beschäftigt ich bin',
  forgetHelp: 'Lässt mich vergessen, was gesagt und gesehen wurde',
  privacyHelp: 'Zeigt, was ich über dich speichere, und hält deine Bilder von mir fern',
  imageOption: 'bild',
  imageOptionHelp: 'Das Bild; ohne Angabe das neueste hier',
  userOption: 'person',
  userOptionHelp: 'Wessen Avatar ich ansehen soll, statt eines Bildes',
  frameOption: 'einzelbild',
  frameOptionHelp: 'Von einem GIF: first, middle, last, eine Zahl oder ein Anteil wie 50%',
  promptOption: 'anfang',
  promptOptionHelp: 'Wie die Beschreibung beginnt (auf Englisch), etwa: this is a picture of',
  privateOption: 'privat',
  privateOptionHelp: 'Nur du siehst die Antwort',
  questionOption: 'frage',
  questionOptionHelp: 'Was du wissen willst, am besten auf Englisch, etwa: what is this?',
  nextQuestionOption: 'frage',
  nextQuestionOptionHelp: 'Was du als Nächstes fragen würdest; ohne Angabe die kürzeste Frage',
  whatOption: 'was',
  whatOptionHelp: 'Wie viel davon',
  forgetConversation: 'Dieses Gespräch',
  forgetMe: 'Mich: was ich gefragt und gepostet habe',
  forgetServer: 'Diesen Server (für die, die ihn verwalten)',
  picturesOption: 'bilder',
  picturesOptionHelp: 'Was ich künftig mit deinen Bildern tue; ohne Angabe sage ich, was ich speichere',
  picturesOut: 'In Ruhe lassen und Gespeichertes vergessen',
  picturesIn: 'Ansehen, wenn ich darum bitte',
  captionImage: 'Bild beschreiben',
  askAboutImage: 'Zum Bild fragen',
  describeImage: 'Für Screenreader beschreiben',
  askTitle: 'Frage zu diesem Bild',
  askLabel: 'Deine Frage (am besten auf Englisch)',
  answersInEnglish: 'Ich antworte auf Englisch und verstehe Englisch am besten.',
  noPictureHere: 'Ich habe hier kein Bild gefunden. {why}Poste eines oder gib es dem Befehl als Bild mit.',
  contentIntentOff:
    'Discord zeigt mir keine Bilder in Nachrichten, die mich nicht erwähnen: Der „Message Content Intent“ ist aus. ',
  messageWithoutPicture:
    'Diese Nachricht enthält kein Bild. Öffne das Menü einer Nachricht mit Bild und wähle dort „{command}“.',
  noWords: 'Mir fehlen die Worte für dieses Bild. Beschreibe es mit deinen eigenen.',
  describedAlready: 'Schon beschrieben, von dem, der es gepostet hat:\n{descriptions}',
  describedByMe: 'Schon beschrieben, von mir:\n{descriptions}',
  describedHere: 'Mit einer Beschreibung für Screenreader.',
  leftUndescribed: 'Ausgelassen, weil ich es nicht als Bild lesen kann: {files}.',
  copyDescription: 'Ich kann hier keine Bilder posten; kopiere dies in die Beschreibung:',
  copyMeanwhile: '{lacks} Kopiere bis dahin dies in die Beschreibung:',
  pictureGone: 'Die Nachricht mit diesem Bild gibt es nicht mehr. Poste das Bild noch einmal.',
  noThreadsHere:
    'Hier kann ich keinen Thread öffnen. Benutze {command} in einem Textkanal oder erwähne mich in der Antwort auf ein Bild.',
  chatAlready: 'Wir sind schon im Gespräch über ein Bild: Frag einfach.',
  channelGone: 'Der Kanal, um den es ging, wurde inzwischen gelöscht. Frag mich in einem anderen.',
  threadClosed:
    'Dieser Thread ist archiviert oder gesperrt, deshalb kann ich hier nicht schreiben. Wer Threads verwaltet, kann ihn wieder öffnen.',
  notSure: 'Da bin ich mir nicht sicher.',
  loadingModel: 'Ich starte mein Modell neu …',
  questionsBefore: {
    one: '{count} Frage ist vor deiner an der Reihe.',
    other: '{count} Fragen sind vor deiner an der Reihe.',
  },
  questionsBeforeFor: {
    one: '{count} Frage ist vor deiner an der Reihe, etwa {wait}.',
    other: '{count} Fragen sind vor deiner an der Reihe, etwa {wait}.',
  },
  lookingAtPicture: 'Ich sehe mir das Bild an …',
  thinking: 'Ich denke nach …',
  cutOff: 'Ich wurde neu gestartet, bevor ich geantwortet hatte. Frag noch einmal.',
  wentWrong:
    'Bei mir ist etwas schiefgegangen. Versuche es noch einmal; wenn es so bleibt, melde dem Betreiber den Vorfall {incident}.',
  goOnBefore: '{problem} Bis dahin reden wir über das Bild davor weiter.',
  noSuchFrame:
    '„{frame}“ ist kein Einzelbild. Schreib first, middle, last, eine Zahl wie 3 oder einen Anteil wie 50%.',
  pictureOrPerson:
    'Du hast ein Bild mitgegeben und eine Person genannt, und ich sehe mir nur eins davon an. Lass eine der beiden Optionen weg.',
  avatarGone:
    'Dieser Avatar wurde inzwischen geändert, und Discord hat ihn nicht mehr. Frag mit `/caption {option}:` nach dem neuen.',
  avatarWithheld:
    '{person} hält die eigenen Bilder von mir fern, und der Avatar gehört dazu. Nenne jemand anderen; wenn du es selbst bist, lässt mich `/privacy` wieder hinsehen.',
  tooSlow: 'Ich war zu langsam, und Discord wartet nicht mehr auf mich. Versuche es bitte noch einmal.',
  cantReadThis: 'Dieses kann ich nicht lesen.',
  lackingToWatch:
    'Ich kann in {channel} nicht tun, was du dort für Bilder festgelegt hast: Mir fehlt {permissions}. Gib meiner Rolle dieses Recht oder lege mit `/settings mode` etwas anderes fest.',
});
