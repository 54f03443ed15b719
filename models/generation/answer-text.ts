// Turns tokens into text as they come, without ever showing what a later token could take back.

/** What the decoder of a byte-level tokenizer gives for the bytes of an unfinished character. */
const UNFINISHED = /\uFFFD+$/;

/**
 * The text of a growing answer. Held back: bytes of an unfinished character, white space at the end, and anything
 * that could be the beginning of a stop string. White space before the first word is dropped.
 */
export class AnswerText {
  private readonly decode: (ids: readonly number[]) => string;
  private readonly stop: readonly string[];
  private readonly ids: number[] = [];
  private whole = '';
  private shown = 0;
  private ended = false;

  /** @param stop the answer ends before the first of these */
  constructor(decode: (ids: readonly number[]) => string, stop: readonly string[] = []) {
    this.decode = decode;
    this.stop = stop.filter((text) => text !== '');
  }

  /** A stop string has come. */
  get stopped(): boolean {
    return this.ended;
  }

  /** True while a next token may still decide about text that is already there. */
  get holdsBack(): boolean {
    return this.shown < this.whole.length;
  }

  get tokens(): readonly number[] {
    return this.ids;
  }

  /** The answer so far, cut at a stop string and trimmed. */
  get text(): string {
    return this.whole.trim();
  }

  /** @returns the text that this token made final */
  push(id: number): string {
    this.ids.push(id);
    const text = this.decode(this.ids);
    const end = this.firstStop(text);
    this.ended = end !== undefined;
    this.whole = text.slice(0, end);
    return this.ended ? this.finish() : this.show(this.safeLength());
  }

  /** @returns the text held back until now; to be called when no more tokens come */
  finish(): string {
    return this.show(this.whole.trimEnd().length);
  }

  private show(end: number): string {
    const fresh = this.whole.slice(this.shown, Math.max(end, this.shown));
    const text = this.whole.slice(0, this.shown).trim() === '' ? fresh.trimStart() : fresh;
    this.shown = Math.max(end, this.shown);
    return text;
  }

  private firstStop(text: string): number | undefined {
    const found = this.stop.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
    return found.length > 0 ? Math.min(...found) : undefined;
  }

  private safeLength(): number {
    const text = this.whole.replace(UNFINISHED, '');
    const begun = this.stop.map((stop) => beginning(text, stop));
    return text.slice(0, text.length - Math.max(0, ...begun)).trimEnd().length;
  }
}

/** How many characters at the end of `text` begin `stop`. */
function beginning(text: string, stop: string): number {
  for (let length = Math.min(stop.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(stop.slice(0, length))) return length;
  }
  return 0;
}
