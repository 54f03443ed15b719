// What people are told about images, devices and waiting, in English; by their keys others may say it in other languages.
import { sayings } from './saying.ts';

export const problems = {
  fileEmpty: 'The file is empty. Use a JPEG, PNG, WebP, GIF, AVIF, HEIC, BMP or TIFF instead.',
  fileNoImage: 'The file is not an image. Use a JPEG, PNG, WebP, GIF, AVIF, HEIC, BMP or TIFF instead.',
  formatUnreadable:
    "{format} files can't be read. Use a JPEG, PNG, WebP, GIF, AVIF, HEIC, BMP or TIFF instead.",
  imageBroken:
    'The image claims to be {format} but is broken or incomplete. Save it again as JPEG or PNG and post that.',
  imageTooLarge: 'Expected an image of at most {most} pixels, got {width} x {height}. Use a smaller copy.',
  imageColours:
    "The TIFF's colours are {colours}, which can't be read here. Save it again as JPEG or PNG and post that.",
  frameBeyond: 'You asked for frame {number}, and that animation has {frames}. Name one from 1 to {frames}.',
  frameOfStill: 'You asked for frame {number}, and that picture does not move. Ask about it without a frame.',
  frameTooFar:
    'Frame {number} lies too far into that animation for me. Name one from 1 to {reachable}, or post that frame as a picture.',
  deviceWithoutCard: '{device} is not used: this machine shows no NVIDIA card.',
  modelNotOnDevice: "The model doesn't run on {device} in {precision}: {reason}",
  deviceMissing: '{device} is not used: this machine shows no graphics device.',
  deviceSlow:
    '{device} is not used: it is slower than the CPU ({slow} ms against {fast} ms for a product), as software adapters are.',
  deviceFails: '{device} is not used: {reason}',
  deviceInF32: '{device} computes in f32, which costs speed and memory alone, as f16 fails there: {reason}',
  deviceStepByStep:
    '{device} writes answers token by token, which costs speed alone, as a whole one in one run fails there: {reason}',
  busy: {
    one: 'I am busy with {count} request, and {waiting} more are waiting. Try again in about {wait}.',
    other: 'I am busy with {count} requests, and {waiting} more are waiting. Try again in about {wait}.',
  },
  tooBusy: 'I am busy, and could not answer within {limit}. Try again in about {wait}.',
} as const;

export const problem = sayings(problems);
