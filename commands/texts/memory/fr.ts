// French.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const fr = translate(en, {
  memoryHeading: '**Ce dont je me souviens de [cette image]({link})**',
  memoryFullness: '{used} / {all} jetons',
  memoryShares: 'Dont {picture} pour l’image et {words} pour les mots.',
  memorySharesWithRoom:
    'Dont {picture} pour l’image et {words} pour les mots ; {room} de plus restent libres pour la réponse.',
  nothingAsked: 'Rien n’a encore été demandé à son sujet.',
  noLongerKept: {
    one: 'La première question n’est plus gardée.',
    other: 'Les {count} premières questions ne sont plus gardées.',
  },
  struckOut: 'Ce qui est barré ne tient plus à côté de cette question.',
  readsNext: '**Ce que je lirais ensuite**, après l’image :',
  readsNextInFile: 'Ce que je lirais ensuite, après l’image, est dans le fichier.',
  nothingToForget: 'Il n’y avait rien à oublier.',
  forgotten: 'J’ai oublié {questions} dans {conversations}, et ce que j’ai vu dans {pictures}.',
  ofQuestions: { one: '{count} question posée', other: '{count} questions posées' },
  ofConversations: { one: '{count} discussion', other: '{count} discussions' },
  ofPictures: { one: '{count} image', other: '{count} images' },
  ofAnswers: { one: '{count} réponse', other: '{count} réponses' },
  keptAsItIs: 'Je garde tout tel quel.',
  forgetServerQuestion:
    'Dois-je oublier tout ce qui m’a été dit sur ce serveur, par qui que ce soit, et ce que j’ai vu dans ses images ? C’est définitif.',
  forgetMeHereQuestion:
    'Dois-je oublier ce que tu m’as demandé sur ce serveur et dans nos messages privés, avec les réponses, et ce que j’ai vu dans celles de tes images que personne d’autre n’a questionnées ? C’est définitif.',
  forgetMeEverywhereQuestion:
    'Dois-je oublier ce que tu m’as demandé sur tous les serveurs et dans nos messages privés, avec les réponses, et ce que j’ai vu dans celles de tes images que personne d’autre n’a questionnées ? C’est définitif.',
  picturesLeftAlone:
    'Je ne touche pas à tes images : je ne les récupère ni ne les garde, peu importe qui demande. `/privacy {option}:` annule cela.',
  removedOfYours: 'J’ai supprimé ce que je gardais de {pictures} et {answers} à leur sujet.',
  looksAgain:
    'Je regarde à nouveau tes images : quand quelqu’un pose une question sur l’une d’elles, et là où un serveur me fait regarder chaque image. `/privacy` annule cela à tout moment.',
  looksWhenAsked:
    'Je regarde une image de toi quand quelqu’un pose une question à son sujet, et là où un serveur me fait regarder chaque image. `/privacy {option}:` me les cache.',
  keptAboutYou: 'Ce que je garde sur toi :',
  keptPictures:
    'ce que le modèle a vu dans {pictures} de toi (des nombres, jamais l’image elle-même), pendant 30 jours',
  keptAboutPictures: {
    one: '{count} question sur tes images, avec la réponse',
    other: '{count} questions sur tes images, avec les réponses',
  },
  keptAsked: {
    one: '{count} question que tu as posée, avec la réponse',
    other: '{count} questions que tu as posées, avec les réponses',
  },
  keptAnswered:
    'pendant une heure, à quels messages de toi j’ai répondu, et combien de fois là où il y a un quota',
  keptHowLong:
    'Les questions restent jusqu’à ce qu’elles, leurs réponses ou l’image soient supprimées, qu’un serveur me les fasse oublier après un certain temps, ou que tu utilises `/forget`.',
  keptLanguage: 'la langue de ton Discord, pour t’écrire dans celle-ci',
});
