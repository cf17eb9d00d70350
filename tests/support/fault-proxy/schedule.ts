/** What happens to one client request, the n-th that the proxy sees. */
export type Fault =
  /** The connection breaks before the request reaches the server. */
  | { readonly kind: 'cut-before' }
  /** The request is passed on, and the connection breaks without waiting for the reply. */
  | { readonly kind: 'cut-after' }
  /** The request is executed, its reply is thrown away, and the connection breaks. */
  | { readonly kind: 'drop-reply' }
  /** So many bytes of the reply are passed, or half of them, and the connection breaks. */
  | { readonly kind: 'truncate-reply'; readonly bytes?: number }
  /** Every connection breaks, and the request does not reach the server. */
  | { readonly kind: 'cut-all' }
  /** The request is held for so long. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Nothing flows on any connection for so long; the request is held too. */
  | { readonly kind: 'freeze'; readonly milliseconds: number }
  /** Every connection breaks, and new ones are refused for so long. */
  | { readonly kind: 'outage'; readonly milliseconds: number }

export interface ScheduledFault {
  /** 1 is the next request after the schedule begins. */
  readonly atRequest: number
  readonly fault: Fault
}

export const FAULT_KINDS: readonly Fault['kind'][] = [
  'cut-before',
  'cut-after',
  'drop-reply',
  'truncate-reply',
  'cut-all',
  'delay',
  'freeze',
  'outage',
]

const LONGEST_GAP = 8
const LONGEST_PAUSE = 200

/** So many faults, one to eight requests apart: the same for the same seed. */
export function randomSchedule(
  seed: number,
  length: number,
  kinds: readonly Fault['kind'][] = FAULT_KINDS,
): ScheduledFault[] {
  const random = randomNumbers(seed)
  const upTo = (most: number) => 1 + Math.floor(random() * most)
  let atRequest = 0
  return Array.from({ length }, () => {
    atRequest += upTo(LONGEST_GAP)
    const kind = kinds[upTo(kinds.length) - 1]!
    const isPause = kind === 'delay' || kind === 'freeze' || kind === 'outage'
    return { atRequest, fault: isPause ? { kind, milliseconds: upTo(LONGEST_PAUSE) } : { kind } }
  })
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
