// Spanish.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const es = translate(en, {
  allCommands: 'Todos los comandos',
  helpSmallPrint:
    'Hablo en inglés, con pocas palabras, y me equivoco: no te fíes de lo que digo de una imagen.',
  helpInChannel: '**Miro imágenes y hablo de ellas.** En este canal:',
  helpInThread: '**En este hilo hablamos de su imagen.**',
  helpInDirect: '**Miro imágenes y hablo de ellas.** Aquí entre nosotros:',
  helpPost: 'Publica una imagen con `@{bot} What is this?`, o responde a cualquier imagen y menciona a {me}.',
  helpReply: 'Responde a mi respuesta para seguir preguntando; recuerdo lo que se dijo de esa imagen.',
  helpReplyByPing: 'Responde a mi respuesta para seguir preguntando y deja activada la notificación.',
  helpAsk:
    '`/ask {question}: What color is it?` pregunta por la imagen más reciente de aquí, `/caption` la describe.',
  helpChat: '`/chat` abre un hilo sobre ella, en el que cada mensaje es una pregunta.',
  helpJustWrite:
    'Escribe sin más: `What is this?`, luego `What color is it?`. Recuerdo las preguntas anteriores.',
  helpMentionAndWrite:
    'Mencióname y escribe: `What is this?`, luego `What color is it?`. Recuerdo las preguntas anteriores.',
  helpAnother: 'Publica otra imagen para hablar de esa; responde a una respuesta antigua para volver atrás.',
  helpMemory: '`/memory` muestra lo que recuerdo, `/forget {what}: {conversation}` empieza de nuevo.',
  helpPostHere: 'Publica una imagen y te digo lo que muestra.',
  helpThenWrite:
    'Luego escribe sin más: `What is this?`, `What color is it?`. Recuerdo las preguntas anteriores.',
  helpMenus: 'En el menú de un mensaje, en *Aplicaciones*: {names}.',
  statusModel: '**Modelo** {name}',
  statusModelPositions: '**Modelo** {name}, {positions} posiciones',
  statusDevice: '**Dispositivo** {device} en {precision}',
  statusNodes: '-# De los {all} nodos de sus grafos, ese dispositivo contiene {held}.',
  statusDeviceWeights: '**Dispositivo** {device}, cálculos en {precision}, pesos en {weights}',
  statusUnderWay: '**Respuestas en curso o en espera** {all}',
  statusNoAnswers: '**Respuestas desde el inicio** ninguna todavía',
  statusAnswers:
    '**Respuestas desde el inicio** {all}, la mitad en {half} s (p50), 19 de 20 en {most} s (p95)',
  statusUpSince: '**En marcha desde** {since}',
  statusDiscord: '**Latencia de Discord** {ping} ms',
  statusDiscordUnmeasured: '**Latencia de Discord** sin medir todavía',
  statusMemory: '**Memoria en uso** {mebibytes} MiB',
  hello: '**¡Hola! Miro imágenes y hablo de ellas.**',
  helloPost:
    'Publica una imagen con `@{bot} What is this?`, o usa `/caption`, `/ask` y `/chat`. `/help` muestra más.',
  helloLacks: 'Me falta: {permissions}. Quien administre este servidor puede concedérselo a mi rol.',
  permissionIn: '{permission} en {channels}',
  permissionInMore: '{permission} en {channels} y {more} más',
  ownMembership: 'mi propia pertenencia',
  helloContentOff:
    '«Message Content Intent» está desactivado, así que solo veo los mensajes que me mencionan. Quien me administra puede activarlo en el portal de desarrolladores.',
  helloSettings:
    'Quien administre este servidor decide con `/settings` quién puede preguntarme, dónde y cuántas veces, y si describo también imágenes sin que nadie lo pida.',
  helloPrivacy:
    'Quien no quiera que mire sus imágenes lo dice con `/privacy`; `/forget` elimina lo que recuerdo.',
});
