// Spanish.
import { en } from './en.ts';
import { translate } from './translate.ts';

export const es = translate(en, {
  captionHelp: 'Dice lo que muestra una imagen',
  askHelp: 'Responde a una pregunta sobre una imagen',
  chatHelp: 'Abre un hilo para hablar de una imagen',
  memoryHelp: 'Muestra lo que recuerdo aquí y cuánto ocupa mi memoria',
  helpHelp: 'Muestra con ejemplos lo que puedo hacer aquí',
  statusHelp: 'Dice con qué funciono y cuánto trabajo tengo',
  forgetHelp: 'Me hace olvidar lo que se dijo y se vio',
  privacyHelp: 'Muestra lo que guardo sobre ti y te deja ocultarme tus imágenes',
  imageOption: 'imagen',
  imageOptionHelp: 'La imagen; si falta, la más reciente publicada aquí',
  userOption: 'persona',
  userOptionHelp: 'De quién mirar el avatar, en lugar de una imagen',
  frameOption: 'fotograma',
  frameOptionHelp: 'De un GIF: first, middle, last, un número, o una parte como 50%',
  promptOption: 'comienzo',
  promptOptionHelp: 'Cómo empieza el texto, en inglés, por ejemplo: this is a picture of',
  privateOption: 'privado',
  privateOptionHelp: 'Solo tú ves la respuesta',
  questionOption: 'pregunta',
  questionOptionHelp: 'Lo que quieres saber, mejor en inglés, por ejemplo: what is this?',
  nextQuestionOption: 'pregunta',
  nextQuestionOptionHelp: 'Lo que preguntarías después; si falta, la pregunta más corta',
  whatOption: 'qué',
  whatOptionHelp: 'Qué parte',
  forgetConversation: 'Esta conversación',
  forgetMe: 'A mí: lo que pregunté y publiqué',
  forgetServer: 'Este servidor (para quienes lo administran)',
  picturesOption: 'imágenes',
  picturesOptionHelp: 'Lo que haré con tus imágenes; si falta, digo lo que guardo',
  picturesOut: 'Déjalas y olvida lo que guardaste',
  picturesIn: 'Míralas cuando te lo pidan',
  captionImage: 'Describir imagen',
  askAboutImage: 'Preguntar por la imagen',
  describeImage: 'Describir (lectores pantalla)',
  askTitle: 'Pregunta sobre esta imagen',
  askLabel: 'Tu pregunta (mejor en inglés)',
  answersInEnglish: 'Respondo en inglés, que es lo que mejor entiendo.',
  noPictureHere: 'No he encontrado ninguna imagen aquí. {why}Publica una o adjúntala al comando.',
  contentIntentOff:
    'Discord no me muestra las imágenes de los mensajes que no me mencionan: «Message Content Intent» está desactivado. ',
  messageWithoutPicture: 'Ese mensaje no tiene imagen. Abre el menú de uno que la tenga y elige «{command}».',
  noWords: 'No tengo palabras para esta imagen. Descríbela con las tuyas.',
  describedAlready: 'Ya descrito por quien lo publicó:\n{descriptions}',
  describedByMe: 'Ya descrito, por mí:\n{descriptions}',
  describedHere: 'Con una descripción para lectores de pantalla.',
  leftUndescribed: 'Omitido porque no puedo leerlo como imagen: {files}.',
  copyDescription: 'No puedo publicar imágenes aquí; copia esto en la descripción:',
  copyMeanwhile: '{lacks} Hasta entonces, copia esto en la descripción:',
  pictureGone: 'El mensaje con esa imagen ya no existe. Publica la imagen otra vez.',
  noThreadsHere:
    'Aquí no puedo abrir un hilo. Usa {command} en un canal de texto o mencióname al responder a una imagen.',
  chatAlready: 'Ya estamos hablando de una imagen: solo pregunta.',
  channelGone: 'El canal del que se trataba se ha eliminado entretanto. Pregúntame en otro.',
  threadClosed:
    'Este hilo está archivado o bloqueado, así que no puedo escribir en él. Quien gestione los hilos puede abrirlo de nuevo.',
  notSure: 'No estoy seguro de esto.',
  loadingModel: 'Estoy reiniciando mi modelo…',
  questionsBefore: {
    one: '{count} pregunta va antes que la tuya.',
    other: '{count} preguntas van antes que la tuya.',
  },
  questionsBeforeFor: {
    one: '{count} pregunta va antes que la tuya, aproximadamente {wait}.',
    other: '{count} preguntas van antes que la tuya, aproximadamente {wait}.',
  },
  lookingAtPicture: 'Estoy mirando la imagen…',
  thinking: 'Estoy pensando…',
  cutOff: 'Me reiniciaron antes de que respondiera. Pregunta otra vez.',
  wentWrong:
    'Algo ha fallado por mi parte. Inténtalo otra vez; si sigue igual, informa del incidente {incident} a quien me administra.',
  goOnBefore: '{problem} Hasta entonces seguimos con la imagen anterior.',
  noSuchFrame:
    '«{frame}» no es un fotograma. Escribe first, middle, last, un número como 3, o una parte como 50%.',
  pictureOrPerson:
    'Diste una imagen y nombraste a una persona, y miro una sola cosa a la vez. Omite una de las dos opciones.',
  avatarGone:
    'Ese avatar cambió mientras tanto, y Discord ya no lo tiene. Pregunta por el nuevo con `/caption {option}:`.',
  avatarWithheld:
    '{person} no me deja ver sus imágenes, y su avatar es una de ellas. Nombra a otra persona; si eres tú, `/privacy` me deja mirar de nuevo.',
  tooSlow: 'He sido demasiado lento y Discord ya no me espera. Inténtalo otra vez, por favor.',
  cantReadThis: 'Esta no la puedo leer.',
  lackingToWatch:
    'No puedo hacer en {channel} lo que decidiste para las imágenes: me falta {permissions}. Concédelo a mi rol o decide otra cosa con `/settings mode`.',
});
