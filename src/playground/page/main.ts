// Wires the page: the client, the store, the event stream, and the address bar, which names the channel on show.
import './skyra.ts';
import './components/app.ts';
import { channelIn } from './address.ts';
import { Client } from './client.ts';
import { Dismissed } from './dismissed.ts';
import { EventStream } from './event-stream.ts';
import { Seat } from './seat.ts';
import { Store } from './store.ts';

const client = new Client(new Seat(sessionStorage));
const store = new Store(client, new Dismissed(sessionStorage));
const events = new EventStream({
  personId: () => client.personId,
  onOpen: () => void store.load().then(showAddressed),
  onEvent: (event) => store.receive(event),
  onLost: () => store.connectionLost(),
});

const app = document.createElement('blip-app');
document.body.append(Object.assign(app, { store, reconnect: () => events.open() }));

function showAddressed(): Promise<void> {
  return store.show(channelIn(location.hash));
}

addEventListener('hashchange', () => void showAddressed());
events.open();
