// German.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const de = translate(en, {
  memoryHeading: '**Woran ich mich bei [diesem Bild]({link}) erinnere**',
  memoryFullness: '{used} / {all} Tokens',
  memoryShares: 'Davon sind {picture} das Bild und {words} die Wörter.',
  memorySharesWithRoom:
    'Davon sind {picture} das Bild und {words} die Wörter; {room} weitere bleiben für die Antwort frei.',
  nothingAsked: 'Dazu wurde noch nichts gefragt.',
  noLongerKept: {
    one: 'Die erste Frage ist nicht mehr gespeichert.',
    other: 'Die ersten {count} Fragen sind nicht mehr gespeichert.',
  },
  struckOut: 'Was durchgestrichen ist, passt neben diese Frage nicht mehr.',
  readsNext: '**Was ich als Nächstes lesen würde**, nach dem Bild:',
  readsNextInFile: 'Was ich als Nächstes lesen würde, nach dem Bild, steht in der Datei.',
  nothingToForget: 'Es gab nichts zu vergessen.',
  forgotten: 'Ich habe {questions} in {conversations} vergessen, und was ich in {pictures} gesehen habe.',
  ofQuestions: { one: '{count} Frage', other: '{count} Fragen' },
  ofConversations: { one: '{count} Gespräch', other: '{count} Gesprächen' },
  ofPictures: { one: '{count} Bild', other: '{count} Bildern' },
  ofAnswers: { one: '{count} Antwort', other: '{count} Antworten' },
  keptAsItIs: 'Ich behalte alles, wie es ist.',
  forgetServerQuestion:
    'Soll ich alles vergessen, was auf diesem Server zu mir gesagt wurde, wer auch gefragt hat, und was ich in seinen Bildern gesehen habe? Das ist endgültig.',
  forgetMeHereQuestion:
    'Soll ich vergessen, was du mich auf diesem Server und in unseren Direktnachrichten gefragt hast, mit den Antworten, und was ich in deinen Bildern gesehen habe, nach denen sonst niemand gefragt hat? Das ist endgültig.',
  forgetMeEverywhereQuestion:
    'Soll ich vergessen, was du mich auf allen Servern und in unseren Direktnachrichten gefragt hast, mit den Antworten, und was ich in deinen Bildern gesehen habe, nach denen sonst niemand gefragt hat? Das ist endgültig.',
  picturesLeftAlone:
    'Ich lasse deine Bilder in Ruhe: Ich hole und behalte sie nicht, wer auch fragt. `/privacy {option}:` nimmt das zurück.',
  removedOfYours: 'Was ich von {pictures} und {answers} dazu gespeichert hatte, habe ich entfernt.',
  looksAgain:
    'Ich sehe mir deine Bilder wieder an: wenn jemand nach einem fragt, und wo ein Server mich jedes Bild ansehen lässt. `/privacy` nimmt das jederzeit zurück.',
  looksWhenAsked:
    'Ich sehe mir ein Bild von dir an, wenn jemand danach fragt, und wo ein Server mich jedes Bild ansehen lässt. `/privacy {option}:` hält sie von mir fern.',
  keptAboutYou: 'Was ich über dich speichere:',
  keptPictures:
    'was das Modell in {pictures} von dir gesehen hat (Zahlen, nie das Bild selbst), 30 Tage lang',
  keptAboutPictures: {
    one: '{count} Frage zu deinen Bildern, mit der Antwort',
    other: '{count} Fragen zu deinen Bildern, mit den Antworten',
  },
  keptAsked: {
    one: '{count} Frage, die du gestellt hast, mit der Antwort',
    other: '{count} Fragen, die du gestellt hast, mit den Antworten',
  },
  keptAnswered:
    'eine Stunde lang, welche deiner Nachrichten ich beantwortet habe, und wie oft, wo es eine Quote gibt',
  keptHowLong:
    'Fragen bleiben, bis sie, ihre Antworten oder das Bild gelöscht werden, ein Server mich sie nach einiger Zeit vergessen lässt, oder du `/forget` benutzt.',
  keptLanguage: 'die Sprache deines Discord, um dir in ihr zu schreiben',
});
