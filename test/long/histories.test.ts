import { suite } from 'uvu'
import { asOfIsWhatWas, importIsTheSame } from '../support/history-laws.ts'
import { openToldLog } from '../support/told-log.ts'

const laws = suite('the history of one person, over many trainings')

const from = await openToldLog()
const into = await openToldLog()

laws('is at any position what it was when the log ended there', () => asOfIsWhatWas(from, 200))

laws('is the same in the account that it was taken into', () => importIsTheSame(from, into, 200))

laws.after(async () => {
  await from.close()
  await into.close()
})

laws.run()
