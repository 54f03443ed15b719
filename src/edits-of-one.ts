interface Edits {
  underWay: number;
  hasLost: boolean;
}

/** The edits of one message that are being followed: what it lost is forgotten behind the last of them. */
export class EditsOfOne {
  readonly #edits = new Map<string, Edits>();

  /**
   * @param hasLost whether a picture may have been taken off
   * @returns whether that is to be forgotten now: one may have been in any of them, and no other is under way
   */
  async follow(messageId: string, hasLost: boolean, work: () => Promise<void>): Promise<boolean> {
    const edits = this.#edits.get(messageId) ?? { underWay: 0, hasLost: false };
    this.#edits.set(messageId, edits);
    edits.underWay += 1;
    edits.hasLost ||= hasLost;
    try {
      await work();
    } finally {
      edits.underWay -= 1;
      if (edits.underWay === 0) this.#edits.delete(messageId);
    }
    return edits.underWay === 0 && edits.hasLost;
  }
}
