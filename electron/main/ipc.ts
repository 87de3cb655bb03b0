import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron'
import { z } from 'zod'
import { LabError } from '../../core/errors/lab-error'
import { answer } from '../contract/answer'
import { isOurs } from './page-address'

/** Only the top frame of our own page may speak to us. */
const isTrusted = ({ sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean =>
  senderFrame !== null && senderFrame === sender.mainFrame && isOurs(senderFrame.url)

/**
 * Answers `channel`: the sender is checked, then the arguments, then `work` is done. Failures travel as help pages.
 * @param schema a tuple with one entry an argument
 */
export function handle<Args extends readonly unknown[]>(
  channel: string,
  schema: z.ZodType<Args>,
  work: (...args: Args) => unknown,
): void {
  ipcMain.handle(channel, (event, ...given: unknown[]) =>
    answer(() => {
      if (!isTrusted(event)) throw stranger(channel)
      const args = schema.safeParse(given)
      if (!args.success) throw malformed(channel, args.error)
      return work(...args.data)
    }),
  )
}

/** The same for a message that wants no answer; a bad one is dropped. */
export function receive<Args extends readonly unknown[]>(
  channel: string,
  schema: z.ZodType<Args>,
  work: (event: IpcMainEvent, ...args: Args) => void,
): void {
  ipcMain.on(channel, (event, ...given: unknown[]) => {
    const args = schema.safeParse(given)
    if (isTrusted(event) && args.success) work(event, ...args.data)
  })
}

const stranger = (channel: string) =>
  new LabError({
    code: 'stranger',
    expected: 'a request of the lab’s own page',
    came: `${channel} from elsewhere`,
    advice: 'Please report this: no other page should be there.',
  })

const malformed = (channel: string, error: z.ZodError) =>
  new LabError({
    code: 'malformed-request',
    expected: `arguments that ${channel} can take`,
    came: z.prettifyError(error),
    advice: 'Please report this with the steps that led here; nothing was done.',
  })
