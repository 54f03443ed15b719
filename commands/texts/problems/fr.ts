// French.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const fr = translate(en, {
  noQuestion:
    'Il n’y a pas de question. Poses-en une sur l’image, de préférence en anglais, par exemple « What is in the picture? ».',
  imageGone: 'Cette image n’existe plus. Publie-la à nouveau et pose ta question sur le nouveau message.',
  questionTooLong:
    'Cela fait {tokens} jetons, et il en tient {most} au plus à côté de l’image. Dis-le en moins de mots.',
  yourQuestionsWait: 'J’ai encore {own} questions de ta part ici. Repose la tienne quand j’y aurai répondu.',
  questionsWait: 'J’ai encore {all} questions en attente ici. Redemande dans un moment.',
  fileEmpty: 'Le fichier est vide. Utilise plutôt JPEG, PNG, WebP, GIF, AVIF, HEIC, BMP ou TIFF.',
  fileNoImage:
    'Le fichier n’est pas une image. Utilise plutôt JPEG, PNG, WebP, GIF, AVIF, HEIC, BMP ou TIFF.',
  formatUnreadable:
    'Je ne sais pas lire les fichiers {format}. Utilise plutôt JPEG, PNG, WebP, GIF, AVIF, HEIC, BMP ou TIFF.',
  imageBroken:
    'L’image se dit {format} mais elle est abîmée ou incomplète. Réenregistre-la en JPEG ou PNG et publie cette copie.',
  imageTooLarge:
    'L’image peut avoir {most} pixels au plus, et elle fait {width} × {height}. Utilise une copie plus petite.',
  imageColours:
    'Je ne sais pas lire les couleurs de ce TIFF ({colours}). Réenregistre-le en JPEG ou PNG et publie cette copie.',
  frameBeyond:
    'Tu as demandé la trame {number}, et cette animation en a {frames}. Nommes-en une de 1 à {frames}.',
  frameOfStill: 'Tu as demandé la trame {number}, et cette image ne bouge pas. Pose ta question sans trame.',
  frameTooFar:
    'La trame {number} est trop loin pour moi dans cette animation. Nommes-en une de 1 à {reachable}, ou publie-la comme image.',
  deviceWithoutCard: '{device} n’est pas utilisé : cette machine ne montre aucune carte NVIDIA.',
  modelNotOnDevice: 'Le modèle ne tourne pas sur {device} en {precision} : {reason}',
  deviceMissing: '{device} n’est pas utilisé : cette machine ne montre aucune carte graphique.',
  deviceSlow:
    '{device} n’est pas utilisé : il est plus lent que le processeur ({slow} ms contre {fast} ms pour un produit), comme le sont les adaptateurs logiciels.',
  deviceFails: '{device} n’est pas utilisé : {reason}',
  deviceInF32:
    '{device} calcule en f32, ce qui ne coûte que du temps et de la mémoire, car f16 n’y marche pas : {reason}',
  deviceStepByStep:
    '{device} écrit les réponses pas à pas, ce qui ne coûte que du temps, car une réponse entière d’un coup n’y marche pas : {reason}',
  busy: {
    one: 'Je m’occupe de {count} demande, et {waiting} autres attendent. Réessaie dans environ {wait}.',
    other: 'Je m’occupe de {count} demandes, et {waiting} autres attendent. Réessaie dans environ {wait}.',
  },
  tooBusy: 'Je suis débordé et n’ai pas pu répondre en {limit}. Réessaie dans environ {wait}.',
});
