import { Command } from 'commander'
import { exitCodes, isHindrance, type Perform } from './operations.ts'

export function seedCommand(perform: Perform) {
  return new Command('seed')
    .description('bring the catalogue of exercises up to this edition; repeating it changes nothing')
    .action((options) =>
      perform(options, async ({ operations, settings, answer }) => {
        const seeded = await operations.seed(settings)
        if (isHindrance(seeded)) return seeded
        answer(seeded, [`${seeded.published} exercises published, ${seeded.unchanged} unchanged`])
        return exitCodes.good
      }),
    )
}
