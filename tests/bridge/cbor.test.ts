import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { CborCodec, Uuid } from 'surrealdb'
import { cborEntry, cborText } from '../../src/connection/bridge/host/cbor-entry.js'
import { encodedUuid, firstUuid, onSession, rpcRequest } from '../../src/connection/bridge/host/rpc-request.js'

const codec = new CborCodec({})
const encode = (value: unknown) => codec.encode(value)
const decode = (bytes: Uint8Array): unknown => codec.decode(new Uint8Array(bytes))

const uuid = '0189d6e3-8eac-703a-9a48-d9faa78b44b9'
const values = fc.anything({ withTypedArray: false, maxDepth: 4 }).filter((value) => {
  try {
    decode(encode(value))
    return true
  } catch {
    return false
  }
})

describe('what the host knows of CBOR', () => {
  it('finds a key of a map wherever it stands', () => {
    fc.assert(
      fc.property(values, values, fc.string(), (before, after, id) => {
        const entry = cborEntry(encode({ before, id, after }), 'id')
        expect(entry && cborText(entry)).toBe(id)
        expect(cborEntry(encode({ before, after }), 'id')).toBeUndefined()
      }),
    )
  })

  it('finds it in maps and lists without a length, too', () => {
    // {_ "a": [_ 1, {_ }], "id": "x" }
    const bytes = Buffer.from('bf61619f01bfffff6269646178ff', 'hex')
    const entry = cborEntry(bytes, 'id')
    expect(entry && cborText(entry)).toBe('x')
    expect(cborEntry(bytes, 'other')).toBeUndefined()
  })

  it('takes nothing but a map for a map, and nothing but text for text', () => {
    expect(cborEntry(encode([1]), 'id')).toBeUndefined()
    expect(cborText(Buffer.from(encode(1)))).toBeUndefined()
  })

  it('writes requests as the driver does', () => {
    const session = encodedUuid(uuid)
    expect(decode(session)).toEqual(new Uuid(uuid))
    const long = 'x'.repeat(300)
    expect(decode(rpcRequest({ method: 'query', params: [long, 'y'.repeat(100)], session }))).toEqual({
      id: '0',
      method: 'query',
      params: [long, 'y'.repeat(100)],
      session: new Uuid(uuid),
    })
  })

  it('puts a request on a session', () => {
    const request = encode({ id: '1', method: 'ping', params: [] })
    expect(decode(onSession(request, encodedUuid(uuid)))).toEqual({
      id: '1',
      method: 'ping',
      params: [],
      session: new Uuid(uuid),
    })
  })

  it('finds the uuid in a reply', () => {
    const reply = encode([{ status: 'OK', result: new Uuid(uuid) }])
    expect(decode(firstUuid(reply)!)).toEqual(new Uuid(uuid))
    expect(firstUuid(encode([{ status: 'ERR' }]))).toBeUndefined()
  })
})
