import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { linkTarget, splitUrl } from '../../../src/connection/schemes.js'
import { ConfigurationError } from '../../../src/errors.js'

const target = (url: string) => linkTarget(splitUrl(url))
const here = (relative: string) => path.resolve(relative)

describe('a store in memory', () => {
  it.each(['mem', 'mem:', 'mem://', 'MEM://', 'memory', 'memory://'])('%s', (url) => {
    expect(target(url)).toEqual({ kind: 'embedded', url: 'mem://' })
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
    expect(target(url)).toEqual({ kind: 'embedded', url: opened })
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
    expect(target(`surrealkv:///data/${name}`).url).toBe(`surrealkv:/data/${name}`)
    expect(target(`rocksdb:///data/${name}`).url).toBe(`rocksdb:/data/${name}`)
  })

  it.each([
    ['a b', 'a b'],
    ['a%20b', 'a b'],
    ['a#b', 'a#b'],
    ['a%23b', 'a#b'],
    ['%C3%BC/日本', 'ü/日本'],
    ['a+b', 'a+b'],
  ])('reads the file url of %j as file urls are read', (name, directory) => {
    expect(target(`file:///data/${name}`).url).toBe(`surrealkv:/data/${directory}`)
  })

  it.each(['surrealkv', 'surrealkv://', 'surrealkv+versioned://', 'file://', 'rocksdb:', 'rocksdb://?sync=every'])(
    'needs a path: %s',
    (url) => {
      expect(() => target(url)).toThrow(
        expect.objectContaining({
          code: 'INVALID_OPTION',
          message: expect.stringMatching(/^The url has no path; write/),
        }),
      )
    },
  )

  it.each(['file:///data/100%', 'file:///data/a%2Fb'])('refuses a file url that is none: %s', (url) => {
    expect(() => target(url)).toThrow(ConfigurationError)
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
    ['https://db.example.com/prefix/rpc', 'http', 'https://db.example.com/prefix/rpc'],
    ['http://localhost:8000/app/main', 'http', 'http://localhost:8000/rpc'],
  ])('%s', (url, kind, opened) => {
    expect(target(url)).toEqual({ kind, url: opened })
  })

  it.each(['ws://', 'http://:8000', 'ws://host:port', 'https://root:secret@', 'ws://root:secret@ho st'])(
    'is not %s, and the message does not show it',
    (url) => {
      expect(() => target(url)).toThrow(
        new ConfigurationError('INVALID_OPTION', 'The url cannot be read; write it as ws://host:port.'),
      )
    },
  )
})

describe('an unknown scheme', () => {
  it.each([
    ['postgres://localhost', 'postgres'],
    ['', ''],
    ['://', ''],
    ['localhost:8000', 'localhost'],
    ['constructor://x', 'constructor'],
    ['ws//localhost', ''],
  ])('%j', (url, scheme) => {
    expect(() => target(url)).toThrow(
      new ConfigurationError(
        'UNKNOWN_SCHEME',
        `The url begins with "${scheme}", which is no scheme of SurrealDB; use one of mem, memory, surrealkv, surrealkv+versioned, file, rocksdb, ws, wss, http, https.`,
      ),
    )
  })
})
