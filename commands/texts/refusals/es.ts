// Spanish.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const es = translate(en, {
  offInChannel:
    'Estoy desactivado en este canal. Quien administre el servidor puede cambiarlo con `/settings mode`.',
  offOnServer:
    'Estoy desactivado en este servidor. Quien administre el servidor puede cambiarlo con `/settings mode`.',
  onlyForRoles:
    'Aquí solo respondo a quienes tienen el rol {roles}. Quien administre el servidor puede dejarte preguntar con `/settings who`.',
  onlyForSome:
    'Aquí solo respondo a algunas personas. Quien administre el servidor puede dejarte preguntar con `/settings who`.',
  onlyAgeRestricted:
    'En este servidor solo miro imágenes en canales con restricción de edad. Pregúntame en uno de ellos.',
  neverAgeRestricted:
    'En este servidor no miro imágenes en canales con restricción de edad. Pregúntame en otro.',
  yourAnswersUsedUp: {
    one: 'Eso es todo lo que tienes para esta hora: {count} respuesta. Vuelve a preguntar {when}.',
    other: 'Eso es todo lo que tienes para esta hora: {count} respuestas. Vuelve a preguntar {when}.',
  },
  serverAnswersUsedUp: {
    one: 'Eso es todo lo que este servidor tiene para esta hora: {count} respuesta. Vuelve a preguntar {when}.',
    other:
      'Eso es todo lo que este servidor tiene para esta hora: {count} respuestas. Vuelve a preguntar {when}.',
  },
  copyNotYours:
    'Esto solo pueden eliminarlo {asker}, que preguntó, {poster}, de quien es la imagen, o quien puede gestionar mensajes. Pídeselo.',
  deleteNotYours:
    'Solo {asker}, que hizo la pregunta, o alguien que pueda gestionar mensajes puede eliminar esta respuesta. Pídeselo.',
  noServerHere: 'Aquí no hay ningún servidor. Usa /forget en el servidor que debo olvidar.',
  serverNotYours:
    'Solo quien puede gestionar este servidor puede hacer que lo olvide entero. Pídeselo, o elige «{mine}» para lo que es tuyo.',
  settingsWithoutServer: 'Los ajustes pertenecen a un servidor. Usa /settings en uno.',
  threadsImpossible:
    'Los mensajes de {channel} no pueden tener hilos propios, como en los hilos, los foros y los canales de voz. Elige allí «{choice}» o decídelo para un canal de texto.',
  quotaWithoutNumber: 'Da un número para `{person}`, para `{server}` o para ambos.',
  nobodyNamed: 'Indica un `{role}` o una `{person}`.',
  lacksPermissions:
    'Aquí me falta: {permissions}. Quien administre este servidor puede concedérselo a mi rol.',
  deniedAccess:
    'Discord me ha denegado el acceso aquí. Quien administre este servidor puede revisar mi rol en este canal.',
  elsewhere: 'Sobre {channel}: {told}',
  permissionViewChannel: 'Ver canal',
  permissionReadMessageHistory: 'Leer el historial de mensajes',
  permissionSendMessages: 'Enviar mensajes',
  permissionAttachFiles: 'Adjuntar archivos',
  permissionSendMessagesInThreads: 'Enviar mensajes en hilos',
  permissionCreatePublicThreads: 'Crear hilos públicos',
  restarting: 'Me están reiniciando. Vuelve a preguntar dentro de un minuto.',

  questionForgotten: 'Ya no recuerdo esa pregunta. Hazla otra vez.',
  pictureGoneHere: 'La imagen ya no está en este mensaje. Publícala otra vez.',
  attachmentGone: 'Discord ya no tiene esa imagen. Adjúntala otra vez.',
  linkExpired: 'Discord ya no entrega esa imagen. Publícala otra vez.',
  threadDeleted: 'El hilo de esa imagen se eliminó. Publica la imagen otra vez para abrir uno nuevo.',
  threadLocked:
    'El hilo de esa imagen, {thread}, está bloqueado. Quien gestione los hilos puede desbloquearlo; o publica la imagen otra vez para abrir uno nuevo.',

  messageKept:
    'Discord no me muestra los mensajes que no me mencionan: «Message Content Intent» está desactivado. Mencióname o deja activada la notificación de tu respuesta.',
  onePictureAtOnce:
    'Miro una imagen a la vez. Pregunta por cada una por separado, por ejemplo: what is in picture 2?',
  noSuchPicture:
    'Preguntas por la imagen {number}, y ese mensaje contiene {all}. Elige una de la 1 a la {all}.',
  linkWithoutPicture:
    'Discord no me muestra ninguna imagen detrás de ese enlace. Publica la imagen misma como archivo, o responde al mensaje que la contiene.',
  linkInCommand:
    'No veo adónde lleva un enlace en un comando. Publícalo en un mensaje que me mencione, o adjunta la imagen con la opción `{image}`.',
  postFirst: 'Publica primero una imagen aquí y luego pregúntame por ella.',
  noPictureToMention:
    'No he encontrado ninguna imagen aquí. {why}Publica una en un mensaje que me mencione, o responde a una y mencióname.',
  noPictureBehindReply:
    'No encuentro ninguna imagen detrás de esa respuesta. {why}Responde al mensaje que la contiene, o publícala otra vez y mencióname.',
  nothingToRemember:
    'Aquí no recuerdo nada, porque no hay ninguna imagen de la que podamos hablar. {why}Publica una y pregúntame por ella.',
  withheld:
    'Quien publicó esta imagen me oculta las suyas. Pregunta por otra; si es tuya, `/privacy` me deja volver a mirar.',

  fileOfType: '`{name}` es de tipo {type}, y yo solo puedo mirar imágenes. {remedy}',
  fileUnknown: '`{name}` no es una imagen, y yo solo puedo mirar imágenes. {remedy}',
  screenshotOfMoment: 'Publica una captura de pantalla del momento que te interesa.',
  screenshotOfPage: 'Publica una captura de pantalla de la página que te interesa.',
  postAsImage: 'Publícalo como imagen PNG, JPEG, WebP o GIF.',
  lottieSticker:
    'La pegatina «{name}» es una animación en formato Lottie, que no sé dibujar. Publica una captura de pantalla.',
  fileTooLarge: 'La imagen puede ocupar {most} como máximo y ocupa {size}. Publica una copia más pequeña.',
  fileTooLargeByFar: 'La imagen puede ocupar {most} como máximo y ocupa más. Publica una copia más pequeña.',
  fileTooSlow: 'La imagen no llegó en {limit}. Inténtalo otra vez o publica una copia más pequeña.',
  fileNotFetched: 'No se pudo obtener la imagen de Discord. Inténtalo otra vez dentro de un momento.',
  fileServerFailed:
    'El servidor de archivos de Discord respondió {status} para la imagen. Inténtalo otra vez dentro de un momento.',
  foreignAddress: 'Solo obtengo imágenes del propio Discord, no de {host}. Súbela aquí.',
});
