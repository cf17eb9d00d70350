/** The known name that was probably meant: `pasword` → `password`, `make_default` → `makeDefault`, `user` → `username`. */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  const wanted = bare(given)
  // a name this long is no slip of the pen, and the comparison takes the square of its length
  if (wanted.length < 2 || wanted.length > 40) return undefined
  const [nearest] = known
    .map((name) => ({ name, distance: editDistance(wanted, bare(name)) }))
    .sort((one, other) => one.distance - other.distance)
  if (nearest && nearest.distance <= Math.max(1, Math.floor(wanted.length / 3))) return nearest.name
  return wanted.length > 2 ? known.find((name) => bare(name).startsWith(wanted)) : undefined
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '')
}

/** How many letters are to be added, removed, replaced, or swapped with their neighbour. */
function editDistance(one: string, other: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      current[column] = Math.min(
        last[column]! + 1,
        current[column - 1]! + 1,
        last[column - 1]! + (isSame ? 0 : 1),
        isSwapped ? beforeLast[column - 2]! + 1 : Infinity,
      )
    }
    beforeLast = last
    last = current
  }
  return last[other.length]!
}
