import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { endpointOf, splitUrl, type Endpoint } from '../../../src/connection/options/schemes.js'

/** What a url opens, or what was reported: `[message, code]`. */
function read(url: string): Endpoint | readonly unknown[] {
  const reports: unknown[][] = []
  const endpoint = endpointOf(splitUrl(url), (...report) => void reports.push(report))
  expect(reports).toHaveLength(endpoint ? 0 : 1)
  return endpoint ?? reports[0]!
}
const urlOf = (url: string) => (read(url) as Endpoint).url
const here = (relative: string) => path.resolve(relative)

describe('a store in memory', () => {
  it.each(['mem', 'mem:', 'mem://', 'MEM://', 'memory', 'memory://'])('%s', (url) => {
    expect(read(url)).toEqual({ kind: 'embedded', url: 'mem://' })
  })

  it.each(['mem://app/main', 'mem://root:secret@app', 'memory://data', 'mem:app'])('is not %s', (url) => {
    expect(read(url)).toEqual([
      'holds more than its scheme; give namespace, database, username and password as options, or behind a "?"',
    ])
  })
})

describe('a store in a directory', () => {
  it.each([
    ['surrealkv:///data/app', 'surrealkv:/data/app'],
    ['surrealkv:/data/app', 'surrealkv:/data/app'],
    ['surrealkv://./data', `surrealkv:${here('data')}`],
    ['surrealkv://data', `surrealkv:${here('data')}`],
    ['surrealkv://../data', `surrealkv:${here('../data')}`],
    ['surrealkv:///data/app?sync=every', 'surrealkv:/data/app?sync=every'],
    ['surrealkv+versioned:///data/app', 'surrealkv:/data/app?versioned=true'],
    ['surrealkv+versioned:///data/app?retention=30d', 'surrealkv:/data/app?retention=30d&versioned=true'],
    ['file:///data/app', 'surrealkv:/data/app'],
    ['file://./data', `surrealkv:${here('data')}`],
    ['rocksdb:///data/app', 'rocksdb:/data/app'],
    ['rocksdb://data?sync=never', `rocksdb:${here('data')}?sync=never`],
    ['ROCKSDB:///Data/App', 'rocksdb:/Data/App'],
  ])('%s', (url, opened) => {
    expect(read(url)).toEqual({ kind: 'embedded', url: opened })
  })

  it.each([
    'a b',
    'a#b',
    'a%20b',
    'ü/日本/👩‍🚀',
    'a:b@c',
    'a&b=c',
    "it's",
    'a\\b',
    'é', // two code points, and they stay two
    'a+b',
  ])('takes the path %j as it stands', (name) => {
    expect(urlOf(`surrealkv:///data/${name}`)).toBe(`surrealkv:/data/${name}`)
    expect(urlOf(`rocksdb:///data/${name}`)).toBe(`rocksdb:/data/${name}`)
  })

  it.each([
    ['a b', 'a b'],
    ['a%20b', 'a b'],
    ['a#b', 'a#b'],
    ['a%23b', 'a#b'],
    ['%C3%BC/日本', 'ü/日本'],
    ['a+b', 'a+b'],
  ])('reads the file url of %j as file urls are read', (name, directory) => {
    expect(urlOf(`file:///data/${name}`)).toBe(`surrealkv:/data/${directory}`)
  })

  it.each(['surrealkv', 'surrealkv://', 'surrealkv+versioned://', 'file://', 'rocksdb:', 'rocksdb://?sync=every'])(
    'needs a path: %s',
    (url) => {
      expect(read(url)).toEqual([expect.stringMatching(/^has no path; write it as /)])
    },
  )

  it.each(['file:///data/100%', 'file:///data/a%2Fb'])('refuses a file url that is none: %s', (url) => {
    expect(read(url)).toEqual(['is no file url that can be read; write "%" as %25, or use surrealkv://'])
  })
})

describe('a server', () => {
  it.each([
    ['ws://localhost:8000', 'websocket', 'ws://localhost:8000/rpc'],
    ['ws://localhost:8000/', 'websocket', 'ws://localhost:8000/rpc'],
    ['ws://localhost:8000/rpc', 'websocket', 'ws://localhost:8000/rpc'],
    ['wss://db.example.com', 'websocket', 'wss://db.example.com/rpc'],
    ['WSS://db.example.com', 'websocket', 'wss://db.example.com/rpc'],
    ['ws://[::1]:8000/app/main', 'websocket', 'ws://[::1]:8000/rpc'],
    ['ws://root:secret@localhost:8000/app/main', 'websocket', 'ws://localhost:8000/rpc'],
    ['ws://localhost:8000/rpc/', 'websocket', 'ws://localhost:8000/rpc'],
    ['https://db.example.com/prefix/rpc', 'http', 'https://db.example.com/prefix/rpc'],
    ['http://localhost:8000/app/main', 'http', 'http://localhost:8000/rpc'],
  ])('%s', (url, kind, opened) => {
    expect(read(url)).toEqual({ kind, url: opened })
  })

  it.each(['ws://', 'http://:8000', 'ws://host:port', 'https://root:secret@', 'ws://root:secret@ho st'])(
    'is not %s, and the message does not show it',
    (url) => {
      expect(read(url)).toEqual(['cannot be read; write it as ws://host:port'])
    },
  )
})

describe('an unknown scheme', () => {
  const KNOWN = 'mem, memory, surrealkv, surrealkv+versioned, file, rocksdb, ws, wss, http, https'

  it.each([
    ['postgres://localhost', 'postgres'],
    ['localhost:8000', 'localhost'],
    ['constructor://x', 'constructor'],
  ])('%j', (url, scheme) => {
    const message = `begins with "${scheme}", which is no scheme of SurrealDB; use one of ${KNOWN}`
    expect(read(url)).toEqual([message, 'UNKNOWN_SCHEME'])
  })

  it.each(['', '://', 'ws//localhost', 'localhost', ' ws://localhost'])('none at all: %j', (url) => {
    expect(read(url)).toEqual([`has no scheme of SurrealDB; use one of ${KNOWN}`, 'UNKNOWN_SCHEME'])
  })
})
