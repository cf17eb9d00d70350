/** 1,000 times connect, query, live, kill and close, in both modes by turns: what a process holds when it is warm is what it holds in the end. */
import { expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Holdings } from '../integration/programs/open-and-close.js'
import { serverBehindProxy } from '../support/fault-proxy/server-behind-proxy.js'

const PROGRAM = path.join(__dirname, '../integration/programs/open-and-close.ts')
const WARM_UP = 200
const CYCLES = 800
/** Code that is compiled late takes half of it; a leak of two kilobytes in each cycle would not fit in. */
const HEAP_GROWTH = 1.5 * 1024 * 1024
/** The memory of a process is never quite given back. One engine, or the buffers of one socket, in each cycle would not fit in. */
const RESIDENT_GROWTH = 100 * 1024 * 1024
const PATIENCE = 240_000

/** The proxy knows how many sockets are open. */
const network = serverBehindProxy()

test.each(['mem', 'ws'] as const)(
  'nothing is left of connections that were closed (%s)',
  async (scheme) => {
    const url = scheme === 'mem' ? 'mem://' : network.proxy.wsUrl
    const values = ['--expose-gc', '--import', 'tsx', PROGRAM, url, String(WARM_UP), String(CYCLES)]
    const { stdout } = await promisify(execFile)(process.execPath, values)
    const [warm, end] = JSON.parse(stdout) as readonly [Holdings, Holdings]
    expect(end.resources).toBe(warm.resources)
    expect(end.heap - warm.heap).toBeLessThan(HEAP_GROWTH)
    expect(end.external - warm.external).toBeLessThan(HEAP_GROWTH)
    expect(end.hostHeap - warm.hostHeap).toBeLessThan(HEAP_GROWTH)
    expect(end.resident - warm.resident).toBeLessThan(RESIDENT_GROWTH)
    const { connections, requests } = await network.proxy.counters()
    expect(connections).toBe(0)
    if (scheme === 'ws') expect(requests).toBeGreaterThan(WARM_UP + CYCLES)
  },
  PATIENCE,
)
