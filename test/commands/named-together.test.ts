import { describe, expect, it } from 'vitest';
import { namedTogether } from '../../commands/named-together.ts';

describe('the pictures that a question names together', () => {
  it.each([
    ['Compare pictures 1 and 2', [1, 2]],
    ['compare images one & two.', [1, 2]],
    ['What do pics #1 and #3 have in common?', [1, 3]],
    ['Are photos 1, 2 and 3 alike?', [1, 2, 3]],
    ['What is in pictures 1-3?', [1, 3]],
    ['Do pictures two and three match?', [2, 3]],
    ['Compare picture 1 and picture 2', [1, 2]],
    ['Compare picture 1 with 2', [1, 2]],
    ['Is picture 1 or 2 brighter?', [1, 2]],
    ['What is in picture 1 and in picture 2?', [1, 2]],
    ['What is the difference between the first and second picture?', [1, 2]],
    ['Is the first or the last photo red?', [1, -1]],
    ['Are the first picture and the second one alike?', [1, 2]],
    ['What is in the 1st, 2nd and 3rd image?', [1, 2, 3]],
    ['Compare the first two pictures', [1, 2]],
    ['Are both of the pictures red?', [1, 2]],
    ['Compare 1 and 2', [1, 2], true],
    ['What is the difference between 1 and 2?', [1, 2], true],
    ['1 vs. 2?', [1, 2], true],
    ['What is in picture 1, 2 and 3?', [1, 2, 3]],
    ['What is in the second and third picture?', [2, 3]],
    ['What is in pic1 and pic2?', [1, 2]],
    ['What about the first and the last?', [1, -1], true],
    ['Is there a bee in the first, second or third?', [1, 2, 3], true],
    ['What about 1 and 2?', [1, 2], true],
    ['No. 1 and no. 2', [1, 2], true],
    ['The first and the second one?', [1, 2], true],
  ])('in English: %s', (question, numbers, isVague?: boolean) => {
    expect(namedTogether(question)).toEqual({ numbers, ...(isVague && { isVague }) });
  });

  it.each([
    ['Vergleiche Bilder 1 und 2', [1, 2]],
    ['Vergleiche die Bilder 1, 2 und 3!', [1, 2, 3]],
    ['Vergleiche Bild 1 und 2', [1, 2]],
    ['Vergleiche Bild eins mit Bild zwei', [1, 2]],
    ['Ist auf Bild 1 und auf Bild 2 ein Hund?', [1, 2]],
    ['Was ist der Unterschied zwischen dem ersten und dem zweiten Bild?', [1, 2]],
    ['Sind das erste und das letzte Foto gleich?', [1, -1]],
    ['Was haben das 1. und 2. Bild gemeinsam?', [1, 2]],
    ['Was ist auf den ersten beiden Bildern?', [1, 2]],
    ['Vergleiche 1 mit 2.', [1, 2], true],
    ['Was ist auf dem ersten und dem zweiten?', [1, 2], true],
    ['Und 1 und 2?', [1, 2], true],
  ])('in German: %s', (question, numbers, isVague?: boolean) => {
    expect(namedTogether(question)).toEqual({ numbers, ...(isVague && { isVague }) });
  });

  it.each([
    ['Compare les images 1 et 2', [1, 2]],
    ["Compare l'image 1 et l'image 2", [1, 2]],
    ["L'image 1 ou 2 est-elle rouge ?", [1, 2]],
    ['Que montrent les photos un et deux ?', [1, 2]],
    ['Quelle est la différence entre la première et la deuxième image ?', [1, 2]],
    ['La première image et la dernière sont-elles pareilles ?', [1, -1]],
    ['Compare les deux premieres images', [1, 2]],
    ['Et la première et la deuxième ?', [1, 2], true],
    ['Compare 1 et 2', [1, 2], true],
  ])('in French: %s', (question, numbers, isVague?: boolean) => {
    expect(namedTogether(question)).toEqual({ numbers, ...(isVague && { isVague }) });
  });

  it.each([
    ['Compara las imágenes 1 y 2', [1, 2]],
    ['¿Qué hay en las fotos 1, 2 y 3?', [1, 2, 3]],
    ['Compara la imagen 1 con la 2', [1, 2]],
    ['¿Es roja la imagen uno o la dos?', [1, 2]],
    ['¿Se parecen la primera y la segunda imagen?', [1, 2]],
    ['Compara las dos primeras fotos', [1, 2]],
    ['¿Qué hay en la primera y la última?', [1, -1], true],
    ['¿Qué diferencia hay entre 1 y 2?', [1, 2], true],
    ['Compara 1 y 2', [1, 2], true],
  ])('in Spanish: %s', (question, numbers, isVague?: boolean) => {
    expect(namedTogether(question)).toEqual({ numbers, ...(isVague && { isVague }) });
  });

  it.each([
    ['画像1と2を比べて', [1, 2]],
    ['画像１と画像２の違いは何ですか？', [1, 2]],
    ['1枚目と2枚目を比べて', [1, 2]],
    ['二枚目と三枚目の写真は同じですか', [2, 3]],
    ['最初の画像と最後の画像は同じですか', [1, -1]],
    ['1番目と2番目の画像を比べて', [1, 2]],
    ['両方の画像に何がありますか', [1, 2]],
    ['1と2の違いは？', [1, 2], true],
    ['1つ目と2つ目は？', [1, 2], true],
  ])('in Japanese: %s', (question, numbers, isVague?: boolean) => {
    expect(namedTogether(question)).toEqual({ numbers, ...(isVague && { isVague }) });
  });

  it.each([
    ['比较图片1和2', [1, 2]],
    ['图1和图2有什么区别？', [1, 2]],
    ['比较第一张和第二张图片', [1, 2]],
    ['第1、2和3张有什么不同？', [1, 2, 3]],
    ['第一张和最后一张一样吗？', [1, -1]],
    ['第一张跟倒数第二张一样吗？', [1, -2]],
    ['前两张图片里有什么？', [1, 2]],
    ['比较1和2', [1, 2], true],
    ['第一个和最后一个呢？', [1, -1], true],
  ])('in Chinese: %s', (question, numbers, isVague?: boolean) => {
    expect(namedTogether(question)).toEqual({ numbers, ...(isVague && { isVague }) });
  });

  it.each([
    'What is in picture 2?',
    'Is the picture one or two years old?',
    'Is the picture 1 or 2 years old?',
    'Are there one or two pictures on the wall?',
    'Are there in the picture one or two dogs?',
    'Is this the last picture with 2 dogs?',
    'Is there in picture 2 a dog and 3 cats?',
    'How many dogs are there, 1 or 2?',
    'Is the first man or the second man taller?',
    'Is it the first or the second from the left?',
    'How many are there, and 1 or 2 dogs?',
    'Sind auf dem Bild 1 oder 2 Hunde?',
    'Ist das Bild zwei oder drei Jahre alt?',
    "Y a-t-il sur l'image un ou deux chiens ?",
    '¿Hay en la imagen uno o dos perros?',
    '写真に1人か2人いますか？',
    '画像1と2人の子供',
    '1番目と2番目の人は誰ですか？',
    '图片1里有2只狗和3只猫吗？',
    '第一张桌子和第二张桌子一样吗？',
    '图片里有一个或两个人吗？',
    '第一个人和第二个人一样吗？',
  ])('are none in "%s"', (question) => {
    expect(namedTogether(question)).toBeUndefined();
  });
});
