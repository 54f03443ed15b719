// What those who manage a server decide, and what each person does.
import { it } from 'vitest';
import type { Tour } from '../support/tour.ts';

export function watching(tour: () => Tour): void {
  /** Decides something, as the owner of the server. */
  async function decide(subcommand: string, values: Readonly<Record<string, string>>): Promise<void> {
    await tour().use(`settings ${subcommand}`, values);
    await tour().chat.sees(/^Done\. What holds/);
  }

  const decideHere = (what: string) => decide('mode', { what, channel: '#playground' });

  it('leaves the pictures of whoever opted out alone', async () => {
    const { chat } = tour();
    await tour().becomeNew('Ada');
    await chat.postSample('Bee');
    await tour().use('privacy');
    await chat.sees(/^I look at a picture of yours when[\s\S]*What I keep about you/);
    await tour().take('watching-privacy', 1);
    await tour().use('privacy', { pictures: 'Leave them alone and forget what you kept' });
    await chat.sees(/^I leave your pictures alone/);
    await tour().become('You');
    await chat.replyTo(chat.newestPicture);
    await chat.say('@blipcord What is this?');
    await chat.sees(/keeps their pictures from me/);
    await tour().take('watching-opted-out', 3);
  });

  it('captions every picture in a channel, opens a thread for each, or is switched off', async () => {
    const { chat, page } = tour();
    await tour().goTo('playground');
    await decideHere('Caption every picture, quietly');
    await tour().take('watching-mode', 1);
    await chat.postSample('Penguin');
    await chat.sees(/^a penguin/);
    await tour().take('watching-captions', 2);
    await decideHere('Open a thread for every picture');
    await chat.postSample('Rocket');
    await page.locator('blip-thread-card').getByText('a rocket on a red background').waitFor();
    await tour().take('watching-threads', 1);
    await decideHere('Nothing: I am switched off');
    await tour().use('caption');
    await chat.sees(/^I am switched off in this channel/);
    await tour().take('watching-off', 1);
    await decideHere('As it was before any decision');
    await tour().use('settings show');
    await chat.sees(/^What holds in playground/);
    await tour().take('watching-settings', 1);
    await tour().goTo('pictures');
  });

  it('answers those alone who may use it', async () => {
    const { chat } = tour();
    await chat.postSample('Rocket');
    await decide('who', { change: 'Let them use me', role: 'Moderators' });
    await tour().take('watching-who', 1);
    await tour().becomeNew('Eve');
    await chat.say('@blipcord What is this?');
    await chat.sees(/^Here I answer people with the role Moderators only/);
    await tour().take('watching-refused', 2);
    await tour().become('You');
    await decide('who', { change: 'Let everybody use me' });
  });

  it('gives no more answers an hour than the quota', async () => {
    const { chat } = tour();
    await decide('quota', { person: '1' });
    await tour().becomeNew('Max');
    await chat.postSample('Rocket');
    await chat.say('@blipcord What is this?');
    await chat.sees('a rocket');
    await chat.say('@blipcord Is there a car?');
    await chat.sees(/^That is all that you have for this hour: 1 answer\./);
    await tour().take('watching-quota', 2);
    await tour().become('You');
    await decide('quota', { person: '0' });
  });

  it('keeps out of age-restricted channels where that is decided', async () => {
    const { chat } = tour();
    await decide('nsfw', { rule: 'In all channels but age-restricted ones' });
    await tour().goTo('playground');
    await tour().toggle('Age-restricted');
    await tour().use('caption');
    await chat.sees(/^On this server I look at no pictures in age-restricted channels/);
    await tour().take('watching-age-restricted', 1);
    await tour().toggle('Age-restricted');
    await tour().goTo('pictures');
    await decide('nsfw', { rule: 'In all channels, age-restricted ones as well' });
  });

  it('forgets after so many days', async () => {
    const { chat } = tour();
    await tour().use('settings retention', { days: '30' });
    await chat.sees(/I forget what was said: .*30 days/);
    await tour().take('watching-retention', 1);
    await decide('retention', { days: '0' });
  });

  it('names a permission that is missing', async () => {
    const { chat, page } = tour();
    await chat.postSample('Rocket');
    await tour().toggle('Create Public Threads');
    await tour().use('chat');
    await chat.sees(/^I lack Create Public Threads here/);
    await tour().take('watching-permission', 1);
    await page.getByRole('button', { name: 'Channel settings' }).click();
    await tour().take('watching-permissions', 0, page.getByRole('dialog', { name: '#pictures' }));
    await page.keyboard.press('Escape');
    await tour().toggle('Create Public Threads');
  });
}
