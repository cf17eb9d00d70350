import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { OpenFailed } from '../../../src/connection/bridge/host/channels/channel.js'
import { Nodes, retryOptions } from '../../../src/connection/bridge/host/lanes/nodes.js'

const FIRST_REST = 250
const LONGEST_REST = 30_000
const URLS = ['a', 'b', 'c']

let chance: number
const pass = (milliseconds: number): void => jest.advanceTimersByTime(milliseconds)

beforeEach(() => {
  jest.useFakeTimers()
  chance = 0
  jest.spyOn(Math, 'random').mockImplementation(() => chance)
})

afterEach(() => {
  jest.restoreAllMocks()
  jest.useRealTimers()
})

/** Milliseconds until a node that has just failed is the first one again, with these numbers of failures before. */
function restAfter(failures: number, luck: number): number {
  chance = 0
  const nodes = new Nodes(['a', 'b'])
  chance = luck
  for (let count = 0; count < failures; count++) nodes.failed('a')
  for (let waited = 0; ; waited++) {
    // two looks are a whole round of turns
    if ([nodes.inOrder(), nodes.inOrder()].some(([first]) => first === 'a')) return waited
    pass(1)
  }
}

describe('the order of nodes', () => {
  it('gives each its turn', () => {
    const nodes = new Nodes(URLS)
    expect([1, 2, 3, 4].map(() => nodes.inOrder().join(''))).toEqual(['abc', 'bca', 'cab', 'abc'])
  })

  it.each([
    [0, 'abc'],
    [0.34, 'bca'],
    [0.999, 'cab'],
  ])('begins anywhere (%d)', (luck, order) => {
    chance = luck
    expect(new Nodes(URLS).inOrder().join('')).toBe(order)
  })

  it('puts those that rest behind the others, the most rested first', () => {
    const nodes = new Nodes(URLS)
    nodes.failed('a')
    pass(50)
    nodes.failed('b')
    expect([1, 2, 3].map(() => nodes.inOrder().join(''))).toEqual(['cab', 'cab', 'cab'])
  })

  it('leaves out none, even when all of them rest', () => {
    const nodes = new Nodes(URLS)
    for (const url of ['c', 'a', 'b']) {
      nodes.failed(url)
      pass(1)
    }
    expect(nodes.inOrder()).toEqual(['c', 'a', 'b'])
  })

  it('is no harder on a node that works again', () => {
    const nodes = new Nodes(['a', 'b'])
    for (let count = 0; count < 5; count++) nodes.failed('a')
    nodes.worked('a')
    expect(nodes.inOrder()).toEqual(['a', 'b'])
    nodes.failed('a')
    pass(FIRST_REST)
    expect([nodes.inOrder()[0], nodes.inOrder()[0]].sort()).toEqual(['a', 'b'])
  })

  it('does not mind a node it does not know', () => {
    const nodes = new Nodes(['a'])
    nodes.failed('z')
    nodes.worked('z')
    expect(nodes.inOrder()).toEqual(['a'])
  })
})

describe('the rest of a node that failed', () => {
  it.each([
    [1, FIRST_REST],
    [2, 2 * FIRST_REST],
    [3, 4 * FIRST_REST],
    [8, LONGEST_REST],
    [100, LONGEST_REST],
  ])('after %d failures in a row is at most %d ms, and at least half of that', (failures, longest) => {
    expect(restAfter(failures, 0)).toBe(Math.ceil(longest / 2))
    const luckless = restAfter(failures, 0.999)
    expect(luckless).toBeGreaterThan(longest * 0.99)
    expect(luckless).toBeLessThanOrEqual(longest)
  })
})

describe('connecting', () => {
  const failing = (...urls: readonly string[]) => {
    const tried: string[] = []
    const attempt = async (url: string): Promise<string> => {
      tried.push(url)
      if (urls.includes(url)) throw new OpenFailed({ reason: 'open-failed', message: `${url} is dead` })
      return `channel to ${url}`
    }
    return { tried, attempt }
  }

  it('takes the first node that works, and lets those rest that did not', async () => {
    const nodes = new Nodes(URLS)
    const { tried, attempt } = failing('a', 'b')
    expect(await nodes.connect(attempt, 1000)).toBe('channel to c')
    expect(tried).toEqual(['a', 'b', 'c'])
    expect(await nodes.connect(attempt, 1000)).toBe('channel to c')
    expect(tried).toEqual(['a', 'b', 'c', 'c'])
    pass(FIRST_REST)
    await nodes.connect(attempt, 1000)
    expect(tried.slice(4)).toEqual(['c'])
    await nodes.connect(attempt, 1000)
    expect(tried.slice(5)).toEqual(['a', 'b', 'c'])
  })

  it('fails with what the last one said', async () => {
    const { attempt } = failing(...URLS)
    await expect(new Nodes(URLS).connect(attempt, 1000)).rejects.toMatchObject({
      failure: { reason: 'open-failed', message: 'c is dead' },
    })
  })

  it('leaves each of the nodes its share of the time, and stops when there is none', async () => {
    const given: [string, number][] = []
    const hanging = async (url: string, timeout: number): Promise<never> => {
      given.push([url, timeout])
      pass(timeout)
      throw new Error(`no answer of ${url}`)
    }
    await expect(new Nodes(URLS).connect(hanging, 900)).rejects.toThrow('no answer of c')
    expect(given).toEqual([
      ['a', 300],
      ['b', 300],
      ['c', 300],
    ])
    given.length = 0
    const late = async (url: string): Promise<never> => {
      given.push([url, 0])
      pass(1000)
      throw new Error('too late')
    }
    await expect(new Nodes(URLS).connect(late, 900)).rejects.toThrow('too late')
    expect(given).toHaveLength(1)
    await expect(new Nodes(URLS).connect(late, 0)).rejects.toThrow('no time to try any node')
  })
})

it('a back-off is the same for p-retry', () => {
  const backoff = { limit: 3, initialDelay: 10, backoff: 2, maxDelay: 50, jitter: true }
  expect(retryOptions(backoff)).toEqual({ minTimeout: 10, factor: 2, maxTimeout: 50, randomize: true })
})
