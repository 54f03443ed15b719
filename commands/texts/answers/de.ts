// German.
import { translate } from '../translate.ts';
import { en } from './en.ts';

export const de = translate(en, {
  againButton: 'Noch einmal',
  askButton: 'Fragen',
  continueButton: 'Im Thread weiterreden',
  deleteButton: 'Löschen',
  forgetMeButton: 'Mich vergessen',
  forgetServerButton: 'Diesen Server vergessen',
  keepButton: 'Behalten',
  anotherPicturePlaceholder: 'Ein anderes Bild ansehen',
  pictureNumber: 'Bild {number}',
  frameNote: 'Ich habe mir Einzelbild {number} von {all} angesehen.',
  unreadableNote: 'Bild {number} von {all} lässt sich nicht lesen.',
  placeNote: 'Ich habe mir Bild {number} von {all} angesehen.',
  stillNote: 'Ich habe mir das Standbild angesehen, das für das Video steht.',
  machineMade: 'Maschinell erstellte Beschreibung: {text}',
  avatarDescription: 'Der Avatar von {person}',
  askPlaceholder: 'Am besten auf Englisch: What is this?',
  avatarNote: 'Ich habe mir den Avatar von {person} angesehen.',
  serverAvatarNote: 'Ich habe mir den Avatar von {person} auf diesem Server angesehen.',
  defaultAvatarNote: '{person} hat keinen Avatar, deshalb habe ich mir den angesehen, den Discord vergibt.',
  silent: '*Dazu fehlen mir die Worte. Frag es anders.*',
  sameAgain: 'Auch beim zweiten Mal sage ich dasselbe.',
  memoryFails:
    '*Mein Gedächtnis versagt: Vielleicht weiß ich nicht mehr, was gesagt wurde, und auch das hier merke ich mir nicht. Bitte sag es dem, der mich betreibt.*',
  memorySlides: {
    one: 'Ab hier erinnere ich mich nicht mehr an die erste Frage.',
    other: 'Ab hier erinnere ich mich nicht mehr an die ersten {count} Fragen.',
  },
  newPicture: 'Ein neues Bild: Frag nur.',
  openingThread: 'Ich öffne einen Thread …',
  threadOpened: 'Reden wir in {thread} darüber.',
  threadThere: 'Das Bild hat schon einen Thread: {thread}. Erwähne mich dort, wenn du fragst.',
  threadName: 'Über dieses Bild',
  howToChat:
    'Frag zu diesem Bild: Schreib einfach, du musst mich nicht erwähnen. Poste hier ein anderes Bild, um über das zu reden.',
  howToChatByMention:
    'Frag zu diesem Bild: Erwähne mich in jeder Nachricht. Poste hier ein anderes Bild, um über das zu reden.',
});
