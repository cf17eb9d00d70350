/** Makes so many calls, never more than so many at a time; milliseconds of all. */
export async function inParallel(count: number, atATime: number, call: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  let left = count
  const one = async (): Promise<void> => {
    while (left-- > 0) await call()
  }
  await Promise.all(Array.from({ length: atATime }, one))
  return performance.now() - begin
}
