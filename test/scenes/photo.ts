// Pictures that are no scenes: what is photographed, drawn, written or plotted, and shows no emoji.
import sharp from 'sharp';
import type { Random } from '../conversation/random.ts';

const SIDE = 320;

type Paint = (random: Random) => string;

/** The contents of an SVG of 320 by 320. The training paints its own; of a map, a room and a night it paints none. */
const paints = {
  grain,
  landscape,
  portrait,
  chart,
  page,
  'soft colours': softColours,
  shapes,
  map,
  room,
  night,
} as const satisfies Record<string, Paint>;

export type PhotoKind = keyof typeof paints;
export const photoKinds = Object.keys(paints) as readonly PhotoKind[];

/** A JPEG. */
export function paintPhoto(random: Random, kind: PhotoKind): Promise<Buffer> {
  return toJpeg(paints[kind](random));
}

/** A JPEG of one colour, with nothing on it. */
export function paintSheet(random: Random): Promise<Buffer> {
  return toJpeg(`<rect ${all} fill="${vivid(random)}"/>`);
}

function toJpeg(drawing: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">${drawing}</svg>`;
  return sharp(Buffer.from(svg)).removeAlpha().jpeg({ quality: 80 }).toBuffer();
}

const all = `width="${SIDE}" height="${SIDE}"`;

/** Clouds and soft shapes full of texture. */
function grain(random: Random): string {
  const frequency = between(random, 1, 60) / 1000;
  return `${gradient(random, muted)}
    <filter id="soft"><feGaussianBlur stdDeviation="${between(random, 2, 13)}"/></filter>
    <filter id="grain">
      <feTurbulence type="fractalNoise" baseFrequency="${frequency}" numOctaves="5" seed="${random.below(9999)}"/>
    </filter>
    <g filter="url(#soft)">${repeat(between(random, 2, 8), () => shape(random, muted))}</g>
    <rect ${all} filter="url(#grain)" opacity="${between(random, 35, 89) / 100}"/>`;
}

/** A sky, hills before one another, trees, perhaps a sun. */
function landscape(random: Random): string {
  const sun =
    random.below(3) === 0
      ? `<circle cx="${random.below(SIDE)}" cy="${between(random, 20, 90)}" r="${between(random, 8, 26)}" fill="#fff3b0"/>`
      : '';
  const hills = repeat(between(random, 2, 4), (index) => {
    const top = 110 + index * 50;
    const y = () => top + between(random, -35, 35);
    const trees = repeat(random.below(4), () => {
      const [x, size] = [random.below(SIDE), between(random, 12, 40)];
      return `<polygon points="${x},${top} ${x - size / 3},${top + size} ${x + size / 3},${top + size}" fill="${muted(random)}"/>`;
    });
    return `<path d="M0 ${y()} C80 ${y()} 120 ${y()} 170 ${y()} S270 ${y()} 320 ${y()} V320 H0 Z" fill="${muted(random)}"/>${trees}`;
  });
  return `${gradient(random, muted)}${sun}${hills}`;
}

/** Head and shoulders before a backdrop. */
function portrait(random: Random): string {
  const [x, y, r] = [between(random, 110, 210), between(random, 110, 150), between(random, 40, 75)];
  const skin = `hsl(${between(random, 14, 32)} ${between(random, 25, 60)}% ${between(random, 25, 80)}%)`;
  const hair = muted(random);
  const eyes = [-1, 1].map(
    (side) => `<circle cx="${x + side * r * 0.38}" cy="${y}" r="${r * 0.08}" fill="#322"/>`,
  );
  return `${gradient(random, muted)}
    <ellipse cx="${x}" cy="${y - r * 0.2}" rx="${r * 1.15}" ry="${r * (1 + random.below(2))}" fill="${hair}"/>
    <ellipse cx="${x}" cy="${SIDE}" rx="${r * 2.2}" ry="${SIDE - y - r * 1.2}" fill="${muted(random)}"/>
    <rect x="${x - r * 0.35}" y="${y + r * 0.8}" width="${r * 0.7}" height="${r * 0.8}" fill="${skin}"/>
    <ellipse cx="${x}" cy="${y}" rx="${r}" ry="${r * 1.25}" fill="${skin}"/>
    <path d="M${x - r} ${y - r * 0.3} A${r} ${r * 1.2} 0 0 1 ${x + r} ${y - r * 0.3} Z" fill="${hair}"/>
    ${eyes.join('')}<path d="M${x - r * 0.3} ${y + r * 0.6} q${r * 0.3} ${r * 0.2} ${r * 0.6} 0" stroke="#945" stroke-width="3" fill="none"/>`;
}

