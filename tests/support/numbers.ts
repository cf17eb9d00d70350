/** Numbers from 0 to 1 that look random, and are the same in every run. */
export function numbersFrom(seed: number): () => number {
  let state = seed
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647
}
