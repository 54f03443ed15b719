// What came first, by the ids of messages: they count up with time, and no two share a millisecond's place.

/** Ids are decimal numbers beyond what a double holds. */
export function isNewer(id: string, than: string): boolean {
  return id.length === than.length ? id > than : id.length > than.length;
}
