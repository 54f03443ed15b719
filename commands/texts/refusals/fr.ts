// French.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const fr = translate(en, {
  offInChannel:
    'Je suis désactivé dans ce salon. Une personne qui gère le serveur peut changer cela avec `/settings mode`.',
  offOnServer:
    'Je suis désactivé sur ce serveur. Une personne qui gère le serveur peut changer cela avec `/settings mode`.',
  onlyForRoles:
    'Ici, je ne réponds qu’aux personnes ayant le rôle {roles}. Une personne qui gère le serveur peut t’y autoriser avec `/settings who`.',
  onlyForSome:
    'Ici, je ne réponds qu’à certaines personnes. Une personne qui gère le serveur peut t’y autoriser avec `/settings who`.',
  onlyAgeRestricted:
    'Sur ce serveur, je ne regarde les images que dans les salons soumis à une limite d’âge. Pose ta question dans l’un d’eux.',
  neverAgeRestricted:
    'Sur ce serveur, je ne regarde aucune image dans les salons soumis à une limite d’âge. Pose ta question dans un autre.',
  yourAnswersUsedUp: {
    one: 'C’est tout ce à quoi tu as droit pour cette heure : {count} réponse. Redemande {when}.',
    other: 'C’est tout ce à quoi tu as droit pour cette heure : {count} réponses. Redemande {when}.',
  },
  serverAnswersUsedUp: {
    one: 'C’est tout ce à quoi ce serveur a droit pour cette heure : {count} réponse. Redemande {when}.',
    other: 'C’est tout ce à quoi ce serveur a droit pour cette heure : {count} réponses. Redemande {when}.',
  },
  copyNotYours:
    'Seule {asker}, qui a demandé, {poster}, à qui est l’image, ou une personne qui peut gérer les messages peut supprimer ceci. Demande-leur.',
  deleteNotYours:
    'Seule la personne qui a posé la question, {asker}, ou quelqu’un qui peut gérer les messages peut supprimer cette réponse. Demande-le-lui.',
  noServerHere: 'Il n’y a pas de serveur ici. Utilise /forget sur le serveur que je dois oublier.',
  serverNotYours:
    'Seules les personnes qui peuvent gérer ce serveur peuvent me le faire oublier en entier. Demande à l’une d’elles, ou choisis « {mine} » pour ce qui est à toi.',
  settingsWithoutServer: 'Les réglages appartiennent à un serveur. Utilise /settings sur un serveur.',
  threadsImpossible:
    'Les messages de {channel} ne peuvent pas avoir leur propre fil, comme dans les fils, les forums et les salons vocaux. Choisis-y « {choice} », ou décide cela pour un salon textuel.',
  quotaWithoutNumber: 'Donne un nombre pour `{person}`, pour `{server}`, ou pour les deux.',
  nobodyNamed: 'Indique un `{role}` ou une `{person}`.',
  lacksPermissions:
    'Il me manque ici : {permissions}. Une personne qui gère ce serveur peut l’accorder à mon rôle.',
  deniedAccess:
    'Discord m’a refusé l’accès ici. Une personne qui gère ce serveur peut vérifier mon rôle dans ce salon.',
  elsewhere: 'À propos de {channel} : {told}',
  permissionViewChannel: 'Voir le salon',
  permissionReadMessageHistory: 'Voir les anciens messages',
  permissionSendMessages: 'Envoyer des messages',
  permissionAttachFiles: 'Joindre des fichiers',
  permissionSendMessagesInThreads: 'Envoyer des messages dans les fils',
  permissionCreatePublicThreads: 'Créer des fils publics',
  restarting: 'Je suis en train de redémarrer. Redemande dans une minute.',

  questionForgotten: 'Je ne me souviens plus de cette question. Pose-la encore une fois.',
  pictureGoneHere: 'L’image n’est plus dans ce message. Publie-la à nouveau.',
  attachmentGone: 'Discord n’a plus cette image. Joins-la à nouveau.',
  linkExpired: 'Discord ne donne plus cette image. Publie-la à nouveau.',
  threadDeleted: 'Le fil de cette image a été supprimé. Publie l’image à nouveau pour en ouvrir un autre.',
  threadLocked:
    'Le fil de cette image, {thread}, est verrouillé. Une personne qui gère les fils peut le déverrouiller ; ou publie l’image à nouveau pour en ouvrir un autre.',

  messageKept:
    'Discord ne me montre pas les messages qui ne me mentionnent pas : « Message Content Intent » est désactivé. Mentionne-moi, ou laisse la notification de ta réponse activée.',
  onePictureAtOnce:
    'Je regarde une image à la fois. Pose une question sur chacune, par exemple : what is in picture 2?',
  noSuchPicture:
    'Tu demandes l’image {number}, et ce message en contient {all}. Choisis-en une de 1 à {all}.',
  linkWithoutPicture:
    'Discord ne me montre aucune image derrière ce lien. Publie l’image elle-même comme fichier, ou réponds au message qui la contient.',
  linkInCommand:
    'Je ne vois pas où mène un lien dans une commande. Publie-le dans un message qui me mentionne, ou joins l’image avec l’option `{image}`.',
  postFirst: 'Publie d’abord une image ici, puis pose ta question.',
  noPictureToMention:
    'Je n’ai trouvé aucune image ici. {why}Publie-en une dans un message qui me mentionne, ou réponds à une image en me mentionnant.',
  noPictureBehindReply:
    'Je ne trouve pas d’image derrière cette réponse. {why}Réponds au message qui la contient, ou publie-la à nouveau en me mentionnant.',
  nothingToRemember:
    'Je ne me souviens de rien ici, car il n’y a pas d’image dont nous pourrions parler. {why}Publie-en une et pose ta question.',
  withheld:
    'La personne qui a publié cette image me cache les siennes. Pose une question sur une autre ; si c’est la tienne, `/privacy` me laisse à nouveau regarder.',

  fileOfType: '`{name}` est de type {type}, et je ne peux regarder que des images. {remedy}',
  fileUnknown: '`{name}` n’est pas une image, et je ne peux regarder que des images. {remedy}',
  screenshotOfMoment: 'Publie une capture d’écran du moment qui t’intéresse.',
  screenshotOfPage: 'Publie une capture d’écran de la page qui t’intéresse.',
  postAsImage: 'Publie-le en tant qu’image PNG, JPEG, WebP ou GIF.',
  lottieSticker:
    'L’autocollant « {name} » est une animation au format Lottie, que je ne sais pas dessiner. Publie une capture d’écran.',
  fileTooLarge: 'L’image peut peser {most} au plus, et elle fait {size}. Publie une copie plus petite.',
  fileTooLargeByFar:
    'L’image peut peser {most} au plus, et elle fait davantage. Publie une copie plus petite.',
  fileTooSlow: 'L’image n’est pas arrivée en {limit}. Réessaie, ou publie une copie plus petite.',
  fileNotFetched: 'L’image n’a pas pu être récupérée auprès de Discord. Réessaie dans un instant.',
  fileServerFailed:
    'Le serveur de fichiers de Discord a répondu {status} pour l’image. Réessaie dans un instant.',
  foreignAddress: 'Je ne récupère des images que chez Discord, pas chez {host}. Envoie-la ici.',
});
