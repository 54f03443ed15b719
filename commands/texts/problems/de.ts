// German.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const de = translate(en, {
  noQuestion:
    'Da steht keine Frage. Stell eine zum Bild, am besten auf Englisch, etwa „What is in the picture?“.',
  imageGone: 'Dieses Bild gibt es nicht mehr. Poste es noch einmal und frag zur neuen Nachricht.',
  questionTooLong: 'Das sind {tokens} Tokens, und neben das Bild passen höchstens {most}. Fass dich kürzer.',
  yourQuestionsWait: 'Ich habe hier noch {own} Fragen von dir. Frag wieder, wenn sie beantwortet sind.',
  questionsWait: 'Ich habe hier noch {all} Fragen zu beantworten. Frag in einer Weile noch einmal.',
  fileEmpty: 'Die Datei ist leer. Nimm stattdessen JPEG, PNG, WebP, GIF, AVIF, HEIC, BMP oder TIFF.',
  fileNoImage: 'Die Datei ist kein Bild. Nimm stattdessen JPEG, PNG, WebP, GIF, AVIF, HEIC, BMP oder TIFF.',
  formatUnreadable:
    'Dateien der Art {format} kann ich nicht lesen. Nimm stattdessen JPEG, PNG, WebP, GIF, AVIF, HEIC, BMP oder TIFF.',
  imageBroken:
    'Das Bild soll {format} sein, ist aber beschädigt oder unvollständig. Speichere es neu als JPEG oder PNG und poste das.',
  imageTooLarge:
    'Das Bild darf höchstens {most} Pixel haben und misst {width} × {height}. Nimm eine kleinere Kopie.',
  imageColours:
    'Die Farben dieses TIFF ({colours}) kann ich nicht lesen. Speichere es neu als JPEG oder PNG und poste das.',
  frameBeyond:
    'Du hast nach Einzelbild {number} gefragt, und diese Animation hat {frames}. Nenne eines von 1 bis {frames}.',
  frameOfStill:
    'Du hast nach Einzelbild {number} gefragt, und dieses Bild bewegt sich nicht. Frag ohne Einzelbild danach.',
  frameTooFar:
    'Einzelbild {number} liegt für mich zu weit hinten in dieser Animation. Nenne eines von 1 bis {reachable} oder poste es als Bild.',
  deviceWithoutCard: '{device} wird nicht benutzt: Dieser Rechner zeigt keine NVIDIA-Karte.',
  modelNotOnDevice: 'Das Modell läuft nicht auf {device} in {precision}: {reason}',
  deviceMissing: '{device} wird nicht benutzt: Dieser Rechner zeigt kein Grafikgerät.',
  deviceSlow:
    '{device} wird nicht benutzt: Es ist langsamer als die CPU ({slow} ms gegen {fast} ms für ein Produkt), wie es Software-Adapter sind.',
  deviceFails: '{device} wird nicht benutzt: {reason}',
  deviceInF32:
    '{device} rechnet in f32, was nur Zeit und Speicher kostet, denn f16 geht dort nicht: {reason}',
  deviceStepByStep:
    '{device} schreibt Antworten Wort für Wort, was nur Zeit kostet, denn eine ganze auf einmal geht dort nicht: {reason}',
  busy: {
    one: 'Ich arbeite an {count} Anfrage, und {waiting} weitere warten. Versuche es in etwa {wait} noch einmal.',
    other:
      'Ich arbeite an {count} Anfragen, und {waiting} weitere warten. Versuche es in etwa {wait} noch einmal.',
  },
  tooBusy:
    'Ich habe zu tun und konnte nicht innerhalb von {limit} antworten. Versuche es in etwa {wait} noch einmal.',
});
