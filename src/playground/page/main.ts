// Wires the page: the client, the store, the event stream, and the address bar, which names the channel on show.
import './skyra.ts';
import './components/app.ts';
import { Client } from './client.ts';
import { Dismissed } from './dismissed.ts';
import { EventStream } from './event-stream.ts';
import { Store } from './store.ts';

const store = new Store(new Client(), new Dismissed(sessionStorage));
const events = new EventStream({
  onOpen: () => void store.load(),
  onEvent: (event) => store.receive(event),
  onLost: () => store.connectionLost(),
});

const app = document.createElement('blip-app');
document.body.append(Object.assign(app, { store, reconnect: () => events.open() }));

function channelInAddress(): string | undefined {
  return /^#\/channels\/(\d+)$/.exec(location.hash)?.[1];
}

addEventListener('hashchange', () => {
  const channelId = channelInAddress();
  if (channelId && channelId !== store.model.channelId) void store.show(channelId);
});

const wanted = channelInAddress();
if (wanted) void store.show(wanted);
events.open();
