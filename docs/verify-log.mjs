// Checks a log that `repledger export --log` wrote, knowing nothing but docs/log-format.md:
//   node verify-log.mjs <export.jsonl> [--against head.json]
// Ends with 0 where all is as it was written, with 2 and the first bad position where it is not.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const [path, , anchorPath] = process.argv.slice(2)
const anchor = anchorPath && JSON.parse(readFileSync(anchorPath, 'utf8'))
const sha256 = (bytes) => createHash('sha256').update(bytes).digest()
const [base64, hex] = ['base64', 'hex'].map((form) => (text) => Buffer.from(text, form))
const keyIdOf = (der) => sha256(der).toString('hex').slice(0, 32)
const publicKeyOf = (der) => createPublicKey({ key: der, type: 'spki', format: 'der' })
const isSigned = (key, bytes, signature) => key !== undefined && verify(null, bytes, key, signature)

/** Each field led by its length: 4 bytes, big-endian. A number is 8 bytes, big-endian; a text is UTF-8. */
function encode(...fields) {
  const parts = fields.flatMap((field) => {
    const bytes = typeof field === 'number' ? Buffer.alloc(8) : Buffer.from(field)
    if (typeof field === 'number') bytes.writeBigInt64BE(BigInt(field))
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    return [length, bytes]
  })
  return Buffer.concat(parts)
}

let [faults, lastCheckpoint, first, header, lastKey] = [0, Buffer.alloc(32)]
let last = { position: 0, hash: Buffer.alloc(32), recordedAt: '' }
const [keys, checkpoints, versions] = [new Map(), new Map(), new Map()]

function demand(isSo, position, text) {
  if (isSo) return
  faults += 1
  if (first === undefined || position < first.position) first = { position, text }
}

function readKey({ number, keyId, publicKey, createdAt, signedBy, signature }) {
  const der = base64(publicKey)
  const signer = lastKey ?? { keyId, key: publicKeyOf(der) }
  const bytes = encode('repledger public key 1', number, keyId, der, createdAt, signedBy)
  demand(number === keys.size + 1 && keyId === keyIdOf(der), 0, `public key ${number} is not what it says`)
  const isVouched = signedBy === signer.keyId && isSigned(signer.key, bytes, base64(signature))
  demand(isVouched, 0, `public key ${number} is not signed by the one before it`)
  lastKey = { keyId, key: publicKeyOf(der) }
  keys.set(keyId, lastKey.key)
}

function readCheckpoint({ position, hash, count, signedAt, previous, keyId, signature }) {
  const fields = [position, base64(hash), count, signedAt, base64(previous), keyId]
  const bytes = encode('repledger checkpoint 1', ...fields)
  demand(isSigned(keys.get(keyId), bytes, base64(signature)), position, 'the checkpoint is not signed')
  demand(lastCheckpoint.equals(base64(previous)), position, 'a checkpoint before it is missing')
  lastCheckpoint = sha256(bytes)
  checkpoints.set(position, base64(hash))
}

function readEvent({ body, metadata, previousHash, hash: stored, ...event }) {
  const { position, stream, version, eventId, type, schemaVersion, recordedAt, subject } = event
  const [previous, hash] = [base64(previousHash), base64(stored)]
  const contents = [sha256(base64(body)), sha256(base64(metadata)), previous]
  const named = [position, stream, version, eventId, type, schemaVersion, recordedAt, subject]
  demand(position === last.position + 1, last.position + 1, `position ${position} stands here`)
  demand(sha256(encode('repledger event 1', ...named, ...contents)).equals(hash), position, 'it was changed')
  demand(previous.equals(last.hash), position, 'it does not follow the event before it')
  demand(version === (versions.get(stream) ?? 0) + 1, position, 'a version of its stream is missing')
  demand(recordedAt >= last.recordedAt, position, 'it is older than the event before it')
  const kept = position === anchor?.position ? hex(anchor.hash) : hash
  const isAsSigned = hash.equals(kept) && hash.equals(checkpoints.get(position) ?? hash)
  demand(isAsSigned, position, 'another hash was signed: the log was written anew')
  versions.set(stream, version)
  last = { position, hash, recordedAt }
}

const readers = { key: readKey, checkpoint: readCheckpoint, event: readEvent }
for await (const line of createInterface({ input: createReadStream(path) })) {
  try {
    const read = JSON.parse(line)
    if (header !== undefined) readers[read.kind](read)
    else header = read.format === 'repledger log 1' ? read : undefined
  } catch (error) {
    demand(false, last.position + 1, `a line cannot be read: ${error.message}`)
  }
}
const ends = [header?.head.position ?? 1, anchor?.position ?? 0, ...checkpoints.keys()]
demand(Math.max(...ends) <= last.position, last.position, 'the log was cut off here')
const isCounted = header?.keys === keys.size && header.checkpoints === checkpoints.size
const isEnd = isCounted && header.head.position === last.position
demand(isEnd && base64(header.head.hash).equals(last.hash), last.position, 'the first line tells otherwise')
if (anchor?.signature) {
  const { position, hash, count, signedAt, keyId, publicKey, signature } = anchor
  const bytes = encode('repledger head 1', position, hex(hash), count, signedAt, keyId)
  const isWhole = keyIdOf(hex(publicKey)) === keyId && isSigned(keys.get(keyId), bytes, hex(signature))
  demand(isWhole, position, 'the head that was kept is forged, or signed by the key of another log')
}
const verdict = `${last.position} events, ${checkpoints.size} checkpoints: all is as it was written`
const fault = first && `first bad position ${first.position}: ${first.text} (faults: ${faults})`
process.stdout.write(`${fault ?? verdict}\n`)
process.exitCode = first ? 2 : 0
