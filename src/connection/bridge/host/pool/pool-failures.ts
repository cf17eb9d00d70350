import type { LinkFailure, PoolCounters } from '../../link.js'

export const CLOSED: LinkFailure = { reason: 'closed', message: 'the pool of connections was closed' }

export const ABORTED: LinkFailure = { reason: 'aborted', message: 'the caller gave up waiting for a connection' }

export function tooLate(timeout: number, counters: PoolCounters): LinkFailure {
  return exhausted(`no connection of the pool became free within ${Math.round(timeout)} ms`, counters)
}

export function tooMany(counters: PoolCounters): LinkFailure {
  return exhausted('no connection of the pool is free, and no more calls may wait for one', counters)
}

export function notEmpty(timeout: number, { borrowed, opening }: PoolCounters, closing: number): LinkFailure {
  const left = `${borrowed} in use, ${opening} opening, ${closing} closing`
  return { reason: 'timeout', message: `the pool was not empty after ${timeout} ms (${left})` }
}

function exhausted(message: string, { borrowed, waiting }: PoolCounters): LinkFailure {
  return { reason: 'pool-exhausted', message: `${message} (${borrowed} in use, ${waiting} waiting)` }
}