/** Bars, a line or a pie, on white or black. */
function chart(random: Random): string {
  const [paper, ink] = random.below(3) === 0 ? ['#1b1b22', '#ddd'] : ['#fff', '#333'];
  const axes = `<path d="M40 30 V280 H300" stroke="${ink}" fill="none"/>${repeat(5, (index) => `<path d="M40 ${40 + index * 48} H300" stroke="#8884"/>`)}`;
  const sheet = `<rect ${all} fill="${paper}"/>`;
  if (random.below(3) === 0) {
    let start = random.below(360);
    const slices = repeat(between(random, 3, 6), () => {
      const end = start + between(random, 40, 120);
      const on = (angle: number) =>
        `${160 + 110 * Math.cos(angle / 57.3)} ${165 + 110 * Math.sin(angle / 57.3)}`;
      const slice = `<path d="M160 165 L${on(start)} A110 110 0 0 1 ${on(end)} Z" fill="${vivid(random)}"/>`;
      start = end;
      return slice;
    });
    return `${sheet}<circle cx="160" cy="165" r="110" fill="${vivid(random)}"/>${slices}`;
  }
  const count = between(random, 4, 10);
  const step = 250 / count;
  if (random.below(2) === 0) {
    const fill = vivid(random);
    const bars = repeat(count, (index) => {
      const height = between(random, 15, 230);
      return `<rect x="${46 + index * step}" y="${280 - height}" width="${step * 0.7}" height="${height}" fill="${fill}"/>`;
    });
    return `${sheet}${axes}${bars}`;
  }
  const lines = repeat(between(random, 1, 3), () => {
    const points = Array.from(
      { length: count + 1 },
      (_, index) => `${44 + index * step},${between(random, 40, 270)}`,
    );
    return `<polyline points="${points.join(' ')}" stroke="${vivid(random)}" stroke-width="4" fill="none"/>`;
  });
  return `${sheet}${axes}${lines}`;
}

/** Lines of writing, each letter a few strokes: no font is needed. */
function page(random: Random): string {
  const dark = random.below(3) === 0;
  const size = random.pick([6, 8, 10, 16, 26]);
  const lines = repeat(Math.floor(280 / (size * 2)), (index) => {
    const end = between(random, 120, 300);
    let [x, path] = [20, ''];
    while (x < end) {
      const stroke = () => `${between(random, -size, 0) / 2} ${between(random, -size, size) / 2}`;
      path += `M${x} ${30 + index * size * 2} v${-size} M${x} ${28 + index * size * 2} l${size / 2} ${-random.below(size)} l${stroke()}`;
      x += random.below(6) === 0 ? size * 1.6 : size * 0.8;
    }
    return `<path d="${path}"/>`;
  });
  return `<rect ${all} fill="${dark ? '#20242b' : '#fdfcf8'}"/>
    <g stroke="${dark ? '#e8e8e8' : '#222'}" stroke-width="${Math.max(1, size / 6)}" fill="none">${lines}</g>`;
}

/** Two to five colours that run into one another. */
function softColours(random: Random): string {
  return `${gradient(random, vivid)}<filter id="soft"><feGaussianBlur stdDeviation="35"/></filter>
    <g filter="url(#soft)">${repeat(between(random, 1, 4), () => shape(random, vivid))}</g>`;
}

/** Large flat shapes over one another. */
function shapes(random: Random): string {
  return gradient(random, vivid) + repeat(between(random, 6, 20), () => shape(random, vivid));
}

