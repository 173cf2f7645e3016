// How often a server that crashes is started again.

const MOST = 4;
const WITHIN = 3 * 60 * 1000;

export class Restarts {
  #crashes: number[] = [];

  /** Notes a crash, at a time in milliseconds; says whether so many have been too many. */
  mayRestart(now: number): boolean {
    this.#crashes = [...this.#crashes.filter((crash) => now - crash < WITHIN), now];
    return this.#crashes.length <= MOST;
  }
}
