import { createHmac, type KeyObject, randomUUID } from 'node:crypto'
import type { ClassicIds } from '../../application/ports.ts'

export function createClassicIds(key: KeyObject): ClassicIds {
  return {
    make: () => randomUUID(),
    hmacOf: (classicId) => createHmac('sha256', key).update(classicId).digest('hex'),
  }
}
