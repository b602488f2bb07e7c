/** What is wrong with what the user gave, in words, and what to do about it. */
export class Problem extends Error {
  constructor(message, hint) {
    super(message);
    this.hint = hint;
  }
}
