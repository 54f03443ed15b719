// German.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const de = translate(en, {
  allCommands: 'Alle Befehle',
  helpSmallPrint:
    'Ich spreche Englisch, in wenigen Worten, und mache Fehler: Verlass dich nicht auf das, was ich über ein Bild sage.',
  helpInChannel: '**Ich sehe mir Bilder an und rede darüber.** In diesem Kanal:',
  helpInThread: '**In diesem Thread reden wir über sein Bild.**',
  helpInDirect: '**Ich sehe mir Bilder an und rede darüber.** Hier unter uns:',
  helpPost: 'Poste ein Bild mit `@{bot} What is this?`, oder antworte auf irgendein Bild und erwähne {me}.',
  helpReply:
    'Antworte auf meine Antwort, um weiterzufragen; ich weiß noch, was über dieses Bild gesagt wurde.',
  helpReplyByPing: 'Antworte auf meine Antwort, um weiterzufragen, und lass den Ping deiner Antwort an.',
  helpAsk:
    '`/ask {question}: What color is it?` fragt nach dem neuesten Bild hier, `/caption` beschreibt es.',
  helpChat: '`/chat` öffnet dazu einen Thread, in dem jede Nachricht eine Frage ist.',
  helpJustWrite:
    'Schreib einfach: `What is this?`, dann `What color is it?`. Ich erinnere mich an die Fragen davor.',
  helpMentionAndWrite:
    'Erwähne mich und schreib: `What is this?`, dann `What color is it?`. Ich erinnere mich an die Fragen davor.',
  helpAnother:
    'Poste ein anderes Bild, um über das zu reden; antworte auf eine alte Antwort, um zurückzugehen.',
  helpMemory: '`/memory` zeigt, woran ich mich erinnere, `/forget {what}: {conversation}` fängt von vorn an.',
  helpPostHere: 'Poste ein Bild, und ich sage, was es zeigt.',
  helpThenWrite:
    'Dann schreib einfach: `What is this?`, `What color is it?`. Ich erinnere mich an die Fragen davor.',
  helpMenus: 'Im Menü einer Nachricht, unter *Apps*: {names}.',
  statusModel: '**Modell** {name}',
  statusModelPositions: '**Modell** {name}, {positions} Positionen',
  statusDevice: '**Gerät** {device} in {precision}',
  statusNodes: '-# Von den {all} Knoten seiner Graphen hält dieses Gerät {held}.',
  statusDeviceWeights: '**Gerät** {device}, rechnet in {precision}, Gewichte in {weights}',
  statusUnderWay: '**Antworten in Arbeit oder wartend** {all}',
  statusNoAnswers: '**Antworten seit dem Start** noch keine',
  statusAnswers:
    '**Antworten seit dem Start** {all}, die Hälfte innerhalb von {half} s (p50), 19 von 20 innerhalb von {most} s (p95)',
  statusUpSince: '**Läuft seit** {since}',
  statusDiscord: '**Discord-Latenz** {ping} ms',
  statusDiscordUnmeasured: '**Discord-Latenz** noch nicht gemessen',
  statusMemory: '**Belegter Speicher** {mebibytes} MiB',
  hello: '**Hallo! Ich sehe mir Bilder an und rede darüber.**',
  helloPost:
    'Poste ein Bild mit `@{bot} What is this?`, oder benutze `/caption`, `/ask` und `/chat`. `/help` zeigt mehr.',
  helloLacks: 'Mir fehlt: {permissions}. Wer diesen Server verwaltet, kann das meiner Rolle erlauben.',
  permissionIn: '{permission} – in {channels}',
  permissionInMore: '{permission} in {channels} und {more} weiteren',
  ownMembership: 'meine eigene Mitgliedschaft',
  helloContentOff:
    'Der „Message Content Intent“ ist aus, sodass ich nur Nachrichten sehe, die mich erwähnen. Wer mich betreibt, kann ihn im Developer Portal einschalten.',
  helloSettings:
    'Wer diesen Server verwaltet, legt mit `/settings` fest, wer mich wo und wie oft fragen darf, und ob ich auch Bilder beschreibe, nach denen niemand fragt.',
  helloPrivacy:
    'Wer nicht will, dass ich mir seine Bilder ansehe, sagt das mit `/privacy`; `/forget` löscht, woran ich mich erinnere.',
});
