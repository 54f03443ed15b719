// French.
import { en } from './en.ts';
import { translate } from './translate.ts';

export const fr = translate(en, {
  captionHelp: 'Dit ce que montre une image',
  askHelp: 'Répond à une question sur une image',
  chatHelp: 'Ouvre un fil pour parler d’une image',
  memoryHelp: 'Montre ce dont je me souviens ici et si ma mémoire est pleine',
  helpHelp: 'Montre par des exemples ce que je sais faire ici',
  statusHelp: 'Dit sur quoi je tourne et si je suis occupé',
  forgetHelp: 'Me fait oublier ce qui a été dit et vu',
  privacyHelp: 'Montre ce que je garde sur toi et permet de me cacher tes images',
  imageOption: 'image',
  imageOptionHelp: 'L’image ; sinon, la plus récente publiée ici',
  userOption: 'personne',
  userOptionHelp: 'La personne dont regarder l’avatar, à la place d’une image',
  frameOption: 'trame',
  frameOptionHelp: 'D’un GIF : first, middle, last, un nombre, ou une part comme 50%',
  promptOption: 'début',
  promptOptionHelp: 'Le début de la légende, en anglais, par exemple : this is a picture of',
  privateOption: 'privé',
  privateOptionHelp: 'Toi seul vois la réponse',
  questionOption: 'question',
  questionOptionHelp: 'Ce que tu veux savoir, de préférence en anglais, par exemple : what is this?',
  nextQuestionOption: 'question',
  nextQuestionOptionHelp: 'Ce que tu demanderais ensuite ; sinon, la question la plus courte',
  whatOption: 'quoi',
  whatOptionHelp: 'Quelle partie',
  forgetConversation: 'Cette conversation',
  forgetMe: 'Moi : ce que j’ai demandé et publié',
  forgetServer: 'Ce serveur (pour qui le gère)',
  picturesOption: 'images',
  picturesOptionHelp: 'Ce que je fais désormais de tes images ; sinon, je dis ce que je garde',
  picturesOut: 'N’y touche plus et oublie ce que tu as gardé',
  picturesIn: 'Regarde-les quand on te le demande',
  captionImage: 'Légender l’image',
  askAboutImage: 'Questionner l’image',
  describeImage: 'Décrire (lecteurs d’écran)',
  askTitle: 'Question sur cette image',
  askLabel: 'Ta question (de préférence en anglais)',
  answersInEnglish: 'Je réponds en anglais, la langue que je comprends le mieux.',
  noPictureHere: 'Je n’ai trouvé aucune image ici. {why}Publie-en une, ou joins-la à la commande.',
  contentIntentOff:
    'Discord ne me montre pas les images des messages qui ne me mentionnent pas : « Message Content Intent » est désactivé. ',
  messageWithoutPicture:
    'Ce message ne contient pas d’image. Ouvre le menu d’un message qui en contient une et choisis « {command} ».',
  noWords: 'Les mots me manquent pour cette image. Décris-la avec les tiens.',
  describedAlready: 'Déjà décrit par qui l’a publié :\n{descriptions}',
  describedByMe: 'Déjà décrit, par moi :\n{descriptions}',
  describedHere: 'Avec une description pour lecteurs d’écran.',
  leftUndescribed: 'Laissé de côté, car je ne peux pas le lire comme image : {files}.',
  copyDescription: 'Je ne peux pas publier d’images ici ; copie ceci dans la description :',
  copyMeanwhile: '{lacks} D’ici là, copie ceci dans la description :',
  pictureGone: 'Le message avec cette image n’existe plus. Publie l’image à nouveau.',
  noThreadsHere:
    'Je ne peux pas ouvrir de fil ici. Utilise {command} dans un salon textuel, ou mentionne-moi en répondant à une image.',
  chatAlready: 'Nous parlons déjà d’une image : pose ta question.',
  channelGone: 'Le salon concerné a été supprimé entre-temps. Pose-moi la question dans un autre.',
  threadClosed:
    'Ce fil est archivé ou verrouillé, je ne peux pas y écrire. Une personne qui gère les fils peut le rouvrir.',
  notSure: 'Je n’en suis pas sûr.',
  loadingModel: 'Je redémarre mon modèle…',
  questionsBefore: {
    one: '{count} question passe avant la tienne.',
    other: '{count} questions passent avant la tienne.',
  },
  questionsBeforeFor: {
    one: '{count} question passe avant la tienne, environ {wait}.',
    other: '{count} questions passent avant la tienne, environ {wait}.',
  },
  lookingAtPicture: 'Je regarde l’image…',
  thinking: 'Je réfléchis…',
  cutOff: 'J’ai été redémarré avant d’avoir répondu. Pose ta question à nouveau.',
  wentWrong:
    'Quelque chose s’est mal passé de mon côté. Réessaie ; si cela persiste, signale l’incident {incident} à qui me gère.',
  goOnBefore: '{problem} En attendant, nous continuons avec l’image précédente.',
  noSuchFrame:
    '« {frame} » n’est pas une trame. Écris first, middle, last, un nombre comme 3, ou une part comme 50%.',
  pictureOrPerson:
    'Tu as fourni une image et nommé une personne, et je ne regarde qu’une chose à la fois. Laisse de côté l’une des deux options.',
  avatarGone:
    'Cet avatar a changé entre-temps, et Discord ne l’a plus. Demande le nouveau avec `/caption {option}:`.',
  avatarWithheld:
    '{person} ne me laisse pas voir ses images, et son avatar en fait partie. Nomme quelqu’un d’autre ; si c’est toi, `/privacy` me laisse regarder à nouveau.',
  tooSlow: 'J’ai été trop lent, et Discord ne m’attend plus. Réessaie, s’il te plaît.',
  cantReadThis: 'Je n’arrive pas à lire celle-ci.',
  lackingToWatch:
    'Je ne peux pas faire dans {channel} ce que tu y as décidé pour les images : il me manque {permissions}. Accorde cela à mon rôle, ou décide autrement avec `/settings mode`.',
});
