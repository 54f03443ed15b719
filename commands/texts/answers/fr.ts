// French.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const fr = translate(en, {
  againButton: 'Encore',
  askButton: 'Demander',
  continueButton: 'Continuer dans un fil',
  deleteButton: 'Supprimer',
  forgetMeButton: 'M’oublier',
  forgetServerButton: 'Oublier ce serveur',
  keepButton: 'Garder',
  anotherPicturePlaceholder: 'Regarder une autre image',
  pictureNumber: 'Image {number}',
  frameNote: 'J’ai regardé la trame {number} sur {all}.',
  unreadableNote: 'L’image {number} sur {all} est illisible.',
  placeNote: 'J’ai regardé l’image {number} sur {all}.',
  stillNote: 'J’ai regardé l’image fixe qui représente la vidéo.',
  machineMade: 'Description faite par une machine : {text}',
  avatarDescription: 'L’avatar de {person}',
  askPlaceholder: 'De préférence en anglais : What is this?',
  avatarNote: 'J’ai regardé l’avatar de {person}.',
  serverAvatarNote: 'J’ai regardé l’avatar de {person} sur ce serveur.',
  defaultAvatarNote: '{person} n’a pas d’avatar, j’ai donc regardé celui que Discord lui donne.',
  silent: '*Les mots me manquent. Essaie de demander autrement.*',
  sameAgain: 'Même en redemandant, je dis la même chose.',
  memoryFails:
    '*Ma mémoire est en panne : je ne sais peut-être plus ce qui a été dit, et je ne me souviendrai pas de ceci. Préviens la personne qui me gère.*',
  memorySlides: {
    one: 'À partir d’ici, je ne me souviens plus de la première question.',
    other: 'À partir d’ici, je ne me souviens plus des {count} premières questions.',
  },
  newPicture: 'Une nouvelle image : pose tes questions.',
  openingThread: 'J’ouvre un fil…',
  threadOpened: 'Parlons-en dans {thread}.',
  threadThere: 'L’image a déjà un fil : {thread}. Mentionne-moi là-bas pour poser une question.',
  threadName: 'À propos de cette image',
  howToChat:
    'Pose tes questions sur cette image : écris simplement, sans me mentionner. Publie une autre image ici pour parler de celle-là.',
  howToChatByMention:
    'Pose tes questions sur cette image : mentionne-moi dans chaque message. Publie une autre image ici pour parler de celle-là.',
});
