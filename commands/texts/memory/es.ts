// Spanish.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const es = translate(en, {
  memoryHeading: '**Lo que recuerdo de [esta imagen]({link})**',
  memoryFullness: '{used} / {all} tokens',
  memoryShares: 'De ellos, {picture} son la imagen y {words} las palabras.',
  memorySharesWithRoom:
    'De ellos, {picture} son la imagen y {words} las palabras; quedan {room} más para la respuesta.',
  nothingAsked: 'Todavía no se ha preguntado nada sobre ella.',
  noLongerKept: {
    one: 'La primera pregunta ya no se guarda.',
    other: 'Las {count} primeras preguntas ya no se guardan.',
  },
  struckOut: 'Lo tachado ya no cabe junto a esta pregunta.',
  readsNext: '**Lo que leería a continuación**, después de la imagen:',
  readsNextInFile: 'Lo que leería a continuación, después de la imagen, está en el archivo.',
  nothingToForget: 'No había nada que olvidar.',
  forgotten: 'He olvidado {questions} en {conversations} y lo que vi en {pictures}.',
  ofQuestions: { one: '{count} pregunta', other: '{count} preguntas' },
  ofConversations: { one: '{count} conversación', other: '{count} conversaciones' },
  ofPictures: { one: '{count} imagen', other: '{count} imágenes' },
  ofAnswers: { one: '{count} respuesta', other: '{count} respuestas' },
  keptAsItIs: 'Lo conservo todo como está.',
  forgetServerQuestion:
    '¿Olvido todo lo que se me dijo en este servidor, preguntara quien preguntara, y lo que vi en sus imágenes? Es definitivo.',
  forgetMeHereQuestion:
    '¿Olvido lo que me preguntaste en este servidor y en nuestros mensajes directos, con las respuestas, y lo que vi en imágenes tuyas por las que nadie más preguntó? Es definitivo.',
  forgetMeEverywhereQuestion:
    '¿Olvido lo que me preguntaste en todos los servidores y en nuestros mensajes directos, con las respuestas, y lo que vi en imágenes tuyas por las que nadie más preguntó? Es definitivo.',
  picturesLeftAlone:
    'Dejo tus imágenes en paz: ni las obtengo ni las guardo, pregunte quien pregunte. `/privacy {option}:` lo revierte.',
  removedOfYours: 'He eliminado lo que guardaba de {pictures} y {answers} sobre ellas.',
  looksAgain:
    'Vuelvo a mirar tus imágenes: cuando alguien pregunta por una y donde un servidor me hace mirar todas. `/privacy` lo revierte en cualquier momento.',
  looksWhenAsked:
    'Miro una imagen tuya cuando alguien pregunta por ella y donde un servidor me hace mirar todas. `/privacy {option}:` me las oculta.',
  keptAboutYou: 'Lo que guardo sobre ti:',
  keptPictures: 'lo que el modelo vio en {pictures} de ti (números, nunca la imagen misma), durante 30 días',
  keptAboutPictures: {
    one: '{count} pregunta sobre tus imágenes, con la respuesta',
    other: '{count} preguntas sobre tus imágenes, con las respuestas',
  },
  keptAsked: {
    one: '{count} pregunta que hiciste, con la respuesta',
    other: '{count} preguntas que hiciste, con las respuestas',
  },
  keptAnswered: 'durante una hora, qué mensajes tuyos respondí, y cuántas veces donde hay una cuota',
  keptHowLong:
    'Las preguntas permanecen hasta que ellas, sus respuestas o la imagen se eliminan, un servidor me las hace olvidar con el tiempo, o usas `/forget`.',
  keptLanguage: 'el idioma de tu Discord, para escribirte en él',
});
