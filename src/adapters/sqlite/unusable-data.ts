/** What stands in DATA_DIR cannot be worked with. The message is a sentence for the operator and says why. */
export class UnusableData extends Error {
  override name = 'UnusableData'
}

/** Says so where a full disk is what went wrong in this place; anything else is handed back as it is. */
export function lackOfRoom(error: unknown, place: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC', 'EDQUOT'].includes(code)) return error
  const detail = `There is no room left for ${place}: make room, and run the same again.`
  return new UnusableData(detail, { cause: error })
}
