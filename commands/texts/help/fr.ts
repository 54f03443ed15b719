// French.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const fr = translate(en, {
  allCommands: 'Toutes les commandes',
  helpSmallPrint:
    'Je parle anglais, en peu de mots, et je me trompe : ne te fie pas à ce que je dis d’une image.',
  helpInChannel: '**Je regarde des images et j’en parle.** Dans ce salon :',
  helpInThread: '**Dans ce fil, nous parlons de son image.**',
  helpInDirect: '**Je regarde des images et j’en parle.** Ici, entre nous :',
  helpPost:
    'Publie une image avec `@{bot} What is this?`, ou réponds à n’importe quelle image en mentionnant {me}.',
  helpReply: 'Réponds à ma réponse pour continuer ; je me souviens de ce qui a été dit de cette image.',
  helpReplyByPing: 'Réponds à ma réponse pour continuer, en laissant la notification de ta réponse activée.',
  helpAsk:
    '`/ask {question}: What color is it?` pose une question sur l’image la plus récente ici, `/caption` la décrit.',
  helpChat: '`/chat` ouvre un fil à son sujet, où chaque message est une question.',
  helpJustWrite:
    'Écris simplement : `What is this?`, puis `What color is it?`. Je me souviens des questions précédentes.',
  helpMentionAndWrite:
    'Mentionne-moi et écris : `What is this?`, puis `What color is it?`. Je me souviens des questions précédentes.',
  helpAnother:
    'Publie une autre image pour parler de celle-là ; réponds à une ancienne réponse pour revenir en arrière.',
  helpMemory: '`/memory` montre ce dont je me souviens, `/forget {what}: {conversation}` recommence à zéro.',
  helpPostHere: 'Publie une image, et je dis ce qu’elle montre.',
  helpThenWrite:
    'Ensuite, écris simplement : `What is this?`, `What color is it?`. Je me souviens des questions précédentes.',
  helpMenus: 'Dans le menu d’un message, sous *Applications* : {names}.',
  statusModel: '**Modèle** {name}',
  statusModelPositions: '**Modèle** {name}, longueur {positions}',
  statusDevice: '**Appareil** {device} en {precision}',
  statusNodes: '-# Sur les {all} nœuds de ses graphes, cet appareil en porte {held}.',
  statusDeviceWeights: '**Appareil** {device}, calculs en {precision}, poids en {weights}',
  statusUnderWay: '**Réponses en cours ou en attente** {all}',
  statusNoAnswers: '**Réponses depuis le démarrage** aucune',
  statusAnswers:
    '**Réponses depuis le démarrage** {all}, la moitié en {half} s (p50), 19 sur 20 en {most} s (p95)',
  statusUpSince: '**En marche depuis** {since}',
  statusDiscord: '**Latence de Discord** {ping} ms',
  statusDiscordUnmeasured: '**Latence de Discord** pas encore mesurée',
  statusMemory: '**Mémoire utilisée** {mebibytes} Mio',
  hello: '**Bonjour ! Je regarde des images et j’en parle.**',
  helloPost:
    'Publie une image avec `@{bot} What is this?`, ou utilise `/caption`, `/ask` et `/chat`. `/help` en montre plus.',
  helloLacks: 'Il me manque : {permissions}. Une personne qui gère ce serveur peut l’accorder à mon rôle.',
  permissionIn: '{permission} dans {channels}',
  permissionInMore: '{permission} dans {channels} et {more} autres',
  ownMembership: 'ma propre adhésion',
  helloContentOff:
    '« Message Content Intent » est désactivé : je ne vois que les messages qui me mentionnent. La personne qui me gère peut l’activer dans le portail des développeurs.',
  helloSettings:
    'La personne qui gère ce serveur décide avec `/settings` qui peut m’interroger, où et combien de fois, et si je légende aussi des images sans qu’on me le demande.',
  helloPrivacy:
    'Qui ne veut pas que je regarde ses images le dit avec `/privacy` ; `/forget` supprime ce dont je me souviens.',
});
