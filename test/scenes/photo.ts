// Pictures that are no scenes: grain, gradients and soft shapes, as in a photograph that shows no emoji.
import sharp from 'sharp';
import type { Random } from '../conversation/random.ts';

const SIDE = 320;

/** A JPEG. */
export async function paintPhoto(random: Random): Promise<Buffer> {
  const shapes = Array.from({ length: 2 + random.below(7) }, () => shape(random)).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">
    <linearGradient id="sky" x2="${random.below(2)}" y2="1">
      <stop stop-color="${colour(random)}"/><stop offset="1" stop-color="${colour(random)}"/>
    </linearGradient>
    <filter id="soft"><feGaussianBlur stdDeviation="${2 + random.below(12)}"/></filter>
    <filter id="grain">
      <feTurbulence type="fractalNoise" baseFrequency="${(1 + random.below(60)) / 1000}" numOctaves="5" seed="${random.below(9999)}"/>
    </filter>
    <rect width="${SIDE}" height="${SIDE}" fill="url(#sky)"/>
    <g filter="url(#soft)">${shapes}</g>
    <rect width="${SIDE}" height="${SIDE}" filter="url(#grain)" opacity="${(35 + random.below(55)) / 100}"/>
  </svg>`;
  return sharp(Buffer.from(svg)).removeAlpha().jpeg({ quality: 80 }).toBuffer();
}

function shape(random: Random): string {
  const point = () => `${random.below(SIDE)},${random.below(SIDE)}`;
  const fill = `fill="${colour(random)}"`;
  if (random.below(2) === 0) return `<polygon points="${point()} ${point()} ${point()} ${point()}" ${fill}/>`;
  const [rx, ry] = [10 + random.below(100), 10 + random.below(100)];
  return `<ellipse cx="${random.below(SIDE)}" cy="${random.below(SIDE)}" rx="${rx}" ry="${ry}" ${fill}/>`;
}

/** Muted, as nature is. */
function colour(random: Random): string {
  return `hsl(${random.below(360)} ${10 + random.below(50)}% ${15 + random.below(65)}%)`;
}
