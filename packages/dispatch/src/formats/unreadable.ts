/** What a text cannot be read for: told with the line where it can be. */
export class Unreadable extends Error {
  override name = 'Unreadable';
}
