import { LookupError } from '../../errors.js'

/** Does what goes into an expression as far as that goes, or says that it goes too far. */
export function refuseTooDeep<Result>(place: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new LookupError(
      'INVALID_VALUE',
      `${place}: an expression is nested too deeply; join conditions side by side instead of one inside of the other.`,
      { cause: error },
    )
  }
}
