// Descriptions for those who hear pictures.
import { readFileSync } from 'node:fs';
import { it } from 'vitest';
import type { Tour } from '../support/tour.ts';

const penguin = {
  name: 'penguin.png',
  mimeType: 'image/png',
  buffer: readFileSync(new URL('../../../src/playground/samples/penguin.png', import.meta.url)),
};
const rocketText = 'Machine-made description: a rocket on a red background';

export function altText(tour: () => Tour): void {
  it('posts a picture again with its description, and shows one that is there', async () => {
    const { chat } = tour();
    await chat.postSample('Rocket');
    await tour().choose(chat.newestPicture, 'Describe for screen readers');
    const described = await chat.sees('With a description for screen readers.');
    await described.getByRole('img', { name: rocketText }).waitFor();
    await described.getByText('ALT').click();
    await described.getByText(rocketText).waitFor();
    await tour().take('alt-text-described', 1);
    await tour().choose(described, 'Describe for screen readers');
    await chat.sees(/^Described already, by me:/);
    await tour().take('alt-text-there-already', 1);
  });

  it('gives the text to copy where it may attach no files', async () => {
    const { chat } = tour();
    await chat.postSample('Rocket');
    await tour().toggle('Attach Files');
    await tour().choose(chat.newestPicture, 'Describe for screen readers');
    await chat.sees(/^I lack Attach Files here\. [\s\S]*copy this into the description:/);
    await tour().take('alt-text-to-copy', 2);
    await tour().toggle('Attach Files');
  });

  it('describes what it posts itself', async () => {
    const { chat } = tour();
    await tour().use('caption', { image: penguin });
    const answer = await chat.sees(/^a penguin/);
    await answer.getByText('ALT').click();
    await answer.getByText(/^Machine-made description: a penguin/).waitFor();
    await tour().take('alt-text-of-own', 1);
  });
}
