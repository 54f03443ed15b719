// Spanish.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const es = translate(en, {
  againButton: 'Otra vez',
  askButton: 'Preguntar',
  continueButton: 'Seguir en un hilo',
  deleteButton: 'Eliminar',
  forgetMeButton: 'Olvidarme',
  forgetServerButton: 'Olvidar este servidor',
  keepButton: 'Conservar',
  anotherPicturePlaceholder: 'Mirar otra imagen',
  pictureNumber: 'Imagen {number}',
  frameNote: 'He mirado el fotograma {number} de {all}.',
  unreadableNote: 'La imagen {number} de {all} no se puede leer.',
  placeNote: 'He mirado la imagen {number} de {all}.',
  stillNote: 'He mirado la imagen fija que representa el vídeo.',
  machineMade: 'Descripción hecha por una máquina: {text}',
  avatarDescription: 'El avatar de {person}',
  askPlaceholder: 'Mejor en inglés: What is this?',
  avatarNote: 'He mirado el avatar de {person}.',
  serverAvatarNote: 'He mirado el avatar de {person} en este servidor.',
  defaultAvatarNote: '{person} no tiene avatar, así que he mirado el que le da Discord.',
  silent: '*Me faltan las palabras. Prueba a preguntarlo de otra manera.*',
  sameAgain: 'Aunque me lo preguntes otra vez, digo lo mismo.',
  memoryFails:
    '*Me falla la memoria: quizá no sepa lo que se dijo antes, y no recordaré esto. Avisa a quien me administra, por favor.*',
  memorySlides: {
    one: 'A partir de aquí ya no recuerdo la primera pregunta.',
    other: 'A partir de aquí ya no recuerdo las {count} primeras preguntas.',
  },
  newPicture: 'Una imagen nueva: pregunta lo que quieras.',
  openingThread: 'Abriendo un hilo…',
  threadOpened: 'Hablemos de ella en {thread}.',
  threadThere: 'La imagen ya tiene un hilo: {thread}. Mencióname allí cuando preguntes.',
  threadName: 'Sobre esta imagen',
  howToChat:
    'Pregunta por esta imagen: escribe sin más, no hace falta mencionarme. Publica otra imagen aquí para hablar de esa.',
  howToChatByMention:
    'Pregunta por esta imagen: mencióname en cada mensaje. Publica otra imagen aquí para hablar de esa.',
});
