// Spanish.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const es = translate(en, {
  noQuestion:
    'No hay ninguna pregunta. Haz una sobre la imagen, mejor en inglés, por ejemplo «What is in the picture?».',
  imageGone: 'Esa imagen ya no existe. Publícala otra vez y pregunta sobre el mensaje nuevo.',
  questionTooLong:
    'Son {tokens} tokens, y junto a la imagen caben {most} como máximo. Dilo con menos palabras.',
  yourQuestionsWait: 'Aún tengo aquí {own} preguntas tuyas. Vuelve a preguntar cuando estén respondidas.',
  questionsWait: 'Aún tengo {all} preguntas por responder aquí. Vuelve a preguntar dentro de un rato.',
  fileEmpty: 'El archivo está vacío. Usa mejor JPEG, PNG, WebP, GIF, AVIF, HEIC, BMP o TIFF.',
  fileNoImage: 'El archivo no es una imagen. Usa mejor JPEG, PNG, WebP, GIF, AVIF, HEIC, BMP o TIFF.',
  formatUnreadable: 'No sé leer archivos {format}. Usa mejor JPEG, PNG, WebP, GIF, AVIF, HEIC, BMP o TIFF.',
  imageBroken:
    'La imagen dice ser {format}, pero está dañada o incompleta. Guárdala de nuevo como JPEG o PNG y publica esa copia.',
  imageTooLarge:
    'La imagen puede tener {most} píxeles como máximo y mide {width} × {height}. Usa una copia más pequeña.',
  imageColours:
    'No sé leer los colores de este TIFF ({colours}). Guárdalo de nuevo como JPEG o PNG y publica esa copia.',
  frameBeyond: 'Pediste el fotograma {number}, y esa animación tiene {frames}. Nombra uno del 1 al {frames}.',
  frameOfStill: 'Pediste el fotograma {number}, y esa imagen no se mueve. Pregunta por ella sin fotograma.',
  frameTooFar:
    'El fotograma {number} queda demasiado lejos en esa animación. Nombra uno del 1 al {reachable}, o publícalo como imagen.',
  deviceWithoutCard: '{device} no se usa: esta máquina no muestra ninguna tarjeta NVIDIA.',
  modelNotOnDevice: 'El modelo no funciona en {device} en {precision}: {reason}',
  deviceMissing: '{device} no se usa: esta máquina no muestra ningún dispositivo gráfico.',
  deviceSlow:
    '{device} no se usa: es más lento que la CPU ({slow} ms frente a {fast} ms por producto), como los adaptadores por software.',
  deviceFails: '{device} no se usa: {reason}',
  deviceInF32:
    '{device} calcula en f32, lo que solo cuesta velocidad y memoria, porque f16 falla ahí: {reason}',
  deviceStepByStep:
    '{device} escribe las respuestas paso a paso, lo que solo cuesta velocidad, porque una entera de una vez falla ahí: {reason}',
  busy: {
    one: 'Estoy con {count} petición y esperan otras {waiting}. Inténtalo de nuevo dentro de unos {wait}.',
    other:
      'Estoy con {count} peticiones y esperan otras {waiting}. Inténtalo de nuevo dentro de unos {wait}.',
  },
  tooBusy: 'Estoy ocupado y no he podido responder en {limit}. Inténtalo de nuevo dentro de unos {wait}.',
});
