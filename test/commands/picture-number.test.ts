import { describe, expect, it } from 'vitest';
import { namedPicture } from '../../commands/picture-number.ts';

describe('the picture that a question names', () => {
  it.each([
    ['2', 2, ''],
    ['#3.', 3, ''],
    ['two', 2, ''],
    ['the last', -1, ''],
    ['No. 2', 2, ''],
    ['no 2?', 2, ''],
    ['number two', 2, ''],
    ['pic2', 2, ''],
    ['And image3?', 3, ''],
    ['the second picture', 2, ''],
    ['And picture two?', 2, ''],
    ['What about the second one?', 2, '', true],
    ['What about the second?', 2, '', true],
    ['and the last?', -1, '', true],
    ['And in the 3rd?', 3, '', true],
    ['Is there a bee in the first?', 1, 'Is there a bee in the picture?', true],
    ['What is in pic2?', 2, 'What is in the picture?'],
    ['What is in picture no.2?', 2, 'What is in the picture?'],
    ['What is in no. 2?', 2, 'What is in the picture?', true],
    ['What is in picture 2?', 2, 'What is in the picture?'],
    ['What is in picture two?', 2, 'What is in the picture?'],
    ['Is picture three red?', 3, 'Is the picture red?'],
    ['What is in the photo number 10?', 10, 'What is in the picture?'],
    ['Is the 3rd image red?', 3, 'Is the picture red?'],
    ['And the last pic, is it new?', -1, 'And the picture, is it new?'],
    ['What is in the second to last picture?', -2, 'What is in the picture?'],
    ['Is there a bee in the second one?', 2, 'Is there a bee in the picture?', true],
    ['What is in number 2?', 2, 'What is in the picture?', true],
    ["What's on #2?", 2, "What's on the picture?", true],
  ])('in English: %s', (question, number, rest, isVague?: boolean) => {
    expect(namedPicture(question)).toEqual({ number, rest, ...(isVague && { isVague }) });
  });

  it.each([
    ['Bild 2', 2, ''],
    ['Bild2', 2, ''],
    ['Nr. 2', 2, ''],
    ['Nummer zwei?', 2, ''],
    ['Und das zweite?', 2, '', true],
    ['Was ist auf Bild 2?', 2, 'Was ist auf dem Bild?'],
    ['Was zeigt Bild Nr. 3?', 3, 'Was zeigt das Bild?'],
    ['Was ist auf dem Bild Nummer zwei?', 2, 'Was ist auf dem Bild?'],
    ['Welche Farbe hat das fünfte Bild?', 5, 'Welche Farbe hat das Bild?'],
    ['Was ist im 2. Bild?', 2, 'Was ist im Bild?'],
    ['Was ist auf dem letzten Foto?', -1, 'Was ist auf dem Foto?'],
    ['Was ist auf dem vorletzten?', -2, 'Was ist auf dem Bild?', true],
    ['Was ist auf Nummer 2?', 2, 'Was ist auf Bild?', true],
  ])('in German: %s', (question, number, rest, isVague?: boolean) => {
    expect(namedPicture(question)).toEqual({ number, rest, ...(isVague && { isVague }) });
  });

  it.each([
    ["Qu'y a-t-il sur l'image 2 ?", 2, "Qu'y a-t-il sur l'image ?"],
    ["Qu'y a-t-il sur l'image2 ?", 2, "Qu'y a-t-il sur l'image ?"],
    ['N° 2', 2, ''],
    ['Numéro deux ?', 2, ''],
    ["L'image deux est-elle rouge ?", 2, "L'image est-elle rouge ?"],
    ['Y a-t-il une abeille sur la deuxieme image ?', 2, "Y a-t-il une abeille sur l'image ?"],
    ['Que montre la 3e photo ?', 3, 'Que montre la photo ?'],
    ['Et la dernière ?', -1, '', true],
    ["Qu'y a-t-il sur le numéro 2 ?", 2, "Qu'y a-t-il sur l'image ?", true],
  ])('in French: %s', (question, number, rest, isVague?: boolean) => {
    expect(namedPicture(question)).toEqual({ number, rest, ...(isVague && { isVague }) });
  });

  it.each([
    ['¿Qué hay en la imagen 2?', 2, '¿Qué hay en la imagen?'],
    ['¿Qué hay en la foto2?', 2, '¿Qué hay en la foto?'],
    ['Número 2', 2, ''],
    ['n.º 2', 2, ''],
    ['¿Qué muestra la foto número tres?', 3, '¿Qué muestra la foto?'],
    ['¿Es roja la segunda imagen?', 2, '¿Es roja la imagen?'],
    ['¿Qué hay en la ultima foto?', -1, '¿Qué hay en la foto?'],
    ['¿Y en la última?', -1, '¿Y en la imagen?', true],
    ['¿Qué hay en el número 2?', 2, '¿Qué hay en la imagen?', true],
  ])('in Spanish: %s', (question, number, rest, isVague?: boolean) => {
    expect(namedPicture(question)).toEqual({ number, rest, ...(isVague && { isVague }) });
  });

  it.each([
    ['画像2', 2, ''],
    ['No.2', 2, ''],
    ['2つ目は？', 2, '', true],
    ['2枚目は？', 2, ''],
    ['2枚目の背景は何色ですか？', 2, '画像の背景は何色ですか？'],
    ['二枚目の写真に何がありますか', 2, '写真に何がありますか'],
    ['画像２には何がありますか？', 2, '画像には何がありますか？'],
    ['最後の画像は何ですか？', -1, '画像は何ですか？'],
    ['3番目の写真は？', 3, ''],
    ['2番は？', 2, '', true],
  ])('in Japanese: %s', (question, number, rest, isVague?: boolean) => {
    expect(namedPicture(question)).toEqual({ number, rest, ...(isVague && { isVague }) });
  });

  it.each([
    ['第二张', 2, ''],
    ['2号', 2, ''],
    ['第二张图片呢？', 2, ''],
    ['第2张里有什么？', 2, '图片里有什么？'],
    ['图片2是什么？', 2, '图片是什么？'],
    ['图三里有蜜蜂吗？', 3, '图里有蜜蜂吗？'],
    ['最后一张是什么颜色？', -1, '图片是什么颜色？'],
    ['倒数第二张照片里有什么？', -2, '照片里有什么？'],
    ['第二个呢？', 2, '', true],
    ['最后一个呢？', -1, '', true],
  ])('in Chinese: %s', (question, number, rest, isVague?: boolean) => {
    expect(namedPicture(question)).toEqual({ number, rest, ...(isVague && { isVague }) });
  });

  it.each([
    'What is this?',
    'Are there 2 pictures on the wall?',
    '2019',
    '',
    'Can you picture two?',
    'Are there in the picture two dogs?',
    'Is the picture one of yours?',
    'Is it the second from the left?',
    'Who is the first man?',
    'Wait a second',
    'What is in picture2.png?',
    'Are there no 2 dogs?',
    'Is there a number 2?',
    'Where does bus number 2 go?',
    'Is it the second one from the left?',
    'Sind auf dem Bild zwei Hunde?',
    'Sind auf dem Bild 2 Hunde?',
    'Ist das die Nummer 2?',
    "Y a-t-il sur l'image deux chiens ?",
    "Y a-t-il sur l'image un chien ?",
    '¿Hay en la foto dos perros?',
    '写真2枚ありますか？',
    '2番目の人は誰ですか？',
    '第二张桌子是什么颜色？',
    '第二个人是谁？',
    '2つ目の人は誰ですか？',
    '图片一共有几只狗？',
  ])('is none in "%s"', (question) => {
    expect(namedPicture(question)).toBeUndefined();
  });
});
