/** What stands in DATA_DIR cannot be worked with. The message is a sentence for the operator and says why. */
export class UnusableData extends Error {
  override name = 'UnusableData'
}
