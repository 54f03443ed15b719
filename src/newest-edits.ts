// Several edits of one message within a moment: the newest goes on with what those before it had come to, and they give
// up, so that it is answered once.

/** What an edit makes of a message that may never have asked anything. */
export type Call = 'first' | 'perhaps first' | undefined;

export interface Edit {
  isNewest(): boolean;
  /** Says whether an answer was called off for it, or for one before it. */
  noteCalledOff(isCalledOff: boolean): boolean;
  /** Its own, or that of one before it. */
  readonly call: Call;
}

interface Edits {
  underWay: number;
  newest: number;
  isCalledOff: boolean;
  call: Call;
}

export class NewestEdits {
  /** By message, those that are being followed. */
  readonly #edits = new Map<string, Edits>();

  async follow(messageId: string, call: Call, work: (edit: Edit) => Promise<void>): Promise<void> {
    const edits = this.#edits.get(messageId) ?? { underWay: 0, newest: 0, isCalledOff: false, call };
    this.#edits.set(messageId, edits);
    edits.underWay += 1;
    edits.newest += 1;
    edits.call ??= call;
    try {
      await work(editOf(edits));
    } finally {
      edits.underWay -= 1;
      if (edits.underWay === 0) this.#edits.delete(messageId);
    }
  }
}

function editOf(edits: Edits): Edit {
  const number = edits.newest;
  return {
    isNewest: () => edits.newest === number,
    noteCalledOff(isCalledOff) {
      edits.isCalledOff ||= isCalledOff;
      return edits.isCalledOff;
    },
    get call() {
      return edits.call;
    },
  };
}