/** Blocks, streets and water, from above. */
function map(random: Random): string {
  const river = `M${random.below(SIDE)} -10 C${random.below(SIDE)} 90 ${random.below(SIDE)} 200 ${random.below(SIDE)} 330`;
  const streets = (width: number) =>
    repeat(between(random, 3, 7), () => {
      const [from, to] = [random.below(SIDE), random.below(SIDE)];
      const line = random.below(2) === 0 ? `M${from} 0 L${to} 320` : `M0 ${from} L320 ${to}`;
      return `<path d="${line}" stroke="#fff" stroke-width="${width}"/>`;
    });
  return `<rect ${all} fill="#efe9dd"/>${repeat(between(random, 2, 6), () => shape(random, () => '#cfe6c0'))}
    <path d="${river}" stroke="#a9d3ea" stroke-width="${between(random, 10, 40)}" fill="none"/>${streets(4)}${streets(9)}`;
}

/** Walls, a floor, a window and a table. */
function room(random: Random): string {
  const [left, right, floor] = [
    between(random, 30, 110),
    between(random, 210, 290),
    between(random, 180, 240),
  ];
  const [wall, side] = [muted(random), muted(random)];
  return `<rect ${all} fill="${wall}"/><polygon points="0,0 ${left},30 ${left},${floor} 0,320" fill="${side}"/>
    <polygon points="320,0 ${right},30 ${right},${floor} 320,320" fill="${side}"/>
    <polygon points="0,320 ${left},${floor} ${right},${floor} 320,320" fill="${muted(random)}"/>
    <rect x="${left + 20}" y="60" width="${between(random, 30, 70)}" height="${between(random, 40, 80)}" fill="#dcefff" stroke="#fff" stroke-width="4"/>
    <polygon points="110,${floor + 10} 220,${floor + 10} 250,${floor + 45} 90,${floor + 45}" fill="${muted(random)}"/>
    <path d="M100 ${floor + 45} V315 M240 ${floor + 45} V315" stroke="#543" stroke-width="7"/>`;
}

/** A dark sky over the lit windows of a town. */
function night(random: Random): string {
  const stars = repeat(between(random, 20, 80), () => {
    return `<circle cx="${random.below(SIDE)}" cy="${random.below(180)}" r="${between(random, 3, 12) / 10}" fill="#fff"/>`;
  });
  let x = 0;
  const houses: string[] = [];
  while (x < SIDE) {
    const [width, height] = [between(random, 25, 60), between(random, 60, 190)];
    houses.push(
      `<rect x="${x}" y="${SIDE - height}" width="${width}" height="${height}" fill="hsl(230 25% ${between(random, 4, 14)}%)"/>`,
    );
    houses.push(
      repeat(random.below(9), () => {
        const [across, down] = [x + 4 + random.below(width - 10), SIDE - random.below(height - 10) - 8];
        return `<rect x="${across}" y="${down}" width="5" height="7" fill="#ffd97a"/>`;
      }),
    );
    x += width;
  }
  return `<linearGradient id="sky" y2="1" x2="0"><stop stop-color="#070b1f"/><stop offset="1" stop-color="hsl(${between(random, 220, 320)} 45% 28%)"/></linearGradient>
    <rect ${all} fill="url(#sky)"/>${stars}${houses.join('')}`;
}

type Colour = (random: Random) => string;

function gradient(random: Random, colour: Colour): string {
  return `<linearGradient id="ground" x2="${random.below(2)}" y2="1">
      <stop stop-color="${colour(random)}"/><stop offset="1" stop-color="${colour(random)}"/>
    </linearGradient><rect ${all} fill="url(#ground)"/>`;
}

function shape(random: Random, colour: Colour): string {
  const point = () => `${random.below(SIDE)},${random.below(SIDE)}`;
  const fill = `fill="${colour(random)}"`;
  if (random.below(2) === 0) return `<polygon points="${point()} ${point()} ${point()} ${point()}" ${fill}/>`;
  const [rx, ry] = [between(random, 10, 109), between(random, 10, 109)];
  return `<ellipse cx="${random.below(SIDE)}" cy="${random.below(SIDE)}" rx="${rx}" ry="${ry}" ${fill}/>`;
}

/** As nature is. */
function muted(random: Random): string {
  return `hsl(${random.below(360)} ${between(random, 10, 59)}% ${between(random, 15, 79)}%)`;
}

function vivid(random: Random): string {
  return `hsl(${random.below(360)} ${between(random, 40, 100)}% ${between(random, 25, 80)}%)`;
}

function repeat(count: number, draw: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => draw(index)).join('');
}

/** A whole number, both ends included. */
function between(random: Random, from: number, to: number): number {
  return from + random.below(to - from + 1);
}
